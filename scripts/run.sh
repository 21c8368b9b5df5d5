#!/usr/bin/env bash
# Builds what has changed and serves the demo on a database in data/; the server says where to go.
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

scripts/check-tools.sh
heading "Web client"
scripts/build-web.sh
heading "Server (the first build compiles all dependencies and takes about ten minutes on two cores)"
cargo build --workspace --bins

mkdir -p data
export DUBAN_DATABASE__URL=${DUBAN_DATABASE__URL:-sqlite://data/duban.db}
export DUBAN_IDENTITY__KEY_FILE=${DUBAN_IDENTITY__KEY_FILE:-data/duban.key}
heading "Duban, on $DUBAN_DATABASE__URL"
exec "$CARGO_TARGET_DIR/debug/duban" serve --demo "$@"
