//! Changes as they flow out: one sequence of what happened, for whoever follows along.

use crate::named::named;

/// Changes of one page at most.
pub const CHANGES_MOST: usize = 200;
/// Changes of a page when the caller does not say.
pub const CHANGES_DEFAULT: usize = 50;

named! {
    /// The kinds of object whose changes are told, by their names in the trail.
    ChangedType {
        /// A plan.
        Plan = "Plan",
        /// A task.
        Task = "Task",
        /// A milestone.
        Milestone = "Milestone",
        /// A metric, its shares too.
        Metric = "Metric",
        /// One revision of a measurement.
        Measurement = "Measurement",
        /// A spreadsheet whose figures were taken or taken back.
        MeasurementSheet = "MeasurementSheet",
        /// A progress report.
        ProgressReport = "ProgressReport",
        /// A supervision notice.
        SupervisionNotice = "SupervisionNotice",
        /// An amendment of a plan.
        Amendment = "Amendment",
        /// A department.
        Department = "Department",
    }
}
