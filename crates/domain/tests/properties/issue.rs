//! A draft is mended until it is issued, and never after.

use duban_domain::{
    error::Coded,
    ids::{AccountId, DepartmentId, PlanId},
    plan::issued::{IssueFacts, Plan, PlanError, PlanState},
};
use proptest::prelude::*;
use time::{OffsetDateTime, macros::datetime};
use uuid::Uuid;

const NOW: OffsetDateTime = datetime!(2025-03-17 09:00 UTC);

fn draft() -> Plan {
    Plan {
        id: PlanId(Uuid::nil()),
        code: "2025".to_owned(),
        department: DepartmentId(Uuid::nil()),
        title: "临溪市图书馆2025年工作要点".to_owned(),
        issuing_body: None,
        document_number: None,
        year: 2025,
        issued_on: None,
        recipients: Vec::new(),
        parts: Vec::new(),
        state: PlanState::Draft,
        source_file: "plan.md".to_owned(),
        source_sha256: String::new(),
        source_characters: 0,
        imported_at: NOW,
        imported_by: AccountId(Uuid::nil()),
        issued_at: None,
        is_demo: false,
        version: 1,
    }
}

fn facts() -> impl Strategy<Value = IssueFacts> {
    let words = || proptest::collection::vec("[a-z]{1,4}", 0..3);
    (0_usize..4, words(), words()).prop_map(|(tasks, without_lead, unresolved)| IssueFacts {
        tasks,
        without_lead,
        unresolved,
    })
}

proptest! {
    #[test]
    fn a_plan_is_issued_when_nothing_is_missing_and_is_unchanged_otherwise(facts in facts()) {
        let is_ready =
            facts.tasks > 0 && facts.without_lead.is_empty() && facts.unresolved.is_empty();
        let mut plan = draft();
        let issued = plan.issue(facts.clone(), NOW);
        prop_assert_eq!(issued.is_ok(), is_ready);
        match issued {
            Ok(()) => {
                prop_assert_eq!(plan.state, PlanState::Issued);
                prop_assert_eq!(plan.issued_at, Some(NOW));
                let edit = plan.check_editable();
                prop_assert_eq!(edit.map_err(|error| error.code()), Err("PLAN_NOT_DRAFT"));
                let before = plan.clone();
                let again = plan.issue(facts, NOW);
                let refused = matches!(again, Err(PlanError::NotDraft { .. }));
                prop_assert!(refused);
                prop_assert_eq!(plan, before);
            }
            Err(error) => {
                prop_assert_eq!(plan, draft());
                let missing = match error {
                    PlanError::Empty => facts.tasks == 0,
                    PlanError::NamesUnresolved { names } => names == facts.unresolved,
                    PlanError::TasksWithoutLead { codes } => codes == facts.without_lead,
                    _ => false,
                };
                prop_assert!(missing);
            }
        }
    }
}
