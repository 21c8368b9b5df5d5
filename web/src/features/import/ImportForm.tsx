import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { FileDrop } from "../../ui/FileDrop";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { TextArea } from "../../ui/TextArea";
import { ImportOutcome } from "./ImportOutcome";
import { useImport, type ImportedPlan } from "./use-import";

type Way = "file" | "text";

interface ImportFormProps {
  readonly onNew: (plan: ImportedPlan) => void;
}

/** Step 1: a file or pasted text; what was chosen or typed stays until the draft is there. */
export function ImportForm({ onNew }: ImportFormProps) {
  const t = useMessages("import");
  const [way, setWay] = useState<Way>("file");
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const { state, start, forget } = useImport(onNew);
  const isBusy = state.kind === "uploading" || state.kind === "reading";

  const choose = (chosen: File): void => {
    setFile(chosen);
    setIsMissing(false);
    void start({ kind: "file", file: chosen });
  };
  const submit = (): void => {
    const isNothing = way === "file" ? file === null : text.trim() === "";
    setIsMissing(isNothing);
    if (isNothing) return;
    if (way === "text") void start({ kind: "text", text });
    else if (file !== null) void start({ kind: "file", file });
  };

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div>
        <SegmentedControl
          label={t("way.label")}
          value={way}
          onChange={(next) => {
            setWay(next);
            setIsMissing(false);
            forget();
          }}
          options={[
            { value: "file", label: t("way.file") },
            { value: "text", label: t("way.text") },
          ]}
        />
      </div>
      {way === "file" ? (
        <FileDrop
          words={{
            drop: t("file.drop"),
            choose: t("file.choose"),
            chooseOther: t("file.chooseOther"),
            hint: t("file.hint"),
          }}
          accept=".docx,.md,.txt,.pdf"
          file={file}
          isBusy={isBusy}
          error={isMissing ? t("file.missing") : undefined}
          onChoose={choose}
        />
      ) : (
        <Field
          label={t("text.label")}
          hint={t("text.hint")}
          error={isMissing ? t("text.missing") : undefined}
        >
          <TextArea rows={14} value={text} onChange={setText} />
        </Field>
      )}
      <ImportOutcome state={state} onRetry={submit} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" isPending={isBusy}>
          {t("submit")}
        </Button>
        <p className="caption text-sm text-muted">{t("submit.note")}</p>
      </div>
    </form>
  );
}
