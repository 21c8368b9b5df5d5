import { useEffect, useState } from "react";
import { useClient, useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { keep, readKept } from "../../states/kept";
import { type Draft, draftOf, type Method, type SentShare, sentOf } from "./draft";
import {
  AllocateMetric,
  AllocationEditorQuery,
  type EditorData,
  PreviewAllocationQuery,
} from "./queries";

const allocated = (data: ResultOf<typeof AllocateMetric>) => data.allocateMetric;
/** How long typing rests before what it comes to is asked. */
const PREVIEW_MS = 250;

export type Preview = ResultOf<typeof PreviewAllocationQuery>["previewAllocation"];

/** What is being shared out, and by whom the draft is kept. */
export interface AllocationOf {
  readonly metric: EditorData;
  readonly unit: string | null;
  readonly units: readonly string[];
  readonly account: string;
}

/** The draft of an allocation, kept in this browser until it is stored, with what it comes to. */
export function useAllocation({ metric, unit, units, account }: AllocationOf) {
  const client = useClient();
  const act = useKeyedAct(AllocateMetric, allocated);
  const key = `duban.allocation.${account}.${metric.code}.${unit ?? ""}`;
  const [draft, setDraft] = useState<Draft>(
    () => readKept<Draft>(key, localStorage).draft ?? draftOf(metric.allocation, units),
  );
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { shares, unread } = sentOf(draft, units);
  const of = { metric: metric.code, whole: unit, method: draft.method, shares };
  const { preview, isAsking, hasFailed } = usePreview(of, unread.length === 0 && shares.length > 0);

  const change = (next: Draft): void => {
    setDraft(next);
    setOutcome(null);
    keep(key, { draft: next }, localStorage);
  };
  const forget = (): void => keep(key, {}, localStorage);
  const save = async (): Promise<boolean> => {
    if (isSaving || unread.length > 0) return false;
    setSaving(true);
    const reason = draft.reason.trim();
    const done = await act({
      ...of,
      reason: reason === "" ? null : reason,
      expectedVersion: draft.basedOn,
    });
    setSaving(false);
    setOutcome(done);
    if (done.kind === "done") forget();
    if (done.kind === "conflict") {
      const variables = { code: metric.code, unit };
      await client
        .query(AllocationEditorQuery, variables, { requestPolicy: "network-only" })
        .toPromise();
    }
    return done.kind === "done";
  };
  return {
    draft,
    unread,
    preview,
    isAsking,
    hasPreviewFailed: hasFailed,
    outcome,
    isSaving,
    isChanged: JSON.stringify(draft) !== JSON.stringify(draftOf(metric.allocation, units)),
    /** Somebody stored another version since the draft was begun. */
    isOvertaken: draft.basedOn !== (metric.allocation?.version ?? null),
    change,
    save,
    /** Goes on with what is typed, on top of the newest version. */
    keepMine: () => change({ ...draft, basedOn: metric.allocation?.version ?? null }),
    /** Drops what is typed. */
    takeStored: () => {
      setDraft(draftOf(metric.allocation, units));
      setOutcome(null);
      forget();
    },
  };
}
export type AllocationDraft = ReturnType<typeof useAllocation>;

interface Wanted {
  readonly metric: string;
  readonly whole: string | null;
  readonly method: Method;
  readonly shares: SentShare[];
}

/** What sharing out comes to, asked when typing rests; the answer before stands until the next one. */
function usePreview(of: Wanted, isReadable: boolean) {
  const text = JSON.stringify(of);
  const [asked, setAsked] = useState(text);
  const [last, setLast] = useState<Preview | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PREVIEW_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const [{ data, error, fetching, stale }] = useQuery({
    query: PreviewAllocationQuery,
    variables: { input: JSON.parse(asked) as Wanted },
    requestPolicy: "network-only",
    pause: !isReadable,
  });
  const now = fetching || stale ? undefined : data?.previewAllocation;
  if (now !== undefined && now !== last) setLast(now);
  return {
    preview: now ?? last,
    isAsking: fetching || asked !== text,
    hasFailed: error !== undefined && now === undefined,
  };
}
