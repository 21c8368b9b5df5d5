"""The same as report_month.py with the library gql: pip install "gql[requests]==4.4.0" """

import os
import sys

import month
from gql import Client, GraphQLRequest
from gql.transport.requests import RequestsHTTPTransport


def connect():
    """A client that tries again, and that checks operations against the schema before it sends them."""
    transport = RequestsHTTPTransport(
        url=os.environ["DUBAN_URL"].rstrip("/") + "/graphql",
        headers={"Authorization": f"Bearer {os.environ['DUBAN_TOKEN']}", "Accept-Language": "en"},
        retries=5,
        retry_status_forcelist=[429, 502, 503, 504],
        retry_backoff_factor=1,
        timeout=30,
    )
    return Client(transport=transport, fetch_schema_from_transport=True)


def main(period, file):
    with connect() as session:

        def run(query, variables=None):
            return session.execute(GraphQLRequest(query, variable_values=variables))

        office = run("query Office { viewer { account { department { code } } } }")
        office = office["viewer"]["account"]["department"]["code"]
        rows = month.changes(file, period, month.standing(run, office, period))
        are_taken = True
        for request in month.requests(period, rows):
            answer = run(month.RECORD, {"input": request})["recordMeasurements"]
            are_taken &= month.tell(request, answer)
    print(len(rows), "of", period, "sent")
    return 0 if are_taken else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: report_month_gql.py PERIOD FILE.csv")
    sys.exit(main(*sys.argv[1:]))
