import type { ApiCall, Variable } from "./calls";

/** Languages of the examples, in their order. */
export const LANGUAGES = ["curl", "python", "typescript"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where the API of this installation is, as programs call it. */
export function endpointHere(): string {
  return `${window.location.origin}/graphql`;
}

/** A call in a language; the token is read from the environment. */
export function snippetOf(call: ApiCall, language: Language, endpoint: string): string {
  switch (language) {
    case "curl":
      return inCurl(call, endpoint, '"Authorization: Bearer $DUBAN_TOKEN"');
    case "python":
      return inPython(call, endpoint);
    case "typescript":
      return inTypeScript(call, endpoint);
  }
}

/** A call by curl that holds the token itself, to be tried once. */
export function curlWith(token: string, call: ApiCall, endpoint: string): string {
  return inCurl(call, endpoint, `'Authorization: Bearer ${token}'`);
}

function inCurl({ query, variables, isStream }: ApiCall, endpoint: string, bearer: string): string {
  const body = { query: query.replace(/\s+/g, " "), ...(variables && { variables }) };
  const lines = [
    isStream === true ? `curl --no-buffer '${endpoint}'` : `curl '${endpoint}'`,
    `-H ${bearer}`,
    "-H 'Content-Type: application/json'",
    ...(isStream === true ? ["-H 'Accept: text/event-stream'"] : []),
    `-d '${variables === undefined ? JSON.stringify(body) : laidOut(body, 2)}'`,
  ];
  return lines.join(" \\\n  ");
}

/** The lines that are there, each ended. */
const lines = (...all: readonly (string | null)[]): string =>
  all.filter((line) => line !== null).join("\n");

function inPython({ query, variables, isStream }: ApiCall, endpoint: string): string {
  const given = variables === undefined ? null : laidOut(variables, 4);
  const body = given === null ? '{"query": query}' : '{"query": query, "variables": variables}';
  const head = lines(
    "import json",
    "import os",
    isStream === true ? null : "import urllib.error",
    "import urllib.request",
    "",
    `query = """\n${query}\n"""`,
    given === null ? null : `variables = ${given}`,
    "",
    "request = urllib.request.Request(",
    `    "${endpoint}",`,
    `    data=json.dumps(${body}).encode(),`,
    "    headers={",
    '        "Authorization": "Bearer " + os.environ["DUBAN_TOKEN"],',
    '        "Content-Type": "application/json",',
    isStream === true ? '        "Accept": "text/event-stream",' : null,
    "    },",
    ")",
  );
  return isStream === true ? lines(head, "", PYTHON_FOLLOWS) : lines(head, "", PYTHON_ASKS);
}

const PYTHON_ASKS = `try:
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
except urllib.error.HTTPError as refused:
    answer = json.load(refused)
print(json.dumps(answer, ensure_ascii=False, indent=2))`;

const PYTHON_FOLLOWS = `with urllib.request.urlopen(request) as stream:
    for line in stream:
        if line.startswith(b"data: "):
            print(json.loads(line[6:]))`;

function inTypeScript({ query, variables, isStream }: ApiCall, endpoint: string): string {
  const given = variables === undefined ? null : laidOut(variables, 2);
  const body = given === null ? "{ query }" : "{ query, variables }";
  const head = lines(
    `const query = \`\n${query}\n\`;`,
    given === null ? null : `const variables = ${unquoted(given)};`,
    "",
    `const response = await fetch("${endpoint}", {`,
    '  method: "POST",',
    "  headers: {",
    '    Authorization: "Bearer " + process.env.DUBAN_TOKEN,',
    '    "Content-Type": "application/json",',
    isStream === true ? '    Accept: "text/event-stream",' : null,
    "  },",
    `  body: JSON.stringify(${body}),`,
    "});",
  );
  return isStream === true ? lines(head, TYPESCRIPT_FOLLOWS) : lines(head, TYPESCRIPT_ASKS);
}

/** Names of fields without the quotes that TypeScript does not need. */
const unquoted = (json: string): string => json.replace(/"(\w+)":/g, "$1:");

const TYPESCRIPT_ASKS = `const { data, errors } = await response.json();
if (errors) throw new Error(JSON.stringify(errors));
console.log(data);`;

const TYPESCRIPT_FOLLOWS = `const decoder = new TextDecoder();
let rest = "";
for await (const chunk of response.body!) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split("\\n");
  rest = lines.pop()!;
  for (const line of lines) {
    if (line.startsWith("data: ")) console.log(JSON.parse(line.slice(6)));
  }
}`;

/** So many characters stand in one line. */
const WIDTH = 100;

/** A value as JSON; what fits into a line stands in one. */
function laidOut(value: Variable, step: number, depth = 0): string {
  const flat = inLine(value);
  if (typeof value === "string" || flat.length + depth <= WIDTH) return flat;
  const inner = depth + step;
  const margin = " ".repeat(inner);
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([name, part]) => {
    const text = laidOut(part as Variable, step, inner);
    return isList ? margin + text : `${margin}"${name}": ${text}`;
  });
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${" ".repeat(depth)}${close}`;
}

function inLine(value: Variable): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  const parts = Object.entries(value).map(
    ([name, part]) => `"${name}": ${inLine(part as Variable)}`,
  );
  return `{ ${parts.join(", ")} }`;
}
