//! Any text: the plan reader ends with a draft whose places are in the text, or an error.
#![no_main]

use duban_documents::{
    plan::{DepartmentRegister, parse},
    source::SourceText,
};
use duban_domain::plan::draft::{PlanDraft, Span};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = SourceText {
        file: "fuzz".to_owned(),
        sha256: String::new(),
        text: text.to_owned(),
    };
    let register = DepartmentRegister::new([("业务工作部".to_owned(), vec!["业务部".to_owned()])]);
    if let Ok(draft) = parse(&source, &register) {
        hold(&draft, text.chars().count());
    }
});

/// What every draft keeps to.
fn hold(draft: &PlanDraft, characters: usize) {
    let is_within = |span: Span| span.start <= span.end && span.end <= characters;
    assert_eq!(draft.source.characters, characters);
    assert!(draft.plans.iter().any(|plan| !plan.tasks.is_empty()));
    for plan in &draft.plans {
        let metrics = plan.tasks.iter().flat_map(|task| &task.metrics);
        assert!(plan.sections.iter().all(|one| is_within(one.span)));
        assert!(plan.tasks.iter().all(|one| is_within(one.span)));
        assert!(metrics.chain(&plan.metrics).all(|one| is_within(one.span)));
    }
    for clause in &draft.clauses {
        assert!(is_within(clause.span));
        let plan = clause.plan.map(|at| draft.plans.get(at).expect("its plan"));
        let task = plan.zip(clause.task);
        assert!(task.is_none_or(|(plan, at)| at < plan.tasks.len()));
    }
    assert!(draft.warnings.iter().all(|one| is_within(one.span)));
}
