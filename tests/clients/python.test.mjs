// Python: the client gql, by HTTP with the schema it reads from the server, and over a socket.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as story from "./lib/story.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("gql asks, is refused, and hears", async () => {
  const env = { DUBAN_OFFICER: await story.signIn("demo-officer") };
  const { code, out, said } = await story.run(story.PYTHON, [here("python/client.py")], { env });
  assert.equal(code, 0, said);
  const { heard, ...met } = JSON.parse(out);
  assert.deepEqual(met, {
    plan: { year: 2025, code: "2025" },
    refused: "FORBIDDEN",
    unknown: "GraphQLError",
  });
  assert.match(heard, /^task\./);
});
