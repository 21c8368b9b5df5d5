# shellcheck shell=bash
# Calls Duban with curl; read by the other scripts. JSON is read by python3 (its standard library).

: "${DUBAN_URL:?is not set}" "${DUBAN_TOKEN:?is not set}"

# duban BODY: sends an operation and writes the answer. What may be over in a while is tried again: no answer,
# 429, 502, 503, 504. The token does not stand among the arguments of a process, where others would read it, and
# the answer goes by a file, so that only the last one is read.
duban() {
  local answer
  answer=$(mktemp)
  curl --silent --show-error --max-time 30 --retry 5 --retry-all-errors --output "$answer" \
    --header @<(printf 'Authorization: Bearer %s\n' "$DUBAN_TOKEN") \
    --header 'Content-Type: application/json' \
    --header 'Accept: application/graphql-response+json' \
    --header 'Accept-Language: en' \
    --data-binary @- "${DUBAN_URL%/}/graphql" <<<"$1"
  cat "$answer"
  rm -f "$answer"
}

# pick PROGRAM: runs some Python on `data` of the answer on standard input; ends where there are errors.
pick() {
  python3 -c '
import json, sys
answer = json.load(sys.stdin)
for error in answer.get("errors", []):
    sys.exit(error["extensions"]["code"] + ": " + error["message"])
data = answer["data"]
exec(sys.argv[1])' "$1"
}

# reason: why the answer on standard input was refused, for programs; nothing where it was not.
reason() {
  python3 -c '
import json, sys
for error in json.load(sys.stdin).get("errors", [])[:1]:
    print(error.get("extensions", {}).get("reason", ""))'
}

# office: the code of the unit that the token's account belongs to.
office() {
  duban '{"query":"query Office { viewer { account { department { code } } } }"}' |
    pick 'print(data["viewer"]["account"]["department"]["code"])'
}
