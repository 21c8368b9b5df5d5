//! The life of a report: written, submitted, returned, submitted again, accepted (product rule 11).

use time::{Date, OffsetDateTime};

use super::{
    ProgressReport, ReportCell, ReportRefusal, ReportState, ReportText, ReportWindow, WindowState,
};
use crate::{
    access::{Decider, Person},
    named::named,
    period::Cadence,
    text::Reason,
};

named! {
    /// What was done with a report.
    ReportAct {
        /// 报送.
        Submit = "SUBMIT",
        /// 退回.
        Return = "RETURN",
        /// 通过.
        Accept = "ACCEPT",
    }
}

/// Who submitted, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submission {
    /// Who.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// Who accepted, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// Who.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// What a reviewer wants mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The cells to mend, each once, in the order of the report.
    pub cells: Vec<ReportCell>,
    /// What is to be mended.
    pub words: Reason,
    /// By when.
    pub mend_by: Date,
    /// Who.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// What a return says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    /// The cells to mend.
    pub cells: Vec<ReportCell>,
    /// What is to be mended.
    pub words: Reason,
    /// By when.
    pub mend_by: Date,
}

/// One entry of a report's history; never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportStep {
    /// What was done.
    pub act: ReportAct,
    /// Who.
    pub who: Person,
    /// When.
    pub at: OffsetDateTime,
    /// What was submitted.
    pub text: Option<ReportText>,
    /// What was to be mended.
    pub remark: Option<Remark>,
}

/// Whether a department may write reports of a period: its window, and until when the period was
/// opened again for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The window of the period.
    pub window: ReportWindow,
    /// The last day of the latest reopening, where there was one.
    pub reopened_until: Option<Date>,
}

impl Gate {
    /// Last day on which reports are taken.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.reopened_until
            .map_or(self.window.closes_on, |day| day.max(self.window.closes_on))
    }

    /// Where a day lies; a period that was opened again takes late reports.
    #[must_use]
    pub fn state_on(&self, day: Date) -> WindowState {
        match self.window.state_on(day) {
            WindowState::Closed if day <= self.last_day() => WindowState::Late,
            other => other,
        }
    }

    /// Whether reports are taken on that day; says if one submitted then is late.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] before the window opens, after it closed, and for what is no month.
    pub fn is_late_on(&self, day: Date) -> Result<bool, ReportRefusal> {
        let period = self.window.period;
        if period.cadence() != Cadence::Monthly {
            return Err(ReportRefusal::NotMonthly { period });
        }
        match self.state_on(day) {
            WindowState::Open => Ok(false),
            WindowState::Late => Ok(true),
            WindowState::NotOpen => Err(ReportRefusal::NotOpen {
                period,
                opens_on: self.window.opens_on,
            }),
            WindowState::Closed => Err(ReportRefusal::Closed {
                period,
                closed_on: self.last_day(),
            }),
        }
    }

    /// Whether the period may be opened again until that day.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] while it takes reports anyway, and for a day that is over.
    pub fn may_be_reopened(&self, today: Date, until: Date) -> Result<(), ReportRefusal> {
        let period = self.window.period;
        match self.is_late_on(today) {
            Err(ReportRefusal::Closed { .. }) if until < today => {
                Err(ReportRefusal::DatePast { date: until })
            }
            Err(ReportRefusal::Closed { .. }) => Ok(()),
            Err(other) => Err(other),
            Ok(_) => Err(ReportRefusal::NotClosed {
                period,
                closes_on: self.last_day(),
            }),
        }
    }
}

impl ProgressReport {
    /// Writes a draft; on an error the report is unchanged.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] outside the window, and while it waits for review or is accepted.
    pub fn write(
        &mut self,
        who: Person,
        text: ReportText,
        gate: &Gate,
        today: Date,
    ) -> Result<(), ReportRefusal> {
        gate.is_late_on(today)?;
        self.is_editable()?;
        self.text = text;
        self.add_author(who);
        Ok(())
    }

    /// Submits it; late or not is fixed the first time.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] outside the window, twice, or with a cell missing.
    pub fn submit(
        &mut self,
        (who, at): (Person, OffsetDateTime),
        gate: &Gate,
        today: Date,
    ) -> Result<ReportStep, ReportRefusal> {
        let is_late = gate.is_late_on(today)?;
        self.is_editable()?;
        if let Some(cell) = self.text.missing() {
            return Err(ReportRefusal::CellMissing { cell });
        }
        if self.first_submitted_at.is_none() {
            self.first_submitted_at = Some(at);
            self.is_late = is_late;
        }
        self.add_author(who);
        self.submitted = Some(Submission { by: who, at });
        self.state = ReportState::Submitted;
        self.remark = None;
        Ok(ReportStep {
            act: ReportAct::Submit,
            who,
            at,
            text: Some(self.text.clone()),
            remark: None,
        })
    }

    /// Returns it (退回), naming the cells to mend and by when.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] by whoever wrote it, without a cell, and for a day on which nothing
    /// could be submitted.
    pub fn send_back(
        &mut self,
        (decider, at): (Decider<'_>, OffsetDateTime),
        returning: Returning,
        gate: &Gate,
        today: Date,
    ) -> Result<ReportStep, ReportRefusal> {
        self.may_be_decided(decider)?;
        let who = decider.person;
        let Returning {
            mut cells,
            words,
            mend_by,
        } = returning;
        cells.sort_unstable();
        cells.dedup();
        if cells.is_empty() {
            return Err(ReportRefusal::NoCell);
        }
        if mend_by < today {
            return Err(ReportRefusal::DatePast { date: mend_by });
        }
        if mend_by > gate.last_day() {
            return Err(ReportRefusal::MendAfterClose {
                mend_by,
                closes_on: gate.last_day(),
            });
        }
        let remark = Remark {
            cells,
            words,
            mend_by,
            by: who,
            at,
        };
        self.state = ReportState::Returned;
        self.remark = Some(remark.clone());
        Ok(ReportStep {
            act: ReportAct::Return,
            who,
            at,
            text: None,
            remark: Some(remark),
        })
    }

    /// Accepts it (通过).
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] by whoever wrote it, and unless it waits for review.
    pub fn accept(
        &mut self,
        (decider, at): (Decider<'_>, OffsetDateTime),
    ) -> Result<ReportStep, ReportRefusal> {
        self.may_be_decided(decider)?;
        let who = decider.person;
        self.state = ReportState::Accepted;
        self.accepted = Some(Accepted { by: who, at });
        Ok(ReportStep {
            act: ReportAct::Accept,
            who,
            at,
            text: None,
            remark: None,
        })
    }

    /// Whether this person may decide on it now (product rule 2).
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] says why not.
    pub fn may_be_decided(&self, who: Decider<'_>) -> Result<(), ReportRefusal> {
        if self.state != ReportState::Submitted {
            return Err(ReportRefusal::NotSubmitted { state: self.state });
        }
        if self.is_own_of(who) {
            return Err(ReportRefusal::SamePerson);
        }
        Ok(())
    }

    fn add_author(&mut self, who: Person) {
        if !self.authors.contains(&who) {
            self.authors.push(who);
        }
    }

    const fn is_editable(&self) -> Result<(), ReportRefusal> {
        if self.state.is_editable() {
            Ok(())
        } else {
            Err(ReportRefusal::NotEditable { state: self.state })
        }
    }
}
