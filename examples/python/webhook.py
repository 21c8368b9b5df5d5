"""Verifies webhooks by Standard Webhooks (https://www.standardwebhooks.com), and a receiver that does.

    DUBAN_WEBHOOK_SECRET=whsec_… python3 webhook.py 8090
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 5 * 60  # seconds that the clocks may differ, either way


def verify(secret, headers, body, now=None):
    """Whether a call is from whoever shares the secret, and of now; `body` is the bytes as they came."""
    sent_id = headers.get("webhook-id")
    sent_at = headers.get("webhook-timestamp") or ""
    signatures = headers.get("webhook-signature")
    if not sent_id or not signatures or not (sent_at.isascii() and sent_at.isdigit()):
        return False
    now = time.time() if now is None else now
    if abs(now - int(sent_at)) > TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{sent_id}.{sent_at}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    # Several while a secret is changed; other versions than v1 are not ours.
    candidates = [one.partition(",") for one in signatures.split(" ")]
    matches = [
        hmac.compare_digest(expected, signature.encode())
        for version, _, signature in candidates
        if version == "v1"
    ]
    return any(matches)


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 to what is genuine, at once; the work comes afterwards, by `webhook-id` once."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_genuine = verify(os.environ["DUBAN_WEBHOOK_SECRET"], self.headers, body)
        self.send_response(204 if is_genuine else 401)
        self.end_headers()
        if is_genuine:
            print(self.headers["webhook-id"], json.loads(body).get("type"), flush=True)

    def log_message(self, *arguments):
        """Says nothing of its own."""


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: webhook.py PORT")
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
