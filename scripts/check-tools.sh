#!/usr/bin/env bash
# Says what is missing before anything is built: Rust, Node.js, a C compiler.
. "$(dirname "$0")/lib.sh"

missing=()
need() { missing+=("$*"); }

# at_least HAVE WANT: compares dotted versions.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml" | head -n 1)
if ! has cargo; then
  need "Rust $rust or newer, with cargo"
else
  have=$(rustc --version | awk '{print $2}')
  at_least "$have" "$rust" || need "Rust $rust or newer (this is $have)"
fi

node=20.19.0
if ! has node || ! has npm; then
  need "Node.js $node or newer, with npm"
else
  have=$(node --version | tr -d v)
  at_least "$have" "$node" || need "Node.js $node or newer (this is $have)"
fi

has cc || has clang || has gcc || need "a C compiler (cc), for SQLite and the cryptography"

[ "${#missing[@]}" -eq 0 ] || fail "tools are missing" "${missing[@]}"
