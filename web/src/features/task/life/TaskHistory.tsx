import { formatDate, formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Card } from "../../../ui/Card";
import { TaskState } from "../../../ui/TaskState";
import type { ExtensionData, TaskLifeData, TaskStepData } from "./fragments";
import { type HistoryEntry, historyOf } from "./history";

/** Everything that happened to the task, the newest first, with what it changed. */
export function TaskHistory({ task }: { readonly task: TaskLifeData }) {
  const t = useMessages("life");
  const entries = historyOf(
    task.life.steps.edges.map((edge) => edge.node),
    task.life.extensions,
  );
  return (
    <Card
      title={t("history")}
      subtitle={entries.length === 0 ? t("history.none") : t("history.hint")}
      isFlush
    >
      {entries.length > 0 && (
        <ol className="grid">
          {entries.map((entry) => (
            <li
              key={entry.key}
              className="grid gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0 sm:grid-cols-[9.5rem_minmax(0,1fr)]"
            >
              <time dateTime={entry.at} className="pt-px text-sm text-muted">
                {formatDateTime(entry.at)}
              </time>
              <div className="min-w-0">
                <Entry entry={entry} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  if (entry.kind === "step") return <Step step={entry.step} />;
  return <Extension extension={entry.extension} isDecision={entry.kind === "decided"} />;
}

function Step({ step }: { readonly step: TaskStepData }) {
  const t = useMessages("life");
  return (
    <>
      <Head
        name={step.by.displayName}
        behalf={step.onBehalfOf?.displayName}
        act={t(`act.${step.transition}`)}
      />
      {step.from !== step.to && (
        <Change
          label={t("history.state")}
          before={<TaskState state={step.from} />}
          after={<TaskState state={step.to} />}
        />
      )}
      <Words text={step.reason} />
    </>
  );
}

interface ExtensionProps {
  readonly extension: ExtensionData;
  readonly isDecision: boolean;
}

function Extension({ extension, isDecision }: ExtensionProps) {
  const t = useMessages("life");
  const isMoved = isDecision && extension.state === "APPROVED";
  const act = isDecision ? t(`extension.${extension.state}`) : t("extension.asked");
  return (
    <>
      <Head
        name={(isDecision ? extension.decidedBy : extension.requestedBy)?.displayName ?? ""}
        act={act}
      />
      {(isMoved || !isDecision) && (
        <Change
          label={t(isMoved ? "history.deadline" : "history.deadlineAsked")}
          before={formatDate(extension.from)}
          after={formatDate(extension.to)}
        />
      )}
      <Words text={isDecision ? extension.decisionReason : extension.reason} />
    </>
  );
}

interface HeadProps {
  readonly name: string;
  readonly behalf?: string | undefined;
  readonly act: string;
}

function Head({ name, behalf, act }: HeadProps) {
  const t = useMessages("life");
  return (
    <p>
      <span className="font-medium">{act}</span>
      <span className="ml-2 text-sm text-muted">
        {behalf === undefined ? name : t("history.behalf", { name, behalf })}
      </span>
    </p>
  );
}

interface ChangeProps {
  readonly label: string;
  readonly before: React.ReactNode;
  readonly after: React.ReactNode;
}

/** Old → new. */
function Change({ label, before, after }: ChangeProps) {
  const t = useMessages("life");
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <span className="text-muted">{label}</span>
      <del className="text-muted no-underline">{before}</del>
      <span>
        <span aria-hidden="true">→</span>
        <span className="sr-only">{t("history.becomes")}</span>
      </span>
      <ins className="no-underline">{after}</ins>
    </p>
  );
}

function Words({ text }: { readonly text: string | null }) {
  if (text === null || text === "") return null;
  return <p className="mt-0.5 border-l-2 border-line pl-2.5 text-sm whitespace-pre-line">{text}</p>;
}
