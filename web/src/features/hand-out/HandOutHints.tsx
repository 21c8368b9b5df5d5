import { useMessages } from "../../i18n/messages";
import { KeyHint } from "../../ui/KeyHint";

/** How a column of dates is filled without a mouse. */
export function HandOutHints() {
  const t = useMessages("handOut");
  return (
    <div className="grid gap-1 text-sm text-muted">
      <p>{t("hint.people")}</p>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pointer-coarse:hidden">
        <span className="inline-flex items-center gap-1.5">
          <KeyHint keys={["Ctrl", "D"]} />
          {t("hint.fill")}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <KeyHint keys={["Enter"]} />
          {t("hint.next")}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <KeyHint keys={["Ctrl", "V"]} />
          {t("hint.paste")}
        </span>
      </p>
    </div>
  );
}
