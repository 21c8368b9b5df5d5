import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { CodeEditor } from "./CodeEditor";
import { chosenOf, operationsOf, variablesOf } from "./operations";
import { Result } from "./Result";
import { SchemaDocs } from "./SchemaDocs";
import { useDraft } from "./use-draft";
import { useRun } from "./use-run";
import { useSchema } from "./use-schema";

const PANE = "block overflow-hidden rounded-b-card";

/** 接口试验台: documents are written, checked and run as the person signed in; reading alone unless switched. */
export function Explorer() {
  const t = useMessages("integrations");
  const { draft, change } = useDraft(t("gql.first"));
  const [name, setName] = useState("");
  const [mayWrite, setMayWrite] = useState(false);
  const [refused, setRefused] = useState<
    "gql.invalid" | "gql.variables.invalid" | "gql.readOnly" | null
  >(null);
  const [shown, setShown] = useState<string | null>(null);
  const { run, start, stop } = useRun();
  const { state: known, again } = useSchema();
  const schema = known.kind === "known" ? known.schema : null;
  const { operations, error } = operationsOf(draft.query);
  const operation = chosenOf(operations, name);
  const isRunning = run.kind === "asking" || run.kind === "following";

  const send = (): void => {
    const variables = variablesOf(draft.variables);
    if (operation === null) setRefused("gql.invalid");
    else if (variables === null) setRefused("gql.variables.invalid");
    else if (operation.kind === "mutation" && !mayWrite) setRefused("gql.readOnly");
    else {
      setRefused(null);
      const operationName = operation.name === "" ? undefined : operation.name;
      void start({ query: draft.query, operationName, variables }, operation);
    }
  };
  return (
    <div className="grid min-w-0 gap-4 lg:grid-cols-2">
      <div className="grid min-w-0 content-start gap-4">
        <div className="flex flex-wrap items-end gap-3">
          {isRunning ? (
            <Button onClick={stop}>{t("gql.stop")}</Button>
          ) : (
            <Button variant="primary" onClick={send}>
              {t("gql.run")}
            </Button>
          )}
          {operations.length > 1 && (
            <Field label={t("gql.operation")} isLabelHidden>
              <Select
                value={operation?.name ?? ""}
                className="w-56"
                options={operations.map((one) => ({ value: one.name, label: one.name }))}
                onChange={setName}
              />
            </Field>
          )}
          <Checkbox isChecked={mayWrite} onChange={setMayWrite}>
            {t("gql.write")}
          </Checkbox>
        </div>
        {mayWrite && (
          <Callout tone="warning" title={t("gql.write.on")}>
            {t("gql.write.about")}
          </Callout>
        )}
        {refused !== null && (
          <Callout tone="danger" title={t(refused)}>
            {refused === "gql.invalid" ? error : undefined}
          </Callout>
        )}
        <Card title={t("gql.document")} subtitle={t("gql.document.about")} isFlush>
          <CodeEditor
            label={t("gql.document")}
            language="graphql"
            initial={draft.query}
            schema={schema}
            onChange={(query) => change({ query })}
            onRun={send}
            onShow={setShown}
            className={`${PANE} h-96`}
          />
        </Card>
        <Card title={t("gql.variables")} isFlush>
          <CodeEditor
            label={t("gql.variables")}
            language="json"
            initial={draft.variables}
            onChange={(variables) => change({ variables })}
            onRun={send}
            className={`${PANE} h-32`}
          />
        </Card>
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <Result run={run} />
        <SchemaDocs state={known} shown={shown} onShow={setShown} onAgain={again} />
      </div>
    </div>
  );
}
