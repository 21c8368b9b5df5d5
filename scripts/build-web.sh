#!/usr/bin/env bash
# Installs the packages of the web client and builds it, each only when what it is made of has changed.
. "$(dirname "$0")/lib.sh"
cd "$ROOT/web"

stamps=node_modules/.duban
fingerprint() { node "$ROOT/scripts/fingerprint.mjs" "$@"; }

# fresh STAMP FINGERPRINT
fresh() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }

packages=$(fingerprint package.json package-lock.json)
if ! fresh packages "$packages"; then
  say "Installing the packages of the web client (npm ci)"
  npm ci --no-audit --no-fund --ignore-scripts >&2
  mkdir -p "$stamps"
  printf '%s' "$packages" >"$stamps/packages"
fi
[ "${1:-}" = --packages-only ] && exit

sources=$(fingerprint . ../schema.graphql)
if ! fresh sources "$sources" || ! [ -d dist/assets ]; then
  say "Building the web client (vite)"
  rm -f "$stamps/sources"
  npm run --silent build >&2
  printf '%s' "$sources" >"$stamps/sources"
else
  say "The web client is up to date"
fi
