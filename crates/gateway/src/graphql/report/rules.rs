//! The rules of reports, and what others would do.

use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use duban_app::reports::{
    ReportRulesPreview as Preview, may_manage_report_rules, preview_report_rules,
};
use duban_domain::{
    clock::official_day,
    period::Cadence,
    report::{self as domain, ReportTerms},
};
use duban_persistence::{
    calendar,
    report_rules::{self, ReportRulesHistory},
};

use super::enums::ReportTerm;
use crate::graphql::{
    account::Person,
    context::request,
    error::Fault,
    scalars::{Date, DateTime, Period},
    user_error::UserError,
};

/// When reports open, are due and close (报送规则).
#[derive(Debug, Clone, Description)]
pub struct ReportRules(pub ReportRulesHistory);

/// One number of the rules.
#[derive(SimpleObject, Debug, Clone)]
pub struct ReportRule {
    /// Which.
    term: ReportTerm,
    /// The number made last.
    value: i32,
    /// The least it may be.
    least: i32,
    /// The most it may be.
    most: i32,
    /// The number that the product came with.
    standard: i32,
}

/// The days between which reports of a month are taken.
#[derive(SimpleObject, Debug, Clone)]
pub struct ReportWindow {
    /// The month.
    period: Period,
    /// First day.
    opens_on: Date,
    /// Last day on which a report is on time.
    due_on: Date,
    /// Last day on which one is taken at all.
    closes_on: Date,
}

impl From<domain::ReportWindow> for ReportWindow {
    fn from(window: domain::ReportWindow) -> Self {
        Self {
            period: Period(window.period),
            opens_on: Date(window.opens_on),
            due_on: Date(window.due_on),
            closes_on: Date(window.closes_on),
        }
    }
}

/// One number to be set.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct ReportRuleInput {
    /// Which.
    term: ReportTerm,
    /// The number.
    value: i32,
}

/// Rules to be tried.
#[derive(InputObject, Debug, Clone)]
pub struct PreviewReportRulesInput {
    /// The numbers that would be otherwise.
    pub rules: Vec<ReportRuleInput>,
}

/// What other rules would do. Months that have opened keep the rules under which they opened.
#[derive(Description)]
pub struct ReportRulesPreview {
    found: Result<Preview, UserError>,
}

/// The terms made last, with some numbers otherwise.
pub fn terms(standing: &ReportRulesHistory, numbers: &[ReportRuleInput]) -> ReportTerms {
    let mut wanted = *standing.rules().terms();
    for one in numbers {
        // What is no such number at all is out of any bounds.
        wanted.set(one.term.into(), u8::try_from(one.value).unwrap_or(u8::MAX));
    }
    wanted
}

/// The rules that stand.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn current(ctx: &Context<'_>) -> Result<ReportRules, Fault> {
    let db = request(ctx).app.store().read();
    Ok(ReportRules(report_rules::history(db).await?))
}

/// Tries other rules.
///
/// # Errors
///
/// [`Fault::Forbidden`] for whoever may not change them.
pub async fn preview(
    ctx: &Context<'_>,
    input: &PreviewReportRulesInput,
) -> Result<ReportRulesPreview, Fault> {
    let request = request(ctx);
    let store = request.app.store();
    let standing = report_rules::history(store.read()).await?;
    let wanted = terms(&standing, &input.rules);
    let who = request.principal()?;
    let tried = preview_report_rules(store.read(), who, wanted, store.clock().now()).await;
    let found = match tried {
        Ok(found) => Ok(found),
        Err(error) => Err(UserError::from_change(request.language, "rules", error)?),
    };
    Ok(ReportRulesPreview { found })
}

#[Object(use_type_description)]
impl ReportRules {
    /// Changes so far; 0 while the rules stand that the product came with.
    async fn version(&self) -> i32 {
        self.0.version()
    }

    /// The numbers, in their order.
    async fn rules(&self) -> Vec<ReportRule> {
        let (standing, standard) = (self.0.rules(), ReportTerms::default());
        let rule = |one: &domain::ReportTerm| ReportRule {
            term: (*one).into(),
            value: standing.terms().get(*one).into(),
            least: (*one.bounds().start()).into(),
            most: (*one.bounds().end()).into(),
            standard: standard.get(*one).into(),
        };
        domain::ReportTerm::ALL.iter().map(rule).collect()
    }

    /// The first month that follows these numbers; none while those stand that the product came
    /// with. Months before it keep the rules under which they opened.
    async fn first_month(&self) -> Option<Period> {
        self.0.last().map(|one| Period(one.first_month))
    }

    /// The window of the running month, under the rules that it follows.
    async fn window(&self, ctx: &Context<'_>) -> Result<ReportWindow, Fault> {
        let store = request(ctx).app.store();
        let days = calendar::load(store.read()).await?;
        let today = official_day(store.clock().now());
        let month = duban_domain::period::Period::of(today, Cadence::Monthly);
        Ok(self.0.schedule().window(month, &days).into())
    }

    /// Who changed them last.
    async fn changed_by(&self) -> Option<Person> {
        self.0.last().map(|one| Person(one.changed_by))
    }

    /// When.
    async fn changed_at(&self) -> Option<DateTime> {
        self.0.last().map(|one| DateTime(one.changed_at))
    }

    /// Whether the caller may change them.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let db = request.app.store().read();
        Ok(may_manage_report_rules(db, request.principal()?).await?)
    }
}

impl ReportRulesPreview {
    fn tell<T>(&self, of: impl Fn(&Preview) -> T) -> Option<T> {
        self.found.as_ref().ok().map(of)
    }
}

#[Object(use_type_description)]
impl ReportRulesPreview {
    /// The window of the running month as it stands.
    async fn standing(&self) -> Option<ReportWindow> {
        self.tell(|one| one.standing.into())
    }

    /// The window that the running month would have under these rules.
    async fn tried(&self) -> Option<ReportWindow> {
        self.tell(|one| one.tried.into())
    }

    /// The first window that would follow these rules, were they made today.
    async fn first(&self) -> Option<ReportWindow> {
        self.tell(|one| one.first.into())
    }

    /// The months on whose reports the rules are tried, as an example: none of them changes.
    async fn months(&self) -> Vec<Period> {
        let months = self.tell(|one| one.months.iter().copied().map(Period).collect());
        months.unwrap_or_default()
    }

    /// Reports of those months that were on time and would be late.
    async fn becoming_late(&self) -> i32 {
        count(self.tell(|one| one.becoming_late))
    }

    /// Reports of those months that were late and would be on time.
    async fn becoming_on_time(&self) -> i32 {
        count(self.tell(|one| one.becoming_on_time))
    }

    /// What the user can mend in the rules tried; nothing was computed then.
    async fn user_errors(&self) -> Vec<UserError> {
        self.found.as_ref().err().cloned().into_iter().collect()
    }
}

fn count(found: Option<usize>) -> i32 {
    i32::try_from(found.unwrap_or_default()).unwrap_or(i32::MAX)
}
