import { expect, test, vi } from "vitest";
import { identify, sendShort, withoutText } from "./documents";

identify("Known", "0123");
const known = { query: "query Known { a }", operationName: "Known", variables: { id: 1 } };

const answering = (...answers: string[]) => {
  const send = vi.fn<(body: string) => Promise<Response>>();
  for (const answer of answers) send.mockResolvedValueOnce(new Response(answer));
  return send;
};
const sent = (send: ReturnType<typeof answering>) =>
  send.mock.calls.map(([body]) => JSON.parse(body) as unknown);

test("a document goes by its id, without its text", async () => {
  const send = answering('{"data":{}}');
  const response = await sendShort(known, send);
  expect(await response.text()).toBe('{"data":{}}');
  const short = { operationName: "Known", variables: { id: 1 }, documentId: "0123" };
  expect(sent(send)).toEqual([short]);
});

test("a server of another version is sent the text", async () => {
  const unknown = '{"errors":[{"extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}';
  const send = answering(unknown, '{"data":{}}');
  expect(await (await sendShort(known, send)).text()).toBe('{"data":{}}');
  expect(sent(send)[1]).toEqual(known);
});

test("a document without an id goes by its text", async () => {
  const other = { query: "query Other { a }", operationName: "Other" };
  const send = answering('{"data":{}}');
  await sendShort(other, send);
  expect(sent(send)).toEqual([other]);
  expect(withoutText(other)).toBeNull();
});
