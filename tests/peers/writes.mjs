// One figure that is written and committed with each request: what Duban is sent, and what PostGraphile is.
import { sql } from "./database.mjs";
import { METRIC } from "./queries.mjs";

/** The month that the demo reports. */
const MONTH = "2025-08";
/** Rows of the peer are of a metric that nobody reports by counties, so that Duban does not find them. */
const PEER_METRIC = "2025-21-M1";
/** Who records for the cities in the demo. */
export const RECORDER = "demo-cities";

const RECORD = `mutation Record($input: RecordMeasurementsInput!) {
  recordMeasurements(input: $input) {
    rows { measurement { revision value } userErrors { code } }
    userErrors { code }
  }
}`;
const CREATE = `mutation Create($input: CreateMeasurementInput!) {
  createMeasurement(input: $input) { measurement { revision value } }
}`;

/** A body as an expression of Lua: each `$name$` in it stands for an expression of its own. */
function inLua(body, names) {
  const parts = JSON.stringify(body).split(/\$(\w+)\$/);
  return parts.map((part, at) => (at % 2 === 0 ? `[====[${part}]====]` : names[part])).join(" .. ");
}

/** For Duban: the figure of county number `n`, which has said nothing yet, under a key of its own. */
export function recorded(headers, stamp) {
  const rows = [{ metric: METRIC, department: "GX$n$", period: MONTH, value: "12" }];
  const body = { query: RECORD, variables: { input: { idempotencyKey: `peers-${stamp}-$n$`, rows } } };
  return {
    headers,
    lua: "",
    body: inLua(body, { n: "n" }),
    expected: '"measurement":{"revision":1,"value":"12"},"userErrors":[]',
  };
}

/** For PostGraphile: a row of the same table, with everything that Duban writes into it. */
export async function created(headers, database) {
  const counties = await sql(database.url, "SELECT id FROM department WHERE code LIKE 'GX%' ORDER BY position");
  const [{ metric, author }] = await sql(
    database.url,
    `SELECT m.id AS metric, a.id AS author FROM metric m, account a WHERE m.code = $1 AND a.login = $2`,
    [PEER_METRIC, RECORDER],
  );
  const measurement = {
    rowId: "$id$",
    metricId: metric,
    departmentId: "$county$",
    period: MONTH,
    revision: 1,
    kind: "AMOUNT",
    value: "120000",
    state: "SUBMITTED",
    channel: "WEB",
    authorId: author,
    recordedAt: "2025-09-03T08:00:00Z",
    isLate: false,
  };
  return {
    headers,
    lua: `local counties = {${counties.map(({ id }) => `"${id}"`).join(",")}}\n`,
    body: inLua(
      { query: CREATE, variables: { input: { measurement } } },
      { id: 'string.format("00000000-0000-7000-8000-%012x", n)', county: "counties[n]" },
    ),
    expected: '"measurement":{"revision":1,"value":"120000"}',
  };
}
