//! The rules of lights, and what others would do.

use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use duban_app::lights::{LightChange as Change, LightPreview, may_manage_rules, preview_rules};
use duban_domain::light::{Threshold, Thresholds};
use duban_persistence::light_rules::{self, StoredRules};

use super::{LightColour, LightCount, LightThreshold, Pace, counted};
use crate::graphql::{
    account::Person,
    context::request,
    error::Fault,
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::DateTime,
    task::Task,
    user_error::UserError,
};

/// What all lights follow (亮灯规则).
#[derive(Debug, Clone, Description)]
pub struct LightRules(pub StoredRules);

/// One number of the rules.
#[derive(SimpleObject, Debug, Clone)]
pub struct LightRule {
    /// Which.
    threshold: LightThreshold,
    /// The number that stands.
    value: i32,
    /// The least it may be.
    least: i32,
    /// The most it may be.
    most: i32,
    /// The number that the product came with.
    standard: i32,
}

/// One number to be set.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct LightRuleInput {
    /// Which.
    threshold: LightThreshold,
    /// The number.
    value: i32,
}

/// Rules to be tried.
#[derive(InputObject, Debug, Clone)]
pub struct PreviewLightRulesInput {
    /// The numbers that would be otherwise.
    pub rules: Vec<LightRuleInput>,
    /// The curve; left out, the one that stands.
    pub pace: Option<Pace>,
}

/// What other rules would do to the open tasks that the caller may read.
#[derive(Description)]
pub struct LightRulesPreview {
    found: Result<LightPreview, UserError>,
}

/// One task that would show another light.
#[derive(Debug, Clone, Description)]
pub struct LightChange(Change);

/// The thresholds that stand, with some numbers otherwise.
pub fn thresholds(
    standing: &StoredRules,
    numbers: &[LightRuleInput],
    pace: Option<Pace>,
) -> Thresholds {
    let mut wanted = *standing.rules.thresholds();
    for one in numbers {
        // What is no such number at all is out of any bounds.
        let value = u16::try_from(one.value).unwrap_or(u16::MAX);
        wanted.set(one.threshold.into(), value);
    }
    wanted.pace = pace.map_or(wanted.pace, Into::into);
    wanted
}

/// The rules that stand.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn current(ctx: &Context<'_>) -> Result<LightRules, Fault> {
    let db = request(ctx).app.store().read();
    Ok(LightRules(light_rules::current(db).await?))
}

/// Tries other rules.
///
/// # Errors
///
/// [`Fault::Forbidden`] for whoever may not change them.
pub async fn preview(
    ctx: &Context<'_>,
    input: &PreviewLightRulesInput,
) -> Result<LightRulesPreview, Fault> {
    let request = request(ctx);
    let store = request.app.store();
    let standing = light_rules::current(store.read()).await?;
    let wanted = thresholds(&standing, &input.rules, input.pace);
    let who = request.principal()?;
    let tried = preview_rules(store.read(), who, wanted, store.clock().now()).await;
    let found = match tried {
        Ok(found) => Ok(found),
        Err(error) => Err(UserError::from_change(request.language, "rules", error)?),
    };
    Ok(LightRulesPreview { found })
}

#[Object(use_type_description)]
impl LightRules {
    /// Changes so far; 0 while the rules stand that the product came with.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The numbers, in their order.
    async fn rules(&self) -> Vec<LightRule> {
        let (standing, standard) = (self.0.rules.thresholds(), Thresholds::default());
        let rule = |one: &Threshold| LightRule {
            threshold: (*one).into(),
            value: standing.get(*one).into(),
            least: (*one.bounds().start()).into(),
            most: (*one.bounds().end()).into(),
            standard: standard.get(*one).into(),
        };
        Threshold::ALL.iter().map(rule).collect()
    }

    /// The curve that the pace follows.
    async fn pace(&self) -> Pace {
        self.0.rules.thresholds().pace.into()
    }

    /// Who changed them last.
    async fn changed_by(&self) -> Option<Person> {
        self.0.changed.map(|(who, _)| Person(who))
    }

    /// When.
    async fn changed_at(&self) -> Option<DateTime> {
        self.0.changed.map(|(_, at)| DateTime(at))
    }

    /// Whether the caller may change them.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let db = request.app.store().read();
        Ok(may_manage_rules(db, request.principal()?).await?)
    }
}

#[Object(use_type_description)]
impl LightChange {
    /// The task.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let found = request(ctx).loader.load_one(self.0.task).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }

    /// What it shows now.
    async fn from(&self) -> LightColour {
        self.0.from.into()
    }

    /// What it would show.
    async fn to(&self) -> LightColour {
        self.0.to.into()
    }
}

ready!(LightChange {});

#[Object(use_type_description)]
impl LightRulesPreview {
    /// How many tasks show each colour now.
    async fn before(&self) -> Vec<LightCount> {
        let found = self.found.as_ref().ok();
        found.map_or_else(Vec::new, |one| counted(one.before.clone()))
    }

    /// How many would.
    async fn after(&self) -> Vec<LightCount> {
        let found = self.found.as_ref().ok();
        found.map_or_else(Vec::new, |one| counted(one.after.clone()))
    }

    /// The tasks that would change, in the order of the text.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn changes(
        &self,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<LightChange>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let found = self.found.as_ref().ok();
        let rows = found.map_or_else(Vec::new, |one| one.changes.clone());
        let rows = rows.into_iter().map(LightChange).collect();
        page::slice(&args, "lightChanges", rows, LARGEST_PAGE)
    }

    /// What the user can mend in the rules tried; nothing was computed then.
    async fn user_errors(&self) -> Vec<UserError> {
        self.found.as_ref().err().cloned().into_iter().collect()
    }
}
