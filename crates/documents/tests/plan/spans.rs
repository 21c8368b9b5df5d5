//! Spans: what stands at them is what was found, in originals and in damaged copies.

use std::ops::Range;

use duban_documents::plan::{DepartmentRegister, parse};
use duban_domain::plan::draft::{ClauseKind, DraftClause, PlanDraft, Span};

use crate::{damage, facts::folded, gold, source};

fn draft(text: &str) -> PlanDraft {
    parse(&source(text), &DepartmentRegister::default()).expect("a gold document is a plan")
}

/// The text at a span, without white space, Markdown marks and tags.
fn at(letters: &[char], span: Span) -> String {
    let text: String = letters
        .get(span.start..span.end)
        .expect("a span lies in the text")
        .iter()
        .collect();
    plain(&text)
}

fn plain(text: &str) -> String {
    let mut depth = 0_usize;
    folded(text)
        .chars()
        .filter(|one| {
            match one {
                '<' => depth += 1,
                '>' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0 && !matches!(one, '*' | '#' | '|')
        })
        .collect()
}

fn without_duties(text: &str, draft: &PlanDraft) -> String {
    let is_duty = |clause: &&DraftClause| clause.kind == ClauseKind::Responsibility;
    let duties = draft.clauses.iter().filter(is_duty);
    duties.fold(text.to_owned(), |text, clause| {
        let words = plain(&clause.text);
        text.replace(words.trim_end_matches('.'), "")
    })
}

#[test]
fn spans_of_originals_hold_what_was_found() {
    for gold in gold::documents() {
        let letters: Vec<char> = gold.text.chars().collect();
        let draft = draft(&gold.text);
        for plan in &draft.plans {
            for section in &plan.sections {
                let text = at(&letters, section.span);
                assert!(
                    text.ends_with(&plain(&section.title)),
                    "{}: {text} is not {}",
                    gold.name,
                    section.title
                );
            }
            for task in &plan.tasks {
                let text = at(&letters, task.span);
                for one in &task.departments {
                    let merged = gold.name.starts_with("table");
                    assert!(merged || text.contains(&plain(&one.name_in_text)));
                }
                let from_table = gold.name.starts_with("table");
                let starts = text.starts_with(&plain(&task.ordinal));
                assert!(starts || from_table, "{}: {text}", gold.name);
                let text = without_duties(&text, &draft);
                for part in task.text.split('\n') {
                    for sentence in part.split_inclusive('。') {
                        let sentence = plain(sentence);
                        assert!(
                            text.contains(&sentence),
                            "{}: {sentence} is not in {text}",
                            gold.name
                        );
                    }
                }
            }
        }
        for clause in &draft.clauses {
            let text = at(&letters, clause.span);
            assert_eq!(text, plain(&clause.text), "{}", gold.name);
        }
    }
}

#[test]
fn clauses_cover_every_word_once() {
    for gold in gold::documents() {
        let letters: Vec<char> = gold.text.chars().collect();
        let mut seen = vec![0_u8; letters.len()];
        for clause in &draft(&gold.text).clauses {
            for place in &mut seen[clause.span.start..clause.span.end] {
                *place += 1;
            }
        }
        for (index, one) in letters.iter().enumerate() {
            let is_word = ('\u{4e00}'..='\u{9fff}').contains(one);
            assert!(seen[index] <= 1, "{} at {index}", gold.name);
            assert!(
                !is_word || seen[index] == 1,
                "{}: {one} at {index} is in no clause",
                gold.name
            );
        }
    }
}

/// Where a span of a damaged copy stands in the original.
fn in_original(letters: &[(char, Option<usize>)], span: Span) -> Option<Range<usize>> {
    let start = letters.get(span.start)?.1?;
    let end = letters.get(span.end.checked_sub(1)?)?.1?;
    Some(start..end + 1)
}

#[test]
fn spans_of_damaged_copies_point_at_the_same_words() {
    let (mut right, mut wrong) = (0_usize, Vec::new());
    for gold in gold::documents() {
        let original = spans(&draft(&gold.text));
        for (kind, damage) in damage::KINDS {
            let copy = damage(&gold.text);
            let found = spans(&draft(&copy.text()));
            let mapped: Vec<Option<Range<usize>>> = found
                .iter()
                .map(|(_, span)| in_original(&copy.letters, *span))
                .collect();
            for ((label, span), mapped) in found.iter().zip(mapped) {
                let same = original.iter().any(|(other, at)| {
                    other == label && mapped.as_ref() == Some(&(at.start..at.end))
                });
                if same {
                    right += 1;
                } else {
                    wrong.push(format!(
                        "{kind} {}: {label} at {span:?} is {mapped:?}",
                        gold.name
                    ));
                }
            }
        }
    }
    eprintln!("{right} spans right, {} wrong", wrong.len());
    assert!(wrong.len() * 200 <= right, "{}", wrong.join("\n"));
}

/// Spans of chapters, tasks and responsibilities by what they are of.
fn spans(draft: &PlanDraft) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for (index, plan) in draft.plans.iter().enumerate() {
        for section in &plan.sections {
            found.push((format!("{index} § {}", section.key), section.span));
        }
        for task in &plan.tasks {
            let section = task.section.as_deref().unwrap_or("-");
            found.push((format!("{index} @ {section} {}", task.number), task.span));
        }
    }
    for clause in &draft.clauses {
        if clause.kind == ClauseKind::Responsibility {
            found.push((folded(&clause.text), clause.span));
        }
    }
    found
}
