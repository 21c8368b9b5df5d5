"""Calls Duban with an API token. Needs Python 3.9 or newer and nothing else."""

import json
import os
import time
import urllib.error
import urllib.request

TRIES = 5
PASSING = {429, 502, 503, 504}


class Refused(Exception):
    """The server answered with errors; `code` and `reason` are for programs, the text for people."""

    def __init__(self, error):
        extensions = error.get("extensions", {})
        self.code = extensions.get("code", "UNKNOWN")
        self.reason = extensions.get("reason")
        super().__init__(f"{self.code}: {error['message']}")


class Duban:
    """A server, and the token to call it with."""

    def __init__(self, url=None, token=None):
        self.endpoint = (url or os.environ["DUBAN_URL"]).rstrip("/") + "/graphql"
        self.token = token or os.environ["DUBAN_TOKEN"]

    def run(self, query, variables=None):
        """Runs an operation and gives its `data`.

        What may be over in a while is tried again: no answer, 429, 502, 503 and 504. A mutation with
        an `idempotencyKey` may be repeated like that, for it is done once.
        """
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        for tried in range(1, TRIES + 1):
            wait = 2**tried
            try:
                answer = self._send(body)
            except urllib.error.HTTPError as error:
                if error.code in PASSING and tried < TRIES:
                    told = error.headers.get("Retry-After", "")
                    time.sleep(int(told) if told.isdigit() else wait)
                    continue
                answer = json.load(error)
            except (urllib.error.URLError, OSError):
                if tried == TRIES:
                    raise
                time.sleep(wait)
                continue
            if answer.get("errors"):
                raise Refused(answer["errors"][0])
            return answer["data"]
        raise AssertionError("unreachable")

    def _send(self, body):
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": "application/graphql-response+json",
            "Accept-Language": "en",
        }
        request = urllib.request.Request(self.endpoint, body, headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def office(self):
        """The code of the unit that the token's account belongs to."""
        viewer = self.run("query Office { viewer { account { department { code } } } }")["viewer"]
        return viewer["account"]["department"]["code"]
