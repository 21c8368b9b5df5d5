import { lazy, Suspense, useState } from "react";
import { loadMessages, useMessages } from "../i18n/messages";
import { useAsOfDay } from "../ui/as-of";
import { Button } from "../ui/Button";

const AsOfDialog = lazy(async () => {
  const [file] = await Promise.all([import("./AsOfDialog"), loadMessages("asOf")]);
  return { default: file.AsOfDialog };
});

/** 按日期查看: the way to how the page stood on an earlier day; gone while one is shown. */
export function AsOfSwitch() {
  const t = useMessages("common");
  const day = useAsOfDay();
  const [isOpen, setOpen] = useState(false);
  if (day !== null) return null;
  return (
    <>
      <Button icon="calendar" data-small="" onClick={() => setOpen(true)}>
        <span className="max-sm:sr-only">{t("asOf")}</span>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <AsOfDialog day={null} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
