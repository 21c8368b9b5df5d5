import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { CodeEditor } from "./CodeEditor";
import { Result } from "./Result";
import { SchemaDocs } from "./SchemaDocs";
import { type ExplorerState, useExplorer } from "./use-explorer";

const PANE = "block overflow-hidden rounded-b-card";

/** 接口试验台: documents are written, checked and run as the person signed in; reading alone unless switched. */
export function Explorer() {
  const t = useMessages("integrations");
  const explorer = useExplorer(t("gql.first"));
  const { known, draft, change, send, shown, show } = explorer;
  return (
    <div className="grid min-w-0 gap-4 lg:grid-cols-2">
      <div className="grid min-w-0 content-start gap-4">
        <Controls explorer={explorer} />
        <Card title={t("gql.document")} subtitle={t("gql.document.about")} isFlush>
          <CodeEditor
            label={t("gql.document")}
            language="graphql"
            initial={draft.query}
            schema={known.kind === "known" ? known.schema : null}
            onChange={(query) => change({ query })}
            onRun={send}
            onShow={show}
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
        <Result run={explorer.run} />
        <SchemaDocs state={known} shown={shown} onShow={show} onAgain={explorer.again} />
      </div>
    </div>
  );
}

/** Running, what is run, and whether changes are allowed. */
function Controls({ explorer }: { readonly explorer: ExplorerState }) {
  const t = useMessages("integrations");
  const { operations, operation, isRunning, mayWrite, refused, error } = explorer;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        {isRunning ? (
          <Button onClick={explorer.stop}>{t("gql.stop")}</Button>
        ) : (
          <Button variant="primary" onClick={explorer.send}>
            {t("gql.run")}
          </Button>
        )}
        {operations.length > 1 && (
          <Field label={t("gql.operation")} isLabelHidden>
            <Select
              value={operation?.name ?? ""}
              className="w-56"
              options={operations.map(({ name, kind }) => ({ value: name, label: name || kind }))}
              onChange={explorer.choose}
            />
          </Field>
        )}
        <Checkbox isChecked={mayWrite} onChange={explorer.allowWriting}>
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
    </>
  );
}
