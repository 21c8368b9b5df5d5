//! The organisation's tree: units that are added, move, or become venues.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    departments::{NewDepartment, add_department, move_department, set_venue},
};
use duban_domain::{
    clock::official_day,
    department::{Move, VenueMark},
    ids::DepartmentId,
    text::Reason,
};

use super::refused;
use crate::graphql::{
    context::{RequestContext, call, request},
    department::Department,
    enums::DepartmentKind,
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

/// A unit to be added.
#[derive(InputObject)]
pub struct AddDepartmentInput {
    /// Its code, at most 32 characters.
    code: String,
    /// Full name.
    name: String,
    /// Short name; the full one when left out.
    short_name: Option<String>,
    /// Its kind.
    kind: DepartmentKind,
    /// The unit above, by id or code.
    parent: ID,
    /// First day of its existence: today when left out, or an earlier day on which the unit above is there.
    from: Option<Date>,
    /// Whether it is one of the venues (科技馆) from its first day on.
    #[graphql(default)]
    is_venue: bool,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The unit that was added.
#[derive(SimpleObject)]
pub struct AddDepartmentPayload {
    /// The unit.
    department: Option<Department>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Which unit is a venue, or is none any more.
#[derive(InputObject)]
pub struct SetVenueInput {
    /// The unit, by id or code.
    department: ID,
    /// Whether it is one of the venues from then on.
    is_venue: bool,
    /// The first day: today when left out, or an earlier day of this year on which the unit is there.
    from: Option<Date>,
    /// Why.
    reason: String,
    /// The version of the unit that the caller has read.
    expected_version: Option<i32>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The unit as it is marked now.
#[derive(SimpleObject)]
pub struct SetVenuePayload {
    /// The unit.
    department: Option<Department>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The unit of an answer, or what is to be mended.
async fn answer(
    request: &RequestContext,
    tried: Result<DepartmentId, ChangeError>,
) -> Result<(Option<Department>, Vec<UserError>), Fault> {
    Ok(match refused!(request.language, "department", tried) {
        Ok(id) => {
            let found = request.loader.load_one(id).await?;
            (found.map(Department), Vec::new())
        }
        Err(error) => (None, vec![error]),
    })
}

#[Object]
impl DepartmentMutation {
    /// Adds a unit below another one (新增单位), as the last of its siblings.
    async fn add_department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, and where it stands.")] input: AddDepartmentInput,
    ) -> Result<AddDepartmentPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let new = NewDepartment {
            code: input.code,
            name: input.name,
            short_name: input.short_name,
            kind: input.kind.into(),
            parent: None,
            from: input.from.map(|day| day.0),
            is_venue: input.is_venue,
        };
        let tried = match request.department_key(&input.parent).await? {
            Some(parent) => add_department(&request.app, &call, (parent, new)).await,
            None => Err(ChangeError::field("parent", "DEPARTMENT_UNKNOWN")),
        };
        let (department, user_errors) = answer(request, tried).await?;
        Ok(AddDepartmentPayload {
            department,
            user_errors,
        })
    }

    /// Says that a unit is one of the venues (科技馆), or is none any more, from a day on: it is asked for the
    /// figures of metrics whose level is VENUE from the month on in which that day lies. What was recorded
    /// stays.
    async fn set_venue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, what it is to be, from when on, and why.")]
        input: SetVenueInput,
    ) -> Result<SetVenuePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let today = official_day(request.app.store().clock().now());
        let mark = VenueMark {
            is_venue: input.is_venue,
            from: input.from.map_or(today, |day| day.0),
        };
        let unit = request.department_key(&input.department).await?;
        let reason =
            Reason::try_new(&input.reason).map_err(|error| ChangeError::invalid("reason", &error));
        let tried = match (unit, reason) {
            (None, _) => Err(ChangeError::field("department", "DEPARTMENT_UNKNOWN")),
            (_, Err(error)) => Err(error),
            (Some(unit), Ok(reason)) => {
                let asked = (mark, input.expected_version, reason);
                set_venue(&request.app, &call, unit, asked).await
            }
        };
        let (department, user_errors) = answer(request, tried).await?;
        Ok(SetVenuePayload {
            department,
            user_errors,
        })
    }

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
        let (department, user_errors) = answer(request, tried).await?;
        Ok(MoveDepartmentPayload {
            department,
            user_errors,
        })
    }
}
