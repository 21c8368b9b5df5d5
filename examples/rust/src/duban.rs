//! One way to call Duban: sends an operation, and sends it again where that may help.

use std::{error::Error, fmt, time::Duration};

use reqwest::{Client, StatusCode, header::RETRY_AFTER};
use serde_json::{Value, json};

/// How often a request is sent at most.
const TRIES: u32 = 5;

/// The server answered with errors: `code` and `reason` are for programs, what it displays is for people.
#[derive(Debug)]
pub struct Refused {
    /// The kind of error, such as `FORBIDDEN`.
    pub code: String,
    /// What exactly is wrong, where the code does not say it.
    pub reason: Option<String>,
    message: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}

impl Error for Refused {}

/// A server, and the token to call it with.
pub struct Duban {
    client: Client,
    endpoint: String,
    token: String,
}

impl Duban {
    /// Calls the server at an address such as `https://duban.example.org` with an API token.
    pub fn new(url: &str, token: String) -> Self {
        Self {
            client: Client::new(),
            endpoint: format!("{}/graphql", url.trim_end_matches('/')),
            token,
        }
    }

    /// Runs an operation and gives its `data`.
    ///
    /// What may be over in a while is tried again: no answer, 429, 502, 503 and 504. A mutation with an
    /// `idempotencyKey` may be repeated like that, for it is done once.
    ///
    /// # Errors
    ///
    /// No answer after all tries, or `errors` in the answer ([`Refused`]).
    pub async fn run(&self, query: &str, variables: Value) -> Result<Value, Box<dyn Error>> {
        let mut body = json!({ "query": query });
        body["variables"] = variables;
        let mut tried = 1;
        loop {
            let wait = Duration::from_secs(1 << tried);
            let wait = match self.send(&body).await {
                Ok(response) if is_passing(response.status()) && tried < TRIES => {
                    let told = response.headers().get(RETRY_AFTER);
                    let seconds = told.and_then(|value| value.to_str().ok()?.parse().ok());
                    seconds.map_or(wait, Duration::from_secs)
                }
                Ok(response) => return data(response.json().await?),
                Err(error) if tried == TRIES => return Err(error.into()),
                Err(_) => wait,
            };
            tokio::time::sleep(wait).await;
            tried += 1;
        }
    }

    async fn send(&self, body: &Value) -> reqwest::Result<reqwest::Response> {
        self.client
            .post(&self.endpoint)
            .bearer_auth(&self.token)
            .header("accept", "application/graphql-response+json")
            .header("accept-language", "en")
            .json(body)
            .timeout(Duration::from_secs(30))
            .send()
            .await
    }
}

fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502 | 503 | 504)
}

fn data(mut answer: Value) -> Result<Value, Box<dyn Error>> {
    match answer["errors"].get(0) {
        Some(error) => {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let extensions = &error["extensions"];
            let refused = Refused {
                code: text(&extensions["code"]).unwrap_or_default(),
                reason: text(&extensions["reason"]),
                message: text(&error["message"]).unwrap_or_default(),
            };
            Err(refused.into())
        }
        None => Ok(answer["data"].take()),
    }
}
