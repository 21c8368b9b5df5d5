#!/usr/bin/env bash
# Reports the figures of a month, the first time: report-month.sh 2025-08 month.csv
# What stands already is refused row by row (CONFLICT, MEASUREMENT_SAME); the programs in the other languages
# read it before and correct it.
set -euo pipefail
. "$(dirname "$0")/duban.sh"
[ $# -eq 2 ] || { echo "usage: report-month.sh PERIOD FILE.csv" >&2; exit 2; }
period=$1 file=$2

# The key is made of what is sent: the same file sent again changes nothing, and is answered alike.
key=month-$period-$(cat "$file" <(echo "$period") | sha256sum | cut -c 1-32)

rows=$(tail -n +2 "$file" | tr -d '\r' | awk -F , -v period="$period" '
  { printf "%s{\"metric\":\"%s\",\"department\":\"%s\",\"period\":\"%s\",\"value\":\"%s\"}",
      (NR > 1 ? "," : ""), $1, $2, period, $3 }')

query='mutation Record($input: RecordMeasurementsInput!) { recordMeasurements(input: $input) { rows { measurement { state value metric { code } department { code } } userErrors { code message } } userErrors { code message } } }'

duban "{\"query\":\"$query\",\"variables\":{\"input\":{\"idempotencyKey\":\"$key\",\"rows\":[$rows]}}}" | pick '
answer = data["recordMeasurements"]
for error in answer["userErrors"]:
    sys.exit(error["code"] + ": " + error["message"])
for number, row in enumerate(answer["rows"], 1):
    for error in row["userErrors"][:1]:
        print("row", number, error["code"], error["message"])
    one = row["measurement"]
    if one:
        print(one["metric"]["code"], one["department"]["code"], one["value"], one["state"])
sys.exit(any(row["userErrors"] for row in answer["rows"]))'
