//! Digests by mail: one a day, outside quiet hours, to a mail server that listens.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use duban_app::{
    App, jobs,
    notify::{MailSecurity, MailSettings},
};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use mailin::{Action, Handler, Response, SessionBuilder, response};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use crate::notices::hand_out;

/// A mail server that keeps what it takes.
#[derive(Clone, Default)]
pub struct Postman {
    taken: Arc<Mutex<Vec<String>>>,
    /// Answers to the next mails, before they are taken.
    refusals: Arc<Mutex<Vec<Response>>>,
    current: Vec<u8>,
}

impl Handler for Postman {
    fn rcpt(&mut self, _: &str) -> Response {
        let refusal = self.refusals.lock().expect("refusals").pop();
        refusal.unwrap_or(response::OK)
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.current.clear();
        response::OK
    }

    fn data(&mut self, part: &[u8]) -> std::io::Result<()> {
        self.current.extend_from_slice(part);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let text = String::from_utf8_lossy(&self.current).into_owned();
        self.taken.lock().expect("mails").push(text);
        response::OK
    }
}

impl Postman {
    /// Listens on a free port until the tests end.
    pub fn listen() -> (Self, u16) {
        let postman = Self::default();
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let serving = postman.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serving.clone().speak(&stream).expect("a conversation");
            }
        });
        (postman, port)
    }

    /// Speaks SMTP with one caller until either hangs up.
    fn speak(self, stream: &TcpStream) -> std::io::Result<()> {
        let from = stream.peer_addr()?.ip();
        let mut session = SessionBuilder::new("post.test").build(from, self);
        let (mut lines, mut answers) = (BufReader::new(stream), stream);
        answers.write_all(&session.greeting().buffer()?)?;
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            let answer = session.process(&line);
            line.clear();
            if answer.action != Action::NoReply {
                answers.write_all(&answer.buffer()?)?;
            }
            if answer.action == Action::Close {
                break;
            }
        }
        Ok(())
    }

    /// What it took, as it came.
    pub fn texts(&self) -> Vec<String> {
        self.taken.lock().expect("mails").clone()
    }

    fn count(&self) -> usize {
        self.taken.lock().expect("mails").len()
    }
}

/// The settings of a mail server on that port.
pub fn by(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: MailSecurity::None,
        user: None,
        from: "督办 <duban@example.org>".to_owned(),
        timeout: std::time::Duration::from_secs(10),
    }
}

async fn turn_mail_on(who: &Person, quiet: (i32, i32)) {
    let input = json!({ "expectedVersion": 0, "address": "liaison@example.org", "isMailOn": true,
        "quietFrom": quiet.0, "quietUntil": quiet.1, "language": "CHINESE" });
    let fields = "settings { isMailOn address hasMailServer version }";
    let answer = who
        .change("updateNotificationSettings", input, fields)
        .await;
    assert_eq!(
        answer.user_errors("updateNotificationSettings"),
        [""; 0],
        "{answer:?}"
    );
}

async fn round(app: &App) -> (u64, u64) {
    let round = jobs::run_once(app).await.expect("a round of jobs");
    (round.digests, round.mails)
}

#[rstest]
#[tokio::test]
async fn without_a_mail_server_mails_wait_where_administrators_see_them(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    turn_mail_on(&liaison, (18, 8)).await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    hand_out(&officer, "2025-16", "2025-11-30").await;
    assert_eq!(round(app.app()).await, (1, 0), "one digest for everything");
    hand_out(&officer, "2025-18", "2025-11-30").await;
    assert_eq!(round(app.app()).await, (0, 0), "the next one tomorrow");
    let query = "{ outgoingMails(state: QUEUED) { totalCount edges { node { recipientName address subject attempts } } } }";
    let admin = app.system_admin().await;
    let waiting = admin.ask(query).await;
    assert_eq!(
        waiting.number("/outgoingMails/totalCount"),
        1,
        "{waiting:?}"
    );
    let mail = "/outgoingMails/edges/0/node";
    assert_eq!(waiting.text(&format!("{mail}/address")), "l***@example.org");
    assert!(
        waiting
            .text(&format!("{mail}/subject"))
            .starts_with("督办提醒：")
    );
    assert_eq!(officer.ask(query).await.codes(), ["FORBIDDEN"]);
}

#[rstest]
#[tokio::test]
async fn a_digest_goes_out_once_and_again_after_a_failure(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (postman, port) = Postman::listen();
    let server = app
        .another(|settings| settings.notify.mail = Some(by(port)))
        .await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    turn_mail_on(&liaison, (18, 8)).await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let busy = Response::custom(451, "later".to_owned());
    postman.refusals.lock().expect("refusals").push(busy);
    assert_eq!(round(&server).await, (1, 0), "not taken");
    assert_eq!(round(&server).await, (0, 0), "not before its next try");
    app.advance(Duration::minutes(2));
    assert_eq!(round(&server).await, (0, 1));
    assert_eq!(round(&server).await, (0, 0));
    assert_eq!(postman.count(), 1);
    let text = postman.taken.lock().expect("mails").concat();
    assert!(
        text.contains("Message-ID: <") && text.contains("To: liaison@example.org"),
        "{text}"
    );
    let admin = app.system_admin().await;
    let sent = admin
        .ask("{ outgoingMails { edges { node { state attempts failure sentAt } } } }")
        .await;
    assert_eq!(
        sent.text("/outgoingMails/edges/0/node/state"),
        "SENT",
        "{sent:?}"
    );
    assert_eq!(sent.number("/outgoingMails/edges/0/node/attempts"), 2);

    hand_out(&officer, "2025-18", "2025-11-30").await;
    app.advance(Duration::days(1));
    let gone = Response::custom(550, "no such mailbox".to_owned());
    postman.refusals.lock().expect("refusals").push(gone);
    assert_eq!(round(&server).await, (1, 0));
    app.advance(Duration::hours(1));
    assert_eq!(round(&server).await.1, 0, "refused for good");
    let failed = admin_count(&app, "FAILED").await;
    assert_eq!(failed, 1);
}

async fn admin_count(app: &TestApp, state: &str) -> i64 {
    let admin = app.system_admin().await;
    let query = format!("{{ outgoingMails(state: {state}) {{ totalCount }} }}");
    admin.ask(&query).await.number("/outgoingMails/totalCount")
}

#[rstest]
#[tokio::test]
async fn nothing_is_sent_in_quiet_hours_or_on_a_day_off(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    // It is half past nine on a Monday.
    turn_mail_on(&liaison, (9, 14)).await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    assert_eq!(round(app.app()).await.0, 0, "quiet until two");
    app.advance(Duration::days(5));
    app.advance(Duration::hours(5));
    assert_eq!(round(app.app()).await.0, 0, "a Saturday");
    app.advance(Duration::days(2));
    assert_eq!(round(app.app()).await.0, 1, "Monday afternoon");
}

#[rstest]
#[tokio::test]
async fn settings_say_what_to_mend(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let liaison = app.liaison_of("XXB").await;
    let base = json!({ "expectedVersion": 0, "isMailOn": true, "quietFrom": 18, "quietUntil": 8, "language": "CHINESE" });
    for (key, value, wanted) in [
        ("address", json!(null), "MAIL_ADDRESS_MISSING at address"),
        (
            "address",
            json!("someone"),
            "MAIL_ADDRESS_MALFORMED at address",
        ),
        ("address", json!("a@b"), "MAIL_ADDRESS_MALFORMED at address"),
        ("quietFrom", json!(24), "QUIET_HOURS at quietFrom"),
        ("expectedVersion", json!(4), "CONFLICT at expectedVersion"),
    ] {
        let mut input = base.clone();
        input["address"] = json!("a@example.org");
        input[key] = value;
        let answer = liaison
            .change("updateNotificationSettings", input, "settings { version }")
            .await;
        assert_eq!(answer.user_errors("updateNotificationSettings"), [wanted]);
    }
}

#[tokio::test]
async fn two_servers_at_once_send_one_mail() {
    let app = TestApp::start(Postgres).await;
    let (postman, port) = Postman::listen();
    let set = |settings: &mut duban_app::AppSettings| settings.notify.mail = Some(by(port));
    let (one, two) = (app.another(set).await, app.another(set).await);
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    turn_mail_on(&liaison, (18, 8)).await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    for _ in 0..3 {
        let (first, second) = tokio::join!(round(&one), round(&two));
        assert!(first.0 + second.0 <= 1 && first.1 + second.1 <= 1);
    }
    assert_eq!(postman.count(), 1);
}
