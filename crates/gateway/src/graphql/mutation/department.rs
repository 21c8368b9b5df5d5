//! The organisation's tree: a unit that moves.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{change::ChangeError, departments::move_department};
use duban_domain::{department::Move, text::Reason};

use super::refused;
use crate::graphql::{
    context::{call, request},
    department::Department,
    error::Fault,
    scalars::Date,
    user_error::UserError,
};

/// Mutations of the organisation's tree.
#[derive(Default)]
pub struct DepartmentMutation;

/// Which unit moves where, from when on.
#[derive(InputObject)]
pub struct MoveDepartmentInput {
    /// The unit that moves with everything below it, by id or code.
    department: ID,
    /// The unit above from then on, by id or code.
    under: ID,
    /// First day under it: today, or an earlier day of this year after the present unit above began.
    from: Date,
    /// Why, for example the document that says so.
    reason: String,
    /// The version of the unit that the caller has read.
    expected_version: Option<i32>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The unit that moved.
#[derive(SimpleObject)]
pub struct MoveDepartmentPayload {
    /// The unit as it stands now.
    department: Option<Department>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

#[Object]
impl DepartmentMutation {
    /// Moves a unit with everything below it under another one (隶属调整), from a day on. Rights over
    /// what is below follow at once; figures of months before stay with the unit that was above then.
    async fn move_department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, where it comes to stand, from when on, and why.")]
        input: MoveDepartmentInput,
    ) -> Result<MoveDepartmentPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let unknown = |path| ChangeError::field(path, "DEPARTMENT_UNKNOWN");
        let unit = request.department_key(&input.department).await?;
        let under = request.department_key(&input.under).await?;
        let reason =
            Reason::try_new(&input.reason).map_err(|error| ChangeError::invalid("reason", &error));
        let tried = match (unit, under, reason) {
            (None, ..) => Err(unknown("department")),
            (_, None, _) => Err(unknown("under")),
            (.., Err(error)) => Err(error),
            (Some(unit), Some(under), Ok(reason)) => {
                let from = input.from.0;
                let asked = Move { unit, under, from };
                let at = (asked, input.expected_version);
                move_department(&request.app, &call, at, reason).await
            }
        };
        Ok(match refused!(request.language, "department", tried) {
            Ok(id) => MoveDepartmentPayload {
                department: request.loader.load_one(id).await?.map(Department),
                user_errors: Vec::new(),
            },
            Err(error) => MoveDepartmentPayload {
                department: None,
                user_errors: vec![error],
            },
        })
    }
}
