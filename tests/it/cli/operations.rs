//! Schema, seed, accounts, examination and the server, as an operator handles them.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use super::{PASSWORD, Place};

#[test]
fn migrate_goes_up_tells_its_steps_and_goes_down_when_told_twice() {
    let place = Place::new();
    assert_eq!(place.run(&["migrate", "--status"]).code(), 1);
    assert_eq!(place.run(&["migrate"]).code(), 0);
    let steps = place
        .run(&["migrate", "--status", "--format", "json"])
        .json();
    let applied = |steps: &Value| {
        steps
            .as_array()
            .map(|all| all.iter().filter(|one| one["isApplied"] == true).count())
    };
    let all = steps.as_array().map(Vec::len);
    assert_eq!(applied(&steps), all);
    assert_eq!(place.run(&["migrate", "--down", "1"]).code(), 1);
    assert_eq!(place.run(&["migrate", "--down", "1", "--yes"]).code(), 0);
    let steps = place
        .run(&["migrate", "--status", "--format", "json"])
        .json();
    assert_eq!(applied(&steps), all.map(|all| all - 1));
    let seed = place.run(&["seed"]);
    assert_eq!(seed.code(), 1);
    assert!(seed.stderr().contains("duban migrate"), "{}", seed.stderr());
}

#[test]
fn seed_adds_what_is_missing_and_nothing_twice() {
    let place = Place::new();
    assert_eq!(place.run(&["migrate"]).code(), 0);
    let first = place.run(&["seed", "--demo", "--format", "json"]).json();
    assert_eq!(first["departments"], 186 - 1);
    assert_eq!(first["demo"]["isPlanNew"], true);
    let second = place.run(&["seed", "--demo", "--format", "json"]).json();
    assert_eq!(second["departments"], 0);
    assert_eq!(
        (&second["demo"]["accounts"], &second["demo"]["isPlanNew"]),
        (&Value::from(0), &Value::from(false))
    );
}

#[test]
fn user_create_refuses_what_is_wrong_and_stores_nothing() {
    let place = Place::with_officer();
    let create = |login: &str, department: &str, password: &str| {
        let args = [
            "user",
            "create",
            login,
            "--name",
            "李四",
            "--department",
            department,
            "--role",
            "liaison",
            "--password-stdin",
        ];
        place.run_with_input(&args, password.as_bytes())
    };
    for (login, department, password) in [
        ("li", "XXB", "short"),
        ("l i", "XXB", PASSWORD),
        ("li", "NOWHERE", PASSWORD),
        ("officer", "XXB", PASSWORD),
    ] {
        let done = create(login, department, password);
        assert_eq!(done.code(), 1, "{login} {department}");
        assert!(!done.stderr().contains(PASSWORD));
    }
    assert_eq!(create("li", "XXB", PASSWORD).code(), 0);
    let without_input = place.run(&["user", "password", "li"]);
    assert_eq!(without_input.code(), 1);
    assert!(without_input.stderr().contains("--password-stdin"));
    let password = ["user", "password", "li", "--password-stdin"];
    assert_eq!(
        place
            .run_with_input(&password, "另一句足够长的新口令啊".as_bytes())
            .code(),
        1
    );
    assert_eq!(
        place
            .run_with_input(&password, "另一句足够长的新口令在这里".as_bytes())
            .code(),
        0
    );
    let unknown = ["user", "password", "nobody", "--password-stdin"];
    assert_eq!(
        place.run_with_input(&unknown, PASSWORD.as_bytes()).code(),
        1
    );
}

#[test]
fn schema_prints_the_contract() {
    let done = Place::new().run(&["schema"]);
    assert_eq!(done.code(), 0);
    assert!(done.stdout().contains("type Query"));
}

#[test]
fn doctor_names_what_to_mend() {
    let place = Place::new();
    let bare = place.run(&["doctor"]);
    assert_eq!(bare.code(), 1);
    assert!(bare.stdout().contains("duban migrate"), "{}", bare.stdout());
    let wrong = place.run(&["doctor", "--database", "mysql://x"]);
    assert_eq!(wrong.code(), 1);
    assert!(
        wrong.stdout().contains("database.url"),
        "{}",
        wrong.stdout()
    );

    let place = Place::seeded();
    assert_eq!(place.run(&["doctor"]).code(), 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(place.0.path().join("duban.key"), open).expect("a mode is set");
        let done = place.run(&["doctor"]);
        assert_eq!(done.code(), 1);
        assert!(done.stdout().contains("chmod 600"), "{}", done.stdout());
    }
    let silent = place.run(&["doctor", "--ready", "http://127.0.0.1:1/readyz"]);
    assert_eq!(silent.code(), 1);
}

#[test]
fn the_demo_is_served_on_this_machine_alone() {
    let place = Place::new();
    let refused = place.run(&["serve", "--demo", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code(), 1);
    assert!(
        refused.stderr().contains("server.bind"),
        "{}",
        refused.stderr()
    );
    assert!(!place.0.path().join("duban.db").exists());

    let mut server = Server::start(&place);
    let ready = place.run(&["doctor", "--ready", &format!("{}/readyz", server.url)]);
    assert_eq!(ready.code(), 0, "{}", ready.stderr());
    let said = server.stop();
    assert!(said.contains("demo-officer"), "{said}");
}

#[test]
fn the_demo_starts_again_on_what_it_wrote() {
    let place = Place::new();
    let mut server = Server::start(&place);
    server.stop();
    let mut again = Server::start(&place);
    let ready = place.run(&["doctor", "--ready", &format!("{}/readyz", again.url)]);
    assert_eq!(ready.code(), 0, "{}", ready.stderr());
    again.stop();
}

/// A demo server that ends with the test.
struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    fn start(place: &Place) -> Self {
        let mut command = place.command(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        let mut child = command.stderr(Stdio::null()).spawn().expect("it starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        said.read_line(&mut line).expect("it says where it serves");
        let at = line.find("http://").expect("an address");
        let url = line.get(at..).unwrap_or_default().trim().to_owned();
        Self { child, said, url }
    }

    /// Tells it to end, as a service manager does, and returns what else it said.
    fn stop(&mut self) -> String {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.expect("kill runs").success());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).expect("its output");
        assert!(self.child.wait().expect("it ends").success());
        rest
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
