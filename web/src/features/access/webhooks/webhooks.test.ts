import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, Kind, OperationTypeNode, parse, validate } from "graphql";
import ts from "typescript";
import { afterEach, describe, expect, test, vi } from "vitest";
import { piecesOf } from "../examples/highlight";
import { instantOf } from "./instant";
import { SUBSCRIPTIONS } from "./subscriptions";
import { changeOf, creationOf, type TypedWebhook } from "./use-webhook-form";
import { RECEIVERS, verificationIn } from "./verification";
import { isTaken, markOf } from "./words";

const schema = buildSchema(
  readFileSync(join(import.meta.dirname, "../../../../../schema.graphql"), "utf8"),
);

const typed: TypedWebhook = {
  accountId: "account",
  name: "平台",
  url: " https://hooks.example.org/duban ",
  types: ["TASK"],
  content: "ids",
  query: "",
};

describe("what was typed", () => {
  test("is asked for; ids alone send no subscription, even when one was typed before", () => {
    const asked = {
      name: "平台",
      url: "https://hooks.example.org/duban",
      types: ["TASK"],
      query: null,
    };
    const before = { ...typed, query: "subscription { changed { action } }" };
    expect(creationOf(before)).toEqual({ accountId: "account", ...asked });
    expect(changeOf(before, { id: "hook", version: 3 })).toEqual({
      webhookId: "hook",
      expectedVersion: 3,
      ...asked,
    });
    expect(creationOf({ ...before, content: "own" })?.query).toBe(before.query);
  });
  test.each([
    { accountId: "" },
    { name: " " },
    { url: "" },
    { content: "own", query: " " },
  ] as const)("is not asked for while something is missing: %o", (missing) => {
    expect(creationOf({ ...typed, ...missing })).toBeNull();
  });
});

describe("every subscription that is offered", () => {
  test.each(SUBSCRIPTIONS.map((one) => [one.key, one.query] as const))(
    "%s is one of changed, valid against the schema",
    (_, query) => {
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      const [operation, ...others] = document.definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
      expect(others).toEqual([]);
      expect(operation.operation).toBe(OperationTypeNode.SUBSCRIPTION);
      const roots = operation.selectionSet.selections.map((one) =>
        one.kind === Kind.FIELD ? one.name.value : one.kind,
      );
      expect(roots).toEqual(["changed"]);
    },
  );
});

describe("verification, as it stands on the page", () => {
  const KEY = Buffer.from("0123456789abcdef0123456789abcdef");
  const body = Buffer.from('{"type":"task.accepted"}');
  const at = Math.floor(Date.now() / 1000);
  afterEach(() => vi.unstubAllEnvs());

  const signed = (key: Buffer, sentAt = at) => ({
    "webhook-id": "msg_1",
    "webhook-timestamp": String(sentAt),
    "webhook-signature": `v1,${createHmac("sha256", key).update(`msg_1.${sentAt}.`).update(body).digest("base64")}`,
  });
  type Headers = Partial<ReturnType<typeof signed>>;

  test("in TypeScript takes what is genuine and nothing else", async () => {
    vi.stubEnv("DUBAN_WEBHOOK_SECRET", `whsec_${KEY.toString("base64")}`);
    const { outputText } = ts.transpileModule(verificationIn("typescript"), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const url = `data:text/javascript,${encodeURIComponent(outputText)}`;
    const { isGenuine } = (await import(/* @vite-ignore */ url)) as {
      isGenuine: (headers: Headers, body: Buffer) => boolean;
    };
    const good = signed(KEY);
    const other = signed(Buffer.from("another key of thirty-two bytes!"));
    const both = `${other["webhook-signature"]} ${good["webhook-signature"]}`;
    expect(isGenuine(good, body)).toBe(true);
    expect(isGenuine({ ...good, "webhook-signature": both }, body)).toBe(true);
    expect(isGenuine(other, body)).toBe(false);
    expect(isGenuine(good, Buffer.from("{}"))).toBe(false);
    expect(isGenuine(signed(KEY, at - 301), body)).toBe(false);
    expect(isGenuine({}, body)).toBe(false);
  });
  test.each(RECEIVERS)("%s: the pieces together are the code", (language) => {
    const code = verificationIn(language);
    expect(
      piecesOf(code, language)
        .map(({ text }) => text)
        .join(""),
    ).toBe(code);
  });
});

test("an answer of 200 to 299 takes a message", () => {
  const taken = [200, 204, 299, 199, 300, 410, null].map((status) => isTaken({ status }));
  expect(taken).toEqual([true, true, true, false, false, false, false]);
});

test("the mark changes with a state and with an attempt", () => {
  const attempt = { at: "2025-04-01T00:00:00Z", status: 500, milliseconds: 3, fault: null };
  const one = { id: "a", state: "PENDING" as const, attempts: [] };
  const marks = [one, { ...one, attempts: [attempt] }, { ...one, state: "DELIVERED" as const }];
  expect(new Set(marks.map((mark) => markOf([mark]))).size).toBe(3);
});

test("a time that was typed is an instant", () => {
  expect(instantOf("2025-06-30T08:00")).toBe(new Date(2025, 5, 30, 8).toISOString());
  expect([instantOf(""), instantOf("soon")]).toEqual([null, null]);
});
