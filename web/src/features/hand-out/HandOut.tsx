import { useMemo, useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useToday } from "../../graphql/use-today";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { LinkButton } from "../../ui/LinkButton";
import { SkeletonLines } from "../../ui/Skeleton";
import { showToast } from "../../ui/Toast";
import { tasksUrl } from "../../ui/urls";
import {
  type Entry,
  entryOf,
  filledFrom,
  type Typed,
  withDeadline,
  withEntry,
  without,
  withPasted,
} from "./entries";
import { HandOutBar } from "./HandOutBar";
import { HandOutHints } from "./HandOutHints";
import { HandOutTable } from "./HandOutTable";
import { readPasted } from "./pasted";
import { HandOutRowsQuery } from "./queries";
import { useHandOut } from "./use-hand-out";
import { useKeptEntries } from "./use-kept-entries";

const rowsOf = (data: ResultOf<typeof HandOutRowsQuery>) => data.tasks;

interface HandOutProps {
  readonly plan: { readonly code: string; readonly year: number };
}

/** All tasks of a plan that wait for their hand-out, in one table and one request. */
export function HandOut({ plan }: HandOutProps) {
  const t = useMessages("handOut");
  const { nodes, isComplete, error, reload } = useAllPages(
    HandOutRowsQuery,
    { plan: plan.code },
    rowsOf,
  );
  const { today } = useToday();
  const account = useViewer()?.account.id ?? "";
  const [typed, change] = useKeptEntries(plan.code, account);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const handOut = useHandOut(reload);
  const ids = useMemo(() => nodes.map((row) => row.id), [nodes]);
  const open = nodes.filter((row) => handOut.rows.get(row.id)?.kind !== "done");
  const chosen = open.filter((row) => !left.has(row.id));
  const selected = new Set(chosen.map((row) => row.id));

  const edit = (touched: readonly string[], next: (known: Typed) => Typed): void => {
    change(next);
    handOut.forget(touched);
  };
  /** Changes many rows at once, with the way back. */
  const editMany = (touched: readonly string[], message: string, next: (known: Typed) => Typed) => {
    const before = typed;
    edit(touched, next);
    showToast({ message, action: { label: t("undo"), onSelect: () => change(() => before) } });
  };
  const onFill = (index: number): void => {
    const row = nodes[index];
    if (row === undefined) return;
    const { deadline } = entryOf(row, typed);
    if (deadline === "") return;
    const reached = filledFrom(ids, index, selected).filter((id) =>
      open.some((one) => one.id === id),
    );
    editMany(reached, t("filled", { count: reached.length }), (known) =>
      withDeadline(known, reached, deadline),
    );
  };
  const onPaste = (index: number, text: string): void => {
    const { lines, unread } = readPasted(text, plan.year);
    const reached = ids.slice(index, index + lines.length);
    editMany(reached, t("pasted", { count: lines.length - unread.length }), (known) =>
      withPasted(known, ids, index, lines),
    );
    for (const one of unread.slice(0, 2)) {
      showToast({ tone: "warning", message: t("pasted.unread", one) });
    }
  };
  const send = async (): Promise<void> => {
    const done = await handOut.send(chosen, typed);
    change((known) => without(known, done));
    if (done.length > 0) showToast({ message: t("sent", { count: done.length }) });
  };

  if (error !== undefined && nodes.length === 0) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (nodes.length === 0 && !isComplete) return <SkeletonLines count={8} className="h-12" />;
  if (open.length === 0) return <AllDone plan={plan.code} />;
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <HandOutHints />
      <Card isFlush>
        <HandOutTable
          rows={nodes}
          typed={typed}
          selected={selected}
          outcomes={handOut.rows}
          today={today}
          onSelect={(touched, isSelected) => setLeft(withSelection(left, touched, isSelected))}
          onType={(id, entry: Partial<Entry>) => edit([id], (known) => withEntry(known, id, entry))}
          onFill={onFill}
          onPaste={onPaste}
        />
      </Card>
      <HandOutBar
        chosen={chosen.map((row) => entryOf(row, typed))}
        handOut={handOut}
        onFillChosen={(deadline) =>
          editMany([...selected], t("filled", { count: selected.size }), (known) =>
            withDeadline(known, [...selected], deadline),
          )
        }
        onSend={() => void send()}
      />
    </div>
  );
}

/** The rows left out: everything is chosen until it is taken out. */
function withSelection(
  left: ReadonlySet<string>,
  touched: readonly string[],
  isSelected: boolean,
): ReadonlySet<string> {
  const rest = [...left].filter((id) => !touched.includes(id));
  return new Set(isSelected ? rest : [...rest, ...touched]);
}

function AllDone({ plan }: { readonly plan: string }) {
  const t = useMessages("handOut");
  return (
    <EmptyState
      icon="check"
      title={t("nothing")}
      actions={
        <>
          <LinkButton to={tasksUrl({ plan, layout: "board" })} variant="primary">
            {t("nothing.board")}
          </LinkButton>
          <LinkButton to={tasksUrl({ plan })}>{t("nothing.list")}</LinkButton>
        </>
      }
    >
      {t("nothing.detail")}
    </EmptyState>
  );
}
