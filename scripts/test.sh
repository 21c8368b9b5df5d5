#!/usr/bin/env bash
# Runs the tests: `scripts/test.sh [rust] [clients] [web] [e2e]`, all of them when none is named.
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

wanted=" ${*:-rust clients web e2e} "
wants() { [[ "$wanted" == *" $1 "* ]]; }

rust_tests() {
  if has cargo-nextest; then
    scripts/with-postgres.sh scripts/with-nats.sh cargo nextest run --workspace --no-fail-fast
    cargo test --workspace --doc
  else
    scripts/with-postgres.sh scripts/with-nats.sh cargo test --workspace --no-fail-fast
  fi
}

end_to_end() {
  local browser
  browser=$(scripts/ensure-browser.sh)
  say "Browser: $browser ($("$browser" --version))"
  # The provider of a sign-in is one of the clients of others.
  scripts/test-clients.sh --packages-only
  DUBAN_BIN=$CARGO_TARGET_DIR/debug/duban CHROMIUM_PATH=$browser \
    scripts/with-postgres.sh npm --prefix web run --silent e2e
}

stage "Tools" scripts/check-tools.sh
stage "Web client: build" scripts/build-web.sh
if wants rust || wants clients || wants e2e; then
  stage "Server: build" cargo build --workspace --bins
fi
if wants rust; then
  stage "Rust tests, on SQLite and PostgreSQL" rust_tests
fi
if wants clients; then
  stage "Public audits, and clients of others" scripts/test-clients.sh
fi
if wants web; then
  stage "Web client: types" npm --prefix web run --silent typecheck
  stage "Web client: unit tests" npm --prefix web run --silent test
  stage "Web client: size of what is shipped" npm --prefix web run --silent size
fi
if wants e2e; then
  stage "End to end, in a browser" end_to_end
fi
summary
