"""Follows what changes and prints a line for each: python3 follow_changes.py CURSOR-FILE [--watch SECONDS]

The file keeps how far was read. Without --watch it ends once nothing is left, so that cron may begin it again.
"""

import os
import sys
import time

from duban import Duban, Refused

PLACE = "query Place { latestChangeCursor }"

STANDING = """query Standing($under: ID!, $after: String) {
  measurements(first: 100, after: $after, filter: { under: $under, isNewest: true }) {
    edges { node { id } }
    pageInfo { hasNextPage endCursor } } }"""

SINCE = """query Since($after: String) {
  changes(after: $after, first: 100, types: [TASK, MEASUREMENT, MEASUREMENT_SHEET]) {
    cursor hasMore changes { action occurredAt objectType objectId object {
      ... on Task { code state }
      ... on Measurement { value period metric { code } department { code } } } } } }"""


def follow(duban, file):
    """Tells what happened since the cursor in the file; reads anew where there is none, or none that is known."""
    if not os.path.exists(file):
        return read_anew(duban, file)
    try:
        go_on(duban, file)
    except Refused as refused:
        if refused.reason != "CHANGE_CURSOR_UNKNOWN":
            raise
        read_anew(duban, file)


def read_anew(duban, file):
    """Reads all that the program keeps, here the figures of the office, which it only counts.

    The cursor is taken before: what happens meanwhile is told the next time.
    """
    cursor = duban.run(PLACE)["latestChangeCursor"]
    office, count, after = duban.office(), 0, None
    while True:
        page = duban.run(STANDING, {"under": office, "after": after})["measurements"]
        count += len(page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    print("read anew:", count, "figures", flush=True)
    keep(file, cursor)


def go_on(duban, file):
    """Works through all pages behind the cursor; each counts as read when all of it was told."""
    with open(file, encoding="utf-8") as kept:
        cursor = kept.read().strip()
    has_more = True
    while has_more:
        page = duban.run(SINCE, {"after": cursor})["changes"]
        for change in page["changes"]:
            print(change["occurredAt"], change["action"], subject(change), flush=True)
        cursor, has_more = page["cursor"], page["hasMore"]
        keep(file, cursor)


def subject(change):
    """What a change is about, as it is now."""
    found = change["object"]
    if found and change["objectType"] == "TASK":
        return f"{found['code']} {found['state']}"
    if found and change["objectType"] == "MEASUREMENT":
        place = f"{found['metric']['code']} {found['department']['code']} {found['period']}"
        return f"{place} {found['value'] or 'none'}"
    return f"{change['objectType']} {change['objectId']}"


def keep(file, cursor):
    """Replaces the file whole, so that it never holds half a cursor."""
    with open(f"{file}.new", "w", encoding="utf-8") as new:
        new.write(cursor)
    os.replace(f"{file}.new", file)


def main(file, seconds=None):
    duban = Duban()
    follow(duban, file)
    while seconds is not None:
        time.sleep(seconds)
        follow(duban, file)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 1:
        main(arguments[0])
    elif len(arguments) == 3 and arguments[1] == "--watch" and arguments[2].isdigit():
        main(arguments[0], int(arguments[2]))
    else:
        sys.exit("usage: follow_changes.py CURSOR-FILE [--watch SECONDS]")
