//! Where a task stands, and the one table of what leads from where to where (product rule 1).

use crate::named::named;

named! {
    /// Where a task stands. Overdue, nudged and the light are computed beside it, never a state.
    TaskState {
        /// 拟立项.
        Draft = "DRAFT",
        /// 已交办.
        Assigned = "ASSIGNED",
        /// 退回改派.
        Declined = "DECLINED",
        /// 承办.
        InProgress = "IN_PROGRESS",
        /// 申请办结.
        CompletionSubmitted = "COMPLETION_SUBMITTED",
        /// 退回.
        Returned = "RETURNED",
        /// 阶段性办结.
        StageCompleted = "STAGE_COMPLETED",
        /// 中止.
        Suspended = "SUSPENDED",
        /// 办结/销号.
        Completed = "COMPLETED",
        /// 回头看.
        Reopened = "REOPENED",
        /// 归档.
        Archived = "ARCHIVED",
        /// 撤销.
        Cancelled = "CANCELLED",
    }
}

named! {
    /// An act that moves a task from one state to another.
    Transition {
        /// 交办.
        HandOut = "HAND_OUT",
        /// 改派: after a refusal, or because the first address was wrong.
        Reassign = "REASSIGN",
        /// 签收.
        Accept = "ACCEPT",
        /// 退回改派.
        Decline = "DECLINE",
        /// 申请办结.
        SubmitCompletion = "SUBMIT_COMPLETION",
        /// 退回: what is to be mended, and by when.
        Return = "RETURN",
        /// 办结/销号.
        Complete = "COMPLETE",
        /// 阶段性办结, of standing and periodic tasks.
        CompleteStage = "COMPLETE_STAGE",
        /// The next stage of a standing or periodic task begins.
        BeginStage = "BEGIN_STAGE",
        /// 中止.
        Suspend = "SUSPEND",
        /// 恢复, to where the task stood before.
        Resume = "RESUME",
        /// 回头看.
        Reopen = "REOPEN",
        /// 归档.
        Archive = "ARCHIVE",
        /// 撤销.
        Cancel = "CANCEL",
    }
}

impl TaskState {
    /// The transition table, the only place that knows it.
    ///
    /// `before` is where a suspended task stood; [`Transition::Resume`] leads back there.
    #[must_use]
    pub fn next(self, by: Transition, before: Option<Self>) -> Option<Self> {
        use {TaskState as S, Transition as T};
        match (self, by) {
            (S::Draft, T::HandOut) | (S::Assigned | S::Declined, T::Reassign) => Some(S::Assigned),
            (S::Assigned, T::Decline) => Some(S::Declined),
            (S::Assigned, T::Accept) | (S::StageCompleted, T::BeginStage) => Some(S::InProgress),
            (S::InProgress | S::Returned | S::Reopened, T::SubmitCompletion) => {
                Some(S::CompletionSubmitted)
            }
            (S::CompletionSubmitted, T::Return) => Some(S::Returned),
            (S::CompletionSubmitted, T::Complete) => Some(S::Completed),
            (S::CompletionSubmitted, T::CompleteStage) => Some(S::StageCompleted),
            (one, T::Suspend) if one.may_be_suspended() => Some(S::Suspended),
            (S::Suspended, T::Resume) => before.filter(|one| one.may_be_suspended()),
            (S::Completed, T::Reopen) => Some(S::Reopened),
            (S::Completed, T::Archive) => Some(S::Archived),
            (one, T::Cancel) if one.is_open() => Some(S::Cancelled),
            _ => None,
        }
    }

    /// Whether anything is still to be done: not completed, archived or cancelled.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Archived | Self::Cancelled)
    }

    /// Whether the lead department works on it now.
    #[must_use]
    pub const fn is_underway(self) -> bool {
        matches!(self, Self::InProgress | Self::Returned | Self::Reopened)
    }

    const fn may_be_suspended(self) -> bool {
        matches!(
            self,
            Self::Assigned
                | Self::InProgress
                | Self::Returned
                | Self::StageCompleted
                | Self::Reopened
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_but_the_first_can_be_reached_and_only_two_have_no_way_on() {
        let reached: Vec<TaskState> = TaskState::ALL
            .iter()
            .flat_map(|from| Transition::ALL.iter().map(move |by| (*from, *by)))
            .filter_map(|(from, by)| from.next(by, Some(TaskState::InProgress)))
            .collect();
        for state in TaskState::ALL {
            assert!(
                *state == TaskState::Draft || reached.contains(state),
                "{state}"
            );
            let has_way = Transition::ALL
                .iter()
                .any(|by| state.next(*by, Some(TaskState::InProgress)).is_some());
            let is_end = matches!(state, TaskState::Archived | TaskState::Cancelled);
            assert_eq!(has_way, !is_end, "{state}");
        }
    }

    #[test]
    fn a_suspended_task_goes_back_to_where_it_stood() {
        for state in TaskState::ALL {
            if let Some(suspended) = state.next(Transition::Suspend, None) {
                assert_eq!(
                    suspended.next(Transition::Resume, Some(*state)),
                    Some(*state)
                );
            }
        }
        assert_eq!(TaskState::Suspended.next(Transition::Resume, None), None);
        let completed = Some(TaskState::Completed);
        assert_eq!(
            TaskState::Suspended.next(Transition::Resume, completed),
            None
        );
    }
}
