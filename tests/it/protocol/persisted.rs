//! Documents that are named by their digest: automatic persisted queries, and trusted documents.

use std::fmt::Write;

use duban_gateway::http::{HttpSettings, Operations, Trusted};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, Person, Socket, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::media::escaped;

const QUERY: &str = "query Year($id: ID!) { plan(id: $id) { year } }";
const JSON: &str = "application/json";
const RESPONSE: &str = "application/graphql-response+json";

fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut done, byte| {
        write!(done, "{byte:02x}").expect("text");
        done
    })
}

/// `extensions` of Apollo's protocol.
fn persisted(text: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": digest(text) } })
}

async fn send(person: &Person, accept: &str, body: &Value) -> Answer {
    person
        .send(person.post().header("accept", accept).json(body))
        .await
}

#[rstest]
#[tokio::test]
async fn a_document_is_sent_once_and_known_by_its_digest(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let variables = json!({ "id": "2025" });
    let known = json!({ "extensions": persisted(QUERY), "variables": variables });
    for (accept, status) in [(JSON, 200), (RESPONSE, 400)] {
        let answer = send(&viewer, accept, &known).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (status, vec!["PERSISTED_QUERY_NOT_FOUND"])
        );
        assert_eq!(answer.errors()[0]["message"], "PersistedQueryNotFound");
        assert!(answer.json().get("data").is_none(), "{answer:?}");
    }
    let mut sent = known.clone();
    sent["query"] = json!(QUERY);
    for body in [sent, known] {
        let answer = send(&viewer, JSON, &body).await;
        assert_eq!(answer.number("/plan/year"), 2025);
    }
    let get = |hash: &str| {
        let stated = format!("{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{hash}\"}}}}");
        let (stated, variables) = (escaped(&stated), escaped("{\"id\":\"2025\"}"));
        viewer.get(&format!(
            "/graphql?extensions={stated}&variables={variables}"
        ))
    };
    let answer = viewer.send(get(&digest(QUERY))).await;
    assert_eq!(answer.number("/plan/year"), 2025);
    let by_id =
        json!({ "documentId": format!("sha256:{}", digest(QUERY)), "variables": variables });
    let answer = send(&viewer, JSON, &by_id).await;
    assert_eq!(answer.number("/plan/year"), 2025);
}

#[tokio::test]
async fn a_digest_of_another_text_is_refused_and_not_kept() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let body = json!({ "query": "{ viewer { canReadPlans } }", "extensions": persisted(QUERY) });
    let answer = send(&viewer, JSON, &body).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (400, vec!["BAD_REQUEST"])
    );
    let known = json!({ "extensions": persisted(QUERY), "variables": { "id": "2025" } });
    let answer = send(&viewer, JSON, &known).await;
    assert_eq!(answer.codes(), ["PERSISTED_QUERY_NOT_FOUND"]);
    let second = json!({ "extensions": { "persistedQuery": { "version": 2, "sha256Hash": digest(QUERY) } } });
    let answer = send(&viewer, JSON, &second).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (400, vec!["BAD_REQUEST"])
    );
}

#[tokio::test]
async fn a_known_document_is_held_to_every_limit() {
    let app = TestApp::start(Sqlite).await;
    let (viewer, stranger) = (app.viewer().await, app.anonymous());
    let mutation = "mutation { signOut { userErrors { code } } }";
    stranger.ask(mutation).await;
    let get = |text: &str| {
        let stated = escaped(&persisted(text).to_string());
        viewer.get(&format!("/graphql?extensions={stated}"))
    };
    let answer = viewer.send(get(mutation)).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (405, vec!["METHOD_NOT_ALLOWED"])
    );
    viewer.ask("{ viewer { canReadPlans } }").await.data();

    let query = "{ plans { totalCount } }";
    viewer.ask(query).await.data();
    let known = json!({ "extensions": persisted(query) });
    let answer = send(&stranger, JSON, &known).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (401, vec!["UNAUTHENTICATED"])
    );

    let costly = "query($first: Int) { plans(first: $first) { edges { node { metrics(first: $first) { edges { node { code } } } } } } }";
    let known =
        |first: u32| json!({ "extensions": persisted(costly), "variables": { "first": first } });
    viewer.ask_with(costly, json!({ "first": 1 })).await.data();
    send(&viewer, JSON, &known(2)).await.data();
    assert_eq!(
        send(&viewer, JSON, &known(200)).await.codes(),
        ["TOO_EXPENSIVE"]
    );
}

const TRUSTED: [&str; 4] = [
    QUERY,
    "mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken } }",
    "subscription Changes { taskChanged { action } }",
    "query Nothing { planz }",
];

async fn trusting(operations: Operations) -> TestApp {
    let set = |settings: &mut HttpSettings| {
        settings.operations = operations;
        settings.trusted = Trusted::of(TRUSTED.map(str::to_owned));
    };
    TestApp::start_with(Sqlite, Content::Plan2025, set).await
}

/// Signs in with the trusted document.
async fn sign_in(app: &TestApp) -> Person {
    let mut person = app.anonymous();
    let input = json!({ "account": "viewer", "password": duban_tests::PASSWORD });
    let body = json!({ "documentId": digest(TRUSTED[1]), "variables": { "input": input } });
    let answer = send(&person, JSON, &body).await;
    person.use_token(Some(answer.text("/signIn/accessToken")));
    person
}

#[tokio::test]
async fn people_may_be_held_to_the_operations_of_the_client() {
    for operations in [Operations::TrustedForSessions, Operations::TrustedOnly] {
        let app = trusting(operations).await;
        let viewer = sign_in(&app).await;
        let variables = json!({ "id": "2025" });
        for body in [
            json!({ "documentId": digest(QUERY), "variables": variables }),
            json!({ "extensions": persisted(QUERY), "variables": variables }),
            json!({ "query": QUERY, "variables": variables }),
        ] {
            let answer = send(&viewer, JSON, &body).await;
            assert_eq!(answer.number("/plan/year"), 2025, "{body}");
        }
        let own = "{ plan(id: \"2025\") { year } }";
        for accept in [JSON, RESPONSE] {
            for person in [&viewer, &app.anonymous()] {
                let answer = send(person, accept, &json!({ "query": own })).await;
                assert_eq!(
                    (answer.status(), answer.codes()),
                    (403, vec!["OPERATION_NOT_TRUSTED"])
                );
            }
        }
        let answer = send(&viewer, JSON, &json!({ "extensions": persisted(own) })).await;
        assert!(answer.json().get("data").is_none(), "{answer:?}");

        let mut socket = Socket::begin(&app.url("/graphql/ws"), viewer.token()).await;
        socket
            .subscribe("1", "subscription { taskChanged { action } }", json!({}))
            .await;
        let refused = socket.message().await;
        let code = &refused["payload"][0]["extensions"]["code"];
        assert_eq!(code, "OPERATION_NOT_TRUSTED", "{refused}");
        socket.message().await;
        let payload = json!({ "extensions": persisted(TRUSTED[2]) });
        socket
            .say(json!({ "type": "subscribe", "id": "1", "payload": payload }))
            .await;
        socket.say(json!({ "type": "ping" })).await;
        assert_eq!(socket.message().await, json!({ "type": "pong" }));
    }
}

#[tokio::test]
async fn a_server_with_nothing_to_trust_does_not_start() {
    let app = TestApp::start(Sqlite).await;
    let settings = |trusted: Trusted| HttpSettings {
        operations: Operations::TrustedOnly,
        trusted,
        ..duban_tests::http_settings()
    };
    let open =
        |trusted| duban_gateway::http::GatewayState::try_new(app.app().clone(), settings(trusted));
    assert!(open(Trusted::default()).is_err());
    assert!(open(Trusted::of(["{ __typename }".to_owned()])).is_ok());
}
