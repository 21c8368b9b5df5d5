// A server that takes messages, and answers as it is told.
import { createServer } from "node:http";

const WAIT_MS = 15_000;

/** Listens on a free port; `next` is the message that comes next. */
export async function listen() {
  let status = 204;
  let waiting = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const message = { headers: request.headers, body: Buffer.concat(parts).toString() };
    response.writeHead(status).end();
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(message);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    answers: (next) => {
      status = next;
    },
    next: () =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no message in ${WAIT_MS} ms`)), WAIT_MS);
        waiting.push((message) => {
          clearTimeout(late);
          resolve(message);
        });
      }),
    stop: () => new Promise((done) => server.close(done)),
  };
}
