//! The binary as its operators run it: what it prints, how it ends, what it leaves behind.

mod audit;
mod measures;
mod operations;
mod plans;
mod provider;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A password that is taken.
const PASSWORD: &str = "秋天的银杏叶黄了满街又满城";

/// The binary, which `cargo build --workspace --bins` puts beside the tests.
pub fn binary() -> PathBuf {
    let here = std::env::current_exe().expect("the tests know where they are");
    let folder = here.parent().and_then(Path::parent).expect("target folder");
    let binary = folder.join(format!("duban{}", std::env::consts::EXE_SUFFIX));
    assert!(
        binary.exists(),
        "{} is missing; run: cargo build --workspace --bins",
        binary.display()
    );
    binary
}

/// A folder with a database of its own.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// With schema and organisation.
    fn seeded() -> Self {
        let place = Self::new();
        place.run(&["migrate"]).succeeded();
        place.run(&["seed"]).succeeded();
        place
    }

    /// With an account that may import.
    fn with_officer() -> Self {
        let place = Self::seeded();
        place.create_user("officer", "OFFICER").succeeded();
        place
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(binary());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DUBAN_") {
                command.env_remove(name);
            }
        }
        command
            .args(args)
            .current_dir(self.0.path())
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("DUBAN_DATABASE__URL", "sqlite://duban.db")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> Done {
        Done(self.command(args).output().expect("the binary runs"))
    }

    fn run_with_input(&self, args: &[&str], input: &[u8]) -> Done {
        let mut command = assert_cmd::Command::from_std(self.command(args));
        Done(
            command
                .write_stdin(input)
                .output()
                .expect("the binary runs"),
        )
    }

    fn create_user(&self, login: &str, role: &str) -> Done {
        let args = [
            "user",
            "create",
            login,
            "--name",
            "张三",
            "--department",
            "HNAST",
            "--role",
            role,
            "--reach",
            "SUBTREE",
            "--password-stdin",
        ];
        self.run_with_input(&args, format!("{PASSWORD}\n").as_bytes())
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.0.path().join(name), content).expect("a file is written");
        name.to_owned()
    }
}

/// A command that has ended.
struct Done(Output);

impl Done {
    fn code(&self) -> i32 {
        let stderr = self.stderr();
        assert!(
            !stderr.contains("panicked") && !stderr.contains("RUST_BACKTRACE"),
            "{stderr}"
        );
        self.0.status.code().expect("the process ended by itself")
    }

    fn succeeded(&self) {
        assert_eq!(self.code(), 0, "{}", self.stderr());
    }

    fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("standard output is UTF-8")
    }

    fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout()).expect("standard output is JSON and nothing else")
    }
}

/// The 2025 plan that is shipped.
fn plan_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/plans/henan-cast-2025.md")
}

fn plan_path() -> String {
    plan_file().display().to_string()
}

fn plan_text() -> String {
    fs::read_to_string(plan_file()).expect("the shipped plan")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().expect("a list")
}
