//! Somebody who uses the API over HTTP.

use reqwest::{RequestBuilder, header};
use serde_json::{Value, json};

use crate::{answer::Answer, document::PlanText};

/// The password of every account of the tests.
pub const PASSWORD: &str = "ceshi-yong-mima-2025";

/// An HTTP client with a cookie jar of its own.
pub struct Client(reqwest::Client);

impl Client {
    /// A client that has no cookie yet.
    pub fn new() -> Self {
        let built = reqwest::Client::builder()
            .no_proxy()
            .cookie_store(true)
            .user_agent("duban-tests")
            .build();
        Self(built.expect("an HTTP client"))
    }
}

/// Somebody at a client, signed in or not.
pub struct Person {
    client: Client,
    server: String,
    token: Option<String>,
    language: &'static str,
}

impl Person {
    pub(crate) const fn new(client: Client, server: String) -> Self {
        Self {
            client,
            server,
            token: None,
            language: "zh-CN",
        }
    }

    /// The same person, who calls another server.
    pub(crate) fn at(&self, server: String) -> Self {
        Self {
            client: Client::new(),
            server,
            token: self.token.clone(),
            language: self.language,
        }
    }

    /// Signs in by the password of the tests and keeps the access token.
    pub async fn sign_in(&mut self, login: &str) {
        let answer = self.try_sign_in(login, PASSWORD).await;
        let token = answer.text("/signIn/accessToken");
        self.token = Some(token.to_owned());
    }

    /// Tries to sign in; the access token, if any, is not kept.
    pub async fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        self.ask_with(
            "mutation($input: SignInInput!) {
               signIn(input: $input) {
                 accessToken expiresAt
                 viewer { account { login } }
                 userErrors { code path message figures { name value } }
               }
             }",
            json!({ "input": { "account": login, "password": password } }),
        )
        .await
    }

    /// Takes another access token from now on, or none.
    pub fn use_token(&mut self, token: Option<&str>) {
        self.token = token.map(str::to_owned);
    }

    /// The access token.
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("somebody who is signed in")
    }

    /// Speaks another language from now on.
    #[must_use]
    pub const fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// Runs an operation.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Runs an operation with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        self.send(self.post().json(&body)).await
    }

    /// Calls a mutation `name(input: NameInput!)` and asks for these fields of its payload, and
    /// for the user errors.
    pub async fn change(&self, name: &str, input: Value, fields: &str) -> Answer {
        let mut letters = name.chars();
        let first = letters.next().map(|one| one.to_ascii_uppercase());
        let kind: String = first.into_iter().chain(letters).collect();
        let query = format!(
            "mutation($input: {kind}Input!) {{
               {name}(input: $input) {{
                 {fields} userErrors {{ code path message figures {{ name value }} }}
               }}
             }}"
        );
        self.ask_with(&query, json!({ "input": input })).await
    }

    /// Brings a document in as a draft; returns the code of the plan.
    pub async fn import(&self, document: &PlanText) -> String {
        let input = json!({ "text": document.to_string(), "fileName": "plan.md" });
        let answer = self
            .change("importPlan", input, "plan { code } isNew")
            .await;
        assert_eq!(answer.user_errors("importPlan"), [""; 0]);
        answer.text("/importPlan/plan/code").to_owned()
    }

    /// A POST request to `/graphql` in this person's name, to be filled by hand.
    pub fn post(&self) -> RequestBuilder {
        self.request(reqwest::Method::POST, "/graphql")
    }

    /// A GET request in this person's name.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(reqwest::Method::GET, path)
    }

    /// A request in this person's name.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.server);
        let request = self
            .client
            .0
            .request(method, url)
            .header(header::ACCEPT_LANGUAGE, self.language);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request that was filled by hand.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        Answer::read(response).await
    }
}
