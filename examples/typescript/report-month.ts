// Reports the figures of a month: node report-month.ts 2025-08 month.csv
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Duban } from "./duban.ts";

/** Rows that one request may hold. */
const ROWS = 1000;

const STANDING = `query Standing($under: ID!, $period: Period!, $after: String) {
  measurements(first: 100, after: $after,
      filter: { under: $under, period: $period, isNewest: true }) {
    edges { node { revision value metric { code } department { code } } }
    pageInfo { hasNextPage endCursor } } }`;

const RECORD = `mutation Record($input: RecordMeasurementsInput!) {
  recordMeasurements(input: $input) {
    rows { measurement { state } userErrors { code message } }
    userErrors { code message } } }`;

type Row = {
  metric: string;
  department: string;
  period: string;
  value: string;
  expectedVersion?: number;
  reason?: string;
};
type Stands = Map<string, { revision: number; value: string | null }>;
type UserError = { code: string; message: string };

const place = (metric: string, department: string) => `${metric} ${department}`;

/** What stands of a month for a unit and all below it. */
async function standing(duban: Duban, under: string, period: string): Promise<Stands> {
  type Data = {
    measurements: {
      edges: {
        node: {
          revision: number;
          value: string | null;
          metric: { code: string };
          department: { code: string };
        };
      }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
  const found: Stands = new Map();
  let after: string | null = null;
  for (;;) {
    const page: Data["measurements"] = (await duban.run<Data>(STANDING, { under, period, after })).measurements;
    for (const { node } of page.edges) found.set(place(node.metric.code, node.department.code), node);
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

/** The rows of a file (`metric,department,value`) that do not stand yet. */
function changes(text: string, period: string, stands: Stands): Row[] {
  const lines = text.trim().split(/\r?\n/).slice(1);
  return lines.flatMap((line) => {
    const [metric, department, value] = line.split(",");
    if (!metric || !department || !value) throw new Error(`not a row: ${line}`);
    const row: Row = { metric, department, period, value };
    const there = stands.get(place(metric, department));
    if (there === undefined) return [row];
    if (there.value === value) return [];
    return [{ ...row, expectedVersion: there.revision, reason: "更正" }];
  });
}

/** Sends rows under a key made of what they say: the same rows sent again change nothing. */
async function send(duban: Duban, period: string, rows: Row[]): Promise<boolean> {
  type Data = {
    recordMeasurements: {
      rows: { measurement: { state: string } | null; userErrors: UserError[] }[];
      userErrors: UserError[];
    };
  };
  const digest = createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 32);
  const input = { idempotencyKey: `month-${period}-${digest}`, rows };
  const answer = (await duban.run<Data>(RECORD, { input })).recordMeasurements;
  for (const { code, message } of answer.userErrors) throw new Error(`${code}: ${message}`);
  answer.rows.forEach(({ measurement, userErrors: [error] }, index) => {
    const { metric, department, value } = rows[index]!;
    const outcome = error ? `${error.code} ${error.message}` : `${value} ${measurement?.state}`;
    console.log(place(metric, department), outcome);
  });
  return answer.rows.every(({ userErrors }) => userErrors.length === 0);
}

const [period, file] = process.argv.slice(2);
if (!period || !file) throw new Error("usage: report-month.ts PERIOD FILE.csv");
const duban = new Duban();
const stands = await standing(duban, await duban.office(), period);
const rows = changes(await readFile(file, "utf8"), period, stands);
for (let start = 0; start < rows.length; start += ROWS) {
  if (!(await send(duban, period, rows.slice(start, start + ROWS)))) process.exitCode = 1;
}
console.log(rows.length, "of", period, "sent");
