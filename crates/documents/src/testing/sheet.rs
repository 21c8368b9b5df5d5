//! A plan as lines that a person can read and check: the form of gold files.

use std::fmt::Write as _;

use duban_domain::plan::draft::{AssignmentRole, DraftMetric, DraftPlan, DraftTask, PlanDraft};

/// What was found, one fact a line.
///
/// Head: `title:`, `issuer:`, `number:`, `year:`, `issued:`, `recipients:`. Then for each plan
/// `plan KIND TITLE`; `§ KEY ORDINAL | TITLE` a chapter; `@ CHAPTER NUMBER ORDINAL | TITLE` a
/// task, under it `= TEXT`, `> LEAD* | SUPPORT | NAME<name in the text>`, `+ stated others`,
/// `! DATE | words`, and `# VALUE UNIT COMPARATOR | subject | date | flags | phrase` a target.
/// Targets outside any task stand behind a line `targets`. Last the warnings.
pub fn sheet_of(draft: &PlanDraft) -> String {
    let mut lines = Lines(String::new());
    let document = &draft.document;
    let heads = [
        ("title", document.title.clone()),
        ("issuer", document.issuing_body.clone()),
        ("number", document.document_number.clone()),
        ("year", document.year.map(|year| year.to_string())),
        ("issued", document.issued_on.map(|date| date.to_string())),
    ];
    for (name, value) in heads {
        lines.add(&format!("{name}: {}", value.unwrap_or_default()));
    }
    lines.add(&format!("recipients: {}", document.recipients.join(" | ")));
    for plan in &draft.plans {
        lines.plan(plan);
    }
    for warning in &draft.warnings {
        let code = serde_json::to_string(&warning.code).unwrap_or_default();
        lines.add(&format!(
            "warning {} {}",
            code.trim_matches('"'),
            warning.message
        ));
    }
    lines.0
}

struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }

    fn plan(&mut self, plan: &DraftPlan) {
        let kind = serde_json::to_string(&plan.kind).unwrap_or_default();
        self.add(&format!("plan {} {}", kind.trim_matches('"'), plan.title));
        for section in &plan.sections {
            self.add(&format!(
                "§ {} {} | {}",
                section.key, section.ordinal, section.title
            ));
        }
        for task in &plan.tasks {
            self.task(task);
        }
        if !plan.metrics.is_empty() {
            self.add("targets");
        }
        for metric in &plan.metrics {
            self.metric(metric);
        }
    }

    fn task(&mut self, task: &DraftTask) {
        let section = task.section.as_deref().unwrap_or("-");
        self.add(&format!(
            "@ {section} {} {} | {}",
            task.number, task.ordinal, task.title
        ));
        self.add(&format!("  = {}", elided(&task.text)));
        let names: Vec<String> = task
            .departments
            .iter()
            .map(|one| {
                let mut name = one.name.clone();
                if one.name != one.name_in_text {
                    let _ = write!(name, "<{}>", one.name_in_text);
                }
                if one.role == AssignmentRole::Lead {
                    name.push('*');
                }
                name
            })
            .collect();
        if !names.is_empty() {
            self.add(&format!("  > {}", names.join(" | ")));
        }
        let flags = [
            (task.role_stated, "stated"),
            (task.others_unnamed, "others"),
        ];
        let flags: Vec<&str> = flags.iter().filter(|one| one.0).map(|one| one.1).collect();
        if !flags.is_empty() {
            self.add(&format!("  + {}", flags.join(" ")));
        }
        if let Some(deadline) = &task.deadline {
            self.add(&format!("  ! {} | {}", deadline.date, deadline.text));
        }
        for metric in &task.metrics {
            self.metric(metric);
        }
    }

    fn metric(&mut self, metric: &DraftMetric) {
        let flags = [(metric.per_year, "yearly"), (metric.tentative, "tentative")];
        let flags: Vec<&str> = flags.iter().filter(|one| one.0).map(|one| one.1).collect();
        let by = metric.by.map(|by| by.to_string()).unwrap_or_default();
        self.add(&format!(
            "  # {} {} {} | {} | {by} | {} | {}",
            metric.value,
            metric.unit,
            metric.comparator.name(),
            metric.subject,
            flags.join(" "),
            metric.phrase,
        ));
    }
}

/// A long text as its first and last words; lines of it in one.
fn elided(text: &str) -> String {
    let letters: Vec<char> = text.chars().filter(|one| !one.is_whitespace()).collect();
    if letters.len() <= 40 {
        return letters.into_iter().collect();
    }
    let start: String = letters.iter().take(16).collect();
    let end: String = letters.iter().skip(letters.len() - 16).collect();
    format!("{start}……{end} ({})", letters.len())
}
