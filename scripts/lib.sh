# shellcheck shell=bash
# Shared by the scripts: where things are, headings with the time gone by, a summary, installing packages.

set -euo pipefail

# shellcheck disable=SC2034 # used by the scripts that read this file
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/duban
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
TOOLS=$CACHE/tools
export TOOLS

say() { printf '%s\n' "$*" >&2; }

# A heading, with the seconds since the script began.
heading() { printf '\n── %s · %d s\n' "$*" "$SECONDS" >&2; }

# fail WHAT HINT…: ends the script with the reason and what to do about it.
fail() {
  printf '\nFailed: %s\n' "$1" >&2
  shift
  local hint
  for hint in "$@"; do printf '  %s\n' "$hint" >&2; done
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

STAGES=()

# stage NAME COMMAND…: runs a stage under its heading and notes how it ended; ends the script when it fails.
stage() {
  local name=$1 began=$SECONDS status=0
  shift
  heading "$name"
  # Not `"$@" || status=$?`: that would switch off `set -e` inside a function that is a stage.
  set +e
  (set -e; "$@") </dev/null
  status=$?
  set -e
  if [ "$status" -eq 0 ]; then
    STAGES+=("$(printf '  ok      %5d s  %s' $((SECONDS - began)) "$name")")
  else
    STAGES+=("$(printf '  FAILED  %5d s  %s' $((SECONDS - began)) "$name")")
    summary
    fail "$name (exit code $status)" "The reason stands above."
  fi
}

# One line a stage.
summary() {
  printf '\n── Summary · %d s\n' "$SECONDS" >&2
  [ "${#STAGES[@]}" -eq 0 ] || printf '%s\n' "${STAGES[@]}" >&2
}

# Runs a command with the rights to install packages.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    return 127
  fi
}

# install_packages WHY DEBIAN FEDORA ALPINE BREW: installs the names given for this system (several in one
# word list; "-" where the system has none) and says so first.
install_packages() {
  local why=$1 names
  if has apt-get; then
    names=$2
    say "Installing $names with apt-get: $why"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 ||
      say "The list of packages could not be refreshed; trying with the one that is there."
    # shellcheck disable=SC2086 # a list of names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >&2 && return
  elif has dnf; then
    names=$3
    say "Installing $names with dnf: $why"
    # shellcheck disable=SC2086
    as_root dnf install -y -q $names >&2 && return
  elif has apk; then
    names=$4
    say "Installing $names with apk: $why"
    # shellcheck disable=SC2086
    as_root apk add --quiet $names >&2 && return
  elif has brew; then
    names=$5
    say "Installing $names with brew: $why"
    # shellcheck disable=SC2086
    brew install --quiet $names >&2 && return
  else
    fail "no package manager that this script knows" "Please install by hand: $2 ($why)"
  fi
  fail "could not install $names" "Please install by hand, as an administrator: $names ($why)"
}
