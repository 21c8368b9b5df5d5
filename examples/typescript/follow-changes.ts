// Follows what changes and prints a line for each: node follow-changes.ts CURSOR-FILE [--watch SECONDS]
// The file keeps how far was read. Without --watch it ends once nothing is left, so that cron may begin it again.
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { Duban, Refused, sleep } from "./duban.ts";

const PLACE = "query Place { latestChangeCursor }";

const STANDING = `query Standing($under: ID!, $after: String) {
  measurements(first: 100, after: $after, filter: { under: $under, isNewest: true }) {
    edges { node { id } }
    pageInfo { hasNextPage endCursor } } }`;

const SINCE = `query Since($after: String) {
  changes(after: $after, first: 100, types: [TASK, MEASUREMENT, MEASUREMENT_SHEET]) {
    cursor hasMore changes { action occurredAt objectType objectId object { __typename
      ... on Task { code state }
      ... on Measurement { value period metric { code } department { code } } } } } }`;

type Task = { __typename: "Task"; code: string; state: string };
type Measurement = {
  __typename: "Measurement";
  value: string | null;
  period: string;
  metric: { code: string };
  department: { code: string };
};
type Change = {
  action: string;
  occurredAt: string;
  objectType: string;
  objectId: string;
  object: Task | Measurement | null;
};

/** Tells what happened since the cursor in the file; reads anew where there is none, or none that is known. */
async function follow(duban: Duban, file: string): Promise<void> {
  if (!existsSync(file)) return readAnew(duban, file);
  try {
    await goOn(duban, file);
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== "CHANGE_CURSOR_UNKNOWN") throw error;
    await readAnew(duban, file);
  }
}

/**
 * Reads all that the program keeps, here the figures of the office, which it only counts. The cursor is taken
 * before: what happens meanwhile is told the next time.
 */
async function readAnew(duban: Duban, file: string): Promise<void> {
  type Data = {
    measurements: {
      edges: { node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
  const { latestChangeCursor } = await duban.run<{ latestChangeCursor: string }>(PLACE);
  const under = await duban.office();
  let count = 0;
  let after: string | null = null;
  for (;;) {
    const page: Data["measurements"] = (await duban.run<Data>(STANDING, { under, after })).measurements;
    count += page.edges.length;
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  console.log("read anew:", count, "figures");
  await keep(file, latestChangeCursor);
}

/** Works through all pages behind the cursor; each counts as read when all of it was told. */
async function goOn(duban: Duban, file: string): Promise<void> {
  type Data = { changes: { cursor: string; hasMore: boolean; changes: Change[] } };
  let after = (await readFile(file, "utf8")).trim();
  for (let hasMore = true; hasMore; ) {
    const page: Data["changes"] = (await duban.run<Data>(SINCE, { after })).changes;
    for (const change of page.changes) console.log(change.occurredAt, change.action, subject(change));
    ({ cursor: after, hasMore } = page);
    await keep(file, after);
  }
}

/** What a change is about, as it is now. */
function subject({ object, objectType, objectId }: Change): string {
  switch (object?.__typename) {
    case "Task":
      return `${object.code} ${object.state}`;
    case "Measurement":
      return `${object.metric.code} ${object.department.code} ${object.period} ${object.value ?? "none"}`;
    default:
      return `${objectType} ${objectId}`;
  }
}

/** Replaces the file whole, so that it never holds half a cursor. */
async function keep(file: string, cursor: string): Promise<void> {
  await writeFile(`${file}.new`, cursor);
  await rename(`${file}.new`, file);
}

const [file, option, seconds] = process.argv.slice(2);
const isWatching = option === "--watch" && /^\d+$/.test(seconds ?? "");
if (!file || (option !== undefined && !isWatching)) {
  throw new Error("usage: follow-changes.ts CURSOR-FILE [--watch SECONDS]");
}
const duban = new Duban();
await follow(duban, file);
while (isWatching) {
  await sleep(Number(seconds));
  await follow(duban, file);
}
