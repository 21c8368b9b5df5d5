//! What a report says, cell by cell, with its limits.

use super::refusal::ReportRefusal;
use crate::named::named;

named! {
    /// A cell of a report, as a reviewer names it.
    ReportCell {
        /// 进展情况.
        Progress = "PROGRESS",
        /// 存在问题.
        Problems = "PROBLEMS",
        /// 下步措施.
        NextSteps = "NEXT_STEPS",
        /// 需协调事项: what leaders read first.
        SupportNeeded = "SUPPORT_NEEDED",
        /// 自评.
        SelfAssessment = "SELF_ASSESSMENT",
    }
}

impl ReportCell {
    /// Most characters of the cell.
    #[must_use]
    pub const fn limit(self) -> usize {
        match self {
            Self::Progress => 2_000,
            Self::Problems | Self::NextSteps | Self::SupportNeeded => 1_000,
            Self::SelfAssessment => 0,
        }
    }
}

named! {
    /// How the department itself sees the task (自评).
    SelfAssessment {
        /// 正常推进.
        OnTrack = "ON_TRACK",
        /// 存在风险.
        AtRisk = "AT_RISK",
        /// 滞后.
        Behind = "BEHIND",
        /// 已完成.
        Done = "DONE",
    }
}

/// What a report says. White space around a text is no part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ReportText {
    progress: String,
    problems: String,
    next_steps: String,
    support_needed: String,
    /// How the department itself sees the task.
    pub self_assessment: Option<SelfAssessment>,
}

impl ReportText {
    /// A cell of text; the self-assessment is none.
    #[must_use]
    pub fn cell(&self, cell: ReportCell) -> &str {
        match cell {
            ReportCell::Progress => &self.progress,
            ReportCell::Problems => &self.problems,
            ReportCell::NextSteps => &self.next_steps,
            ReportCell::SupportNeeded => &self.support_needed,
            ReportCell::SelfAssessment => "",
        }
    }

    /// Writes a cell of text.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] beyond the limit of the cell, and for control characters other than tabs
    /// and line breaks; nothing is written then.
    pub fn write(&mut self, cell: ReportCell, words: &str) -> Result<(), ReportRefusal> {
        let words = words.replace("\r\n", "\n");
        let words = words.trim();
        if words
            .chars()
            .any(|one| one.is_control() && !matches!(one, '\n' | '\t'))
        {
            return Err(ReportRefusal::CellControl { cell });
        }
        let length = words.chars().count();
        if length > cell.limit() {
            return Err(ReportRefusal::CellTooLong { cell, length });
        }
        let place = match cell {
            ReportCell::Progress => &mut self.progress,
            ReportCell::Problems => &mut self.problems,
            ReportCell::NextSteps => &mut self.next_steps,
            ReportCell::SupportNeeded => &mut self.support_needed,
            ReportCell::SelfAssessment => return Ok(()),
        };
        words.clone_into(place);
        Ok(())
    }

    /// The first cell that is still to be filled before the report may be submitted.
    ///
    /// Progress and self-assessment always; the problems where the task is at risk or behind.
    #[must_use]
    pub fn missing(&self) -> Option<ReportCell> {
        let is_troubled = matches!(
            self.self_assessment,
            Some(SelfAssessment::AtRisk | SelfAssessment::Behind)
        );
        if self.progress.is_empty() {
            Some(ReportCell::Progress)
        } else if self.self_assessment.is_none() {
            Some(ReportCell::SelfAssessment)
        } else if is_troubled && self.problems.is_empty() {
            Some(ReportCell::Problems)
        } else {
            None
        }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_explained_and_a_cell_has_its_limit() {
        let mut text = ReportText::default();
        assert_eq!(text.missing(), Some(ReportCell::Progress));
        assert_eq!(text.write(ReportCell::Progress, " 已办 12 场\n"), Ok(()));
        assert_eq!(text.cell(ReportCell::Progress), "已办 12 场");
        assert_eq!(text.missing(), Some(ReportCell::SelfAssessment));
        text.self_assessment = Some(SelfAssessment::Behind);
        assert_eq!(text.missing(), Some(ReportCell::Problems));
        let long = "长".repeat(1_001);
        let refused = ReportRefusal::CellTooLong {
            cell: ReportCell::Problems,
            length: 1_001,
        };
        assert_eq!(text.write(ReportCell::Problems, &long), Err(refused));
        assert_eq!(text.write(ReportCell::Problems, &long[3..]), Ok(()));
        assert_eq!(text.missing(), None);
    }
}
