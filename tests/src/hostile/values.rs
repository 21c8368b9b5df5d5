//! Values that are of the wrong type, too much, or at the edge of what there is.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{End, Hostile, many, query, with};

/// All of them.
pub(super) fn corpus() -> Vec<Hostile> {
    let mut all = variables();
    all.extend(texts());
    all.extend(ids());
    all.extend(days());
    all.extend(periods());
    all.extend(changes());
    all
}

/// Values of the wrong type for every kind of argument.
#[expect(clippy::too_many_lines, reason = "one operation after another")]
fn variables() -> Vec<Hostile> {
    let long = json!("x".repeat(10_000));
    let kinds: [(&str, &str, Vec<Value>); 9] = [
        (
            "Int",
            "tasks(first: $v) { totalCount }",
            vec![json!(1.5), json!("1"), json!(true), json!({}), json!(1e30)],
        ),
        (
            "ID!",
            "task(id: $v) { code }",
            vec![json!(true), json!(1.5), json!({}), json!([[]]), json!(null)],
        ),
        (
            "String",
            "tasks(filter: { text: $v }, first: 1) { totalCount }",
            vec![json!(1), json!({}), json!(false)],
        ),
        (
            "Boolean",
            "tasks(filter: { hasPlan: $v }, first: 1) { totalCount }",
            vec![json!(1), json!("true"), json!({})],
        ),
        (
            "Date",
            "tasks(asOf: $v, first: 1) { totalCount }",
            vec![json!(20_250_101), json!(""), json!({}), long.clone()],
        ),
        (
            "Period",
            "measurements(filter: { period: $v }, first: 1) { totalCount }",
            vec![json!(2025), json!(""), json!([]), long.clone()],
        ),
        (
            "[TaskKind!]",
            "tasks(filter: { kind: $v }, first: 1) { totalCount }",
            vec![json!("NOTHING"), json!(1), json!([{}]), json!([null]), long],
        ),
        (
            "TaskFilter",
            "tasks(filter: $v, first: 1) { totalCount }",
            vec![json!(1), json!("x"), json!(true), json!({ "nothing": 1 })],
        ),
        (
            "TaskOrder",
            "tasks(orderBy: $v, first: 1) { totalCount }",
            vec![json!({}), json!({ "field": "'" }), json!("CODE")],
        ),
    ];
    let mut all = Vec::new();
    for (kind, field, values) in kinds {
        for (value, number) in values.into_iter().zip(1..) {
            let text = format!("query($v: {kind}) {{ {field} }}");
            let name = format!("no {kind}: {number}");
            all.push(with(&name, End::Refused, (&text, json!({ "v": value }))));
        }
    }
    let keys: Vec<String> = (0..10_000).map(|number| format!("2025-{number}")).collect();
    let ids = "query($v: [ID!]!) { nodes(ids: $v) { id } }";
    all.extend([
        with("ten thousand ids", End::Either, (ids, json!({ "v": keys }))),
        query(
            "a variable that nobody defined",
            End::Refused,
            "{ task(id: $v) { code } }",
        ),
        query(
            "a variable of a type that is not there",
            End::Refused,
            "query($v: Nothing) { __typename }",
        ),
    ]);
    all
}

/// What people type to be looked for.
fn texts() -> Vec<Hostile> {
    let found = [
        ("a quotation mark", "'".to_owned()),
        (
            "the end of a statement",
            "'; DROP TABLE task; --".to_owned(),
        ),
        ("always true", "%' OR '1'='1".to_owned()),
        (
            "another table",
            "' UNION SELECT password_hash FROM account --".to_owned(),
        ),
        ("a number of the database's", "$1 ?1 :a @b".to_owned()),
        ("signs of patterns", "%_\\%_\\".repeat(100)),
        ("a pattern of anything", "%".repeat(60_000)),
        ("a pattern of any letters", "_".repeat(60_000)),
        ("backslashes", "\\".repeat(60_000)),
        ("a regular expression", "(a+)+$".repeat(1_000)),
        ("a template", "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>".to_owned()),
        ("a command", "`id` $(id) | cat /etc/passwd".to_owned()),
        ("a script", "<script>alert(1)</script>".to_owned()),
        ("a NUL", "科\u{0}普".to_owned()),
        ("control signs", (1_u8..32).map(char::from).collect()),
        ("one letter that is eighteen", "\u{fdfa}".repeat(30_000)),
        (
            "one letter under fifty thousand marks",
            format!("e{}", "\u{301}".repeat(50_000)),
        ),
        (
            "families",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(5_000),
        ),
        (
            "reading turned round",
            "\u{202e}\u{2066}\u{202d}".repeat(1_000),
        ),
        (
            "signs of no meaning",
            "\u{fffe}\u{ffff}\u{10ffff}\u{e000}".to_owned(),
        ),
        (
            "a capital that grows",
            "\u{130}\u{1e9e}\u{fb03}".repeat(10_000),
        ),
        ("sixty thousand words", many(60_000, "w# ")),
        ("blanks", "\u{3000} \u{a0}\u{2028}".repeat(10_000)),
    ];
    let lists = ["tasks", "departments", "metrics"];
    let all = found.into_iter().zip(lists.into_iter().cycle());
    all.map(|((name, text), list)| {
        let query = format!(
            "query($v: String) {{ {list}(filter: {{ text: $v }}, first: 1) {{ totalCount }} }}"
        );
        with(
            &format!("{name}, in {list}"),
            End::Answered,
            (&query, json!({ "v": text })),
        )
    })
    .collect()
}

/// Ids that name nothing.
fn ids() -> Vec<Hostile> {
    let ids = [
        "../../../../etc/passwd".to_owned(),
        "..\\..\\windows\\system32".to_owned(),
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd".to_owned(),
        "file:///etc/passwd".to_owned(),
        "\u{0}".to_owned(),
        "2025-14\u{0}".to_owned(),
        "2025-14'--".to_owned(),
        String::new(),
        " ".repeat(10_000),
        // `Task:../../etc/passwd`, `Task:`, `:`, `Nothing:` with a key, `Task:` with a key of zeros.
        "VGFzazouLi8uLi9ldGMvcGFzc3dk".to_owned(),
        "VGFzazo".to_owned(),
        "Og".to_owned(),
        "Tm90aGluZzowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA".to_owned(),
        "VGFzazowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA".to_owned(),
        "a".repeat(200_000),
        "\u{202e}41-5202".to_owned(),
    ];
    let fields = [
        "task(id: $v) { code }",
        "plan(id: $v) { code }",
        "metric(id: $v) { code }",
        "department(id: $v) { code }",
        "node(id: $v) { id }",
        "notice(id: $v) { id }",
        "measurementSheet(id: $v) { id }",
        "tasks(filter: { plan: $v, department: $v, section: $v }, first: 1) { totalCount }",
        "metricRollup(metric: $v, departments: [$v]) { __typename }",
    ];
    let mut all = Vec::new();
    for (id, number) in ids.into_iter().zip(1..) {
        let fields = many_of(&fields);
        let text = format!("query($v: ID!) {{ {fields} }}");
        let name = format!("an id of nothing: {number}");
        all.push(with(&name, End::Either, (&text, json!({ "v": id }))));
    }
    for (list, cursor) in [
        ("tasks", "!"),
        ("tasks", "eyJsIjoidGFza3MiLCJrIjpbXX0"),
        ("plans", "////"),
        ("departments", "AAAAAAAAAAAAAAAA"),
        ("metrics", "' OR 1=1 --"),
    ] {
        let text = format!(
            "query($v: String) {{ {list}(after: $v, first: 1) {{ totalCount edges {{ cursor }} }} }}"
        );
        let name = format!("a cursor of {list} that is none: {cursor}");
        all.push(with(&name, End::Refused, (&text, json!({ "v": cursor }))));
    }
    all
}

/// Fields under aliases, so that the same ones may stand beside each other.
fn many_of(fields: &[&str]) -> String {
    let fields = fields.iter().zip(0..);
    fields.fold(String::new(), |mut text, (field, number)| {
        let _ = write!(text, "a{number}: {field} ");
        text
    })
}

/// Days at the edge of what there is, and over it.
fn days() -> Vec<Hostile> {
    let mut all = Vec::new();
    for day in [
        "0000-01-01",
        "-0001-12-31",
        "-9999-01-01",
        "9999-12-31",
        "10000-01-01",
        "+9999-12-31",
        "2025-02-29",
        "2025-13-01",
        "2025-00-00",
        "2025-1-1",
        "２０２５-01-01",
        "2025-01-01T00:00:00Z",
        "today",
    ] {
        let text = "query($v: Date) { a: tasks(asOf: $v, first: 1) { totalCount }
                    b: departments(asOf: $v, first: 1) { totalCount } c: plan(id: \"2025\", asOf: $v) { code } }";
        all.push(with(
            &format!("the day {day}"),
            End::Refused,
            (text, json!({ "v": day })),
        ));
    }
    for day in ["1949-01-01", "2199-12-31", "2024-02-29"] {
        let text = "query($v: Date) { tasks(asOf: $v, first: 1) { totalCount } }";
        all.push(with(
            &format!("the day {day}"),
            End::Answered,
            (text, json!({ "v": day })),
        ));
    }
    all
}

/// Periods that are none, and grids over many.
fn periods() -> Vec<Hostile> {
    let mut all = Vec::new();
    for period in [
        "0000-01",
        "9999-12",
        "1948-12",
        "2200-01",
        "2025-13",
        "2025-00",
        "2025Q0",
        "2025Q5",
        "2025-1",
        "-2025",
        "２０２５-03",
        "2025-03-01",
        "99999",
    ] {
        let text =
            "query($v: Period) { measurements(filter: { period: $v }, first: 1) { totalCount } }";
        all.push(with(
            &format!("the period {period}"),
            End::Refused,
            (text, json!({ "v": period })),
        ));
    }
    let grid =
        "query($v: Int!) { metricMatrix(metrics: [\"2025-19-M2\"], under: \"410100\", depth: $v,
                period: \"2199\") { __typename } }";
    for depth in [i32::MIN, -1, i32::MAX] {
        let name = format!("a grid {depth} levels deep");
        all.push(with(&name, End::Either, (grid, json!({ "v": depth }))));
    }
    all
}

/// Changes that must not be.
#[expect(clippy::too_many_lines, reason = "one operation after another")]
fn changes() -> Vec<Hostile> {
    let record = "mutation($input: RecordMeasurementsInput!) { recordMeasurements(input: $input) {
        rows { userErrors { code } } userErrors { code } } }";
    let row = |value: Value| json!({ "metric": "2025-19-M2", "department": "410102", "period": "2025-03", "value": value });
    let mut all = Vec::new();
    for value in [
        json!("1e400"),
        json!("NaN"),
        json!("-Infinity"),
        json!("0x10"),
        json!("99999999999999999999999999"),
        json!("1.00001"),
        json!(0.1),
        json!("9".repeat(100_000)),
        json!("1\u{0}"),
    ] {
        let name = format!("the figure {:.20}", value.to_string());
        let input = json!({ "input": { "rows": [row(value)] } });
        all.push(with(&name, End::Refused, (record, input)));
    }
    let rows: Vec<Value> = (0..5_000).map(|_| row(json!("1"))).collect();
    all.push(with(
        "five thousand rows",
        End::Refused,
        (record, json!({ "input": { "rows": rows } })),
    ));
    let note = json!({ "input": { "rows": [{ "metric": "\u{0}", "department": "../", "period": "2025-03",
        "value": "1", "reason": "\u{0}".repeat(1_000), "things": ["\u{0}"], "evidence": ["../../etc/passwd"] }],
        "idempotencyKey": "' OR '1'='1" } });
    all.push(with("a row of nothing", End::Refused, (record, note)));
    let task =
        "mutation($input: CreateTaskInput!) { createTask(input: $input) { userErrors { code } } }";
    for (title, deadline) in [
        ("一\u{0}项", "2025-12-31"),
        ("一项", "9999-12-31"),
        ("\u{202e}", "0000-00-00"),
    ] {
        let input = json!({ "input": { "title": title, "deadline": deadline, "kind": "MEETING",
            "source": "x", "lead": "XXB" } });
        all.push(with(
            &format!("a task until {deadline}"),
            End::Refused,
            (task, input),
        ));
    }
    let sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
    for login in ["\u{0}", "' OR '1'='1' --", "../../etc/passwd"] {
        let input = json!({ "input": { "account": login, "password": "x".repeat(100_000) } });
        all.push(with(
            "a name that nobody has",
            End::Refused,
            (sign_in, input),
        ));
    }
    let name =
        "mutation($input: ResolveDepartmentNameInput!) { resolveDepartmentName(input: $input) {
        userErrors { code } } }";
    let input =
        json!({ "input": { "planId": "2025\u{0}", "name": "\u{0}", "department": "' --" } });
    all.push(with("a name with a NUL", End::Refused, (name, input)));
    let trail =
        "query($v: String) { auditEvents(filter: { action: $v, objectType: $v }, first: 1) {
        totalCount } }";
    for action in ["\u{0}", "' OR 1=1 --"] {
        all.push(with(
            "an act in the trail",
            End::Either,
            (trail, json!({ "v": action })),
        ));
    }
    let token = "query($v: String!) { invitation(token: $v) { __typename } }";
    for text in ["\u{0}", "../../etc/passwd", "eyJhbGciOiJub25lIn0.e30."] {
        all.push(with(
            "an invitation",
            End::Either,
            (token, json!({ "v": text })),
        ));
    }
    let receipt = "query($v: String!) { sheetReceipt(receipt: $v) { isGenuine } }";
    all.push(with(
        "a receipt",
        End::Either,
        (receipt, json!({ "v": "-----\n".repeat(50_000) })),
    ));
    let follow = "query($v: String) { changes(after: $v) { __typename } }";
    all.push(with(
        "a place in the changes",
        End::Refused,
        (follow, json!({ "v": "AAAA".repeat(100) })),
    ));
    all
}
