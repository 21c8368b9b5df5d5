#!/usr/bin/env bash
# Runs a command with DUBAN_TEST_POSTGRES_URL naming a PostgreSQL on which databases may be made:
# the one given, else a local server, else a private one that lives as long as the command.
. "$(dirname "$0")/lib.sh"

OLDEST=140000

# usable URL: whether a server answers there, new enough, to somebody who may make databases.
usable() {
  local answer
  answer=$(psql "$1" --no-psqlrc --no-password --tuples-only --no-align --command \
    "select current_setting('server_version_num')::int >= $OLDEST and (rolsuper or rolcreatedb) from pg_roles where rolname = current_user" 2>/dev/null) || return 1
  [ "$answer" = t ]
}

local_server() {
  has psql || return 1
  local url
  for url in \
    "postgres://postgres@127.0.0.1:5432/postgres" \
    "postgres:///postgres?host=/var/run/postgresql&user=$(id -un)" \
    "postgres:///postgres?host=/tmp&user=$(id -un)"; do
    if PGCONNECT_TIMEOUT=3 usable "$url"; then
      printf '%s' "$url"
      return
    fi
  done
  return 1
}

# The folder of initdb and pg_ctl, newest version first.
server_programs() {
  local folder
  for folder in \
    $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* \
      /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin | sort -rV) \
    "$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
      printf '%s' "$folder"
      return
    fi
  done
  return 1
}

# Runs a program of PostgreSQL as somebody who is not root, which it refuses to run as.
as_server() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
  elif has runuser; then
    runuser -u "$server_user" -- "$@"
  else
    su -s /bin/sh "$server_user" -c "$(printf '%q ' "$@")"
  fi
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}

stop_private() {
  [ -n "${cluster:-}" ] || return 0
  (cd / && as_server "$programs/pg_ctl" --pgdata "$cluster/data" --mode immediate --silent stop) >/dev/null 2>&1 || true
  rm -rf "$cluster"
}

start_private() {
  programs=$(server_programs) || {
    install_packages "the tests run on a real server" postgresql postgresql-server postgresql postgresql@17
    programs=$(server_programs) || fail "PostgreSQL was installed, but initdb is not where it is looked for" \
      "Set DUBAN_TEST_POSTGRES_URL to a server on which databases may be made."
  }
  server_user=postgres
  if [ "$(id -u)" -eq 0 ] && ! id "$server_user" >/dev/null 2>&1; then server_user=nobody; fi
  cluster=$(mktemp -d "${TMPDIR:-/tmp}/duban-postgres.XXXXXX")
  trap stop_private EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  [ "$(id -u)" -ne 0 ] || chown "$server_user" "$cluster"
  local port log=$cluster/log
  port=$(free_port)
  say "Starting a private PostgreSQL for the tests ($("$programs/initdb" --version)), on port $port until they end"
  # Nothing here outlives the run, so nothing needs to reach the disk.
  (
    cd /
    as_server "$programs/initdb" --pgdata "$cluster/data" --username postgres --auth trust \
      --encoding UTF8 --locale C --no-sync >/dev/null
    as_server "$programs/pg_ctl" --pgdata "$cluster/data" --log "$log" --wait --silent --options \
      "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start
  ) || {
    cat "$log" >&2 2>/dev/null || true
    fail "the private PostgreSQL did not start" "Set DUBAN_TEST_POSTGRES_URL to a server on which databases may be made."
  }
  DUBAN_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres
}

if [ -n "${DUBAN_TEST_POSTGRES_URL:-}" ]; then
  say "PostgreSQL for the tests: the one of DUBAN_TEST_POSTGRES_URL"
elif DUBAN_TEST_POSTGRES_URL=$(local_server); then
  say "PostgreSQL for the tests: the local server, $DUBAN_TEST_POSTGRES_URL"
else
  start_private
fi
export DUBAN_TEST_POSTGRES_URL
"$@"
