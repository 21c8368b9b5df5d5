//! The fields of a measurement.

use async_graphql::{Context, ID, Object};
use duban_domain::{
    access::{Decider, Permission, Place, authorize},
    measurement::{self as domain, Entry, Slot},
    text::Reason,
};

use super::{
    Measurement, MeasurementDoubt,
    enums::{Channel, MeasurementState, ReadingKind},
    evidence::Evidence,
};
use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    error::Fault,
    id::{Kind, global},
    loaders::{DoubtsAbout, EvidenceUnder, PathOf, RevisionsAt},
    metric::Metric,
    ready::ready,
    scalars::{DateTime, Decimal, Period},
    sheet::MeasurementSheet,
};

impl Measurement {
    fn amount(&self) -> Option<&domain::Amount> {
        self.0.reading.amount()
    }

    async fn all(&self, ctx: &Context<'_>) -> Result<Vec<domain::Measurement>, Fault> {
        let loader = &request(ctx).loader;
        let found = loader.load_one(RevisionsAt(self.0.key)).await?;
        Ok(found.unwrap_or_default())
    }
}

#[Object(use_type_description)]
impl Measurement {
    /// Global id.
    pub async fn id(&self) -> ID {
        global(Kind::Measurement, self.0.id.0)
    }

    /// What was measured.
    async fn metric(&self, ctx: &Context<'_>) -> Result<Metric, Fault> {
        let found = request(ctx).loader.load_one(self.0.key.metric).await?;
        found.map(Metric).ok_or(Fault::NotFound)
    }

    /// Who measured.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.key.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// For when.
    async fn period(&self) -> Period {
        Period(self.0.key.period)
    }

    /// From 1 for each metric, department and period, without gaps.
    async fn revision(&self) -> i32 {
        self.0.revision
    }

    /// What it says: a figure, zero, or that the metric does not apply.
    async fn kind(&self) -> ReadingKind {
        self.0.reading.kind().into()
    }

    /// The figure of the period alone; none where the metric does not apply. Of a ratio the numerator.
    async fn value(&self) -> Option<Decimal> {
        self.amount().map(|amount| Decimal(amount.value))
    }

    /// The denominator of a ratio, or the size by which a mean is weighted.
    async fn base(&self) -> Option<Decimal> {
        self.amount().and_then(|amount| amount.base).map(Decimal)
    }

    /// The things counted, where the metric counts distinct things.
    async fn things(&self) -> Vec<&str> {
        let things = self.amount().map(|amount| amount.things.as_slice());
        let things = things.unwrap_or_default().iter();
        things.map(domain::Thing::as_str).collect()
    }

    /// The running total that the reporter typed, where the figure was derived from one (累计).
    async fn running_total(&self) -> Option<Decimal> {
        match self.0.entry {
            Entry::OfPeriod => None,
            Entry::RunningTotal(total) => Some(Decimal(total)),
        }
    }

    /// Where it stands.
    async fn state(&self) -> MeasurementState {
        self.0.state.into()
    }

    /// The way it came in.
    async fn channel(&self) -> Channel {
        self.0.channel.into()
    }

    /// The spreadsheet that brought it, where the caller may see it.
    async fn sheet(&self, ctx: &Context<'_>) -> Option<Result<MeasurementSheet, Fault>> {
        let id = self.0.sheet?;
        let found = request(ctx).loader.load_one(id).await;
        found
            .map(|found| found.map(MeasurementSheet::from))
            .map_err(Fault::from)
            .transpose()
    }

    /// Who entered it.
    async fn recorded_by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// When it was entered.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Whether it was handed in after the due day; stays for good.
    async fn is_late(&self) -> bool {
        self.0.is_late
    }

    /// Why it replaces what was said before.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_ref().map(Reason::as_str)
    }

    /// Who verified or rejected it, or took it back.
    async fn decided_by(&self) -> Option<Person> {
        self.0.decided.as_ref().map(|one| Person(one.by.account))
    }

    /// When it was verified, rejected or taken back.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided.as_ref().map(|one| DateTime(one.at))
    }

    /// Why it was rejected or taken back.
    async fn decided_reason(&self) -> Option<&str> {
        let decided = self.0.decided.as_ref()?;
        decided.reason.as_ref().map(Reason::as_str)
    }

    /// The files that show it, in the order in which they were named.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>, Fault> {
        let found = request(ctx)
            .loader
            .load_one(EvidenceUnder(self.0.id))
            .await?;
        let files = found.unwrap_or_default().into_iter();
        Ok(files.map(Evidence).collect())
    }

    /// What looks wrong about it beside the unit's other months and the verified figures of others
    /// (合理性提示); never a reason why it is refused.
    async fn doubts(&self, ctx: &Context<'_>) -> Result<Vec<MeasurementDoubt>, Fault> {
        let request = request(ctx);
        let found = request.loader.load_one(DoubtsAbout(self.0.id)).await?;
        let found = found.unwrap_or_default();
        let told = found
            .iter()
            .map(|one| MeasurementDoubt::of(request.language, one));
        Ok(told.collect())
    }

    /// Every revision of the same metric, department and period that the caller may see, the first one
    /// first, this one included.
    async fn revisions(&self, ctx: &Context<'_>) -> Result<Vec<Measurement>, Fault> {
        Ok(self.all(ctx).await?.into_iter().map(Measurement).collect())
    }

    /// Whether the caller may verify or reject it now.
    async fn viewer_can_decide(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let path = request.load(PathOf(self.0.key.department));
        let place = Place(path.await?.unwrap_or_default());
        let who = request.principal()?;
        let Ok(person) = authorize(who, Permission::MeasurementVerify, &place) else {
            return Ok(false);
        };
        let decider = Decider {
            person,
            stands_for: who.stands_for(),
        };
        let slot = Slot::new(self.0.key, self.all(ctx).await?);
        Ok(slot.may_be_decided(self.0.revision, decider).is_ok())
    }
}

ready!(Measurement {});
