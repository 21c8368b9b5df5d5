//! Service accounts and their tokens, as programs and those who manage them use them.

mod importing;
mod managing;
mod oauth;
mod refusing;
mod usage;
mod using;
mod warning;

use duban_tests::{Answer, Backend, Person, TestApp};
use serde_json::{Value, json};
use time::Duration;

/// Activities of counties.
const ACTIVITIES: &str = "2025-19-M2";
/// Experts of cities.
const EXPERTS: &str = "2025-19-M1";

const TOKEN: &str = "apiToken { id publicId name scopes addresses state createdAt expiresAt
    lastUsedAt lastAddress revokedAt successorOf createdBy { displayName } } secret";

/// An installation on 1 April 2025 with a service account of 郑州 that may report figures.
struct Desk {
    app: TestApp,
    security: Person,
    account: String,
}

impl Desk {
    async fn open(backend: Backend) -> Self {
        Self::with(TestApp::start(backend).await).await
    }

    async fn with(app: TestApp) -> Self {
        app.advance(Duration::days(15));
        let admin = app.system_admin().await;
        let input = json!({ "login": "zhengzhou-platform", "displayName": "郑州填报平台",
            "departmentId": "410100" });
        let made = admin
            .change(
                "createServiceAccount",
                input,
                "account { id isService state grants { id } }",
            )
            .await;
        assert_eq!(made.user_errors("createServiceAccount"), [""; 0]);
        let account = made.at("/createServiceAccount/account");
        assert_eq!(account["isService"], true);
        assert_eq!(account["state"], "ACTIVE");
        let account = made.text("/createServiceAccount/account/id").to_owned();
        let security = app.sign_in("security-admin").await;
        let role = json!({ "accountId": account, "role": "MUNICIPAL_REPORTER",
            "departmentId": "410100", "reach": "SUBTREE" });
        let granted = security
            .change("grantRole", role, "account { login }")
            .await;
        assert_eq!(granted.user_errors("grantRole"), [""; 0]);
        Self {
            app,
            security,
            account,
        }
    }

    /// Asks for a token with these fields beside what every token has.
    async fn ask(&self, more: Value) -> Answer {
        let mut input = json!({ "accountId": self.account, "name": "月报程序",
            "scopes": ["MEASUREMENT_WRITE"] });
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        self.security.change("issueApiToken", input, TOKEN).await
    }

    /// A token: its id and the whole of it.
    async fn issue(&self, more: Value) -> (String, String) {
        let made = self.ask(more).await;
        assert_eq!(made.user_errors("issueApiToken"), [""; 0], "{made:?}");
        let id = made.text("/issueApiToken/apiToken/id").to_owned();
        (id, made.text("/issueApiToken/secret").to_owned())
    }

    /// The program that has a token.
    fn bearer(&self, secret: &str) -> Person {
        let mut program = self.app.anonymous();
        program.use_token(Some(secret));
        program
    }
}

/// Records a figure of March 2025, and says how it ended.
async fn record(program: &Person, metric: &str, department: &str) -> String {
    let row = json!({ "metric": metric, "department": department, "period": "2025-03",
        "value": "12" });
    let fields = "rows { measurement { state channel } userErrors { code path } }";
    let answer = program
        .change("recordMeasurements", json!({ "rows": [row] }), fields)
        .await;
    if let [code, ..] = answer.codes().as_slice() {
        return (*code).to_owned();
    }
    let row = answer.at("/recordMeasurements/rows/0");
    let error = row["userErrors"][0]["code"].as_str();
    let state = row["measurement"]["state"].as_str();
    error.or(state).unwrap_or("nothing").to_owned()
}
