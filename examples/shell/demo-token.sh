#!/usr/bin/env bash
# Makes a service account of 郑州 and a token for it in a demo installation, and writes the token. In a real one two
# administrators do so, each for a part; see docs/api/tokens.md.
set -euo pipefail
: "${DUBAN_URL:?is not set}"
login=demo-program-$(date +%s)-$RANDOM

# ask ACCESS-TOKEN BODY PROGRAM: sends an operation and runs some Python on `data` of the answer.
ask() {
  curl --silent --show-error --header @<([ -z "$1" ] || printf 'Authorization: Bearer %s\n' "$1") \
    --header 'Content-Type: application/json' --data-binary @- "${DUBAN_URL%/}/graphql" <<<"$2" |
    python3 -c '
import json, sys
answer = json.load(sys.stdin)
[payload] = (answer.get("data") or {"": {"userErrors": answer["errors"]}}).values()
for error in payload["userErrors"]:
    sys.exit(error["message"])
print(eval(sys.argv[1]))' "$3"
}

# change ACCESS-TOKEN MUTATION INPUT PROGRAM: calls a mutation and says something of its payload.
change() {
  local kind=${2^}Input query
  query="mutation(\$input: $kind!) { $2(input: \$input) { $5 userErrors { message } } }"
  ask "$1" "{\"query\":\"$query\",\"variables\":{\"input\":$3}}" "$4"
}

sign_in() {
  change "" signIn "{\"account\":\"$1\",\"password\":\"yanshi-duban-2025\"}" 'payload["accessToken"]' accessToken
}

system=$(sign_in demo-sysadmin)
account=$(change "$system" createServiceAccount \
  "{\"login\":\"$login\",\"displayName\":\"演示·郑州市程序\",\"departmentId\":\"410100\"}" \
  'payload["account"]["id"]' 'account { id }')

security=$(sign_in demo-secadmin)
change "$security" grantRole "{\"accountId\":\"$account\",\"role\":\"MUNICIPAL_REPORTER\",\"departmentId\":\"410100\",\"reach\":\"SUBTREE\"}" \
  'payload["account"]["login"]' 'account { login }' >&2
change "$security" issueApiToken "{\"accountId\":\"$account\",\"name\":\"演示\",\"scopes\":[\"MEASUREMENT_WRITE\",\"ALLOCATION_WRITE\"]}" \
  'payload["secret"]' secret
