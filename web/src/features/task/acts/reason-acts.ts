import type { TypedDocumentNode } from "urql";
import type { RefusedFieldData } from "../../../graphql/refused-field";
import type { ButtonVariant } from "../../../ui/Button";
import {
  ArchiveTask,
  CancelTask,
  CompleteStage,
  DeclineTask,
  ReopenTask,
  ResumeTask,
  SubmitCompletion,
} from "./mutations";

/** Acts that need no more than words. */
export type ReasonActName =
  | "DECLINE"
  | "SUBMIT_COMPLETION"
  | "COMPLETE_STAGE"
  | "RESUME"
  | "REOPEN"
  | "ARCHIVE"
  | "CANCEL";

/** What they all take. */
export interface ReasonInput {
  readonly taskId: string;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

interface Answer {
  readonly userErrors: readonly RefusedFieldData[];
}

/** How one of them is sent and drawn. */
export interface ReasonAct {
  readonly document: TypedDocumentNode<unknown, { input: ReasonInput }>;
  readonly variant: ButtonVariant;
  /** One line instead of a text: an archive number. */
  readonly isShort: boolean;
}

const act = <Data>(
  document: TypedDocumentNode<Data, { input: ReasonInput }>,
  variant: ButtonVariant = "primary",
  isShort = false,
): ReasonAct => ({
  document: document as TypedDocumentNode<unknown, { input: ReasonInput }>,
  variant,
  isShort,
});

export const REASON_ACTS: Readonly<Record<ReasonActName, ReasonAct>> = {
  DECLINE: act(DeclineTask, "danger"),
  SUBMIT_COMPLETION: act(SubmitCompletion),
  COMPLETE_STAGE: act(CompleteStage),
  RESUME: act(ResumeTask),
  REOPEN: act(ReopenTask, "danger"),
  ARCHIVE: act(ArchiveTask, "primary", true),
  CANCEL: act(CancelTask, "danger"),
};

/** The one payload of an answer, whichever of these acts it was. */
export function onlyPayload(data: unknown): Answer {
  const [payload] = Object.values(data as Record<string, Answer>);
  if (payload === undefined) throw new Error("an answer without a payload");
  return payload;
}
