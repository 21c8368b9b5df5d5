import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, getVariableValues, Kind, parse, validate } from "graphql";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { type ApiCall, CALLS } from "./calls";
import { piecesOf } from "./highlight";
import { curlWith, LANGUAGES, snippetOf } from "./snippets";

const ENDPOINT = "https://duban.example.org/graphql";
const schema = buildSchema(
  readFileSync(join(import.meta.dirname, "../../../../../schema.graphql"), "utf8"),
);
const all = CALLS.map((call) => [call.key, call] as const);

/** The one operation of a call. */
function operationOf({ query }: ApiCall) {
  const [operation, ...others] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) {
    throw new Error("one operation, no more");
  }
  return operation;
}

/** The body that a snippet by curl sends. */
function sentBy(snippet: string): unknown {
  return JSON.parse(/ -d '([^']*)'$/.exec(snippet)?.[1] ?? "");
}

describe("every example is valid against the schema", () => {
  test.each(all)("%s: the document", (_, call) => {
    expect(validate(schema, parse(call.query))).toEqual([]);
  });
  test.each(all)("%s: its variables", (_, call) => {
    const definitions = operationOf(call).variableDefinitions ?? [];
    const { errors } = getVariableValues(schema, definitions, { ...call.variables });
    expect(errors).toBeUndefined();
    const declared = definitions.map(({ variable }) => variable.name.value);
    expect(Object.keys(call.variables ?? {}).sort()).toEqual(declared.sort());
  });
  test("a field that the schema has not is found", () => {
    expect(validate(schema, parse("{ viewer { password } }"))).toHaveLength(1);
  });
});

describe("every snippet", () => {
  test.each(all)("%s: curl sends the document and its variables", (_, call) => {
    const snippet = snippetOf(call, "curl", ENDPOINT);
    expect(snippet).toContain(`'${ENDPOINT}'`);
    const sent = sentBy(snippet) as { readonly query: string; readonly variables?: unknown };
    expect(sent.variables).toEqual(call.variables);
    expect(parse(sent.query, { noLocation: true })).toEqual(
      parse(call.query, { noLocation: true }),
    );
    expect(snippet.includes("text/event-stream")).toBe(call.isStream === true);
  });
  test.each(all)("%s: Python holds no word of JSON that it does not know", (_, call) => {
    const snippet = snippetOf(call, "python", ENDPOINT);
    expect(snippet).toContain(`"${ENDPOINT}"`);
    expect(JSON.stringify(call.variables ?? {})).not.toMatch(/\b(?:true|false|null)\b/);
  });
  test.each(all)("%s: TypeScript is read by the compiler", (_, call) => {
    const snippet = snippetOf(call, "typescript", ENDPOINT);
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { diagnostics } = ts.transpileModule(snippet, {
      reportDiagnostics: true,
      compilerOptions,
    });
    expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
  });
  test("the token itself stands in the call that is to be tried", () => {
    const [who] = CALLS;
    if (who === undefined) throw new Error("no call");
    const snippet = curlWith("dbn_d_abcdefgh_secret", who, ENDPOINT);
    expect(snippet).toContain("'Authorization: Bearer dbn_d_abcdefgh_secret'");
    expect(snippet).not.toContain("DUBAN_TOKEN");
  });
});

describe("colours", () => {
  test.each(LANGUAGES)("%s: the pieces together are the code", (language) => {
    for (const call of CALLS) {
      const code = snippetOf(call, language, ENDPOINT);
      const pieces = piecesOf(code, language);
      expect(pieces.map(({ text }) => text).join("")).toBe(code);
      expect(pieces.some(({ kind }) => kind === "string")).toBe(true);
      expect(pieces.some(({ kind }) => kind === "keyword")).toBe(true);
    }
  });
  test("an address in a string is no comment", () => {
    const pieces = piecesOf('await fetch("https://a/b"); // then', "typescript");
    expect(pieces.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "keyword await",
      "plain  fetch(",
      'string "https://a/b"',
      "plain ); ",
      "comment // then",
    ]);
  });
});
