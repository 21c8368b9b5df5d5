//! The fields of a notice.

use async_graphql::{Context, ID, Object};
use duban_app::notices::ActVerdict;
use duban_domain::{clock::official_day, error::Coded, notice::NoticeAct as Act, text::Reason};

use super::{
    NoticeActVerdict, NoticeAddressee, NoticeRecipient, NoticeStep, SupervisionNotice,
    enums::{NoticeAct, NoticeLevel, NoticeState},
};
use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    error::Fault,
    id::{Kind, global},
    loaders::{NoticeFactsOf, NoticeStepsOf},
    ready::ready,
    scalars::{Date, DateTime},
    task::Task,
    user_error::UserError,
};

#[Object(use_type_description)]
impl SupervisionNotice {
    /// Global id.
    pub async fn id(&self) -> ID {
        global(Kind::Notice, self.0.id.0)
    }

    /// The number in addresses: `2025-3`.
    async fn code(&self) -> String {
        self.0.number.code()
    }

    /// The number on paper: 督办〔2025〕3号.
    async fn number(&self) -> String {
        self.0.number.to_string()
    }

    /// The task that is pressed; null when the caller may read the notice alone.
    async fn task(&self, ctx: &Context<'_>) -> Option<Result<Task, Fault>> {
        let found = request(ctx).loader.load_one(self.0.task).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|task| task.map(Task))
    }

    /// The department that issued it.
    async fn issuer(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.issuer).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// What is asked.
    async fn text(&self) -> &str {
        self.0.text.as_str()
    }

    /// The rung of the ladder that it has reached.
    async fn level(&self) -> NoticeLevel {
        self.0.level.into()
    }

    /// Last day to reply.
    async fn reply_by(&self) -> Date {
        Date(self.0.reply_by)
    }

    /// Where it stands.
    async fn state(&self) -> NoticeState {
        self.0.state.into()
    }

    /// Whether the reply date is over without every reply.
    async fn is_overdue(&self, ctx: &Context<'_>) -> bool {
        let now = request(ctx).moment();
        self.0.is_overdue(official_day(now))
    }

    /// The departments that have to reply.
    async fn addressees(&self) -> Vec<NoticeAddressee> {
        let all = self.0.addressees.iter();
        all.copied().map(NoticeAddressee).collect()
    }

    /// The people who are told.
    async fn recipients(&self) -> Vec<NoticeRecipient> {
        let all = self.0.recipients.iter();
        all.copied().map(NoticeRecipient).collect()
    }

    /// Who issued it.
    async fn issued_by(&self) -> Person {
        Person(self.0.issued_by.account)
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime {
        DateTime(self.0.issued_at)
    }

    /// Changes so far, from 1; acts say the one they have read.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Everything that happened to it, the first step first.
    async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<NoticeStep>, Fault> {
        let loader = &request(ctx).loader;
        let found = loader.load_one(NoticeStepsOf(self.0.id)).await?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(NoticeStep)
            .collect())
    }

    /// For every act, whether it would be taken from the caller now, and if not, why.
    async fn acts(&self, ctx: &Context<'_>) -> Result<Vec<NoticeActVerdict>, Fault> {
        let request = request(ctx);
        let who = request.principal()?;
        let found = request.loader.load_one(NoticeFactsOf(self.0.id)).await?;
        let facts = found.ok_or(Fault::NotFound)?;
        let now = request.moment();
        let verdict = |(act, verdict): (Act, ActVerdict)| NoticeActVerdict {
            act: NoticeAct::from(act),
            is_allowed: verdict == ActVerdict::Allowed,
            refusal: match &verdict {
                ActVerdict::Allowed => None,
                ActVerdict::Forbidden => Some(UserError::explaining(
                    request.language,
                    "",
                    "FORBIDDEN",
                    &[],
                )),
                ActVerdict::Refused(refusal) => Some(UserError::explaining(
                    request.language,
                    "",
                    refusal.code(),
                    &refusal.figures(),
                )),
            },
        };
        Ok(facts
            .verdicts(&self.0, who, now)
            .into_iter()
            .map(verdict)
            .collect())
    }
}

ready!(SupervisionNotice {});

#[Object(use_type_description)]
impl NoticeStep {
    /// What was done.
    async fn act(&self) -> NoticeAct {
        self.0.act.into()
    }

    /// Who did it.
    async fn by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// For whom it was done, under a delegation.
    async fn on_behalf_of(&self) -> Option<Person> {
        self.0.by.acting_for.map(Person)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// The rung then.
    async fn level(&self) -> NoticeLevel {
        self.0.level.into()
    }

    /// The reply date then.
    async fn reply_by(&self) -> Date {
        Date(self.0.reply_by)
    }

    /// For which department a reply speaks.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department, Fault>> {
        let found = request(ctx).loader.load_one(self.0.department?).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|one| one.map(Department))
    }

    /// Whether the rules did it (自动升级), in the name of whoever issued the notice.
    async fn is_automatic(&self) -> bool {
        self.0.is_automatic
    }

    /// The words given with it.
    async fn words(&self) -> Option<&str> {
        self.0.words.as_ref().map(Reason::as_str)
    }
}

#[Object(use_type_description)]
impl NoticeAddressee {
    /// The department.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// When it replied.
    async fn replied_at(&self) -> Option<DateTime> {
        self.0.replied_at.map(DateTime)
    }
}

#[Object(use_type_description)]
impl NoticeRecipient {
    /// Who.
    async fn person(&self) -> Person {
        Person(self.0.account)
    }

    /// For which department.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// On which rung.
    async fn level(&self) -> NoticeLevel {
        self.0.level.into()
    }
}
