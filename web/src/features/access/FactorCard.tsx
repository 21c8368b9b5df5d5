import { useState } from "react";
import { useQuery } from "urql";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { useToast } from "../../ui/Toast";
import { EnrolDialog } from "./EnrolDialog";
import { type FactorData, OwnFactor } from "./factor-documents";
import { RemoveDialog, RenewDialog } from "./FactorDialogs";

/** Fewer recovery codes than this are too few. */
const FEW = 3;

/** 动态口令: whether one is in force, and what may be done with it. */
export function FactorCard() {
  const t = useMessages("factor");
  const toast = useToast();
  const [open, setOpen] = useState<"enrol" | "renew" | "remove" | null>(null);
  const [{ data, error }, read] = useQuery({
    query: OwnFactor,
    requestPolicy: "cache-and-network",
  });
  const again = () => read({ requestPolicy: "network-only" });
  const factor = data?.viewer?.secondFactor;
  const close = () => setOpen(null);
  const done = (message?: string): void => {
    close();
    if (message !== undefined) toast({ message });
    again();
  };
  return (
    <Card
      title={t("title")}
      subtitle={t("about")}
      actions={
        factor !== undefined &&
        factor.enrolledAt === null && (
          <Button size="small" onClick={() => setOpen("enrol")}>
            {t("enrol")}
          </Button>
        )
      }
    >
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={again} />}
      {error === undefined && data === undefined && <SkeletonLines count={1} className="h-12" />}
      {factor !== undefined && (
        <FactorState
          factor={factor}
          onRenew={() => setOpen("renew")}
          onRemove={() => setOpen("remove")}
        />
      )}
      {open === "enrol" && <EnrolDialog onDone={() => done(t("enrolled"))} onClose={close} />}
      {open === "renew" && <RenewDialog onDone={() => done()} onClose={close} />}
      {open === "remove" && <RemoveDialog onDone={() => done(t("removed"))} onClose={close} />}
    </Card>
  );
}

interface FactorStateProps {
  readonly factor: FactorData;
  readonly onRenew: () => void;
  readonly onRemove: () => void;
}

function FactorState({ factor, onRenew, onRemove }: FactorStateProps) {
  const t = useMessages("factor");
  const { enrolledAt, recoveryCodesLeft: count } = factor;
  return (
    <div className="grid gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={enrolledAt === null ? "neutral" : "ok"}>
          {t(enrolledAt === null ? "off" : "on")}
        </Badge>
        {enrolledAt !== null && (
          <>
            <span>{t("since", { at: formatDateTime(enrolledAt) })}</span>
            <span className="text-muted">{t("codes.left", { count })}</span>
          </>
        )}
      </p>
      {factor.isAskedForApprovals && (
        <p className="caption text-sm text-muted">{t("about.approvals")}</p>
      )}
      {enrolledAt !== null && count < FEW && <Callout tone="warning" title={t("codes.few")} />}
      {enrolledAt !== null && factor.isMandatory && (
        <p className="caption text-sm text-muted">{t("mandatory")}</p>
      )}
      {enrolledAt !== null && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={onRenew}>
            {t("renew")}
          </Button>
          {!factor.isMandatory && (
            <Button size="small" onClick={onRemove}>
              {t("remove")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
