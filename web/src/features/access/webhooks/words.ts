import type { Tone } from "../../../ui/tones";
import type {
  Attempt,
  ChangedType,
  DeliveryRow,
  DeliveryState,
  WebhookState,
} from "./webhook-documents";

/** Kinds of object that can be told, in the order of how often they are. */
export const TYPES = [
  "MEASUREMENT",
  "MEASUREMENT_SHEET",
  "PROGRESS_REPORT",
  "TASK",
  "SUPERVISION_NOTICE",
  "METRIC",
  "MILESTONE",
  "AMENDMENT",
  "PLAN",
  "DEPARTMENT",
] as const satisfies readonly ChangedType[];

/** Where a message may stand, in the order of the filter. */
export const DELIVERY_STATES = [
  "PENDING",
  "DELIVERED",
  "FAILED",
  "SKIPPED",
] as const satisfies readonly DeliveryState[];

export const WEBHOOK_TONES: Readonly<Record<WebhookState, Tone>> = {
  ACTIVE: "ok",
  PAUSED: "warning",
  DISABLED: "danger",
};

export const DELIVERY_TONES: Readonly<Record<DeliveryState, Tone>> = {
  PENDING: "info",
  DELIVERED: "ok",
  FAILED: "danger",
  SKIPPED: "neutral",
};

/** Whether an attempt was taken by the endpoint. */
export function isTaken({ status }: Pick<Attempt, "status">): boolean {
  return status !== null && status >= 200 && status <= 299;
}

/** What changes when something comes of a message. */
export function markOf(
  deliveries: readonly Pick<DeliveryRow, "id" | "state" | "attempts">[],
): string {
  return deliveries.map((one) => `${one.id} ${one.state} ${one.attempts.length}`).join("\n");
}
