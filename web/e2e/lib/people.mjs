// Several people in one test: each has a window of their own, and none may leave a fault behind.
import assert from "node:assert/strict";
import { visit } from "./browser.mjs";

/** Lets `account` do something in a window of their own; the browser must report no fault. */
export async function asPerson(stage, account, act, options = {}) {
  const { context, page, faults } = await visit(stage.browser, stage.server, account, options);
  try {
    await act(page);
    assert.deepEqual(faults, [], `faults in the window of ${account}`);
  } finally {
    await context.close();
  }
}

/** The day it is for the installation, moved by some days: `2025-07-04`. */
export async function dayFrom(stage, days) {
  const answer = await fetch(`${stage.server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ instance { today } }" }),
  });
  const { data } = await answer.json();
  const day = new Date(`${data.instance.today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
