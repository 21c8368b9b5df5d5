"""What a month of an office is to become: read from a file, held against what stands already."""

import csv
import hashlib
import json
from decimal import Decimal

ROWS = 1000  # rows that one request may hold

STANDING = """query Standing($under: ID!, $period: Period!, $after: String) {
  measurements(first: 100, after: $after,
      filter: { under: $under, period: $period, isNewest: true }) {
    edges { node { revision value metric { code } department { code } } }
    pageInfo { hasNextPage endCursor } } }"""

RECORD = """mutation Record($input: RecordMeasurementsInput!) {
  recordMeasurements(input: $input) {
    rows { measurement { state } userErrors { code message } }
    userErrors { code message } } }"""


def standing(run, under, period):
    """Revision and value of what stands, by metric and department, for a unit and all below it."""
    found, after = {}, None
    while True:
        page = run(STANDING, {"under": under, "period": period, "after": after})["measurements"]
        for edge in page["edges"]:
            node = edge["node"]
            place = node["metric"]["code"], node["department"]["code"]
            found[place] = node["revision"], node["value"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def changes(file, period, stands):
    """The rows of a file (`metric,department,value`) that do not stand yet."""
    rows = []
    with open(file, newline="", encoding="utf-8-sig") as lines:
        for line in csv.DictReader(lines):
            row = {**line, "period": period}
            revision, value = stands.get((line["metric"], line["department"]), (None, None))
            if value is not None and Decimal(value) == Decimal(line["value"]):
                continue
            if revision is not None:
                row |= {"expectedVersion": revision, "reason": "更正"}
            rows.append(row)
    return rows


def requests(period, rows):
    """The inputs of the requests, each with a key made of what it says: sent again, it changes nothing."""
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        said = json.dumps(part, sort_keys=True, ensure_ascii=False).encode()
        digest = hashlib.sha256(said).hexdigest()[:32]
        yield {"idempotencyKey": f"month-{period}-{digest}", "rows": part}


def tell(request, answer):
    """Prints how each row ended; whether all were taken."""
    for error in answer["userErrors"]:
        raise SystemExit(f"{error['code']}: {error['message']}")
    are_taken = True
    for row, outcome in zip(request["rows"], answer["rows"]):
        place = f"{row['metric']} {row['department']}"
        for error in outcome["userErrors"][:1]:
            are_taken = False
            print(place, error["code"], error["message"])
        if outcome["measurement"]:
            print(place, row["value"], outcome["measurement"]["state"])
    return are_taken
