//! What a token opens, from where, and for how long.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Heard, Person, Socket,
};
use reqwest::Method;
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{ACTIVITIES, Desk, EXPERTS, record};
use crate::sql;

const WHO: &str = "{ viewer { account { login } permissions } }";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_program_does_what_its_account_may_as_far_as_its_token_reaches(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (_, secret) = desk.issue(json!({})).await;
    let program = desk.bearer(&secret);
    let who = program.ask(WHO).await;
    assert_eq!(who.text("/viewer/account/login"), "zhengzhou-platform");
    let held = who.list("/viewer/permissions");
    assert!(held.contains(&json!("measurement.record")) && held.contains(&json!("metric.read")));
    for kept in ["report.write", "metric.allocate", "account.read"] {
        assert!(!held.contains(&json!(kept)), "{kept}");
    }
    let head = sql::audit_head(&desk.app).await;
    assert_eq!(record(&program, ACTIVITIES, "410102").await, "SUBMITTED");
    let events = sql::audit_after(&desk.app, head).await;
    assert_eq!(events, ["measurement.recorded"]);
    assert_eq!(
        record(&program, ACTIVITIES, "410302").await,
        "FORBIDDEN",
        "another city's county"
    );

    // Another scope than the token's, a decision, and what people do with their own account.
    let reports = json!({ "rows": [] });
    let refused = program.change("saveReports", reports, "rows { row }").await;
    assert_eq!(refused.codes(), ["TOKEN_SCOPE_NEEDED"]);
    assert_eq!(refused.status(), 403);
    let message = refused.errors()[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("REPORT_WRITE"), "{message}");
    let password = json!({ "currentPassword": "a", "newPassword": "b" });
    let refused = program
        .change("changePassword", password, "viewer { account { id } }")
        .await;
    assert_eq!(refused.codes(), ["TOKEN_NOT_ALLOWED"]);
    let verify = json!({ "measurementIds": [] });
    let refused = program
        .change("verifyMeasurements", verify, "rows { row }")
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"], "its account may not either");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_to_read_reads_what_the_account_reads_and_writes_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (_, writes) = desk.issue(json!({})).await;
    assert_eq!(
        record(&desk.bearer(&writes), ACTIVITIES, "410102").await,
        "SUBMITTED"
    );
    let (_, reads) = desk.issue(json!({ "scopes": ["READ"] })).await;
    let program = desk.bearer(&reads);
    assert_eq!(
        record(&program, ACTIVITIES, "410103").await,
        "TOKEN_SCOPE_NEEDED"
    );
    let found = program
        .ask("{ measurements(first: 5) { edges { node { value state } } } }")
        .await;
    let own = &found.list("/measurements/edges")[0]["node"];
    assert_eq!(own, &json!({ "value": "12", "state": "SUBMITTED" }));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_some_metrics_records_no_others(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (_, secret) = desk.issue(json!({ "metrics": [ACTIVITIES] })).await;
    let program = desk.bearer(&secret);
    assert_eq!(record(&program, ACTIVITIES, "410102").await, "SUBMITTED");
    assert_eq!(
        record(&program, EXPERTS, "410100").await,
        "TOKEN_METRIC_REFUSED"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_when_its_time_is_over_or_it_is_taken_back(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (id, secret) = desk.issue(json!({})).await;
    let (_, short) = desk.issue(json!({ "expiresOn": "2025-04-02" })).await;
    let (program, other) = (desk.bearer(&secret), desk.bearer(&short));
    assert_eq!(other.ask(WHO).await.status(), 200);
    let input = json!({ "tokenId": id });
    let done = desk
        .security
        .change("revokeApiToken", input, "apiToken { state revokedAt }")
        .await;
    assert_eq!(done.text("/revokeApiToken/apiToken/state"), "REVOKED");
    let refused = program.ask(WHO).await;
    assert_eq!(
        (refused.status(), refused.codes()),
        (401, vec!["UNAUTHENTICATED"])
    );
    desk.app.advance(Duration::days(3));
    assert_eq!(other.ask(WHO).await.status(), 401);
    let mut wrong = secret.clone();
    wrong.push('x');
    assert_eq!(desk.bearer(&wrong).ask(WHO).await.status(), 401);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_used_from_its_addresses_alone_and_its_use_is_seen(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let near = json!({ "addresses": ["127.0.0.0/8", "::1"] });
    let (_, near) = desk.issue(near).await;
    let (_, far) = desk.issue(json!({ "addresses": ["10.0.0.0/8"] })).await;
    assert_eq!(desk.bearer(&near).ask(WHO).await.status(), 200);
    let refused = desk.bearer(&far).ask(WHO).await;
    assert_eq!(
        (refused.status(), refused.codes()),
        (403, vec!["TOKEN_ADDRESS_REFUSED"])
    );
    let file = desk.bearer(&far).get("/exports/figures");
    assert_eq!(file.send().await.expect("an answer").status().as_u16(), 403);

    let round = duban_app::jobs::run_once(desk.app.app()).await;
    assert_eq!(round.expect("a round of jobs").token_uses, 1);
    let query = "query($id: ID!) { account(id: $id) { apiTokens {
        addresses lastAddress lastUsedAt state } } }";
    let asked = json!({ "id": desk.account });
    let seen = desk.security.ask_with(query, asked).await;
    let tokens = seen.list("/account/apiTokens");
    assert_eq!(
        tokens[0]["lastUsedAt"],
        json!(null),
        "the far one, the newest"
    );
    assert_eq!(tokens[1]["lastAddress"], "127.0.0.1");
    assert!(tokens[1]["lastUsedAt"].is_string());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_socket_that_a_token_opened_closes_when_it_is_taken_back(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (id, secret) = desk.issue(json!({ "scopes": ["READ"] })).await;
    let mut socket = Socket::begin(&desk.app.url("/graphql/ws"), &secret).await;
    let input = json!({ "tokenId": id });
    desk.security
        .change("revokeApiToken", input, "apiToken { state }")
        .await;
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_some_metrics_takes_no_way_around_by_files(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (_, free) = desk.issue(json!({})).await;
    let (_, narrow) = desk.issue(json!({ "metrics": [EXPERTS] })).await;
    let (free, narrow) = (desk.bearer(&free), desk.bearer(&narrow));
    let file = format!("指标编号,填报单位,本月数\n{ACTIVITIES},410102,6\n");
    let upload = async |program: &Person| {
        let sent = program.request(Method::POST, "/uploads?name=a.csv");
        let sent = program.send(sent.body(file.clone())).await;
        assert_eq!(sent.status(), 201, "{sent:?}");
        json!({ "uploadId": sent.json()["uploadId"], "department": "410100",
            "period": "2025-03" })
    };
    let begun = narrow
        .change(
            "startMeasurementImport",
            upload(&narrow).await,
            "import { id }",
        )
        .await;
    assert_eq!(
        begun.user_errors("startMeasurementImport"),
        ["TOKEN_IMPORT_REFUSED at uploadId"]
    );
    let mut input = upload(&free).await;
    input["mode"] = json!("ALL_OR_NOTHING");
    let taken = free
        .change("applyMeasurementSheet", input, "sheet { id taken }")
        .await;
    assert_eq!(
        taken.number("/applyMeasurementSheet/sheet/taken"),
        1,
        "{taken:?}"
    );
    let sheet = taken.text("/applyMeasurementSheet/sheet/id");
    let undo = json!({ "sheetId": sheet, "reason": "重报" });
    let refused = narrow
        .change("undoMeasurementSheet", undo.clone(), "sheet { id }")
        .await;
    assert_eq!(
        refused.user_errors("undoMeasurementSheet"),
        ["TOKEN_METRIC_REFUSED at metric"]
    );
    let done = free
        .change("undoMeasurementSheet", undo, "sheet { id }")
        .await;
    assert_eq!(done.user_errors("undoMeasurementSheet"), [""; 0]);
}
