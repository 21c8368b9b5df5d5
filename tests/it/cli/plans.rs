//! `duban plan`: reading, checking, importing and comparing.

use std::fs;

use serde_json::Value;

use super::{Done, Place, list, plan_path, plan_text};

fn has_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "{key} is missing in {value}");
    }
}

#[test]
fn plan_parse_prints_the_shape_of_the_contract_and_nothing_else() {
    let done = Place::new().run(&["plan", "parse", &plan_path(), "--format", "json"]);
    assert_eq!(done.code(), 0, "{}", done.stderr());
    let plan = done.json();
    has_keys(
        &plan,
        &["format", "source", "document", "plans", "warnings"],
    );
    assert_eq!(plan["format"], "duban-plan/1");
    assert_eq!(plan["source"]["file"], "henan-cast-2025.md");
    assert_eq!(plan["source"]["characters"], plan_text().chars().count());
    let document = &plan["document"];
    assert_eq!(document["documentNumber"], "豫科协办发〔2025〕2号");
    assert_eq!(document["year"], 2025);
    assert_eq!(document["issuedOn"], "2025-03-17");
    has_keys(document, &["title", "issuingBody", "recipients"]);
    let [points, keys] = list(&plan, "plans").as_slice() else {
        panic!("two plans")
    };
    assert_eq!(
        (points["kind"].as_str(), keys["kind"].as_str()),
        (Some("WORK_POINTS"), Some("KEY_TASKS"))
    );
    assert_eq!(
        (list(points, "sections").len(), list(points, "tasks").len()),
        (8, 26)
    );
    assert_eq!(list(keys, "tasks").len(), 10);
    let section = &points["sections"][0];
    has_keys(
        section,
        &["key", "ordinal", "title", "level", "parent", "span"],
    );
    for task in list(points, "tasks").iter().chain(list(keys, "tasks")) {
        has_keys(
            task,
            &[
                "number",
                "ordinal",
                "title",
                "section",
                "text",
                "departments",
            ],
        );
        has_keys(
            task,
            &["roleStated", "othersUnnamed", "deadline", "metrics", "span"],
        );
        for department in list(task, "departments") {
            has_keys(department, &["name", "nameInText", "role"]);
        }
        for metric in list(task, "metrics") {
            has_keys(
                metric,
                &["phrase", "value", "unit", "comparator", "subject", "by"],
            );
            has_keys(metric, &["perYear", "tentative", "span"]);
            assert!(metric["value"].is_string());
        }
    }
}

#[test]
fn plan_parse_knows_the_shipped_departments_without_a_database() {
    let place = Place::new();
    let names = |args: &[&str]| -> Vec<String> {
        let plan = place.run(args).json();
        let tasks = list(&plan, "plans")
            .iter()
            .flat_map(|one| list(one, "tasks"));
        let departments = tasks.flat_map(|task| list(task, "departments"));
        departments
            .filter_map(|one| one["name"].as_str().map(str::to_owned))
            .collect()
    };
    let path = plan_path();
    let short = "科普部".to_owned();
    assert!(!names(&["plan", "parse", &path]).contains(&short));
    assert!(names(&["plan", "parse", &path, "--departments", "none"]).contains(&short));
    let own = place.write("own.csv", "name,short_name\n本会科普工作部,科普部\n");
    assert!(
        names(&["plan", "parse", &path, "--departments", &own])
            .contains(&"本会科普工作部".to_owned())
    );
    assert!(!place.0.path().join("duban.db").exists());
}

#[test]
fn plan_parse_reads_standard_input_and_prints_for_people() {
    let place = Place::new();
    let piped = place.run_with_input(&["plan", "parse", "-"], plan_text().as_bytes());
    assert_eq!(
        (piped.code(), &piped.json()["source"]["file"]),
        (0, &Value::from("-"))
    );
    let text = place.run(&["plan", "parse", &plan_path(), "--format", "text"]);
    assert_eq!(text.code(), 0);
    assert!(text.stdout().contains("豫科协办发〔2025〕2号") && text.stdout().contains("≥"));
}

#[test]
fn a_file_that_cannot_be_read_ends_with_2_and_says_why() {
    let place = Place::new();
    fs::create_dir(place.0.path().join("folder")).expect("a folder");
    let files = [
        place.write("empty.md", ""),
        place.write("binary.txt", [0_u8, 1, 2, 255, 254, 7, 0, 9]),
        place.write("picture.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        place.write("sheet.csv", b"PK\x03\x04 not really"),
        "folder".to_owned(),
        "missing.md".to_owned(),
    ];
    for file in &files {
        for command in ["parse", "check", "import", "diff"] {
            let done = place.run(&["plan", command, file]);
            assert_eq!(done.code(), 2, "{file}: {}", done.stderr());
            assert!(
                done.stdout().is_empty() && done.stderr().contains(file.as_str()),
                "{file}"
            );
        }
    }
    assert!(!place.0.path().join("duban.db").exists());
}

#[test]
fn a_text_without_numbered_tasks_ends_with_3() {
    let place = Place::with_officer();
    let file = place.write(
        "letter.md",
        "关于放假的通知\n\n各部门：明天放假一天，请互相转告。\n",
    );
    let done = place.run(&["plan", "parse", &file]);
    assert_eq!((done.code(), done.stdout()), (3, String::new()));
    let done = place.run(&["plan", "import", &file, "--yes"]);
    assert_eq!((done.code(), done.stdout()), (3, String::new()));
}

#[test]
fn a_wrong_command_line_ends_with_64_and_help_with_0() {
    let place = Place::new();
    for args in [
        &["plan"][..],
        &["plan", "parse"],
        &["fly"],
        &["plan", "parse", "x", "--format", "xml"],
    ] {
        assert_eq!(place.run(args).code(), 64, "{args:?}");
    }
    let help = place.run(&["plan", "parse", "--help"]);
    assert_eq!(help.code(), 0);
    assert!(help.stdout().contains("Exit codes"));
}

#[test]
fn messages_follow_the_flag_before_the_locale() {
    let place = Place::new();
    let chinese = place.run(&["plan", "parse", "missing.md"]);
    assert!(
        chinese.stderr().contains("没有这个文件"),
        "{}",
        chinese.stderr()
    );
    let english = place.run(&["--language", "en", "plan", "parse", "missing.md"]);
    assert!(
        english.stderr().contains("there is no such file"),
        "{}",
        english.stderr()
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    let mut child = place
        .command(&["plan", "parse", &plan_path()])
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let done = Done(child.wait_with_output().expect("it ends"));
    assert_eq!((done.code(), done.stderr()), (0, String::new()));
}

#[test]
fn plan_check_reports_the_findings_of_the_shipped_plan_with_their_clauses() {
    let place = Place::new();
    let done = place.run(&["plan", "check", &plan_path(), "--format", "json"]);
    assert_eq!(done.code(), 0, "{}", done.stderr());
    let report = done.json();
    assert_eq!(report["counts"]["POINT_WITHOUT_NUMBER"], 17);
    assert_eq!(report["counts"]["POINT_WITHOUT_DATE"], 26);
    for finding in list(&report, "findings") {
        has_keys(finding, &["code", "severity", "message", "task", "line"]);
        has_keys(finding, &["span", "clause", "figures"]);
        assert!(
            finding["clause"]
                .as_str()
                .is_some_and(|clause| !clause.is_empty())
        );
    }
    let disagree: Vec<_> = list(&report, "findings")
        .iter()
        .filter(|one| one["severity"] == "WARNING")
        .filter(|one| one["code"] != "POINT_WITHOUT_DELIVERABLE")
        .map(|one| {
            (
                one["task"]["code"].clone(),
                one["figures"]["departments"].clone(),
            )
        })
        .collect();
    let text = |one: &str| Value::from(one);
    assert_eq!(
        disagree,
        [
            (text("2025-K02"), text("科学技术普及部")),
            (text("2025-K06"), text("省科普中心"))
        ]
    );
    let strict = place.run(&["plan", "check", &plan_path(), "--strict"]);
    assert_eq!(strict.code(), 4);
    assert!(strict.stdout().contains("科学技术普及部"));
}

#[test]
fn plan_import_asks_first_and_the_same_file_again_changes_nothing() {
    let place = Place::with_officer();
    let path = plan_path();
    let unasked = place.run(&["plan", "import", &path]);
    assert_eq!(unasked.code(), 1);
    assert!(unasked.stdout().contains("学会学术部") && unasked.stderr().contains("--yes"));
    assert_eq!(place.run(&["plan", "check", "2025"]).code(), 1);

    let first = place.run(&["plan", "import", &path, "--yes", "--format", "json"]);
    assert_eq!(first.code(), 0, "{}", first.stderr());
    let first = first.json();
    assert_eq!(
        (&first["isNew"], &first["plan"]["code"]),
        (&Value::from(true), &Value::from("2025"))
    );
    assert_eq!(first["plan"]["state"], "DRAFT");
    let again = place.run(&["plan", "import", &path, "--format", "json"]);
    assert_eq!(
        (again.code(), &again.json()["isNew"]),
        (0, &Value::from(false))
    );
    assert_eq!(again.json()["plan"]["id"], first["plan"]["id"]);

    let file = place
        .run(&["plan", "check", &path, "--format", "json"])
        .json();
    let stored = place
        .run(&["plan", "check", "2025", "--format", "json"])
        .json();
    assert_eq!(file["counts"], stored["counts"]);
}

#[test]
fn plan_import_needs_an_account_that_may_and_a_name_where_several_may() {
    let place = Place::seeded();
    let path = plan_path();
    let nobody = place.run(&["plan", "import", &path, "--yes"]);
    assert_eq!(nobody.code(), 1);
    assert!(
        nobody.stderr().contains("duban user create"),
        "{}",
        nobody.stderr()
    );
    for (login, role) in [
        ("first", "OFFICER"),
        ("second", "OFFICER"),
        ("guest", "VIEWER"),
    ] {
        assert_eq!(place.create_user(login, role).code(), 0);
    }
    let unnamed = place.run(&["plan", "import", &path, "--yes"]);
    assert_eq!(unnamed.code(), 1);
    assert!(
        unnamed.stderr().contains("first、second"),
        "{}",
        unnamed.stderr()
    );
    assert_eq!(
        place
            .run(&["plan", "import", &path, "--yes", "--as", "guest"])
            .code(),
        1
    );
    assert_eq!(
        place
            .run(&["plan", "import", &path, "--yes", "--as", "second"])
            .code(),
        0
    );
}

#[test]
fn plan_diff_names_the_tasks_that_differ() {
    let place = Place::with_officer();
    assert_eq!(
        place.run(&["plan", "import", &plan_path(), "--yes"]).code(),
        0
    );
    let same = place.run(&["plan", "diff", &plan_path(), "--strict"]);
    assert_eq!(same.code(), 0, "{}", same.stdout());
    let other = place.write(
        "other.md",
        plan_text().replacen("（责任部门：调研宣传部）", "（责任部门：办公室）", 1),
    );
    let differs = place.run(&[
        "plan", "diff", &other, "2025", "--strict", "--format", "json",
    ]);
    assert_eq!(differs.code(), 4, "{}", differs.stderr());
    let changed: Vec<_> = list(&differs.json(), "tasks")
        .iter()
        .filter(|task| task["change"] != "SAME")
        .map(|task| (task["change"].clone(), task["number"].clone()))
        .collect();
    assert_eq!(changed, [(Value::from("CHANGED"), Value::from(2))]);
    assert_eq!(place.run(&["plan", "diff", &other, "1999"]).code(), 1);
}
