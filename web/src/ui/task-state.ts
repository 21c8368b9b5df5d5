import type { StatusShape } from "./Status";
import type { Tone } from "./tones";

interface Look {
  readonly shape: StatusShape;
  readonly tone: Tone;
}

/** Shape and colour of each state of a task; the word comes from the catalogue. */
export const TASK_STATE_LOOK = {
  DRAFT: { shape: "ring", tone: "neutral" },
  ASSIGNED: { shape: "ring", tone: "info" },
  DECLINED: { shape: "triangle", tone: "warning" },
  IN_PROGRESS: { shape: "circle", tone: "info" },
  COMPLETION_SUBMITTED: { shape: "half", tone: "info" },
  RETURNED: { shape: "triangle", tone: "warning" },
  STAGE_COMPLETED: { shape: "half", tone: "ok" },
  SUSPENDED: { shape: "dash", tone: "neutral" },
  COMPLETED: { shape: "circle", tone: "ok" },
  REOPENED: { shape: "triangle", tone: "danger" },
  ARCHIVED: { shape: "square", tone: "neutral" },
  CANCELLED: { shape: "dash", tone: "neutral" },
} as const satisfies Readonly<Record<string, Look>>;
