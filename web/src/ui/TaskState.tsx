import { useMessages } from "../i18n/messages";
import { Status, type StatusShape } from "./Status";
import type { Tone } from "./tones";

/** Every state of a task, as the API names it. */
export type TaskStateName =
  | "DRAFT"
  | "ASSIGNED"
  | "DECLINED"
  | "IN_PROGRESS"
  | "COMPLETION_SUBMITTED"
  | "RETURNED"
  | "STAGE_COMPLETED"
  | "SUSPENDED"
  | "COMPLETED"
  | "REOPENED"
  | "ARCHIVED"
  | "CANCELLED";

const LOOKS: Readonly<Record<TaskStateName, { readonly shape: StatusShape; readonly tone: Tone }>> =
  {
    DRAFT: { shape: "ring", tone: "neutral" },
    ASSIGNED: { shape: "ring", tone: "info" },
    DECLINED: { shape: "triangle", tone: "warning" },
    IN_PROGRESS: { shape: "half", tone: "info" },
    COMPLETION_SUBMITTED: { shape: "circle", tone: "info" },
    RETURNED: { shape: "triangle", tone: "warning" },
    STAGE_COMPLETED: { shape: "half", tone: "ok" },
    SUSPENDED: { shape: "dash", tone: "warning" },
    COMPLETED: { shape: "circle", tone: "ok" },
    REOPENED: { shape: "triangle", tone: "danger" },
    ARCHIVED: { shape: "square", tone: "neutral" },
    CANCELLED: { shape: "dash", tone: "neutral" },
  };

/** Where a task stands, as shape, word and colour. */
export function TaskState({ state }: { readonly state: TaskStateName }) {
  const t = useMessages("domain");
  return <Status {...LOOKS[state]} word={t(`state.${state}`)} />;
}
