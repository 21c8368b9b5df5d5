//! Webhooks: messages by the Standard Webhooks specification to a server that the test listens with.

mod managing;
mod sending;
mod stopping;
mod trusted;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use duban_app::webhooks::signature;
use duban_tests::{Answer, Backend, Content, Person, TestApp, forget_answers};
use serde_json::{Value, json};
use time::Duration;
use tokio::net::TcpListener;

/// A message as it came.
#[derive(Debug, Clone)]
struct Came {
    id: String,
    at: i64,
    signatures: String,
    text: String,
}

impl Came {
    fn body(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// Whether it is signed with a secret, as the specification says.
    fn is_signed_with(&self, secret: &str) -> bool {
        let key = secret.strip_prefix("whsec_").expect("a secret");
        let key = STANDARD.decode(key).expect("base64");
        let expected = signature(&key, &self.id, self.at, &self.text);
        self.signatures.split(' ').any(|one| one == expected)
    }
}

/// A status and headers.
type Answered = (u16, Vec<(&'static str, String)>);

/// A server that takes messages, and answers as it is told.
#[derive(Clone, Default)]
struct Receiver {
    came: Arc<Mutex<Vec<Came>>>,
    answer: Arc<Mutex<Answered>>,
}

impl Receiver {
    /// One that listens, with its address.
    async fn listen() -> (Self, String) {
        let receiver = Self::default();
        receiver.answers(200, &[]);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let routes = Router::new().fallback(take).with_state(receiver.clone());
        #[expect(clippy::disallowed_methods, reason = "ends with the test's runtime")]
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (receiver, format!("http://{address}/hook"))
    }

    fn answers(&self, status: u16, headers: &[(&'static str, &str)]) {
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        *self.answer.lock().expect("an answer") = (status, headers.collect());
    }

    fn take(&self) -> Vec<Came> {
        std::mem::take(&mut self.came.lock().expect("messages"))
    }
}

async fn take(
    State(receiver): State<Receiver>,
    headers: HeaderMap,
    text: String,
) -> (StatusCode, HeaderMap) {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    receiver.came.lock().expect("messages").push(Came {
        id: header("webhook-id"),
        at: header("webhook-timestamp").parse().expect("seconds"),
        signatures: header("webhook-signature"),
        text,
    });
    let (status, more) = receiver.answer.lock().expect("an answer").clone();
    let mut answered = HeaderMap::new();
    for (name, value) in more {
        answered.insert(name, value.parse().expect("a header"));
    }
    (StatusCode::from_u16(status).expect("a status"), answered)
}

const WEBHOOK: &str = "webhook { id name url types query state failingSince version
    deliveries(first: 20) { edges { node { id messageId action objectType objectId state nextAttemptAt
      attempts { status fault } } } } }";

/// An installation on 1 April 2025 with a service account of 郑州, and a receiver.
struct Desk {
    app: TestApp,
    security: Person,
    account: String,
    receiver: Receiver,
    url: String,
}

impl Desk {
    async fn open(backend: Backend) -> Self {
        // Statements are counted.
        let app = TestApp::start_with(backend, Content::Plan2025, forget_answers).await;
        app.advance(Duration::days(15));
        let admin = app.system_admin().await;
        let input = json!({ "login": "zhengzhou-platform", "displayName": "郑州填报平台",
            "departmentId": "410100" });
        let made = admin
            .change("createServiceAccount", input, "account { id }")
            .await;
        let account = made.text("/createServiceAccount/account/id").to_owned();
        let security = app.sign_in("security-admin").await;
        let role = json!({ "accountId": account, "role": "MUNICIPAL_REPORTER",
            "departmentId": "410100", "reach": "SUBTREE" });
        let granted = security
            .change("grantRole", role, "account { login }")
            .await;
        assert_eq!(granted.user_errors("grantRole"), [""; 0]);
        let (receiver, url) = Receiver::listen().await;
        Self {
            app,
            security,
            account,
            receiver,
            url,
        }
    }

    async fn ask(&self, more: Value) -> Answer {
        let mut input = json!({ "accountId": self.account, "name": "平台", "url": self.url });
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let fields = format!("{WEBHOOK} secret");
        self.security.change("createWebhook", input, &fields).await
    }

    /// A webhook: its id and its secret.
    async fn make(&self, more: Value) -> (String, String) {
        let made = self.ask(more).await;
        assert_eq!(made.user_errors("createWebhook"), [""; 0], "{made:?}");
        let id = made.text("/createWebhook/webhook/id").to_owned();
        (id, made.text("/createWebhook/secret").to_owned())
    }

    /// Changes a webhook by its id alone.
    async fn act(&self, name: &str, id: &str) -> Answer {
        let input = json!({ "webhookId": id });
        let security = self.app.sign_in("security-admin").await;
        let done = security.change(name, input, WEBHOOK).await;
        assert_eq!(done.user_errors(name), [""; 0]);
        done
    }

    /// The webhooks of the account, with what became of their messages.
    async fn webhook(&self) -> Value {
        let query = format!(
            "query($id: ID!) {{ account(id: $id) {{ webhooks {{ {} }} }} }}",
            {
                let fields = WEBHOOK.strip_prefix("webhook {").unwrap_or_default();
                fields.strip_suffix('}').unwrap_or_default()
            }
        );
        let security = self.app.sign_in("security-admin").await;
        let asked = json!({ "id": self.account });
        let found = security.ask_with(&query, asked).await;
        found.at("/account/webhooks/0").clone()
    }

    /// The states of its messages, the newest first.
    async fn states(&self) -> Vec<String> {
        let found = self.webhook().await;
        let edges = found["deliveries"]["edges"].as_array().cloned();
        let states = edges.unwrap_or_default().into_iter();
        states
            .map(|edge| {
                edge["node"]["state"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    }
}

/// Records a figure of March 2025.
async fn record(reporter: &Person, department: &str) {
    let row = json!({ "metric": "2025-19-M2", "department": department, "period": "2025-03",
        "value": "12" });
    let fields = "rows { userErrors { code } }";
    let input = json!({ "rows": [row] });
    let answer = reporter.change("recordMeasurements", input, fields).await;
    assert_eq!(
        answer.list("/recordMeasurements/rows/0/userErrors"),
        [""; 0]
    );
}
