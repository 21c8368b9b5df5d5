//! Numbered points as tasks: title, text, departments, deadline, targets.

use std::ops::Range;

use duban_domain::plan::draft::{
    AssignmentRole, DraftDeadline, DraftDepartment, DraftMetric, DraftTask, Span, WarningCode,
};

use super::{
    dates::Years,
    deadlines,
    duties::{self, Named},
    glyphs::{Glyphs, is_han, is_stop},
    labels::Label,
    register::DepartmentRegister,
    responsibility::Group,
    targets,
    warnings::Warnings,
};

/// What the whole paper says that holds for each of its points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper<'r> {
    pub register: &'r DepartmentRegister,
    pub year: Years,
    /// A sentence of the paper says that the first named body leads.
    pub first_leads: bool,
}

/// A paragraph of a point.
pub(super) struct Piece<'b> {
    pub text: &'b Glyphs,
    /// Where its words start, behind the ordinal.
    pub body: usize,
    pub groups: &'b [Group],
}

/// The first sentence of a range without its final mark; a title set off by a space or a colon
/// ends there.
pub(super) fn lead(text: &Glyphs, range: Range<usize>) -> Range<usize> {
    let mut commas = 0;
    for at in range.clone() {
        let one = text.ch(at);
        let so_far = at - range.start;
        if is_stop(one) {
            return range.start..at;
        }
        if commas == 0 && (2..=30).contains(&so_far) {
            let is_break = text.has_gap(at) && is_han(one) && is_han(text.before(at));
            let is_colon = one == '：' && so_far <= 25;
            if (is_break && so_far >= 4) || is_colon {
                return range.start..at;
            }
        }
        commas += usize::from(matches!(one, '，' | '；' | '、' | '“'));
    }
    let mut end = range.end;
    while end > range.start && matches!(text.before(end), '；' | '，' | '：' | '、') {
        end -= 1;
    }
    range.start..end
}

/// The ranges of a piece that are running text: behind the ordinal, without responsibilities.
pub(super) fn running(piece: &Piece<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = piece.body;
    for group in piece.groups {
        if group.range.start > start {
            found.push(start..group.range.start);
        }
        start = start.max(group.range.end);
    }
    if start < piece.text.len() {
        found.push(start..piece.text.len());
    }
    found.retain(|range| !is_only_marks(piece.text, range.clone()));
    if found.iter().all(|range| range.len() <= LONGEST) {
        return found;
    }
    found
        .into_iter()
        .flat_map(|range| bounded(piece.text, range))
        .collect()
}

/// The longest run of text that is judged in one piece, far beyond any paragraph of a paper: it
/// bounds the work of looking around each number.
const LONGEST: usize = 4_000;

fn bounded(text: &Glyphs, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    while range.end - start > LONGEST {
        let most = start + LONGEST;
        let end = (start + LONGEST / 2..most)
            .rev()
            .find(|&at| is_stop(text.before(at)))
            .unwrap_or(most);
        found.push(start..end);
        start = end;
    }
    found.push(start..range.end);
    found
}

fn is_only_marks(text: &Glyphs, range: Range<usize>) -> bool {
    range
        .into_iter()
        .all(|at| is_stop(text.ch(at)) || matches!(text.ch(at), '；' | '，' | ' '))
}

/// Departments of a point in the order of the text, each once, with their roles.
#[derive(Debug, Default)]
pub(super) struct Duty {
    named: Vec<Named>,
    others_unnamed: bool,
}

impl Duty {
    pub fn add(&mut self, said: duties::Responsibility) {
        self.others_unnamed |= said.others_unnamed;
        for one in said.named {
            let name = one
                .full_name
                .clone()
                .unwrap_or_else(|| one.name_in_text.clone());
            let known = self.named.iter_mut().find(|known| {
                known
                    .full_name
                    .clone()
                    .unwrap_or_else(|| known.name_in_text.clone())
                    == name
            });
            match known {
                Some(known) if one.label == Label::Lead => known.label = Label::Lead,
                Some(_) => {}
                None => self.named.push(one),
            }
        }
    }

    /// Gives the roles; the first named leads where nothing says who does.
    pub fn settle(
        &self,
        task: &mut DraftTask,
        paper: &Paper<'_>,
        place: Span,
        warnings: &mut Warnings,
    ) {
        let says = |label: Label| self.named.iter().any(|one| one.label == label);
        let has_lead = says(Label::Lead);
        task.role_stated =
            has_lead || says(Label::Support) || (paper.first_leads && !self.named.is_empty());
        task.others_unnamed = self.others_unnamed;
        let mut free_lead = !has_lead;
        for one in &self.named {
            let leads = match one.label {
                Label::Lead => true,
                Label::Support => false,
                _ => std::mem::take(&mut free_lead),
            };
            task.departments.push(DraftDepartment {
                name: one
                    .full_name
                    .clone()
                    .unwrap_or_else(|| one.name_in_text.clone()),
                name_in_text: one.name_in_text.clone(),
                role: if leads {
                    AssignmentRole::Lead
                } else {
                    AssignmentRole::Support
                },
            });
            if one.full_name.is_none() && !paper.register.is_empty() {
                warnings.add(WarningCode::UnknownDepartment, place, &one.name_in_text);
            }
        }
        let leads = task
            .departments
            .iter()
            .filter(|one| one.role == AssignmentRole::Lead)
            .count();
        if leads > 1 {
            warnings.add(WarningCode::TwoLeads, place, &task.ordinal);
        }
        if task.departments.is_empty() {
            warnings.add(WarningCode::TaskWithoutDepartment, place, &task.ordinal);
        }
    }
}

/// Fills text, departments, deadline and targets of a task from its paragraphs.
pub(super) fn fill(
    task: &mut DraftTask,
    pieces: &[Piece<'_>],
    paper: &Paper<'_>,
    warnings: &mut Warnings,
) {
    let mut duty = Duty::default();
    let mut labelled = None;
    let mut limits = Vec::new();
    let mut place = None;
    for piece in pieces {
        for group in piece.groups {
            let said = duties::read(piece.text, group.inner.clone(), paper.register);
            place.get_or_insert_with(|| piece.text.span(group.range.clone()));
            if let Some(range) = said.deadline.clone() {
                labelled = labelled.or_else(|| {
                    deadlines::labelled(piece.text, range.clone(), paper.year)
                        .map(|found| (found.date, piece.text.string(found.range)))
                });
            }
            duty.add(said);
        }
        for range in running(piece) {
            if !task.text.is_empty() {
                let joins = range.start > piece.body;
                task.text.push_str(if joins { "" } else { "\n" });
            }
            task.text.push_str(&piece.text.string(range.clone()));
            let found = targets::targets(piece.text, range.clone(), paper.year);
            take_targets(found, piece.text, &mut task.metrics, warnings);
            limits.extend(
                deadlines::whole_point(piece.text, range, paper.year)
                    .into_iter()
                    .map(|one| (one.date, piece.text.string(one.range))),
            );
        }
    }
    let one_date = limits
        .first()
        .filter(|(date, _)| limits.iter().all(|(other, _)| other == date));
    task.deadline = labelled
        .or_else(|| one_date.cloned())
        .map(|(date, text)| DraftDeadline { date, text });
    duty.settle(task, paper, place.unwrap_or(task.span), warnings);
}

/// Takes the targets of a text and reports the doubtful numbers.
pub(super) fn take_targets(
    found: targets::Targets,
    text: &Glyphs,
    into: &mut Vec<DraftMetric>,
    warnings: &mut Warnings,
) {
    for doubt in found.doubts {
        warnings.add(
            WarningCode::NumberNotTaken,
            text.span(doubt.clone()),
            &text.string(doubt),
        );
    }
    into.extend(found.metrics);
}
