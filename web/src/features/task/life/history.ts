import type { ExtensionData, TaskStepData } from "./fragments";

/** What happened at one moment: a step, or a word on more time. */
export type HistoryEntry =
  | {
      readonly kind: "step";
      readonly key: string;
      readonly at: string;
      readonly step: TaskStepData;
    }
  | {
      readonly kind: "asked" | "decided";
      readonly key: string;
      readonly at: string;
      readonly extension: ExtensionData;
    };

/** Everything that happened to a task, the newest first. */
export function historyOf(
  steps: readonly TaskStepData[],
  extensions: readonly ExtensionData[],
): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [
    ...steps.map((step) => ({
      kind: "step" as const,
      key: `step-${String(step.seq)}`,
      at: step.at,
      step,
    })),
    ...extensions.flatMap((extension) => [
      {
        kind: "asked" as const,
        key: `asked-${extension.id}`,
        at: extension.requestedAt,
        extension,
      },
      ...(extension.decidedAt === null
        ? []
        : [
            {
              kind: "decided" as const,
              key: `decided-${extension.id}`,
              at: extension.decidedAt,
              extension,
            },
          ]),
    ]),
  ];
  // Equal instants keep their order: a later step of the same moment stands above.
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).toReversed();
}
