import { lazy, Suspense, useState } from "react";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Light } from "../../ui/Light";
import { LIGHT_LOOK } from "../../ui/light";
import { Status } from "../../ui/Status";
import type { TaskDetailData } from "./queries";

const loadDialog = () => import("./OverrideLightDialog");
const OverrideLightDialog = lazy(() =>
  loadDialog().then((file) => ({ default: file.OverrideLightDialog })),
);

/** The light of a task: why it shows what it shows, and what would turn it green. */
export function TaskLight({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const words = useMessages("domain");
  const [isOpen, setIsOpen] = useState(false);
  const { light } = task;
  return (
    <Card
      title={t("light")}
      actions={
        task.life.viewerCanOverrideLight && (
          <Button
            size="small"
            onPointerEnter={() => void loadDialog()}
            onClick={() => setIsOpen(true)}
          >
            {t("light.override")}
          </Button>
        )
      }
    >
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-lg font-semibold">
          <Light colour={light.colour} />
          {light.pace !== null && (
            <span className="text-sm font-normal text-muted">
              {t("light.pace", { percent: light.pace })}
            </span>
          )}
        </p>
        {light.override !== null && (
          <p className="rounded-md bg-sunken px-3 py-2 text-sm">
            {t("light.overriddenBy", {
              name: light.override.by.displayName,
              until: formatDate(light.override.until),
              light: words(`light.${light.computed}`),
            })}
            <span className="block">{light.override.reason}</span>
          </p>
        )}
        {light.reasons.length > 0 && (
          <ul aria-label={t("light.why")} className="grid gap-1.5">
            {light.reasons.map((reason) => (
              <li key={reason.code} className="flex gap-2">
                <span className="pt-0.5">
                  <Status {...LIGHT_LOOK[reason.colour]} word="" />
                  <span className="sr-only">{words(`light.${reason.colour}`)}</span>
                </span>
                {reason.message}
              </li>
            ))}
          </ul>
        )}
        {light.turnsGreen.length > 0 && (
          <div>
            <h3 className="text-sm font-medium text-muted">{t("light.turnsGreen")}</h3>
            <ul className="mt-1 list-disc pl-5">
              {light.turnsGreen.map((remedy) => (
                <li key={remedy.code}>{remedy.message}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      {isOpen && (
        <Suspense fallback={null}>
          <OverrideLightDialog task={task} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </Card>
  );
}
