"""Reports the figures of a month: python3 report_month.py 2025-08 month.csv"""

import sys

import month
from duban import Duban


def main(period, file):
    duban = Duban()
    rows = month.changes(file, period, month.standing(duban.run, duban.office(), period))
    are_taken = True
    for request in month.requests(period, rows):
        answer = duban.run(month.RECORD, {"input": request})["recordMeasurements"]
        are_taken &= month.tell(request, answer)
    print(len(rows), "of", period, "sent")
    return 0 if are_taken else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: report_month.py PERIOD FILE.csv")
    sys.exit(main(*sys.argv[1:]))
