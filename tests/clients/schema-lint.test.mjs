// The schema by the linter graphql-eslint: names, descriptions, and the conventions of Relay. Its packages are held
// back by `overrides` to the releases that run on Node 20.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import graphql from "@graphql-eslint/eslint-plugin";
import { Linter } from "eslint";

const { configs, parser } = graphql;
const rule = (name, ...options) => [`@graphql-eslint/${name}`, ["error", ...options]];

const rules = {
  ...configs["flat/schema-recommended"].rules,
  ...configs["flat/schema-relay"].rules,
  ...Object.fromEntries([
    rule("require-description", {
      types: true,
      rootField: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      DirectiveDefinition: true,
      // @skip and @include are those of the specification.
      ignoredSelectors: ["[parent.kind=DirectiveDefinition]"],
    }),
    rule("input-name", { caseSensitiveInputType: false, checkInputType: true }),
    rule("no-scalar-result-type-on-mutation"),
    // Small lists, such as rows of a payload, are no connections; what is no object of its own has no id.
    rule("relay-edge-types", { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }),
  ]),
  // The file is printed by the program, which chooses the quotes.
  "@graphql-eslint/description-style": "off",
  // Only what `node` finds has an id.
  "@graphql-eslint/strict-id-in-types": "off",
};

let schema;
before(async () => {
  schema = await readFile(new URL("../../schema.graphql", import.meta.url), "utf8");
});

/** What the linter says of a schema, by line. */
function faults(text) {
  const linter = new Linter({ configType: "flat" });
  const config = {
    files: ["**/*.graphql"],
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema: text } } },
    plugins: { "@graphql-eslint": graphql },
    rules,
  };
  return linter
    .verify(text, [config], { filename: "schema.graphql" })
    .map(({ line, message }) => `${line}: ${message}`);
}

test("the schema holds to the rules", () => {
  assert.deepEqual(faults(schema), []);
});

test("what breaks a rule is found", () => {
  const broken = [
    ['"The tasks that the caller may see."\n', ""],
    ["type Section implements Node {", "type Section implements Node {\n\tnodes_of_it: [Task!]!"],
    ["hasNextPage: Boolean!", "hasNextPage: String!"],
    ["enum AccountState {", 'enum AccountState {\n\t"One more."\n\tlower'],
  ];
  for (const [from, to] of broken) {
    assert.ok(schema.includes(from), from);
    assert.notDeepEqual(faults(schema.replace(from, to)), [], to);
  }
});
