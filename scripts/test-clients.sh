#!/usr/bin/env bash
# Runs the public audits and the clients of others against the server that was built: names of files choose.
. "$(dirname "$0")/lib.sh"
cd "$ROOT/tests/clients"

stamp=node_modules/.duban
packages=$(node "$ROOT/scripts/fingerprint.mjs" package.json package-lock.json)
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
  say "Installing the clients of others (npm ci)"
  npm ci --no-audit --no-fund --ignore-scripts >&2
  printf '%s' "$packages" >"$stamp"
fi
DUBAN_BIN=$CARGO_TARGET_DIR/debug/duban node run.mjs "$@"
