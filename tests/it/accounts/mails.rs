//! One-time links by mail: sealed while they wait, shown to nobody who must not see them.

use base64::{Engine, engine::general_purpose::STANDARD};
use duban_app::{App, jobs};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{OTHER, accept, id_of, secret_of, security};
use crate::{
    mail::{Postman, by},
    sql,
};

const LINKED: &str = "account { id } link { path } mailedTo";
const MAILS: &str =
    "{ outgoingMails { edges { node { recipientName address subject state failure attempts } } } }";

/// A server that has a mail server, and the mail server.
async fn with_post(backend: Backend) -> (TestApp, Postman) {
    let (postman, port) = Postman::listen();
    let set = |settings: &mut duban_app::AppSettings| {
        settings.notify.mail = Some(by(port));
        "https://duban.example.org/".clone_into(&mut settings.notify.public_url);
    };
    let app = TestApp::start_as(backend, Content::Organisation, set).await;
    (app, postman)
}

async fn sent(app: &App) -> u64 {
    jobs::run_once(app).await.expect("a round of jobs").mails
}

async fn invite_by_mail(admin: &Person) -> Answer {
    let input = json!({ "login": "li-na", "displayName": "李娜", "departmentId": "XXB",
        "mailAddress": " li.na@example.org " });
    let answer = admin.change("inviteAccount", input, LINKED).await;
    assert_eq!(answer.user_errors("inviteAccount"), [""; 0], "{answer:?}");
    answer
}

async fn reset(admin: &Person, id: &str) -> Answer {
    let input = json!({ "accountId": id });
    admin.change("startPasswordReset", input, LINKED).await
}

/// States and failures of the mails, the newest first.
async fn mails(admin: &Person) -> Vec<(String, String)> {
    let answer = admin.ask(MAILS).await;
    let text = |one: &serde_json::Value| one.as_str().unwrap_or_default().to_owned();
    let all = answer.list("/outgoingMails/edges").iter();
    all.map(|one| (text(&one["node"]["state"]), text(&one["node"]["failure"])))
        .collect()
}

/// The text of a mail as it came.
fn text_of(mail: &str) -> String {
    let (head, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
    if !head.contains("Content-Transfer-Encoding: base64") {
        // Quoted-printable breaks long lines; what these mails say needs no more than that.
        return body.replace("=\r\n", "").replace("=23", "#");
    }
    let body: String = body.split_whitespace().collect();
    let bytes = STANDARD.decode(body).expect("base 64");
    String::from_utf8(bytes).expect("UTF-8")
}

fn link_in(text: &str) -> String {
    let link = text
        .lines()
        .find_map(|line| line.strip_prefix("https://duban.example.org"));
    secret_of(link.expect("a link in a line of its own").trim())
}

fn wait_an_instant(app: &TestApp) {
    app.advance(Duration::seconds(1));
}

#[rstest]
#[tokio::test]
async fn an_invitation_goes_by_mail_to_its_owner_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (app, postman) = with_post(backend).await;
    let admin = app.system_admin().await;
    let answer = invite_by_mail(&admin).await;
    assert!(answer.at("/inviteAccount/link").is_null(), "{answer:?}");
    assert_eq!(answer.text("/inviteAccount/mailedTo"), "l***@example.org");
    let waiting = admin.ask(MAILS).await;
    assert_eq!(
        waiting.at("/outgoingMails/edges/0/node"),
        &json!({ "recipientName": "李娜", "address": "l***@example.org", "state": "QUEUED",
            "subject": "督办系统：请设置您的密码", "failure": null, "attempts": 0 })
    );
    let sealed = "SELECT COUNT(*) FROM outgoing_mail WHERE secret IS NOT NULL";
    assert_eq!(sql::number(&app, sealed).await, 1);

    assert_eq!(sent(app.app()).await, 1);
    let text = text_of(&postman.texts()[0]);
    assert!(text.contains("登录名：li-na") && text.contains("2025年3月18日 09:30"));
    let secret = link_in(&text);
    assert_eq!(sql::number(&app, sealed).await, 0, "gone with the mail");
    for column in [
        "outgoing_mail WHERE body",
        "audit_event WHERE CAST(detail AS TEXT)",
    ] {
        let kept = format!("SELECT COUNT(*) FROM {column} LIKE '%{secret}%'");
        assert_eq!(sql::number(&app, &kept).await, 0, "{column}");
    }
    let done = accept(&app, &secret, OTHER).await;
    assert_eq!(done.text("/acceptInvitation/login"), "li-na");
}

#[rstest]
#[tokio::test]
async fn the_secret_of_a_waiting_mail_is_in_no_readable_column(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let answer = invite_by_mail(&admin).await;
    let secret = secret_of(answer.text("/inviteAccount/link/path"));
    let row = "SELECT natural_key || subject || body || COALESCE(failure, '') FROM outgoing_mail";
    let rows = sql::texts(&app, row).await;
    assert_eq!(rows.len(), 1);
    assert!(rows[0].contains("{link}") && !rows[0].contains(&secret));
    let hex = secret
        .bytes()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let bytes = match backend {
        Sqlite => "lower(hex(secret))",
        Postgres => "encode(secret, 'hex')",
    };
    let stored = sql::texts(&app, &format!("SELECT {bytes} FROM outgoing_mail")).await;
    assert!(
        stored[0].len() > hex.len() && !stored[0].contains(&hex),
        "sealed"
    );
    let malformed = json!({ "login": "wang", "displayName": "王", "departmentId": "XXB",
        "mailAddress": "wang@nowhere" });
    let refused = admin.change("inviteAccount", malformed, LINKED).await;
    assert_eq!(
        refused.user_errors("inviteAccount"),
        ["MAIL_ADDRESS_MALFORMED at mailAddress"]
    );
}

#[rstest]
#[tokio::test]
async fn a_mail_whose_link_was_replaced_used_or_ended_is_given_up(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let first = invite_by_mail(&admin).await;
    let id = first.text("/inviteAccount/account/id").to_owned();
    wait_an_instant(&app);
    let second = reset(&admin, &id).await;
    let over = "its link was used, or replaced by another".to_owned();
    let (queued, failed) = ("QUEUED".to_owned(), "FAILED".to_owned());
    assert_eq!(
        mails(&admin).await,
        [
            (queued.clone(), String::new()),
            (failed.clone(), over.clone())
        ]
    );
    let secret = secret_of(second.text("/startPasswordReset/link/path"));
    let done = accept(&app, &secret, OTHER).await;
    assert_eq!(done.text("/acceptInvitation/login"), "li-na");
    assert_eq!(mails(&admin).await[0], (failed.clone(), over));

    wait_an_instant(&app);
    reset(&admin, &id).await;
    app.advance(Duration::hours(23));
    sent(app.app()).await;
    let admin = app.system_admin().await;
    assert_eq!(
        mails(&admin).await[0],
        (queued, String::new()),
        "still good"
    );
    app.advance(Duration::hours(1));
    sent(app.app()).await;
    let admin = app.system_admin().await;
    assert_eq!(
        mails(&admin).await[0],
        (failed, "its link ended before it was sent".to_owned())
    );
    let kept = "SELECT COUNT(*) FROM outgoing_mail WHERE secret IS NOT NULL";
    assert_eq!(sql::number(&app, kept).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_link_of_a_disabled_account_is_not_sent(#[values(Sqlite, Postgres)] backend: Backend) {
    let (app, postman) = with_post(backend).await;
    let admin = app.system_admin().await;
    let invited = invite_by_mail(&admin).await;
    let input = json!({ "accountId": invited.text("/inviteAccount/account/id") });
    admin
        .change("disableAccount", input, "account { state }")
        .await;
    assert_eq!(sent(app.app()).await, 0);
    assert_eq!(postman.texts(), [""; 0]);
    assert_eq!(
        mails(&admin).await,
        [(
            "FAILED".to_owned(),
            "its link is good for nothing any more".to_owned()
        )]
    );
}

#[rstest]
#[tokio::test]
async fn the_system_administrator_never_sees_a_link_of_another_administrator(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let head = sql::audit_head(&app).await;
    for login in ["security-admin", "auditor"] {
        let refused = reset(&admin, &id_of(&admin, login).await).await;
        assert_eq!(
            refused.user_errors("startPasswordReset"),
            ["LINK_NEEDS_ADDRESS at accountId"]
        );
    }
    assert_eq!(sql::audit_after(&app, head).await, [""; 0]);
    let links = "SELECT COUNT(*) FROM account_link";
    assert_eq!(sql::number(&app, links).await, 0);

    let own = json!({ "expectedVersion": 0, "address": "li@example.org", "isMailOn": false,
        "quietFrom": 18, "quietUntil": 8, "language": "ENGLISH" });
    let set = security(&app)
        .await
        .change("updateNotificationSettings", own, "settings { version }")
        .await;
    assert_eq!(set.user_errors("updateNotificationSettings"), [""; 0]);
    let made = reset(&admin, &id_of(&admin, "security-admin").await).await;
    assert!(
        made.at("/startPasswordReset/link").is_null(),
        "no mail server, and not shown either: {made:?}"
    );
    assert_eq!(
        made.text("/startPasswordReset/mailedTo"),
        "l***@example.org"
    );
    let (postman, port) = Postman::listen();
    let server = app
        .another(|settings| {
            settings.notify.mail = Some(by(port));
            settings.notify.public_url = "https://duban.example.org".to_owned();
        })
        .await;
    assert_eq!(sent(&server).await, 1);
    let text = text_of(&postman.texts()[0]);
    assert!(text.contains("Login: security-admin"), "{text}");
    let done = accept(&app, &link_in(&text), OTHER).await;
    assert_eq!(done.text("/acceptInvitation/login"), "security-admin");
}

#[rstest]
#[tokio::test]
async fn a_link_that_was_seen_does_not_lead_to_an_administrator_who_is_made_later(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let (_, secret) = super::invite(&admin, "li-na").await;
    let grant = json!({ "accountId": id_of(&admin, "li-na").await, "role": "AUDITOR",
        "departmentId": "HNAST", "reach": "SUBTREE" });
    let given = security(&app)
        .await
        .change("grantRole", grant, "account { login }")
        .await;
    assert_eq!(given.user_errors("grantRole"), [""; 0], "{given:?}");
    let refused = accept(&app, &secret, OTHER).await;
    assert_eq!(
        refused.user_errors("acceptInvitation"),
        ["LINK_UNKNOWN at token"]
    );
}
