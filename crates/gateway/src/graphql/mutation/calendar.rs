//! The working-day calendar: a year that is loaded.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use duban_app::{
    calendar::{CalendarRefusal, LoadedCalendar, load_calendar},
    change::ChangeError,
};

use crate::graphql::{
    context::{call, request},
    error::Fault,
    report::calendar::{CalendarYear, calendar_of},
    user_error::UserError,
};

/// Longest file, in characters: some hundred times what a year needs.
const MOST_CHARACTERS: usize = 100_000;

/// Mutations of the working-day calendar.
#[derive(Default)]
pub struct CalendarMutation;

/// The named days of a year.
#[derive(InputObject)]
pub struct LoadCalendarInput {
    /// A table, commas between its columns: a line for each day, headed `date,kind,name`, for example
    /// `2027-02-06,OFF,春节`. A kind is `OFF` (放假) or `WORK` (上班).
    text: String,
    /// Whether it is only tried: what would change is told, nothing is stored.
    #[graphql(default)]
    is_trial: bool,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What loading changed, or would change.
#[derive(SimpleObject, Default)]
pub struct LoadCalendarPayload {
    /// The year as it stands now.
    calendar: Option<CalendarYear>,
    /// Days that were not named before.
    added: i32,
    /// Days that are named no more.
    removed: i32,
    /// Days that are named otherwise.
    changed: i32,
    /// What the user can mend, line by line; nothing was stored then.
    user_errors: Vec<UserError>,
}

fn count(of: usize) -> i32 {
    i32::try_from(of).unwrap_or(i32::MAX)
}

#[Object]
impl CalendarMutation {
    /// Loads the holidays and make-up days of a year in place of those that stand (载入工作日历), as the
    /// notice on holidays says them. Days that have begun stay as they are.
    async fn load_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The days.")] input: LoadCalendarInput,
    ) -> Result<LoadCalendarPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let length = input.text.chars().count();
        let tried = if length > MOST_CHARACTERS {
            Err(CalendarRefusal::Change(ChangeError::Invalid {
                path: "text",
                code: "TEXT_TOO_LONG",
                figures: vec![
                    ("length", length.to_string()),
                    ("most", MOST_CHARACTERS.to_string()),
                ],
            }))
        } else {
            load_calendar(&request.app, &call, &input.text, input.is_trial).await
        };
        let user_errors = match tried {
            Ok(loaded) => return answer(ctx, loaded).await,
            Err(CalendarRefusal::Faults(faults)) => faults
                .iter()
                .map(|fault| UserError::of(request.language, "text", fault))
                .collect(),
            Err(CalendarRefusal::Change(error)) => {
                vec![UserError::from_change(request.language, "text", error)?]
            }
        };
        Ok(LoadCalendarPayload {
            user_errors,
            ..LoadCalendarPayload::default()
        })
    }
}

async fn answer(ctx: &Context<'_>, loaded: LoadedCalendar) -> Result<LoadCalendarPayload, Fault> {
    Ok(LoadCalendarPayload {
        calendar: Some(calendar_of(ctx, loaded.year).await?),
        added: count(loaded.added),
        removed: count(loaded.removed),
        changed: count(loaded.changed),
        user_errors: Vec::new(),
    })
}
