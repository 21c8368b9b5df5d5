// Figures of August, the month that the demo reports, whatever other tests have recorded before.
import assert from "node:assert/strict";
import { send } from "./story.mjs";

/** The metric that the tests report, of the counties of 郑州. */
export const METRIC = "2025-19-M2";

const STANDING = `query Standing($metric: ID!) { measurements(first: 100, filter: { under: "410100",
  period: "2025-08", isNewest: true, metric: $metric }) { edges { node { revision value department { code } } } } }`;
const RECORD = `mutation Record($input: RecordMeasurementsInput!) { recordMeasurements(input: $input) {
  rows { measurement { id } userErrors { code } } userErrors { code } } }`;

/** What stands of August, by county: `revision` and `value`. */
export async function standing(token) {
  const { data } = await send(token, STANDING, { metric: METRIC });
  return new Map(data.measurements.edges.map(({ node }) => [node.department.code, node]));
}

/** Records figures (county and value), a correction where one stands; the ids of the measurements. */
export async function record(token, figures) {
  const stands = await standing(token);
  const rows = figures.map(([department, value]) => {
    const row = { metric: METRIC, department, period: "2025-08", value };
    const expectedVersion = stands.get(department)?.revision;
    return expectedVersion === undefined ? row : { ...row, expectedVersion, reason: "更正" };
  });
  const { data, errors } = await send(token, RECORD, { input: { rows } });
  assert.equal(errors, undefined, JSON.stringify(errors));
  assert.deepEqual(data.recordMeasurements.userErrors, []);
  return data.recordMeasurements.rows.map(({ measurement, userErrors }) => {
    assert.deepEqual(userErrors, []);
    return measurement.id;
  });
}
