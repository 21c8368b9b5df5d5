import { useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { CodeBlock } from "../examples/CodeBlock";
import { SecretShown } from "../SecretShown";
import { RECEIVERS, type ReceiverLanguage, verificationIn } from "./verification";

interface WebhookSecretShownProps {
  readonly title: string;
  /** None where its answer was lost and the same was asked again. */
  readonly secret: string | null;
  readonly onClose: () => void;
}

/** The secret of an endpoint, shown this once, and how a receiver verifies with it. */
export function WebhookSecretShown({ title, secret, onClose }: WebhookSecretShownProps) {
  const t = useMessages("integrations");
  const [language, setLanguage] = useState<ReceiverLanguage>(RECEIVERS[0]);
  return (
    <SecretShown title={title} kind="secret" secret={secret} onClose={onClose}>
      {() => (
        <>
          <div className="grid min-w-0 gap-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3 className="font-semibold">{t("secret.verify")}</h3>
              <SegmentedControl
                label={t("examples.language")}
                value={language}
                options={RECEIVERS.map((value) => ({ value, label: t(`language.${value}`) }))}
                onChange={setLanguage}
              />
            </div>
            <p className="caption text-sm text-muted">{t("secret.verify.about")}</p>
            <CodeBlock
              what={t("secret.verify")}
              language={language}
              code={verificationIn(language)}
            />
          </div>
          <p className="caption text-sm text-muted">{t("secret.answer")}</p>
        </>
      )}
    </SecretShown>
  );
}
