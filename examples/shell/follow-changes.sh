#!/usr/bin/env bash
# Follows what changes and prints a line for each: follow-changes.sh CURSOR-FILE [--watch SECONDS]
# The file keeps how far was read. Without --watch it ends once nothing is left, so that cron may begin it again.
set -euo pipefail
. "$(dirname "$0")/duban.sh"
if ! { [ $# -eq 1 ] || { [ $# -eq 3 ] && [ "$2" = --watch ] && [[ $3 =~ ^[0-9]+$ ]]; }; }; then
  echo "usage: follow-changes.sh CURSOR-FILE [--watch SECONDS]" >&2
  exit 2
fi
file=$1

since='query Since($after: String) { changes(after: $after, first: 100, types: [TASK, MEASUREMENT, MEASUREMENT_SHEET]) { cursor hasMore changes { action occurredAt objectType objectId object { ... on Task { code state } ... on Measurement { value period metric { code } department { code } } } } } }'
standing='query Standing($under: ID!, $after: String) { measurements(first: 100, after: $after, filter: { under: $under, isNewest: true }) { edges { node { id } } pageInfo { hasNextPage endCursor } } }'

# body QUERY VARIABLES: an operation as it is sent; what a file holds is put into JSON by python3.
body() {
  python3 -c '
import json, sys
query, after, *under = sys.argv[1:]
variables = {"after": after or None, **({"under": under[0]} if under else {})}
print(json.dumps({"query": query, "variables": variables}))' "$@"
}

# keep CURSOR: replaces the file whole, so that it never holds half a cursor.
keep() {
  printf '%s' "$1" >"$file.new"
  mv "$file.new" "$file"
}

# Reads all that the program keeps, here the figures of the office, which it only counts. The cursor is taken before:
# what happens meanwhile is told the next time.
read_anew() {
  local cursor unit answer page after='' count=0 number
  cursor=$(duban '{"query":"query Place { latestChangeCursor }"}' | pick 'print(data["latestChangeCursor"])')
  unit=$(office)
  while :; do
    answer=$(duban "$(body "$standing" "$after" "$unit")")
    page=$(pick '
page = data["measurements"]
print(len(page["edges"]), page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else "")' <<<"$answer")
    read -r number after <<<"$page"
    count=$((count + number))
    [ -n "$after" ] || break
  done
  echo "read anew: $count figures"
  keep "$cursor"
}

# Works through all pages behind the cursor; each counts as read when all of it was told.
follow() {
  local cursor answer place has_more=True
  if [ ! -s "$file" ]; then
    read_anew
    return
  fi
  cursor=$(<"$file")
  while [ "$has_more" = True ]; do
    answer=$(duban "$(body "$since" "$cursor")")
    if [ "$(reason <<<"$answer")" = CHANGE_CURSOR_UNKNOWN ]; then
      read_anew
      return
    fi
    pick '
for change in data["changes"]["changes"]:
    kind, found = change["objectType"], change["object"]
    what = [kind, change["objectId"]]
    if found and kind == "TASK":
        what = [found["code"], found["state"]]
    if found and kind == "MEASUREMENT":
        what = [found["metric"]["code"], found["department"]["code"], found["period"], found["value"] or "none"]
    print(change["occurredAt"], change["action"], *what)' <<<"$answer"
    place=$(pick 'print(data["changes"]["cursor"], data["changes"]["hasMore"])' <<<"$answer")
    read -r cursor has_more <<<"$place"
    keep "$cursor"
  done
}

follow
while [ $# -eq 3 ]; do
  sleep "$3"
  follow
done
