import { authorizedFetch, liveToken } from "../../graphql/session";

/** What is sent. */
export interface Request {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** What came back. */
export interface Answer {
  readonly text: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** Sends a query or a mutation, as the person signed in. */
export async function ask(request: Request, signal: AbortSignal): Promise<Answer> {
  const began = performance.now();
  // Not the text "/graphql": the client sends its own documents by their digests, told apart by their names, and
  // this one may have the name of one of them.
  const response = await authorizedFetch(new URL("/graphql", location.href), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
    },
    body: JSON.stringify(request),
    signal,
  });
  const text = await response.text();
  return { text, status: response.status, milliseconds: performance.now() - began };
}

/** Runs a subscription over server-sent events until it ends or is ended; each result goes to `onResult`. */
export async function follow(
  request: Request,
  onResult: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const token = await liveToken();
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      "accept-language": document.documentElement.lang,
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(request),
    signal,
  });
  if (response.body === null || !isStream(response)) {
    onResult(await response.text());
    return;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const read = resultsIn(rest + decoder.decode(value, { stream: true }));
    rest = read.rest;
    for (const result of read.results) onResult(result);
  }
}

function isStream(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith("text/event-stream") === true;
}

/** The results in what came of a stream of events, and what has not ended yet. */
export function resultsIn(text: string): {
  readonly results: readonly string[];
  readonly rest: string;
} {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  const results = blocks
    .map((block) => block.split("\n"))
    .filter((lines) => lines.some((line) => /^event: ?next$/.test(line)))
    .map((lines) =>
      lines
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice("data:".length).trimStart())
        .join("\n"),
    );
  return { results, rest };
}
