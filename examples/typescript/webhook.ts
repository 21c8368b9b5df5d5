// Verifies webhooks by Standard Webhooks (https://www.standardwebhooks.com), and a receiver that does:
// DUBAN_WEBHOOK_SECRET=whsec_… node webhook.ts 8090
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setting } from "./duban.ts";

/** Seconds that the clocks may differ, either way. */
const TOLERANCE = 5 * 60;

/** Whether a call is from whoever shares the secret, and of now; `body` is the bytes as they came. */
export function verify(
  secret: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  now = Date.now() / 1000,
): boolean {
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures } = headers;
  if (typeof id !== "string" || typeof at !== "string" || typeof signatures !== "string") return false;
  if (id === "" || !/^\d+$/.test(at) || Math.abs(now - Number(at)) > TOLERANCE) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${at}.`).update(body).digest();
  // Several while a secret is changed; other versions than v1 are not ours.
  const matches = signatures.split(" ").map((one) => {
    const [version, signature] = one.split(",", 2);
    const given = Buffer.from(signature ?? "", "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches.includes(true);
}

/** Answers 204 to what is genuine, at once; the work comes afterwards, by `webhook-id` once. */
function receive(secret: string, port: number): void {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const isGenuine = request.method === "POST" && verify(secret, request.headers, body);
    response.writeHead(isGenuine ? 204 : 401).end();
    if (isGenuine) console.log(request.headers["webhook-id"], JSON.parse(body.toString()).type);
  });
  server.listen(port, "127.0.0.1", () => {
    console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}

const [port] = process.argv.slice(2);
if (!port) throw new Error("usage: webhook.ts PORT");
receive(setting("DUBAN_WEBHOOK_SECRET"), Number(port));
