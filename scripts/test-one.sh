#!/usr/bin/env bash
# Runs the Rust tests whose name holds the word given, with the features of the whole workspace.
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

[ -n "${1:-}" ] || fail "no test named" "make test-one T=part_of_its_name"
cargo build --workspace --bins
if has cargo-nextest; then
  scripts/with-postgres.sh scripts/with-nats.sh cargo nextest run --workspace "$1"
else
  scripts/with-postgres.sh scripts/with-nats.sh cargo test --workspace "$1"
fi
