"""The client gql: asks, is refused, and hears of an item over a socket. Writes what it met as JSON."""

import asyncio
import json
import os

from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from gql.transport.websockets import WebsocketsTransport

URL, TOKEN = os.environ["DUBAN_URL"], os.environ["DUBAN_OFFICER"]
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
PLAN = GraphQLRequest("query Plan($id: ID!) { plan(id: $id) { year code } }", variable_values={"id": "2025"})
REFUSED = GraphQLRequest('mutation { disableAccount(input: { accountId: "none" }) { userErrors { code } } }')
UNKNOWN = GraphQLRequest("{ plan(id: 1) { nothing } }")
CHANGES = GraphQLRequest("subscription { taskChanged { action } }")
ENTER = GraphQLRequest(
    "mutation Enter($input: CreateTaskInput!) { createTask(input: $input) { userErrors { code } } }",
    variable_values={
        "input": {"kind": "MEETING", "title": "演示事项", "source": "演示会议", "lead": "XXB"}
    },
)


def over_http():
    transport = RequestsHTTPTransport(url=f"{URL}/graphql", headers=HEADERS)
    with Client(transport=transport, fetch_schema_from_transport=True) as session:
        met = {"plan": session.execute(PLAN)["plan"]}
        try:
            session.execute(REFUSED)
        except TransportQueryError as error:
            met["refused"] = error.errors[0]["extensions"]["code"]
        try:
            session.execute(UNKNOWN)
        except Exception as error:  # the client knows the schema and does not even ask
            met["unknown"] = type(error).__name__
        return met


async def over_a_socket():
    transport = WebsocketsTransport(
        url=f"{URL.replace('http', 'ws')}/graphql/ws",
        init_payload={"token": TOKEN},
        # It overlooks what the server chose where the header is written in small letters.
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
    )
    async with Client(transport=transport) as session:

        async def enter():
            while True:
                await session.execute(ENTER)
                await asyncio.sleep(0.5)

        entering = asyncio.create_task(enter())
        try:
            async for change in session.subscribe(CHANGES):
                return change["taskChanged"]["action"]
        finally:
            entering.cancel()


print(json.dumps({**over_http(), "heard": asyncio.run(over_a_socket())}))
