//! Chinese words for what a ledger prints; the ledger is an official form and has one language.

use duban_domain::{
    notice::{NoticeState, SupervisionNotice},
    report::ReportState,
    task::{ExtensionState, Grade, Milestone, MilestoneState, TaskKind, TaskState},
};
use time::Date;

pub(super) const fn kind(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::WorkPoint => "工作要点",
        TaskKind::KeyTask => "重点工作",
        TaskKind::SubTask => "分解任务",
        TaskKind::Meeting => "会议议定",
        TaskKind::Instruction => "领导批示",
        TaskKind::Superior => "上级交办",
        TaskKind::Proposal => "建议提案",
        TaskKind::Inspection => "督查发现",
    }
}

pub(super) const fn state(state: TaskState) -> &'static str {
    match state {
        TaskState::Draft => "拟立项",
        TaskState::Assigned => "已交办",
        TaskState::Declined => "退回改派",
        TaskState::InProgress => "承办中",
        TaskState::CompletionSubmitted => "申请办结",
        TaskState::Returned => "退回",
        TaskState::StageCompleted => "阶段性办结",
        TaskState::Suspended => "中止",
        TaskState::Completed => "办结",
        TaskState::Reopened => "回头看",
        TaskState::Archived => "归档",
        TaskState::Cancelled => "撤销",
    }
}

pub(super) const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Excellent => "优秀",
        Grade::Good => "良好",
        Grade::Pass => "合格",
        Grade::Fail => "不合格",
    }
}

pub(super) const fn extension(state: ExtensionState) -> &'static str {
    match state {
        ExtensionState::Requested => "待审批",
        ExtensionState::Approved => "同意",
        ExtensionState::Refused => "不同意",
    }
}

pub(super) const fn report(state: ReportState) -> &'static str {
    match state {
        ReportState::Draft => "填写中",
        ReportState::Submitted => "待审核",
        ReportState::Returned => "退回修改",
        ReportState::Accepted => "审核通过",
    }
}

/// A notice: its number and where it stands.
pub(super) fn notice(one: &SupervisionNotice, today: Date) -> String {
    let state = match one.state {
        _ if one.is_overdue(today) => format!("逾期未回复，应于{}前回复", one.reply_by),
        NoticeState::Issued => format!("待回复，{}前", one.reply_by),
        NoticeState::Replied => "已回复".to_owned(),
        NoticeState::Closed => "已办结".to_owned(),
        NoticeState::Withdrawn => "已撤回".to_owned(),
    };
    format!("{}（{state}）", one.number)
}

/// A milestone: its day, its title and whether it is taken.
pub(super) fn milestone(one: &Milestone, done_on: Option<Date>) -> String {
    let state = match (one.state, done_on) {
        (MilestoneState::Open, _) => "未完成".to_owned(),
        (MilestoneState::Done, Some(day)) => format!("{day}完成"),
        (MilestoneState::Done, None) => "已完成".to_owned(),
        (MilestoneState::Waived, _) => "免办".to_owned(),
    };
    let due = one.due_on.map(|day| format!("{day} "));
    format!("{}{}（{state}）", due.unwrap_or_default(), one.title)
}
