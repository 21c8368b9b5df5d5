import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/domain";

/** Words for the values of enums, in the terms of the documents. */
export const messages: Translated<typeof source> = {
  "kind.WORK_POINT": "Work point",
  "kind.KEY_TASK": "Key task",
  "kind.SUB_TASK": "Sub-task",
  "kind.MEETING": "Meeting decision",
  "kind.INSTRUCTION": "Instruction",
  "kind.SUPERIOR": "From a superior",
  "kind.PROPOSAL": "Proposal",
  "kind.INSPECTION": "Inspection finding",
  "state.DRAFT": "Draft",
  "state.ASSIGNED": "Assigned",
  "state.DECLINED": "Declined",
  "state.IN_PROGRESS": "In progress",
  "state.COMPLETION_SUBMITTED": "Completion submitted",
  "state.RETURNED": "Returned",
  "state.STAGE_COMPLETED": "Stage completed",
  "state.SUSPENDED": "Suspended",
  "state.COMPLETED": "Completed",
  "state.REOPENED": "Reopened",
  "state.ARCHIVED": "Archived",
  "state.CANCELLED": "Cancelled",
  "role.LEAD": "Lead",
  "role.SUPPORT": "Support",
  "planState.DRAFT": "Draft",
  "planState.ISSUED": "Issued",
  "severity.ERROR": "Error",
  "severity.WARNING": "Warning",
  "severity.NOTE": "Note",
};
