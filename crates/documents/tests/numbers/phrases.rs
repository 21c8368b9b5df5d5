//! A table of phrases with the targets that each states; traps state none.

use std::fmt::{self, Write as _};

use duban_documents::{
    plan::{DepartmentRegister, parse},
    source::SourceText,
};
use duban_domain::{
    plan::draft::{DraftMetric, PlanDraft, WarningCode},
    quantity::Comparator,
};

const TABLE: &str = include_str!("phrases.txt");

/// What a line of the table expects.
#[derive(Debug, PartialEq)]
enum Expected {
    /// No target; a warning, none, or either.
    None {
        warned: Option<bool>,
    },
    Targets(Vec<Target>),
}

#[derive(PartialEq, Clone)]
struct Target {
    comparator: Comparator,
    value: String,
    unit: String,
    subject: Option<String>,
    by: String,
    per_year: bool,
    tentative: bool,
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.comparator.name(), self.value, self.unit)?;
        if let Some(subject) = &self.subject {
            write!(f, " [{subject}]")?;
        }
        let yearly = if self.per_year { " yearly" } else { "" };
        let tentative = if self.tentative { " tentative" } else { "" };
        write!(f, " by {}{yearly}{tentative}", self.by)
    }
}

fn lines() -> Vec<(&'static str, Expected)> {
    TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (phrase, expected) = line.split_once(" => ").expect("a line has an arrow");
            (phrase, expected_of(expected))
        })
        .collect()
}

fn expected_of(words: &str) -> Expected {
    match words {
        "-" => Expected::None {
            warned: Some(false),
        },
        "?" => Expected::None { warned: Some(true) },
        "." => Expected::None { warned: None },
        _ => Expected::Targets(words.split("; ").map(target_of).collect()),
    }
}

fn target_of(words: &str) -> Target {
    let (words, subject) = match words.split_once(" [") {
        Some((before, rest)) => {
            let (subject, after) = rest.split_once(']').expect("a subject is closed");
            (format!("{before}{after}"), Some(subject.to_owned()))
        }
        None => (words.to_owned(), None),
    };
    let mut parts = words.split(' ');
    let comparator = match parts.next().expect("a target has three words") {
        ">=" => Comparator::AtLeast,
        ">" => Comparator::MoreThan,
        "<=" => Comparator::AtMost,
        "->" => Comparator::Reach,
        "~" => Comparator::About,
        "=" => Comparator::Equal,
        other => panic!("no comparator: {other}"),
    };
    let mut target = Target {
        comparator,
        value: parts.next().expect("a target has three words").to_owned(),
        unit: parts.next().expect("a target has three words").to_owned(),
        subject,
        by: "2025-12-31".to_owned(),
        per_year: false,
        tentative: false,
    };
    for flag in parts {
        match flag {
            "yearly" => target.per_year = true,
            "tentative" => target.tentative = true,
            _ => flag
                .strip_prefix("by:")
                .expect("a flag is known")
                .clone_into(&mut target.by),
        }
    }
    target
}

pub(crate) fn plan_of(phrase: &str) -> PlanDraft {
    let text = format!(
        "青禾市科学技术协会2025年工作要点\n\n1. 做好有关工作。{phrase}。（责任部门：办公室）\n"
    );
    let source = SourceText {
        file: "phrase.md".to_owned(),
        sha256: String::new(),
        text,
    };
    parse(&source, &DepartmentRegister::default()).expect("a numbered point is a plan")
}

fn found(metric: &DraftMetric, expected: Option<&Target>) -> Target {
    Target {
        comparator: metric.comparator,
        value: metric.value.to_string(),
        unit: metric.unit.clone(),
        subject: expected
            .is_none_or(|one| one.subject.is_some())
            .then(|| metric.subject.clone()),
        by: metric.by.map(|by| by.to_string()).unwrap_or_default(),
        per_year: metric.per_year,
        tentative: metric.tentative,
    }
}

fn check(phrase: &str, expected: &Expected) -> Result<(), String> {
    let draft = plan_of(phrase);
    let metrics: Vec<&DraftMetric> = draft
        .plans
        .iter()
        .flat_map(|plan| {
            plan.tasks
                .iter()
                .flat_map(|task| &task.metrics)
                .chain(&plan.metrics)
        })
        .collect();
    let warned = draft
        .warnings
        .iter()
        .any(|warning| warning.code == WarningCode::NumberNotTaken);
    match expected {
        Expected::None { warned: wanted } => {
            if !metrics.is_empty() {
                let all: Vec<Target> = metrics.iter().map(|one| found(one, None)).collect();
                return Err(format!("nothing expected, found {all:?}"));
            }
            if wanted.is_some_and(|wanted| wanted != warned) {
                return Err(format!("warned: {warned}"));
            }
            Ok(())
        }
        Expected::Targets(wanted) => {
            let all: Vec<Target> = metrics
                .iter()
                .enumerate()
                .map(|(index, one)| found(one, wanted.get(index)))
                .collect();
            if &all == wanted {
                Ok(())
            } else {
                Err(format!("\n    expected {wanted:?}\n    found    {all:?}"))
            }
        }
    }
}

#[test]
fn each_phrase_gives_its_targets_and_no_other() {
    let mut faults = String::new();
    let lines = lines();
    for (phrase, expected) in &lines {
        if let Err(fault) = check(phrase, expected) {
            writeln!(faults, "{phrase}: {fault}").unwrap();
        }
    }
    assert!(faults.is_empty(), "{} phrases\n{faults}", lines.len());
}

#[test]
fn the_table_has_phrases_and_traps() {
    let lines = lines();
    let traps = lines
        .iter()
        .filter(|(_, expected)| matches!(expected, Expected::None { .. }))
        .count();
    assert!(
        lines.len() - traps >= 150,
        "{} phrases",
        lines.len() - traps
    );
    assert!(traps >= 60, "{traps} traps");
}

#[test]
fn spans_point_at_their_phrases() {
    for (phrase, _) in lines() {
        let draft = plan_of(phrase);
        let letters: Vec<char> = format!(
            "青禾市科学技术协会2025年工作要点\n\n1. 做好有关工作。{phrase}。（责任部门：办公室）\n"
        )
        .chars()
        .collect();
        for metric in draft
            .plans
            .iter()
            .flat_map(|plan| &plan.tasks)
            .flat_map(|task| &task.metrics)
        {
            let span: String = letters[metric.span.start..metric.span.end].iter().collect();
            assert_eq!(
                span.replace(' ', ""),
                metric.phrase.replace(' ', ""),
                "{phrase}"
            );
        }
    }
}
