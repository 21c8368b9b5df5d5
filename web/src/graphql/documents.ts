/** What the body of a request says. */
export interface RequestBody {
  readonly query?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: object | undefined;
}

const ids = new Map<string, string>();

/** Notes the id of an operation; the build writes a call behind each (scripts/operations.mjs). */
export function identify(name: string, id: string): void {
  ids.set(name, id);
}

/** The same request with the id of its document in place of the text; null where it has none. */
export function withoutText(body: RequestBody): object | null {
  const documentId = ids.get(body.operationName ?? "");
  return documentId === undefined ? null : { ...body, query: undefined, documentId };
}

/** Whether an answer says that the server does not know the id: it is of another version. */
export function isUnknown(answer: string): boolean {
  return answer.includes('"PERSISTED_QUERY_NOT_FOUND"');
}

/** Sends a request by the id of its document, and by the text where that is of no use. */
export async function sendShort(
  body: RequestBody,
  send: (body: string) => Promise<Response>,
): Promise<Response> {
  const short = withoutText(body);
  if (short !== null) {
    const response = await send(JSON.stringify(short));
    if (!isUnknown(await response.clone().text())) return response;
  }
  return send(JSON.stringify(body));
}
