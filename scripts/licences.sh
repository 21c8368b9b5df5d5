#!/usr/bin/env bash
# Checks licences, sources and doubled versions of the Rust crates (deny.toml), and licences of the npm packages.
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

VERSION=0.20.2

if has cargo-deny; then
  deny=cargo-deny
else
  deny=$TOOLS/bin/cargo-deny
  if [ "$("$deny" --version 2>/dev/null)" != "cargo-deny $VERSION" ]; then
    say "Building cargo-deny $VERSION, once for this account (about a minute)"
    # Unoptimised: a quarter of the time to build, and it still runs in seconds.
    env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 \
      cargo install --quiet --locked --debug --root "$TOOLS" --version "$VERSION" cargo-deny >&2 ||
      fail "cargo-deny could not be built" \
        "It comes from the crate registry; on a machine without one, put a cargo-deny on the PATH."
  fi
fi

"$deny" --locked check licenses bans sources

databases=${CARGO_HOME:-$HOME/.cargo}/advisory-dbs
if [ -n "$(ls -A "$databases" 2>/dev/null)" ]; then
  "$deny" --locked check --disable-fetch advisories
else
  say "Advisories were not checked: there is no advisory database in $databases and none is fetched from here."
fi

node scripts/check-npm-licences.mjs
