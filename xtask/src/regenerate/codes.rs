//! `docs/api/errors.md`, written from the codes and their words in the gateway.

use std::{collections::BTreeSet, fmt::Write};

use anyhow::Result;
use duban_gateway::{http::codes::Refused, wording::Area};

const OPENING: &str = "# Every code

<!-- Written by `cargo xtask regenerate` from crates/gateway/src/wording and crates/gateway/src/http/codes.rs. -->

Programs decide by the code; sentences are for people and may be worded anew. A code that was released never
changes. The language of a sentence follows `Accept-Language`: Chinese unless English is asked for. `{name}` is a
figure, which stands in `figures` as well. Where a code is met, and what to do then:
[writing](writing.md).
";

const REQUESTS: &str = "
## The request or a field is refused

In `errors[].extensions.code`; `POST /uploads`, `/sheets/…`, `/exports/…` and `/files/…` answer `{\"code\", \"message\"}`.
The status is that of `application/graphql-response+json`: with `application/json` a document that cannot run is
answered with 200, as that media type asks. An error of a field inside a result has the same code, with 200.

| code | status | says |
| --- | --- | --- |
";

const WORDS: &str = "
## What a user can mend, and reasons

In `userErrors[].code` of a payload, in the reasons of lights and of acts that are not allowed, in warnings of plans
and spreadsheets, and in `extensions.reason` of `BAD_USER_INPUT`.
";

/// The page.
///
/// # Errors
///
/// None that can be met: writing into text does not fail.
pub fn page(refusals: &[Refused], areas: &[Area]) -> Result<String> {
    let mut page = OPENING.to_owned();
    page.push_str(REQUESTS);
    let codes: BTreeSet<&str> = refusals.iter().map(|refused| refused.code).collect();
    for code in codes {
        let of_code = || refusals.iter().filter(|refused| refused.code == code);
        let statuses: BTreeSet<String> = of_code().map(|one| one.status.to_string()).collect();
        let statuses = statuses.into_iter().collect::<Vec<_>>().join(", ");
        let words = of_code().map(|one| told(&one.english, &one.chinese));
        let words = words.collect::<Vec<_>>().join("<br>");
        writeln!(page, "| `{code}` | {statuses} | {words} |")?;
    }
    page.push_str(WORDS);
    for area in areas {
        write!(
            page,
            "\n### {}\n\n| code | says |\n| --- | --- |\n",
            area.about
        )?;
        for worded in &area.codes {
            let words = told(worded.english, worded.chinese);
            writeln!(page, "| `{}` | {words} |", worded.code)?;
        }
    }
    Ok(page)
}

/// A sentence in both languages, as a cell of a table.
fn told(english: &str, chinese: &str) -> String {
    let words = if english == chinese {
        english.to_owned()
    } else {
        format!("{english} · {chinese}")
    };
    words.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use duban_gateway::wording::Worded;

    use super::*;

    #[test]
    fn a_code_stands_once_with_each_of_its_reasons() -> Result<()> {
        let refused = |english: &str| Refused {
            code: "BAD_REQUEST",
            status: 400,
            english: english.to_owned(),
            chinese: "错误".to_owned(),
        };
        let area = Area {
            about: "Tasks",
            codes: vec![Worded {
                code: "TASK_NO_LEAD",
                english: "a|b",
                chinese: "无",
            }],
        };

        let page = page(&[refused("one"), refused("two")], &[area])?;

        let row = "| `BAD_REQUEST` | 400 | one · 错误<br>two · 错误 |";
        assert!(page.contains(row), "{page}");
        let row = "### Tasks\n\n| code | says |\n| --- | --- |\n| `TASK_NO_LEAD` | a\\|b · 无 |";
        assert!(page.contains(row), "{page}");
        Ok(())
    }
}
