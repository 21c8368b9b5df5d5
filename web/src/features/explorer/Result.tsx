import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { laidOut } from "./operations";
import type { Run } from "./use-run";

/** What came back, with its status and how long it took. */
export function Result({ run }: { readonly run: Run }) {
  const t = useMessages("integrations");
  return (
    <Card title={t("gql.result")} isFlush actions={<Standing run={run} />}>
      {run.kind === "failed" ? (
        <div className="p-4">
          <Callout tone="danger" title={t("gql.failed")} />
        </div>
      ) : (
        <section
          aria-label={t("gql.result")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long answers must scroll by keyboard
          tabIndex={0}
          className="h-96 overflow-auto px-4 py-3 -outline-offset-2"
        >
          <pre translate="no" className="font-mono text-sm leading-relaxed">
            {textOf(run) ?? <span className="font-sans text-muted">{t("gql.result.none")}</span>}
          </pre>
        </section>
      )}
    </Card>
  );
}

function textOf(run: Run): string | null {
  switch (run.kind) {
    case "answered":
      return laidOut(run.answer.text);
    case "following":
    case "ended":
      return run.results.length === 0 ? null : run.results.map(laidOut).join("\n\n");
    default:
      return null;
  }
}

function Standing({ run }: { readonly run: Run }) {
  const t = useMessages("integrations");
  return (
    <span role="status" className="flex items-center gap-2 text-sm text-muted">
      {run.kind === "asking" && t("gql.asking")}
      {run.kind === "answered" && (
        <>
          <Badge
            tone={run.answer.status < 400 ? "ok" : "danger"}
          >{`HTTP ${run.answer.status}`}</Badge>
          {t("log.ms", { count: formatNumber(Math.round(run.answer.milliseconds)) })}
        </>
      )}
      {(run.kind === "following" || run.kind === "ended") && (
        <>
          <Badge tone={run.kind === "following" ? "info" : "neutral"}>{t(`gql.${run.kind}`)}</Badge>
          {t("gql.count", { count: run.count })}
        </>
      )}
    </span>
  );
}
