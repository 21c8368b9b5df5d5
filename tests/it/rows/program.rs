//! A program of the city, with a token that was taken back and a webhook that waits.

use duban_tests::{Person, TestApp};
use serde_json::json;

use super::world::{OWNER, fine};

/// The token and the webhook, by id.
pub async fn program(app: &TestApp, admin: &Person) -> (String, String) {
    let input = json!({ "login": "row-program", "displayName": "程序", "departmentId": OWNER });
    let made = admin
        .change("createServiceAccount", input, "account { id }")
        .await;
    fine(&made, "createServiceAccount");
    let account = made.text("/createServiceAccount/account/id");
    let security = app.sign_in("security-admin").await;
    let input = json!({ "accountId": account, "name": "月报", "scopes": ["READ"] });
    let made = security
        .change("issueApiToken", input, "apiToken { id }")
        .await;
    fine(&made, "issueApiToken");
    let token = made.text("/issueApiToken/apiToken/id").to_owned();
    let done = security
        .change("revokeApiToken", json!({ "tokenId": token }), "__typename")
        .await;
    fine(&done, "revokeApiToken");
    let input = json!({ "accountId": account, "name": "推送", "url": "http://127.0.0.1:9/" });
    let made = security
        .change("createWebhook", input, "webhook { id }")
        .await;
    fine(&made, "createWebhook");
    let webhook = made.text("/createWebhook/webhook/id").to_owned();
    let input = json!({ "webhookId": webhook });
    let paused = security.change("pauseWebhook", input, "__typename").await;
    fine(&paused, "pauseWebhook");
    (token, webhook)
}
