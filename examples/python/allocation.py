"""Shows what the office carries of a metric, and whom it gave which share: python3 allocation.py 2025-19-M2"""

import sys

from duban import Duban

SHARE = """query Share($metric: ID!, $unit: ID!) { metric(id: $metric) {
  name unit
  figures(department: $unit) { share verified attainment until }
  allocation(whole: $unit) { shares { figure department { code name } } } } }"""


def main(code):
    duban = Duban()
    metric = duban.run(SHARE, {"metric": code, "unit": duban.office()})["metric"]
    if metric is None:
        sys.exit(f"{code}: there is no such metric, or the token may not see it")
    figures = metric["figures"] or {}
    share, verified = figures.get("share") or "none", figures.get("verified") or "nothing"
    print(f"{code} {metric['name']}: share {share} {metric['unit']},", end=" ")
    print(f"verified {verified} until {figures.get('until')}")
    for share in (metric["allocation"] or {"shares": []})["shares"]:
        print(share["department"]["code"], share["department"]["name"], share["figure"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: allocation.py METRIC")
    main(sys.argv[1])
