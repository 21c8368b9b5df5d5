//! What the copies are made from, filled by the code under test once for each build of the tests.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use duban_app::{
    App, AppSettings, CALLS_TOGETHER, IMPORT_PART_ROWS,
    audit::AuditSettings,
    identity::{IdentitySettings, NewAccount, NewGrant},
    notify::NotifySettings,
    seed,
    uploads::UploadSettings,
    webhooks::WebhookSettings,
};
use duban_domain::{
    access::{Reach, Role},
    webhook::Reachable,
};
use duban_persistence::Store;

use crate::{clock::TestClock, database, person::PASSWORD};

/// The unit at the top of the seeded tree.
const TOP: &str = "HNAST";
/// Leftovers of tests that were killed are swept after this; it is longer than any run.
pub const STALE: Duration = Duration::from_hours(3);

/// The accounts of every template, by login: each over the whole organisation.
const PEOPLE: [(&str, Role); 7] = [
    ("officer", Role::Officer),
    ("leader", Role::Leader),
    ("viewer", Role::Viewer),
    ("verifier", Role::Verifier),
    ("system-admin", Role::SystemAdmin),
    ("security-admin", Role::SecurityAdmin),
    ("auditor", Role::Auditor),
];

/// Tells one build of the tests from another: every build fills templates of its own.
pub fn key() -> String {
    let program = std::env::current_exe().expect("the path of the test program");
    let about = program.metadata().expect("the test program");
    let mut hasher = DefaultHasher::new();
    (program, about.len(), about.modified().ok()).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Seconds since 1970 on the machine's clock, for names that tell their age.
pub fn seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// The settings of an installation over a database.
pub fn settings(url: &str, folder: &Path) -> AppSettings {
    AppSettings {
        store: database::settings(url),
        identity: IdentitySettings {
            key_file: folder.join("signing.key"),
            factor_key_file: folder.join("factor.key"),
            administrators_need_factor: false,
            approvals_need_factor: false,
            access_token: time::Duration::minutes(5),
            idle: time::Duration::hours(8),
            absolute: time::Duration::hours(168),
            sessions_per_account: 10,
            principal_age: std::time::Duration::from_secs(1),
            is_demo: true,
            oidc: None,
        },
        audit: AuditSettings {
            key_file: folder.join("audit.key"),
            anchor_file: folder.join("anchor.jsonl"),
        },
        notify: NotifySettings::default(),
        calls_together: CALLS_TOGETHER,
        import_part_rows: IMPORT_PART_ROWS,
        uploads: UploadSettings::default(),
        webhooks: WebhookSettings {
            reachable: Reachable {
                allowed: vec!["127.0.0.1/32".parse().expect("a network")],
            },
        },
    }
}

/// Opens the installation over a database whose schema is there.
pub async fn open(url: &str, folder: &Path, clock: Arc<TestClock>) -> App {
    let settings = settings(url, folder);
    App::open(settings, clock).await.expect("the installation")
}

/// Brings an empty database to `Content::Organisation`.
pub async fn fill_organisation(url: &str, folder: &Path) {
    let db = Store::open_for_migration(&database::settings(url))
        .await
        .expect("a connection for migrations");
    duban_migrations::migrate(&db)
        .await
        .expect("the migrations");
    db.close().await.expect("the end of a connection");
    let app = open(url, folder, Arc::default()).await;
    seed::seed(&app).await.expect("the seeds");
    for (login, role) in PEOPLE {
        add_account(&app, login, (role, TOP, Reach::Subtree)).await;
    }
}

/// Brings a database from `Content::Organisation` to `Content::Plan2025`.
pub async fn fill_plan(url: &str, folder: &Path) {
    let app = open(url, folder, Arc::default()).await;
    let report = seed::seed_demo(&app).await.expect("the plan of 2025");
    assert!(report.is_plan_new, "the plan of 2025 is in no template yet");
}

/// Makes an account with one role.
pub async fn add_account(app: &App, login: &str, (role, department, reach): (Role, &str, Reach)) {
    let account = NewAccount {
        login: login.to_owned(),
        display_name: format!("测试·{login}"),
        department: department.to_owned(),
        password: Some(PASSWORD.to_owned().into()),
        is_demo: false,
        grants: vec![NewGrant {
            role,
            department: department.to_owned(),
            reach,
        }],
    };
    app.identity()
        .create_account(account)
        .await
        .expect("an account");
}
