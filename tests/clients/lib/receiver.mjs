// A server that takes messages and keeps what came.
import { createServer } from "node:http";

const WAIT_MS = 30_000;

/** Listens on a free port; `message` gives the first one that came, or comes, of which something is so. */
export async function listen() {
  const came = [];
  const waiting = new Set();
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    came.push({ headers: request.headers, body, json: JSON.parse(body) });
    response.writeHead(204).end();
    for (const look of waiting) look();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const message = (isIt) =>
    new Promise((resolve, reject) => {
      const done = (settle, result) => {
        clearTimeout(late);
        waiting.delete(look);
        settle(result);
      };
      const look = () => {
        const found = came.find(isIt);
        if (found !== undefined) done(resolve, found);
      };
      const types = () => came.map(({ json }) => json.type).join(", ");
      const late = setTimeout(() => {
        done(reject, new Error(`no such message in ${WAIT_MS} ms; there came: ${types()}`));
      }, WAIT_MS);
      waiting.add(look);
      look();
    });
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}/hook`, came, message, stop };
}
