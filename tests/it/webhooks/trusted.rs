//! A server that runs the operations of its web client only sends what the queries of webhooks choose.

use duban_gateway::http::{self, HttpSettings, Operations, Trusted};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    http_settings,
};
use reqwest::Client;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::{Desk, record};

const MAKE: &str = "mutation Make($input: CreateWebhookInput!) { createWebhook(input: $input) {
    webhook { id query } userErrors { code path } } }";
const QUERY: &str = "subscription { changed(types: [MEASUREMENT]) { action
    object { ... on Measurement { value } } } }";

fn strict() -> HttpSettings {
    HttpSettings {
        operations: Operations::TrustedOnly,
        trusted: Trusted::of([MAKE.to_owned()]),
        ..http_settings()
    }
}

/// Sends operations to a server of the desk that runs trusted ones only, as its security administrator.
async fn ask_strict(desk: &Desk, bodies: &[Value]) -> Vec<Value> {
    let (tell, told) = oneshot::channel();
    let stop = CancellationToken::new();
    let serving = http::serve(desk.app.app().clone(), strict(), stop.clone(), Some(tell));
    #[expect(clippy::disallowed_methods, reason = "it is waited for below")]
    let serving = tokio::spawn(serving);
    let address = told.await.expect("a server that listens");
    let client = Client::builder().no_proxy().build().expect("a client");
    let mut answers = Vec::new();
    for body in bodies {
        let request = client
            .post(format!("http://{address}/graphql"))
            .bearer_auth(desk.security.token())
            .json(body);
        let answer = request.send().await.expect("an answer");
        answers.push(answer.json().await.expect("JSON"));
    }
    stop.cancel();
    let ended = serving.await.expect("a server that does not panic");
    ended.expect("a server that ends as told");
    answers
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_query_of_a_webhook_runs_where_only_trusted_documents_do(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let asked = |query: &str| {
        let input = json!({ "accountId": desk.account, "name": "平台", "url": desk.url,
            "query": query });
        json!({ "query": MAKE, "variables": { "input": input } })
    };
    let bodies = [
        json!({ "query": "{ viewer { account { login } } }" }),
        asked("subscription { changed { nothing } }"),
        asked(QUERY),
    ];
    let answers = ask_strict(&desk, &bodies).await;
    let [other, wrong, made] = answers.as_slice() else {
        panic!("an answer each: {answers:?}");
    };
    assert_eq!(
        other["errors"][0]["extensions"]["code"],
        "OPERATION_NOT_TRUSTED"
    );
    let refused = &wrong["data"]["createWebhook"]["userErrors"][0];
    assert_eq!(refused["code"], "WEBHOOK_QUERY_INVALID", "{wrong}");
    let made = &made["data"]["createWebhook"];
    assert_eq!(made["userErrors"], json!([]));
    assert_eq!(made["webhook"]["query"], QUERY);

    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    let sent = http::send_once(desk.app.app(), strict()).await;
    assert_eq!(sent.expect("a round of sending").attempts, 1);
    let came = desk.receiver.take();
    let body = came.first().expect("a message").body();
    assert_eq!(body["data"]["changed"]["object"]["value"], "12");
}
