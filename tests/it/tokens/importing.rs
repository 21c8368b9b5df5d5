//! A large file that a program sent goes on for as long as its token is in force.

use std::num::NonZeroUsize;

use duban_app::jobs;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp,
};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACTIVITIES, Desk};
use crate::sql;

/// Those in the file, a row each; four rows are taken in a round of the jobs.
const COUNTIES: [&str; 6] = ["410102", "410103", "410104", "410105", "410106", "410108"];

/// With parts of one row.
async fn open(backend: Backend) -> Desk {
    let app = TestApp::start_as(backend, Content::Plan2025, |settings| {
        settings.import_part_rows = NonZeroUsize::new(1).expect("one");
    })
    .await;
    Desk::with(app).await
}

/// Sends a table of activities of counties; the id of its import.
async fn send(program: &Person) -> String {
    let mut file = "指标编号,填报单位,本月数\n".to_owned();
    for county in COUNTIES {
        file.extend([ACTIVITIES, ",", county.to_string().as_str(), ",6\n"]);
    }
    let sent = program.request(Method::POST, "/uploads?name=large.csv");
    let sent = program.send(sent.body(file)).await;
    assert_eq!(sent.status(), 201, "{sent:?}");
    let input = json!({ "uploadId": sent.json()["uploadId"], "department": "410100",
        "period": "2025-03" });
    let begun = program
        .change("startMeasurementImport", input, "import { id }")
        .await;
    assert_eq!(
        begun.user_errors("startMeasurementImport"),
        [""; 0],
        "{begun:?}"
    );
    begun.text("/startMeasurementImport/import/id").to_owned()
}

async fn round(desk: &Desk) -> u64 {
    let round = jobs::run_once(desk.app.app()).await;
    round.expect("a round of jobs").import_rows
}

/// How an import stands, as another program of the account reads it.
async fn import(desk: &Desk, id: &str) -> Value {
    let security = desk.app.sign_in("security-admin").await;
    let input = json!({ "accountId": desk.account, "name": "查看", "scopes": ["READ"] });
    let made = security.change("issueApiToken", input, "secret").await;
    let reader = desk.bearer(made.text("/issueApiToken/secret"));
    let query = "query($id: ID!) { measurementImport(id: $id) {
        state rowsDone taken failure { code message } } }";
    let answer = reader.ask_with(query, json!({ "id": id })).await;
    answer.at("/measurementImport").clone()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_a_token_began_is_taken_in_its_name(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = open(backend).await;
    let (_, secret) = desk.issue(json!({})).await;
    let id = send(&desk.bearer(&secret)).await;
    let head = sql::audit_head(&desk.app).await;
    assert_eq!((round(&desk).await, round(&desk).await), (4, 2));
    let done = import(&desk, &id).await;
    assert_eq!(
        (&done["state"], &done["taken"]),
        (&json!("DONE"), &json!(6))
    );
    let of_token = format!(
        "SELECT COUNT(*) FROM audit_event WHERE seq > {head} AND action = 'sheet.applied'
         AND session_id IN (SELECT id FROM api_token WHERE name = '月报程序')"
    );
    assert_eq!(sql::number(&desk.app, &of_token).await, 6);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_stops_when_its_token_is_taken_back(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = open(backend).await;
    let (token, secret) = desk.issue(json!({})).await;
    let id = send(&desk.bearer(&secret)).await;
    assert_eq!(round(&desk).await, 4);
    let head = sql::audit_head(&desk.app).await;
    let input = json!({ "tokenId": token });
    let revoked = desk
        .security
        .change("revokeApiToken", input, "apiToken { state }")
        .await;
    assert_eq!(revoked.text("/revokeApiToken/apiToken/state"), "REVOKED");
    assert_eq!(round(&desk).await, 0);
    let events = sql::audit_after(&desk.app, head).await;
    assert_eq!(events, ["api_token.revoked", "import.stopped"]);
    let stopped = import(&desk, &id).await;
    assert_eq!(stopped["state"], "STOPPED", "{stopped}");
    assert_eq!(stopped["failure"]["code"], "IMPORT_TOKEN_ENDED");
    let message = stopped["failure"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("令牌"), "{message}");
    assert_eq!(
        (&stopped["rowsDone"], &stopped["taken"]),
        (&json!(4), &json!(4)),
        "the parts before stay taken"
    );
    assert_eq!(round(&desk).await, 0, "it is over");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_stops_when_its_token_ends_or_its_account_is_closed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = open(backend).await;
    let (_, short) = desk.issue(json!({ "expiresOn": "2025-04-01" })).await;
    let id = send(&desk.bearer(&short)).await;
    assert_eq!(round(&desk).await, 4);
    desk.app.advance(Duration::days(1));
    assert_eq!(round(&desk).await, 0);
    let stopped = import(&desk, &id).await;
    assert_eq!(
        stopped["failure"]["code"], "IMPORT_TOKEN_ENDED",
        "{stopped}"
    );

    let security = desk.app.sign_in("security-admin").await;
    let input = json!({ "accountId": desk.account, "name": "x",
        "scopes": ["MEASUREMENT_WRITE"] });
    let made = security.change("issueApiToken", input, "secret").await;
    let program = desk.bearer(made.text("/issueApiToken/secret"));
    let id = send(&program).await;
    let admin = desk.app.system_admin().await;
    let input = json!({ "accountId": desk.account });
    let closed = admin
        .change("disableAccount", input, "account { state }")
        .await;
    assert_eq!(closed.text("/disableAccount/account/state"), "DISABLED");
    assert_eq!(round(&desk).await, 0);
    let why = "SELECT failure FROM measurement_import WHERE state = 'STOPPED'
               ORDER BY recorded_at DESC";
    let why = sql::texts(&desk.app, why).await;
    assert!(why[0].contains("IMPORT_SENDER_GONE"), "{why:?} {id}");
}
