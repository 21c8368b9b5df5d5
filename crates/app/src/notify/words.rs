//! What people are told, in words: the same sentence in-app and by mail.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_domain::{
    ids::WebhookId,
    notification::{Notification, NotificationField, NotificationKind as Kind},
    period::{Cadence, Period},
    reminder::Phase,
};
use duban_persistence::notification_settings::MailLanguage;
use time::{Date, macros::format_description};

/// The language of a sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

/// The language of a sentence in a mail.
pub(super) const fn spoken(language: MailLanguage) -> Language {
    match language {
        MailLanguage::Chinese => Language::Chinese,
        MailLanguage::English => Language::English,
    }
}

/// One sentence that says what happened and what is missing.
#[must_use]
pub fn sentence(language: Language, one: &Notification) -> String {
    let text = match language {
        Language::Chinese => chinese(one),
        Language::English => english(one),
    };
    match &one.figures.words {
        Some(words) if carries_words(one.kind) => match language {
            Language::Chinese => format!("{text}：{words}"),
            Language::English => format!("{text}: {words}"),
        },
        _ => match language {
            Language::Chinese => format!("{text}。"),
            Language::English => format!("{text}."),
        },
    }
}

/// The place in the web client where the person goes on.
#[must_use]
pub fn path(one: &Notification) -> String {
    let task = &one.figures.task;
    match one.kind.field() {
        NotificationField::Notice | NotificationField::NoticeReply => {
            let number = one.figures.number.as_deref().unwrap_or_default();
            let code = number
                .parse()
                .map_or_else(|_| String::new(), duban_domain::notice::NoticeNumber::code);
            format!("/notices/{code}")
        }
        NotificationField::Report => {
            let period = one.figures.subject.as_deref().unwrap_or_default();
            let reporter = one.figures.reporter.as_ref();
            let department = reporter.map_or("", |reporter| reporter.code.as_str());
            format!("/report?period={period}&department={department}&task={task}")
        }
        NotificationField::Webhook => {
            let webhook = one.figures.webhook.as_ref();
            let id = webhook.map_or_else(String::new, |of| webhook_id(of.webhook));
            format!("/integrations?tab=webhooks&webhook={id}")
        }
        NotificationField::Token => {
            let login = one.figures.token.as_ref().map(|of| of.login.as_str());
            format!("/integrations?account={}", login.unwrap_or_default())
        }
        _ => format!("/tasks/{task}"),
    }
}

/// The id of a webhook as the API gives it.
fn webhook_id(id: WebhookId) -> String {
    URL_SAFE_NO_PAD.encode(format!("Webhook:{}", id.0.simple()))
}

const fn carries_words(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Declined
            | Kind::CompletionSubmitted
            | Kind::Returned
            | Kind::ExtensionRequested
            | Kind::NoticeIssued
            | Kind::NoticeEscalated
            | Kind::NoticeReplied
            | Kind::NoticeWithdrawn
            | Kind::ReportReturned
    )
}

/// A day as people write it, with its year.
pub(super) fn whole_day(language: Language, day: Date) -> String {
    match language {
        Language::Chinese => format!("{}年{}", day.year(), day_zh(Some(day))),
        Language::English => day_en(Some(day)),
    }
}

/// A period as people write it; a text that is none stays as it is.
fn period(language: Language, text: &str) -> String {
    let Ok(period) = text.parse::<Period>() else {
        return text.to_owned();
    };
    let (year, first) = (period.year(), period.first_day().month());
    let quarter = u8::from(first).div_ceil(3);
    match (language, period.cadence()) {
        (Language::Chinese, Cadence::Monthly) => format!("{year}年{}月", u8::from(first)),
        (Language::Chinese, Cadence::Quarterly) => format!("{year}年第{quarter}季度"),
        (Language::Chinese, Cadence::Yearly) => format!("{year}年"),
        (Language::English, Cadence::Monthly) => format!("{first} {year}"),
        (Language::English, Cadence::Quarterly) => format!("quarter {quarter} of {year}"),
        (Language::English, Cadence::Yearly) => year.to_string(),
    }
}

/// A day that stands in the figures as text; what is none stays as it is.
fn stated_day(language: Language, text: &str) -> String {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_or_else(|_| text.to_owned(), |day| whole_day(language, day))
}

/// What the sentence is about besides its task, as people write it.
fn subject(language: Language, one: &Notification) -> String {
    let text = one.figures.subject.as_deref().unwrap_or_default();
    match one.kind {
        Kind::Report | Kind::ReportReturned => period(language, text),
        Kind::ExtensionDecided | Kind::TokenUnused => stated_day(language, text),
        _ => text.to_owned(),
    }
}

fn day_zh(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| {
        format!("{}月{}日", u8::from(day.month()), day.day())
    })
}

fn day_en(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| {
        format!("{} {} {}", day.day(), day.month(), day.year())
    })
}

fn chinese(one: &Notification) -> String {
    let figures = &one.figures;
    let task = format!("{}「{}」", figures.task, figures.title);
    let day = day_zh(one.due_on);
    let number = figures.number.as_deref().unwrap_or("督办单");
    let subject = subject(Language::Chinese, one);
    match one.kind {
        Kind::HandedOut if one.due_on.is_some() => {
            format!("{task}已交办，请于{day}前签收，并指定责任人和替补")
        }
        Kind::HandedOut => format!("{task}已交办，请签收，并指定责任人和替补"),
        Kind::Declined => format!("{task}被退回，请改派"),
        Kind::CompletionSubmitted => format!("{task}申请办结，请审核"),
        Kind::Returned => format!("{task}被退回，请于{day}前整改后重新提交"),
        Kind::Completed => format!("{task}已办结"),
        Kind::ExtensionRequested => format!("{task}申请延期，请审批"),
        Kind::ExtensionDecided if is_approved(one) => {
            format!("{task}的延期已批准，新的时限是{subject}")
        }
        Kind::ExtensionDecided => format!("{task}的延期未获批准，时限仍是{day}"),
        Kind::NoticeIssued => format!("收到{number}（{task}），请于{day}前回复"),
        Kind::NoticeEscalated => format!("{number}逾期未回复，已升级（{task}），请于{day}前回复"),
        Kind::NoticeReplied => format!("{number}已有回复（{task}）"),
        Kind::NoticeWithdrawn => format!("{number}已撤回（{task}）"),
        Kind::ReportReturned if one.asks_to_mend() => {
            timed_zh(one, &format!("{task}{subject}的月报退回未改"), &day)
        }
        Kind::ReportReturned => format!("{task}{subject}的月报被退回，请于{day}前修改后重新提交"),
        Kind::SignFor => timed_zh(one, &format!("{task}待签收"), &day),
        Kind::Report if one.phase.is_none() => {
            format!("{subject}的月报已重新开放，{task}尚未报送，请于{day}前补报")
        }
        Kind::Report => timed_zh(one, &format!("{task}{subject}的月报未报"), &day),
        Kind::Deadline => timed_zh(one, &format!("{task}未申请办结"), &day),
        Kind::Milestone => timed_zh(one, &format!("{task}的节点「{subject}」未完成"), &day),
        Kind::Mend => timed_zh(one, &format!("{task}退回待整改"), &day),
        Kind::NoticeReply => timed_zh(one, &format!("{number}待回复（{task}）"), &day),
        Kind::TokenEnding | Kind::TokenUnused => token_zh(one, &subject),
        Kind::WebhookStopped => webhook_zh(one),
    }
}

fn token_zh(one: &Notification, since: &str) -> String {
    let token = one.figures.token.as_ref().map_or_else(String::new, |of| {
        format!(
            "「{}」的令牌「{}」（{}）",
            of.account, of.name, of.public_id
        )
    });
    match one.due_on {
        Some(day) => {
            let day = whole_day(Language::Chinese, day);
            format!("{token}有效期至{day}，请及时换发")
        }
        None => format!("{token}自{since}起已60天未使用，不再需要请吊销"),
    }
}

fn webhook_zh(one: &Notification) -> String {
    one.figures.webhook.as_ref().map_or_else(String::new, |of| {
        let why = if of.is_gone {
            "接收方已注销"
        } else {
            "连续失败五天"
        };
        format!(
            "「{}」的推送「{}」{why}，已停用，请检查接收方后恢复",
            of.account, of.name
        )
    })
}

fn timed_zh(one: &Notification, what: &str, day: &str) -> String {
    match one.phase {
        Some(Phase::On) => format!("{what}，今日到期"),
        Some(Phase::After) => format!("{what}，已过{day}的期限"),
        _ => format!("{what}，{day}到期"),
    }
}

fn is_approved(one: &Notification) -> bool {
    one.figures.verdict.as_deref() == Some("APPROVED")
}

#[expect(clippy::too_many_lines, reason = "one sentence a kind")]
fn english(one: &Notification) -> String {
    let figures = &one.figures;
    let task = format!("{} “{}”", figures.task, figures.title);
    let day = day_en(one.due_on);
    let number = figures.number.as_deref().unwrap_or("a notice");
    let subject = subject(Language::English, one);
    match one.kind {
        Kind::HandedOut if one.due_on.is_some() => format!(
            "{task} was handed out: accept it by {day} and name who answers and who stands in"
        ),
        Kind::HandedOut => {
            format!("{task} was handed out: accept it and name who answers and who stands in")
        }
        Kind::Declined => format!("{task} was declined: give it to another department"),
        Kind::CompletionSubmitted => format!("{task} was submitted as complete: review it"),
        Kind::Returned => format!("{task} was returned: mend it by {day} and submit it again"),
        Kind::Completed => format!("{task} is complete"),
        Kind::ExtensionRequested => format!("More time was asked for {task}: decide"),
        Kind::ExtensionDecided if is_approved(one) => {
            format!("More time was granted for {task}: the deadline is {subject} now")
        }
        Kind::ExtensionDecided => {
            format!("More time was refused for {task}: the deadline stays {day}")
        }
        Kind::NoticeIssued => format!("{number} on {task}: reply by {day}"),
        Kind::NoticeEscalated => {
            format!("{number} on {task} was not replied to and goes one rung up: reply by {day}")
        }
        Kind::NoticeReplied => format!("{number} on {task} was replied to"),
        Kind::NoticeWithdrawn => format!("{number} on {task} was withdrawn"),
        Kind::ReportReturned if one.asks_to_mend() => timed_en(
            one,
            &format!("The returned report of {task} for {subject} is not mended"),
            &day,
        ),
        Kind::ReportReturned => {
            format!("The report of {task} for {subject} was returned: mend it by {day}")
        }
        Kind::SignFor => timed_en(one, &format!("{task} waits to be accepted"), &day),
        Kind::Report if one.phase.is_none() => format!(
            "Reports for {subject} are taken again: that of {task} is missing, send it by {day}"
        ),
        Kind::Report => timed_en(
            one,
            &format!("The report of {task} for {subject} is missing"),
            &day,
        ),
        Kind::Deadline => timed_en(one, &format!("{task} is not submitted as complete"), &day),
        Kind::Milestone => timed_en(
            one,
            &format!("The milestone “{subject}” of {task} is open"),
            &day,
        ),
        Kind::Mend => timed_en(
            one,
            &format!("{task} was returned and is to be mended"),
            &day,
        ),
        Kind::NoticeReply => timed_en(
            one,
            &format!("{number} on {task} waits for your reply"),
            &day,
        ),
        Kind::TokenEnding | Kind::TokenUnused => token_en(one, &subject),
        Kind::WebhookStopped => webhook_en(one),
    }
}

fn token_en(one: &Notification, since: &str) -> String {
    let token = one.figures.token.as_ref().map_or_else(String::new, |of| {
        format!(
            "The token “{}” ({}) of “{}”",
            of.name, of.public_id, of.account
        )
    });
    match one.due_on {
        Some(day) => {
            let day = whole_day(Language::English, day);
            format!("{token} is good until {day}: replace it in time")
        }
        None => format!(
            "{token} has not been used for 60 days, since {since}: take it back if nobody needs it"
        ),
    }
}

fn webhook_en(one: &Notification) -> String {
    one.figures.webhook.as_ref().map_or_else(String::new, |of| {
        let why = if of.is_gone {
            "because its receiver is gone"
        } else {
            "after five days without one success"
        };
        format!(
            "The webhook “{}” of “{}” was disabled {why}: see to its receiver and resume it",
            of.name, of.account
        )
    })
}

fn timed_en(one: &Notification, what: &str, day: &str) -> String {
    match one.phase {
        Some(Phase::On) => format!("{what}; it is due today"),
        Some(Phase::After) => format!("{what}; it was due on {day}"),
        _ => format!("{what}; it is due on {day}"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn periods_and_days_stand_as_people_write_them() {
        for (text, chinese, english) in [
            ("2025-08", "2025年8月", "August 2025"),
            ("2025Q3", "2025年第3季度", "quarter 3 of 2025"),
            ("2025", "2025年", "2025"),
            ("soon", "soon", "soon"),
        ] {
            assert_eq!(period(Language::Chinese, text), chinese);
            assert_eq!(period(Language::English, text), english);
        }
        let day = date!(2025 - 12 - 05);
        assert_eq!(whole_day(Language::Chinese, day), "2025年12月5日");
        assert_eq!(whole_day(Language::English, day), "5 December 2025");
        assert_eq!(stated_day(Language::Chinese, "2025-12-05"), "2025年12月5日");
        assert_eq!(stated_day(Language::English, "later"), "later");
    }
}
