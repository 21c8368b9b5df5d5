//! The revisions of one measurement: recorded, submitted, verified or rejected by another person.

use time::OffsetDateTime;

use super::{
    Channel, Entry, Measurement, MeasurementKey, MeasurementRefusal, MeasurementState, Reading,
};
use crate::{
    access::{Decider, Person, four_eyes},
    ids::{MeasurementId, SheetId},
    metric::TreeAggregation,
    text::Reason,
};

/// A decision on a revision, or that it was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Who decided or took it back.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// Why it was rejected or taken back.
    pub reason: Option<Reason>,
}

/// What somebody enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// What was measured in the period alone.
    pub reading: Reading,
    /// What was typed.
    pub entry: Entry,
    /// The way it came in.
    pub channel: Channel,
    /// The spreadsheet that brings it.
    pub sheet: Option<SheetId>,
    /// Who enters it.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// Whether it is handed in, or kept as a draft.
    pub is_submitted: bool,
    /// Whether the due day is over.
    pub is_late: bool,
    /// Why it replaces what was said before.
    pub reason: Option<Reason>,
    /// Whether files come with it, which were not there before.
    pub has_evidence: bool,
}

/// All that was ever said for one metric, department and period; the oldest revision first.
///
/// Empty is MISSING: not zero, and not "does not apply".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    key: MeasurementKey,
    revisions: Vec<Measurement>,
}

impl Slot {
    /// A place with the revisions that it has, in any order.
    #[must_use]
    pub fn new(key: MeasurementKey, mut revisions: Vec<Measurement>) -> Self {
        revisions.retain(|one| one.key == key);
        revisions.sort_by_key(|one| one.revision);
        Self { key, revisions }
    }

    /// What it is about.
    #[must_use]
    pub const fn key(&self) -> MeasurementKey {
        self.key
    }

    /// The revisions, the oldest first.
    #[must_use]
    pub fn revisions(&self) -> &[Measurement] {
        &self.revisions
    }

    /// The newest revision.
    #[must_use]
    pub fn latest(&self) -> Option<&Measurement> {
        self.revisions.last()
    }

    /// The revision that counts: the newest verified one. It counts until a correction is verified.
    #[must_use]
    pub fn verified(&self) -> Option<&Measurement> {
        self.newest(MeasurementState::Verified)
    }

    /// The revision that would count if it were verified: the newest submitted one, where it is newer
    /// than what counts.
    #[must_use]
    pub fn provisional(&self) -> Option<&Measurement> {
        let submitted = self.newest(MeasurementState::Submitted)?;
        let counts = self.verified().map_or(0, |one| one.revision);
        (submitted.revision > counts).then_some(submitted)
    }

    /// What the department says as things stand: the newest submission or what counts; none where
    /// everything is a draft or was rejected.
    #[must_use]
    pub fn said(&self) -> Option<&Measurement> {
        self.provisional().or_else(|| self.verified())
    }

    fn newest(&self, state: MeasurementState) -> Option<&Measurement> {
        self.revisions.iter().rev().find(|one| one.state == state)
    }

    /// Adds a revision; what stood before stays as it is.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal`] for a reading that the metric cannot add up, one that says nothing new,
    /// and a correction without its reason; nothing is added then.
    pub fn record(
        &mut self,
        id: MeasurementId,
        given: Recording,
        over_tree: TreeAggregation,
    ) -> Result<(), MeasurementRefusal> {
        given.reading.check(over_tree)?;
        let state = if given.is_submitted {
            MeasurementState::Submitted
        } else {
            MeasurementState::Draft
        };
        let before = self.latest();
        let not_withdrawn = |one: &&Measurement| one.state != MeasurementState::Withdrawn;
        if let Some(before) = self.revisions.iter().rev().find(not_withdrawn) {
            let stands = before.state == state || before.state == MeasurementState::Verified;
            if stands && before.reading == given.reading && !given.has_evidence {
                return Err(MeasurementRefusal::Same);
            }
        }
        if given.reason.is_none() && (self.verified().is_some() || self.provisional().is_some()) {
            return Err(MeasurementRefusal::ReasonMissing);
        }
        self.revisions.push(Measurement {
            id,
            key: self.key,
            revision: before.map_or(1, |one| one.revision + 1),
            replaces: before.map(|one| one.id),
            reading: given.reading,
            entry: given.entry,
            state,
            channel: given.channel,
            sheet: given.sheet,
            by: given.by,
            at: given.at,
            is_late: given.is_submitted && given.is_late,
            reason: given.reason,
            decided: None,
        });
        Ok(())
    }

    /// Verifies a revision (核实): from now on it counts.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal`] unless it was submitted, and by whoever measured.
    pub fn verify(
        &mut self,
        revision: i32,
        (decider, at): (Decider<'_>, OffsetDateTime),
    ) -> Result<&Measurement, MeasurementRefusal> {
        self.decide(revision, MeasurementState::Verified, (decider, at), None)
    }

    /// Rejects a revision (驳回), saying why.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal`] unless it was submitted, and by whoever measured.
    pub fn reject(
        &mut self,
        revision: i32,
        (decider, at): (Decider<'_>, OffsetDateTime),
        reason: Reason,
    ) -> Result<&Measurement, MeasurementRefusal> {
        let to = MeasurementState::Rejected;
        self.decide(revision, to, (decider, at), Some(reason))
    }

    /// Whether this person may decide on a revision now (product rule 2). Whoever wrote a draft of it
    /// measured as much as the one who handed it in.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal`] says why not.
    pub fn may_be_decided(
        &self,
        revision: i32,
        who: Decider<'_>,
    ) -> Result<(), MeasurementRefusal> {
        let state = |of: Option<&Measurement>| of.map_or(MeasurementState::Draft, |one| one.state);
        let asked = self.revisions.iter().find(|one| one.revision == revision);
        let is_newest = self
            .latest_said()
            .is_some_and(|one| one.revision == revision);
        if state(asked) != MeasurementState::Submitted || !is_newest {
            return Err(MeasurementRefusal::NotSubmitted {
                state: state(asked),
            });
        }
        let earlier = self.revisions.iter().rev();
        let earlier = earlier.filter(|one| one.revision < revision);
        let drafts = earlier.take_while(|one| one.state == MeasurementState::Draft);
        let mut authors = asked.into_iter().chain(drafts);
        if authors.any(|one| four_eyes(one.by, who).is_err()) {
            return Err(MeasurementRefusal::SamePerson);
        }
        Ok(())
    }

    fn latest_said(&self) -> Option<&Measurement> {
        let mut said = self.revisions.iter().rev();
        said.find(|one| {
            !matches!(
                one.state,
                MeasurementState::Draft | MeasurementState::Withdrawn
            )
        })
    }

    /// Takes a revision back (撤回) that nobody has decided on, submitted or still a draft: whatever was said
    /// before stands again.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::NotSubmitted`] where it is decided on, or was taken back before.
    pub fn withdraw(
        &mut self,
        revision: i32,
        (by, at): (Person, OffsetDateTime),
        reason: Reason,
    ) -> Result<&Measurement, MeasurementRefusal> {
        let asked = self.revisions.iter_mut();
        let asked = asked.rev().find(|one| one.revision == revision);
        let missing = MeasurementState::Draft;
        let one = asked.ok_or(MeasurementRefusal::NotSubmitted { state: missing })?;
        if !matches!(
            one.state,
            MeasurementState::Draft | MeasurementState::Submitted
        ) {
            return Err(MeasurementRefusal::NotSubmitted { state: one.state });
        }
        one.state = MeasurementState::Withdrawn;
        one.decided = Some(Decided {
            by,
            at,
            reason: Some(reason),
        });
        Ok(one)
    }

    fn decide(
        &mut self,
        revision: i32,
        to: MeasurementState,
        (decider, at): (Decider<'_>, OffsetDateTime),
        reason: Option<Reason>,
    ) -> Result<&Measurement, MeasurementRefusal> {
        self.may_be_decided(revision, decider)?;
        let found = self
            .revisions
            .iter_mut()
            .find(|one| one.revision == revision);
        let one = found.ok_or(MeasurementRefusal::NotSubmitted {
            state: MeasurementState::Draft,
        })?;
        one.state = to;
        one.decided = Some(Decided {
            by: decider.person,
            at,
            reason,
        });
        Ok(one)
    }
}
