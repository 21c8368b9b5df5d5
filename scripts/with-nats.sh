#!/usr/bin/env bash
# Runs a command with DUBAN_TEST_NATS_URL naming a NATS with JetStream: the one given, else a local server,
# else a private one that lives as long as the command.
. "$(dirname "$0")/lib.sh"

# answers HOST PORT: whether a NATS with JetStream greets there.
answers() {
  node -e '
    const [host, port] = process.argv.slice(1);
    const socket = require("node:net").connect({ host, port, timeout: 2000 });
    const end = (code) => { socket.destroy(); process.exit(code); };
    socket.on("data", (data) => end(/^INFO .*"jetstream":true/.test(data) ? 0 : 1));
    socket.on("timeout", () => end(1));
    socket.on("error", () => end(1));
  ' "$1" "$2"
}

stop_private() {
  [ -n "${server:-}" ] || return 0
  kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}

start_private() {
  has nats-server || install_packages "servers tell each other what happened through it" nats-server nats-server nats-server nats-server
  has nats-server || fail "nats-server was not found" "Set DUBAN_TEST_NATS_URL to a NATS with JetStream."
  folder=$(mktemp -d "${TMPDIR:-/tmp}/duban-nats.XXXXXX")
  trap stop_private EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  local port
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });')
  say "Starting a private NATS for the tests, on port $port until they end"
  nats-server --addr 127.0.0.1 --port "$port" --jetstream --store_dir "$folder" >"$folder/log" 2>&1 &
  server=$!
  for _ in $(seq 50); do
    if answers 127.0.0.1 "$port"; then
      DUBAN_TEST_NATS_URL=nats://127.0.0.1:$port
      return
    fi
    sleep 0.2
  done
  cat "$folder/log" >&2
  fail "the private NATS did not start" "Set DUBAN_TEST_NATS_URL to a NATS with JetStream."
}

if [ -n "${DUBAN_TEST_NATS_URL:-}" ]; then
  say "NATS for the tests: the one of DUBAN_TEST_NATS_URL"
elif answers 127.0.0.1 4222; then
  DUBAN_TEST_NATS_URL=nats://127.0.0.1:4222
  say "NATS for the tests: the local server, $DUBAN_TEST_NATS_URL"
else
  start_private
fi
export DUBAN_TEST_NATS_URL
"$@"
