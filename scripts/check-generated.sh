#!/usr/bin/env bash
# Writes the generated files again and fails when that changes one: somebody forgot `make regenerate`.
. "$(dirname "$0")/lib.sh"
cd "$ROOT"

generated=(schema.graphql docs/configuration.md docs/cli.md docs/api/errors.md web/src/graphql/graphql-env.d.ts)

cargo xtask regenerate
stale=$(git status --porcelain -- "${generated[@]}")
[ -z "$stale" ] || {
  git --no-pager diff --stat -- "${generated[@]}" >&2
  fail "generated files are not those of the code" "$stale" "Run \`make regenerate\` and commit the result."
}
