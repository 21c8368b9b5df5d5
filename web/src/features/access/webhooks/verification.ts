/** Languages in which a receiver is shown how to verify. */
export const RECEIVERS = ["python", "typescript"] as const;
export type ReceiverLanguage = (typeof RECEIVERS)[number];

const PYTHON = `import base64
import hashlib
import hmac
import os
import time


def is_genuine(headers, body):
    sent_id = headers["webhook-id"]
    sent_at = headers["webhook-timestamp"]
    if abs(time.time() - int(sent_at)) > 300:
        return False
    secret = os.environ["DUBAN_WEBHOOK_SECRET"].removeprefix("whsec_")
    signed = f"{sent_id}.{sent_at}.".encode() + body
    digest = hmac.new(base64.b64decode(secret), signed, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    signatures = headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(expected, one) for one in signatures)`;

const TYPESCRIPT = `import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export function isGenuine(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const id = headers["webhook-id"];
  const at = Number(headers["webhook-timestamp"]);
  if (!(Math.abs(Date.now() / 1000 - at) <= 300)) return false;
  const secret = process.env.DUBAN_WEBHOOK_SECRET!.replace("whsec_", "");
  const hmac = createHmac("sha256", Buffer.from(secret, "base64"));
  const digest = hmac.update(\`\${id}.\${at}.\`).update(body).digest("base64");
  const expected = Buffer.from("v1," + digest);
  const signatures = String(headers["webhook-signature"]).split(" ");
  return signatures.some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}`;

/** How a receiver verifies a message by Standard Webhooks: its id, its time and its bytes as they came. */
export function verificationIn(language: ReceiverLanguage): string {
  return language === "python" ? PYTHON : TYPESCRIPT;
}
