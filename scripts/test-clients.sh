#!/usr/bin/env bash
# Runs the public audits and the clients of others against the server that was built: names of files choose.
# `--packages-only` installs what of them comes from npm, and ends.
. "$(dirname "$0")/lib.sh"
cd "$ROOT/tests/clients"

stamp=node_modules/.duban
packages=$(node "$ROOT/scripts/fingerprint.mjs" package.json package-lock.json)
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
  say "Installing the clients of others (npm ci)"
  npm ci --no-audit --no-fund --ignore-scripts >&2
  printf '%s' "$packages" >"$stamp"
fi
[ "${1:-}" = --packages-only ] && exit

# A Python of our own for the library gql, from where the machine's pip takes packages; only files with the digests
# of requirements.txt are taken.
environment() {
  rm -rf .python
  has python3 && python3 -m venv .python >&2
}
stamp=.python/.duban
packages=$(node "$ROOT/scripts/fingerprint.mjs" requirements.txt)
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
  say "Installing the Python client of others (pip install)"
  environment ||
    install_packages "the examples for offices and a client of others are Python" \
      "python3 python3-venv" python3 python3 python
  [ -x .python/bin/python ] || environment ||
    fail "python3 cannot make an environment of its own" "Install Python 3.10 or newer with its module venv."
  .python/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "python3 is too old: $(python3 --version)" "Install Python 3.10 or newer."
  .python/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r requirements.txt >&2
  printf '%s' "$packages" >"$stamp"
fi

DUBAN_BIN=$CARGO_TARGET_DIR/debug/duban node run.mjs "$@"
