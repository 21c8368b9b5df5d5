//! Prints what the plan reader finds in a file: `plan_of FILE [--json]`.

use std::{env, error::Error, fs, io::Write};

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
};
use duban_domain::plan::draft::{AssignmentRole, DraftMetric, PlanDraft};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, options @ ..] = arguments.as_slice() else {
        return Err("usage: plan_of FILE [--json]".into());
    };
    let source = read(file, &fs::read(file)?, &Limits::default())?;
    let known = [("科学技术普及部", vec!["科普部"])];
    let register = if options.iter().any(|one| one == "--register") {
        DepartmentRegister::new(known.map(|(name, others)| {
            (
                name.to_owned(),
                others.into_iter().map(str::to_owned).collect::<Vec<_>>(),
            )
        }))
    } else {
        DepartmentRegister::default()
    };
    let draft = parse(&source, &register)?;
    let mut out = std::io::stdout().lock();
    if options.iter().any(|one| one == "--json") {
        serde_json::to_writer_pretty(&mut out, &draft)?;
        writeln!(out)?;
        return Ok(());
    }
    show(&mut out, &draft)?;
    Ok(())
}

fn show(out: &mut impl Write, draft: &PlanDraft) -> std::io::Result<()> {
    let document = &draft.document;
    writeln!(out, "{:?}", document)?;
    for plan in &draft.plans {
        writeln!(out, "== {} {:?}", plan.title, plan.kind)?;
        for section in &plan.sections {
            writeln!(
                out,
                "  § {} {} {}",
                section.key, section.ordinal, section.title
            )?;
        }
        for task in &plan.tasks {
            let names: Vec<String> = task
                .departments
                .iter()
                .map(|one| {
                    let mark = if one.role == AssignmentRole::Lead {
                        "*"
                    } else {
                        ""
                    };
                    format!("{}{mark}", one.name)
                })
                .collect();
            let deadline = task
                .deadline
                .as_ref()
                .map(|one| format!("{} ({})", one.date, one.text));
            writeln!(
                out,
                "  {} [{}] {} | {}{}{} | {}",
                task.ordinal,
                task.section.as_deref().unwrap_or("-"),
                task.title,
                names.join("、"),
                if task.role_stated { " stated" } else { "" },
                if task.others_unnamed { " +others" } else { "" },
                deadline.unwrap_or_default(),
            )?;
            for metric in &task.metrics {
                show_metric(out, metric)?;
            }
        }
        for metric in &plan.metrics {
            show_metric(out, metric)?;
        }
    }
    for warning in &draft.warnings {
        writeln!(
            out,
            "! {:?} {} {:?}",
            warning.code, warning.message, warning.span
        )?;
    }
    Ok(())
}

fn show_metric(out: &mut impl Write, metric: &DraftMetric) -> std::io::Result<()> {
    writeln!(
        out,
        "      # {} {:?} {} {} [{}] by {:?}{}{}",
        metric.phrase,
        metric.comparator,
        metric.value,
        metric.unit,
        metric.subject,
        metric.by.map(|by| by.to_string()),
        if metric.per_year { " yearly" } else { "" },
        if metric.tentative { " tentative" } else { "" },
    )
}
