//! Accounts and roles, as their administrators and their owners use them.

mod addresses;
mod grants;
mod invitations;
mod mails;
mod own;

use duban_tests::{Answer, Person, TestApp};
use serde_json::json;

/// The password of every account of the tests.
const PASSWORD: &str = "ceshi-yong-mima-2025";
/// Another one that is good.
const OTHER: &str = "zhengzhou-yinxing-ye-huang";

const ACCOUNT: &str = "account { id login displayName state version department { code }
    grants { id role state firstDay lastDay } }";

/// The global id of an account, by login.
async fn id_of(admin: &Person, login: &str) -> String {
    let query = "query($id: ID!) { account(id: $id) { id } }";
    let answer = admin.ask_with(query, json!({ "id": login })).await;
    answer.text("/account/id").to_owned()
}

async fn security(app: &TestApp) -> Person {
    app.sign_in("security-admin").await
}

/// Invites somebody, and returns the secret of the link.
async fn invite(admin: &Person, login: &str) -> (Answer, String) {
    let input = json!({ "login": login, "displayName": "李娜", "departmentId": "XXB" });
    let fields = format!("{ACCOUNT} link {{ path expiresAt }}");
    let answer = admin.change("inviteAccount", input, &fields).await;
    assert_eq!(answer.user_errors("inviteAccount"), [""; 0], "{answer:?}");
    let secret = secret_of(answer.text("/inviteAccount/link/path"));
    (answer, secret)
}

fn secret_of(path: &str) -> String {
    let secret = path.strip_prefix("/invitation#").expect("a link");
    assert_eq!(secret.len(), 43, "256 bits");
    secret.to_owned()
}

/// Sets a password by a link, as somebody who is not signed in.
async fn accept(app: &TestApp, token: &str, password: &str) -> Answer {
    let input = json!({ "token": token, "password": password });
    app.anonymous()
        .change("acceptInvitation", input, "login")
        .await
}
