import { useRef } from "react";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import { Card } from "../../../ui/Card";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { useUrlSearch } from "../../../ui/use-url-search";
import { type ApiCall, CALLS } from "./calls";
import { Code } from "./CodeBlock";
import { CopyButton } from "./CopyButton";
import { endpointHere, type Language, LANGUAGES, snippetOf } from "./snippets";

/** 调用示例: the commonest calls, in the language that the address names. */
export function Examples() {
  const t = useMessages("integrations");
  const [search, setSearch] = useUrlSearch();
  const named = search.get("language");
  const language = LANGUAGES.find((one) => one === named) ?? LANGUAGES[0];
  const address = useRef<HTMLElement>(null);
  const endpoint = endpointHere();
  return (
    <div className="grid min-w-0 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p className="caption max-w-2xl text-muted">{t("examples.about")}</p>
        <SegmentedControl
          label={t("examples.language")}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(next) => setSearch({ language: next === LANGUAGES[0] ? undefined : next })}
        />
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-muted">{t("examples.endpoint")}</span>
        <code ref={address} translate="no" className="font-mono text-sm">
          {endpoint}
        </code>
        <CopyButton what={t("examples.endpoint")} from={address} />
      </p>
      {CALLS.map((call) => (
        <Example key={call.key} call={call} language={language} endpoint={endpoint} />
      ))}
    </div>
  );
}

interface ExampleProps {
  readonly call: ApiCall;
  readonly language: Language;
  readonly endpoint: string;
}

/** One call: what it is for, what a token needs for it, and its code. */
function Example({ call, language, endpoint }: ExampleProps) {
  const t = useMessages("integrations");
  const text = useRef<HTMLElement>(null);
  const what = t(`call.${call.key}`);
  return (
    <Card
      title={what}
      subtitle={t(`call.${call.key}.about`)}
      isFlush
      actions={
        <span className="flex flex-wrap items-center justify-end gap-3">
          <Badge>{t("examples.needs", { scope: t(`scope.${call.scope}`) })}</Badge>
          <CopyButton what={what} from={text} />
        </span>
      }
    >
      <Code what={what} language={language} code={snippetOf(call, language, endpoint)} ref={text} />
    </Card>
  );
}
