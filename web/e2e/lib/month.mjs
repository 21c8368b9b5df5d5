// A month of reports: the academic department's tasks are underway, and a month takes its reports.
import { caller } from "./api.mjs";

const LED = `{ department(id: "XXB") { tasks(first: 100, role: LEAD) { edges { node {
  id code state version } } } } }`;
const OWNERS = `query($id: ID!) { task(id: $id) { version state life { ownerCandidates { id } } } }`;
const SHEET = `query($period: Period) { reportSheet(period: $period) { period windowState
  department { id } rows(first: 200) { edges { node { task { id code } report { id version } } } } } }`;

/** The day it is in Beijing, by which deadlines count. */
export const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Hands the tasks that the department leads out, and accepts them. */
export async function beginTasks(server) {
  const [officer, liaison] = [
    await caller(server, "demo-officer"),
    await caller(server, "demo-liaison-xxb"),
  ];
  const led = (await officer.ask(LED)).department.tasks.edges.map((edge) => edge.node);
  const rows = led
    .filter((task) => task.state === "DRAFT")
    .map((task) => ({
      taskId: task.id,
      expectedVersion: task.version,
      deadline: "2027-12-31",
    }));
  await officer.change("handOutTasks", { rows }, "rows { userErrors { message } }");
  for (const { id } of led) {
    const { task } = await liaison.ask(OWNERS, { id });
    if (task.state !== "ASSIGNED") continue;
    const [accountable, substitute] = task.life.ownerCandidates.map((one) => one.id);
    const at = { taskId: id, expectedVersion: task.version, accountable, substitute };
    await liaison.change("acceptTask", at, "task { id }");
  }
}

/** A month that takes reports now: the present one, or the last one, opened again where it must be. */
export async function openMonth(server) {
  const liaison = await caller(server, "demo-liaison-xxb");
  const sheet = (await liaison.ask(SHEET)).reportSheet;
  if (["OPEN", "LATE"].includes(sheet.windowState)) return sheet.period;
  const [year, month] = sheet.period.split("-").map(Number);
  const before = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
  const officer = await caller(server, "demo-officer");
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const input = { department: "HNAST", period: before, until, reason: "测试期间补报" };
  await officer.change("reopenPeriod", input, "until");
  return before;
}

/** Writes and submits the first reports of a month for the department; gives their tasks. */
export async function submitReports(server, period, count, progress) {
  const liaison = await caller(server, "demo-liaison-xxb");
  const sheet = (await liaison.ask(SHEET, { period })).reportSheet;
  const free = sheet.rows.edges.map((edge) => edge.node).filter((row) => row.report === null);
  const of = { department: sheet.department.id, period };
  const rows = free.slice(0, count).map((row) => ({
    taskId: row.task.id,
    progress,
    selfAssessment: "ON_TRACK",
  }));
  await liaison.change("saveReports", { ...of, rows }, "rows { report { id } }");
  const submitted = rows.map((row) => ({ taskId: row.taskId, expectedVersion: 1 }));
  await liaison.change("submitReports", { ...of, rows: submitted }, "rows { report { id } }");
  return free.slice(0, count).map((row) => row.task.code);
}
