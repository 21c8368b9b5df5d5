#!/usr/bin/env bash
# Shows what the office carries of a metric, and whom it gave which share: allocation.sh 2025-19-M2
set -euo pipefail
. "$(dirname "$0")/duban.sh"
[ $# -eq 1 ] || { echo "usage: allocation.sh METRIC" >&2; exit 2; }
metric=$1
unit=$(office)

query='query Share($metric: ID!, $unit: ID!) { metric(id: $metric) { code name unit figures(department: $unit) { share verified until } allocation(whole: $unit) { shares { figure department { code name } } } } }'

duban "{\"query\":\"$query\",\"variables\":{\"metric\":\"$metric\",\"unit\":\"$unit\"}}" | pick '
metric = data["metric"]
if metric is None:
    sys.exit("there is no such metric, or the token may not see it")
figures = metric["figures"] or {}
share, verified = figures.get("share") or "none", figures.get("verified") or "nothing"
print(metric["code"], metric["name"] + ": share", share, metric["unit"] + ", verified", verified, "until", figures.get("until"))
for one in (metric["allocation"] or {"shares": []})["shares"]:
    print(one["department"]["code"], one["department"]["name"], one["figure"])'
