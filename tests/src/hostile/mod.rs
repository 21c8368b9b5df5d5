//! Operations as somebody sends them who wants to break something: read by the tests, timed by a bench.

mod values;

use std::fmt::Write;

use serde_json::{Value, json};

/// How an operation ends that is sent by somebody who may read tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// In an error, of the request or of the user.
    Refused,
    /// In an answer without any: it is harmless.
    Answered,
    /// In either of them.
    Either,
}

/// A body that is posted to `/graphql`.
pub struct Hostile {
    /// What it tries.
    pub name: String,
    /// The body.
    pub body: Vec<u8>,
    /// How it ends.
    pub end: End,
}

/// All of them.
pub fn corpus() -> Vec<Hostile> {
    let mut all = bodies();
    all.extend(documents());
    all.extend(literals());
    all.extend(values::corpus());
    all
}

fn raw(name: &str, body: &[u8]) -> Hostile {
    Hostile {
        name: name.to_owned(),
        body: body.to_vec(),
        end: End::Refused,
    }
}

fn query(name: &str, end: End, text: &str) -> Hostile {
    with(name, end, (text, json!({})))
}

fn with(name: &str, end: End, (text, variables): (&str, Value)) -> Hostile {
    Hostile {
        name: name.to_owned(),
        body: json!({ "query": text, "variables": variables })
            .to_string()
            .into_bytes(),
        end,
    }
}

/// A text many times, with numbers where it says `#`.
fn many(count: usize, one: &str) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        text.push_str(&one.replace('#', &number.to_string()));
        text
    })
}

/// Bodies that are no requests.
fn bodies() -> Vec<Hostile> {
    let arrays = format!(
        r#"{{"query":"{{__typename}}","variables":{{"a":{}{}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let objects = format!(
        r#"{{"query":"{{__typename}}","variables":{}1{}}}"#,
        r#"{"a":"#.repeat(50_000),
        "}".repeat(50_000)
    );
    vec![
        raw(
            "bytes that are no UTF-8",
            b"{\"query\":\"{ __typename \xff\xfe }\"}",
        ),
        raw(
            "an overlong slash",
            b"{\"query\":\"{ __typename } #\xc0\xaf\"}",
        ),
        raw(
            "a lone surrogate in the document",
            br#"{"query":"{ __typename } # \ud800"}"#,
        ),
        raw(
            "a lone surrogate in a variable",
            br#"{"query":"{ __typename }","variables":{"a":"\udfff"}}"#,
        ),
        raw("UTF-16", b"\xff\xfe{\0\"\0q\0u\0e\0r\0y\0"),
        raw("nothing but NUL", &[0; 64]),
        raw("half a request", br#"{"query":"{ __typename "#),
        raw("arrays in arrays", arrays.as_bytes()),
        raw("objects in objects", objects.as_bytes()),
        raw(
            "a name that is a list",
            br#"{"query":"{ __typename }","operationName":[]}"#,
        ),
        raw(
            "a number that no machine holds",
            format!(
                r#"{{"query":"{{__typename}}","variables":{{"a":1{}}},"extensions":3}}"#,
                "0".repeat(9_999)
            )
            .as_bytes(),
        ),
    ]
}

/// Documents that are deep, wide or go round.
#[expect(clippy::too_many_lines, reason = "one operation after another")]
fn documents() -> Vec<Hostile> {
    use End::{Either, Refused};
    let deep = format!(
        "{{ task(id: \"2025-14\") {}code{} }}",
        "{ parent ".repeat(200),
        " }".repeat(201)
    );
    let braces = format!("{}{}", "{ a".repeat(3_000), " }".repeat(3_000));
    let lists = format!(
        "{{ nodes(ids: {}{}) {{ id }} }}",
        "[".repeat(7_000),
        "]".repeat(7_000)
    );
    let objects = format!(
        "{{ tasks(filter: {}1{}) {{ totalCount }} }}",
        "{ text: ".repeat(1_500),
        " }".repeat(1_500)
    );
    let doubling = |levels: usize| {
        let mut text = "{ ...F0 }".to_owned();
        for level in 0..levels {
            let next = level + 1;
            let _ = write!(
                text,
                " fragment F{level} on Query {{ ...F{next} ...F{next} }}"
            );
        }
        let _ = write!(text, " fragment F{levels} on Query {{ __typename }}");
        text
    };
    let types = format!(
        "{{ __schema {{ types {}name{} }} }}",
        "{ fields { type ".repeat(8),
        " } }".repeat(8)
    );
    let of_type = format!(
        "{{ __schema {{ types {}name{} }} }}",
        "{ ofType ".repeat(60),
        " }".repeat(60)
    );
    vec![
        query("two hundred parents", Refused, &deep),
        query("three thousand braces", Refused, &braces),
        query("lists in lists", Refused, &lists),
        query("objects in an argument", Refused, &objects),
        query(
            "five hundred aliases",
            Refused,
            &format!("{{ {} }}", many(500, "a#: __typename ")),
        ),
        query(
            "five hundred counts",
            Refused,
            &format!("{{ {} }}", many(500, "a#: tasks { totalCount } ")),
        ),
        query(
            "fourteen hundred fields",
            Refused,
            &format!("{{ {} }}", many(1_400, "__typename ")),
        ),
        query(
            "a fragment of itself",
            Refused,
            "{ ...A } fragment A on Query { ...A }",
        ),
        query(
            "two fragments of each other",
            Refused,
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        ),
        query(
            "a ring that nobody uses",
            Refused,
            "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
        ),
        query(
            "fragments that double sixteen times",
            Refused,
            &doubling(16),
        ),
        query("fragments that double sixty times", Refused, &doubling(60)),
        query("a fragment that is not there", Refused, "{ ...Nowhere }"),
        query(
            "a fragment on a type that is not there",
            Refused,
            "{ ...A } fragment A on Nothing { id }",
        ),
        query(
            "five hundred directives",
            Refused,
            &format!("{{ __typename {} }}", many(500, "@skip(if: false) ")),
        ),
        query(
            "five hundred directives that are not there",
            Refused,
            &format!("{{ __typename {} }}", many(500, "@nothing# ")),
        ),
        query("introspection in circles", Refused, &types),
        query("introspection to the bottom", Refused, &of_type),
        query(
            "three hundred operations",
            Refused,
            &many(300, "query A# { __typename } "),
        ),
        query(
            "a name of a hundred thousand letters",
            Refused,
            &format!("query {} {{ __typename }}", "a".repeat(100_000)),
        ),
        query(
            "three hundred variables",
            Either,
            &format!("query({}) {{ __typename }}", many(300, "$a#: Int = 1 ")),
        ),
        query(
            "a default that is too deep",
            Refused,
            &format!(
                "query($a: [ID!] = {}{}) {{ __typename }}",
                "[".repeat(7_000),
                "]".repeat(7_000)
            ),
        ),
        query("nothing but comments", Refused, &"#\n".repeat(7_000)),
        query("nothing but commas", Refused, &",".repeat(16_000)),
        query(
            "a text that does not end",
            Refused,
            "{ task(id: \"2025-14) { code } }",
        ),
        query(
            "a block that does not end",
            Refused,
            "{ task(id: \"\"\"2025-14) { code } }",
        ),
        query("a NUL between", Refused, "{ __typename \u{0} }"),
        query(
            "letters that turn the reading round",
            Refused,
            "{ \u{202e}emanepyt__ }",
        ),
        query("letters that look alike", Refused, "{ __t\u{443}pename }"),
        query(
            "a subscription by POST",
            Refused,
            "subscription { taskChanged(planCode: \"2025\") { action } }",
        ),
        query(
            "twenty-five passwords",
            Refused,
            &format!(
                "mutation {{ {} }}",
                many(
                    25,
                    "a#: signIn(input: { account: \"a\", password: \"#\" }) { accessToken } "
                )
            ),
        ),
    ]
}

/// Numbers and texts in the document that no field takes.
#[expect(clippy::too_many_lines, reason = "one operation after another")]
fn literals() -> Vec<Hostile> {
    let numbers = [
        "-1",
        "201",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "99999999999999999999999999999999999999",
        "1.5",
        "1e400",
        "-0.0",
        "\"1\"",
        "true",
        "null_",
        "[]",
        "{}",
    ];
    let mut all: Vec<Hostile> = numbers
        .into_iter()
        .map(|number| {
            let name = format!("a page of {number}");
            let text =
                format!("{{ tasks(first: {number}) {{ totalCount edges {{ node {{ id }} }} }} }}");
            query(
                &name,
                if number == "[]" {
                    End::Either
                } else {
                    End::Refused
                },
                &text,
            )
        })
        .collect();
    let digits = format!("{{ calendarYear(year: {}) {{ year }} }}", "9".repeat(3_000));
    all.extend([
        query("a year of three thousand digits", End::Refused, &digits),
        query(
            "the last year of all",
            End::Answered,
            "{ calendarYear(year: 2147483647) { workingDays } }",
        ),
        query(
            "the first year of all",
            End::Answered,
            "{ calendarYear(year: -2147483648) { workingDays } }",
        ),
        query(
            "both ends of a page",
            End::Refused,
            "{ tasks(first: 1, last: 1) { totalCount } }",
        ),
        query(
            "a text of half a mebibyte",
            End::Refused,
            &format!(
                "{{ tasks(filter: {{ text: \"{}\" }}) {{ totalCount }} }}",
                "a".repeat(500_000)
            ),
        ),
        query(
            "an argument that is not there",
            End::Refused,
            "{ tasks(password: \"a\") { totalCount } }",
        ),
        query(
            "a field that is not there",
            End::Refused,
            "{ viewer { passwordHash account { password_hash } } }",
        ),
        query(
            "one argument twice",
            End::Refused,
            "{ tasks(first: 1, first: 2) { totalCount } }",
        ),
    ]);
    all
}
