//! The mutations: read the input, call the use case, answer with the object or with what to mend.

mod account;
mod allocation;
mod amendment;
mod calendar;
mod delegation;
mod department;
mod draft;
mod handling;
mod item;
mod light;
mod measurement;
mod metric;
mod milestone;
mod notice;
mod notification;
mod own;
mod plan;
mod report;
mod second_factor;
mod session;
mod sheet;
mod token;
mod traced;
mod webhook;

use std::collections::HashMap;

use async_graphql::{ID, MergedObject};
use duban_app::{
    change::{self, Call, ChangeError},
    tasks::RowRefusal,
};
use duban_domain::{
    ids::{DepartmentId, MetricId, MilestoneId, PlanId, TaskId},
    text::Reason,
};
use serde::de::DeserializeOwned;

pub use traced::{Traced, note};

use super::{
    context::RequestContext,
    error::Fault,
    id::{Kind, Named, decode, named},
    user_error::UserError,
};

/// Everything that can be changed.
#[derive(MergedObject, Default)]
pub struct Mutation(
    session::SessionMutation,
    plan::PlanMutation,
    draft::DraftMutation,
    metric::MetricMutation,
    handling::HandlingMutation,
    delegation::DelegationMutation,
    department::DepartmentMutation,
    milestone::MilestoneMutation,
    item::ItemMutation,
    report::ReportMutation,
    calendar::CalendarMutation,
    allocation::AllocationMutation,
    measurement::MeasurementMutation,
    sheet::SheetMutation,
    light::LightMutation,
    notice::NoticeMutation,
    notification::NotificationMutation,
    account::AccountMutation,
    token::TokenMutation,
    webhook::WebhookMutation,
    own::OwnMutation,
    second_factor::SecondFactorMutation,
    amendment::AmendmentMutation,
);

macro_rules! refused {
    ($language:expr, $id:literal, $result:expr) => {
        match $result {
            Ok(done) => Ok(done),
            Err(error) => Err(crate::graphql::user_error::UserError::from_change(
                $language, $id, error,
            )?),
        }
    };
}
use refused;

/// What batches answer that end row by row with one payload a row.
macro_rules! batch_payloads {
    ($row:ident; $($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// One for each row of the input, in its order.
                rows: Vec<$row>,
                /// What the user can mend in the whole; nothing was stored then.
                user_errors: Vec<UserError>,
            }

            impl From<Batch<$row>> for $name {
                fn from(batch: Batch<$row>) -> Self {
                    Self { rows: batch.0, user_errors: batch.1 }
                }
            }
        )+
    };
}
use batch_payloads;

/// The rows of a batch, and what is wrong with the whole.
struct Batch<R>(Vec<R>, Vec<UserError>);

fn not_too_many(rows: usize, most: usize) -> Result<(), ChangeError> {
    if rows > most {
        return Err(ChangeError::Invalid {
            path: "rows",
            code: "TOO_MANY_ROWS",
            figures: vec![("most", most.to_string())],
        });
    }
    Ok(())
}

/// The words of a decision: a refusal needs them, an approval may do without.
fn verdict_words(is_approved: bool, words: Option<&str>) -> Result<Option<Reason>, ChangeError> {
    let words = words.map(str::trim).filter(|one| !one.is_empty());
    let reason = words
        .map(Reason::try_new)
        .transpose()
        .map_err(|error| ChangeError::invalid("reason", &error))?;
    if reason.is_none() && !is_approved {
        return Err(ChangeError::field("reason", "REASON_MISSING"));
    }
    Ok(reason)
}

/// What the very same request was answered before; an object that it removed is not found any
/// more by a code.
async fn answered_before<T: DeserializeOwned>(
    request: &RequestContext,
    call: &Call,
    path: &str,
) -> Result<Result<T, UserError>, Fault> {
    let language = request.language;
    Ok(match change::answered_before(&request.app, call).await {
        Ok(Some(known)) => Ok(known),
        Ok(None) => Err(UserError::new(language, path, "NOT_FOUND", &[])),
        Err(error) => Err(UserError::from_change(language, path, error)?),
    })
}

async fn code_or_key<T>(
    kind: Kind,
    id: &ID,
    by_code: impl Future<Output = Result<Option<T>, duban_persistence::StoreError>>,
    of_key: impl FnOnce(uuid::Uuid) -> T,
) -> Result<Option<T>, Fault> {
    match decode(id) {
        Some((found, key)) if found == kind => Ok(Some(of_key(key))),
        _ => Ok(by_code.await?),
    }
}

impl RequestContext {
    /// What the user can mend in a row of a batch.
    fn refusal(&self, refusal: &RowRefusal) -> UserError {
        let figures = refusal.figures.iter();
        let figures: Vec<(&str, String)> = figures
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        UserError::new(self.language, &refusal.path, &refusal.code, &figures)
    }

    /// The key of a plan given by id or code, if it is in scope.
    async fn plan_key(&self, id: &ID) -> Result<Option<PlanId>, Fault> {
        let by_code = async {
            let db = self.app.store().read();
            let found = duban_persistence::plans::find_by_code(db, &self.scope, id.trim()).await?;
            Ok(found.map(|one| one.id))
        };
        code_or_key(Kind::Plan, id, by_code, PlanId).await
    }

    /// The key of a task given by id or code, if it is in scope.
    async fn task_key(&self, id: &ID) -> Result<Option<TaskId>, Fault> {
        let by_code = async {
            let db = self.app.store().read();
            let found = duban_persistence::tasks::find_by_code(db, &self.scope, id.trim()).await?;
            Ok(found.map(|one| one.id))
        };
        code_or_key(Kind::Task, id, by_code, TaskId).await
    }

    /// The keys of tasks given by id or code, with one statement; none for those not in scope.
    async fn task_keys(&self, ids: &[&ID]) -> Result<Vec<Option<TaskId>>, Fault> {
        let named: Vec<Named> = ids.iter().map(|id| named(Kind::Task, id)).collect();
        let codes: Vec<String> = named
            .iter()
            .filter_map(|one| match one {
                Named::Code(code) => Some(code.clone()),
                Named::Key(_) => None,
            })
            .collect();
        let known = if codes.is_empty() {
            HashMap::new()
        } else {
            let db = self.app.store().read();
            duban_persistence::task_codes::keys_by_code(db, &self.scope, &codes).await?
        };
        Ok(named
            .into_iter()
            .map(|one| match one {
                Named::Key(key) => Some(TaskId(key)),
                Named::Code(code) => known.get(&code).copied(),
            })
            .collect())
    }

    /// The key of a metric given by id or code, if it is in scope.
    async fn metric_key(&self, id: &ID) -> Result<Option<MetricId>, Fault> {
        let by_code = async {
            let db = self.app.store().read();
            let found =
                duban_persistence::metrics::find_by_code(db, &self.scope, id.trim()).await?;
            Ok(found.map(|one| one.id))
        };
        code_or_key(Kind::Metric, id, by_code, MetricId).await
    }

    /// The key of a department given by id or code.
    async fn department_key(&self, id: &ID) -> Result<Option<DepartmentId>, Fault> {
        let by_code = async {
            let db = self.app.store().read();
            let found = duban_persistence::departments::find_by_code(db, id.trim()).await?;
            Ok(found.map(|one| one.id))
        };
        code_or_key(Kind::Department, id, by_code, DepartmentId).await
    }

    /// The key of a milestone, which has no code.
    fn milestone_key(id: &ID) -> Option<MilestoneId> {
        decode(id)
            .filter(|(kind, _)| *kind == Kind::Milestone)
            .map(|(_, key)| MilestoneId(key))
    }
}
