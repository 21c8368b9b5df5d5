import { expect, test } from "vitest";
import permissions from "../../../../seeds/role_permissions.csv?raw";
import { messages } from "../../i18n/zh-CN/audit";

/** The sources of the use cases, which name every event that they write. */
const sources = import.meta.glob<string>("../../../../crates/app/src/**/*.rs", {
  query: "?raw",
  import: "default",
  eager: true,
});
const NO_EVENT = /\.(csv|txt|md|key)$/;

test("every act that the server writes into the trail has words", () => {
  const allowed = new Set(permissions.split(/[,\n]/));
  const named = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((found) => found[1] ?? ""),
  );
  const events = named.filter((name) => !allowed.has(name) && !NO_EVENT.test(name));
  expect(events.length).toBeGreaterThan(60);
  expect(events.filter((name) => !(`action.${name}` in messages))).toEqual([]);
});
