//! Measurements (数据/填报值) and the figures they add up to, as the API shows them.

pub mod cell;
pub mod enums;
mod evidence;
pub mod figures;
mod formula;
pub mod grid;
pub mod named;
mod object;
pub mod query;

use async_graphql::{Context, Description, ID, InputObject, SimpleObject};
use duban_domain::measurement as domain;
use duban_persistence::measurements::{self, MeasurementFilter as StoredFilter};

use self::enums::MeasurementState;
use super::{
    context::request,
    department::find_department,
    error::Fault,
    metric::find_metric,
    page::{self, Args, Conn, LARGEST_PAGE},
    scalars::Period,
    user_error::{NamedFigure, named},
};
use crate::{http::client::Language, wording};

/// One revision of what a department said of a metric for a period (数据); never changed but for the
/// decision on it.
#[derive(Debug, Clone, Description)]
pub struct Measurement(pub domain::Measurement);

/// Something about a figure that looks wrong; a hint for whoever enters and whoever verifies it.
#[derive(SimpleObject, Debug, Clone)]
pub struct MeasurementDoubt {
    /// The stable code.
    code: &'static str,
    /// A sentence in the caller's language.
    message: String,
    /// The figures of the sentence.
    figures: Vec<NamedFigure>,
}

impl MeasurementDoubt {
    fn of(language: Language, doubt: &domain::Doubt) -> Self {
        let (code, figures) = (doubt.code(), doubt.figures());
        Self {
            code,
            message: wording::sentence(language, code, &figures),
            figures: named(&figures),
        }
    }
}

/// Which measurements a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct MeasurementFilter {
    /// Of this metric, by id or code.
    metric: Option<ID>,
    /// Of this department, by id or code.
    department: Option<ID>,
    /// Of this department, by id or code, and of all that stand below it now.
    under: Option<ID>,
    /// Of this period.
    period: Option<Period>,
    /// In these states.
    state: Option<Vec<MeasurementState>>,
    /// Only the newest revisions, those that nothing stands in place of; a draft stands in place of
    /// drafts alone, for what was handed in goes on being said.
    is_newest: Option<bool>,
}

impl MeasurementFilter {
    async fn resolve(self, ctx: &Context<'_>) -> Result<StoredFilter, Fault> {
        let states = self.state.unwrap_or_default();
        let mut wanted = StoredFilter {
            period: self.period.map(|one| one.0),
            states: states.into_iter().map(Into::into).collect(),
            is_newest: self.is_newest.unwrap_or_default(),
            ..StoredFilter::default()
        };
        if let Some(id) = &self.metric {
            wanted.metric = Some(find_metric(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.department {
            wanted.department = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.under {
            wanted.under = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        Ok(wanted)
    }
}

/// A page of the measurements that the filter lets through, the newest period first.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_measurements(
    ctx: &Context<'_>,
    args: Args,
    filter: Option<MeasurementFilter>,
) -> Result<Conn<Measurement>, Fault> {
    let request = request(ctx);
    let window = args.window(ctx, "measurements", LARGEST_PAGE)?;
    let filter = filter.unwrap_or_default().resolve(ctx).await?;
    let db = request.app.store().read();
    let found = measurements::list(db, &request.scope, &filter, &window).await?;
    Ok(page::connection(
        "measurements",
        found.map(Measurement),
        |one| measurements::key_of(&one.0),
    ))
}
