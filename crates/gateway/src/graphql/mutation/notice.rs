//! Mutations of supervision notices.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::{Call, ChangeError},
    notices::{self as use_case, IssueOutcome, IssueRow, NoticeCommand},
};
use duban_domain::{
    ids::{DepartmentId, TaskId},
    text::Reason,
};

use super::refused;
use crate::graphql::{
    context::{RequestContext, call, request},
    error::Fault,
    notice::{MOST_TASKS, SupervisionNotice},
    user_error::UserError,
};

/// One notice to be issued.
#[derive(InputObject)]
pub struct IssueNoticeRow {
    /// The task that is pressed, by id or code.
    task_id: ID,
    /// Who has to reply, by id or code, of those who take part; left out, the department that leads.
    department_ids: Option<Vec<ID>>,
    /// What is asked.
    text: String,
    /// Working days to reply, 1 to 20.
    #[graphql(default = 3)]
    reply_working_days: i32,
}

/// Notices to be issued together.
#[derive(InputObject)]
pub struct IssueNoticesInput {
    /// The notices, at most 200.
    rows: Vec<IssueNoticeRow>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A reply to a notice.
#[derive(InputObject)]
pub struct ReplyNoticeInput {
    /// The notice, by id or number.
    notice_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// For which department, by id or code; left out, the one that the caller speaks for.
    department_id: Option<ID>,
    /// What was done, and what comes next.
    text: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which notice goes one rung up.
#[derive(InputObject)]
pub struct EscalateNoticeInput {
    /// The notice, by id or number.
    notice_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// Working days to reply, 1 to 20.
    #[graphql(default = 3)]
    reply_working_days: i32,
    /// What is added.
    text: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which notice is done with.
#[derive(InputObject)]
pub struct CloseNoticeInput {
    /// The notice, by id or number.
    notice_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// What came of it.
    text: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which notice should not have been sent.
#[derive(InputObject)]
pub struct WithdrawNoticeInput {
    /// The notice, by id or number.
    notice_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// Why.
    text: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

trait NoticePayload {
    fn of(notice: Option<SupervisionNotice>, user_errors: Vec<UserError>) -> Self;
}

macro_rules! notice_payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The notice as it stands now.
                notice: Option<SupervisionNotice>,
                /// What the user can mend; nothing was stored then.
                user_errors: Vec<UserError>,
            }

            impl NoticePayload for $name {
                fn of(notice: Option<SupervisionNotice>, user_errors: Vec<UserError>) -> Self {
                    Self { notice, user_errors }
                }
            }
        )+
    };
}

notice_payloads! {
    /// How one row of a batch of notices ended.
    IssueNoticeRowPayload,
    /// The notice with the reply.
    ReplyNoticePayload,
    /// The notice on its new rung.
    EscalateNoticePayload,
    /// The closed notice.
    CloseNoticePayload,
    /// The withdrawn notice.
    WithdrawNoticePayload,
}

/// How a batch of notices ended, row by row.
#[derive(SimpleObject)]
pub struct IssueNoticesPayload {
    /// One for each row of the input, in its order.
    rows: Vec<IssueNoticeRowPayload>,
    /// What the user can mend in the whole; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Mutations of supervision notices.
#[derive(Default)]
pub struct NoticeMutation;

/// Words of the input.
fn words(text: &str) -> Result<Reason, ChangeError> {
    Reason::try_new(text).map_err(|error| ChangeError::invalid("text", &error))
}

/// Words that may be left out.
fn some_words(text: Option<&str>) -> Result<Option<Reason>, ChangeError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(words).transpose()
}

/// Days of the input; what is no small number is refused by the rule.
fn days(number: i32) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

impl RequestContext {
    async fn act_on_notice<P: NoticePayload>(
        &self,
        call: &Call,
        (id, version): (&ID, i32),
        command: Result<NoticeCommand, ChangeError>,
    ) -> Result<P, Fault> {
        let tried = match (self.notice_key(id).await?, command) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(error),
            (Some(key), Ok(command)) => {
                use_case::act(&self.app, call, (key, version), command).await
            }
        };
        Ok(match refused!(self.language, "noticeId", tried) {
            Ok(id) => P::of(self.notice_now(id).await?, Vec::new()),
            Err(error) => P::of(None, vec![error]),
        })
    }

    async fn addressed(&self, ids: &[ID]) -> Result<Option<Vec<DepartmentId>>, Fault> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            match self.department_key(id).await? {
                Some(key) => found.push(key),
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    async fn issued_row(&self, row: IssueOutcome) -> Result<IssueNoticeRowPayload, Fault> {
        if let Some(refusal) = row.refused {
            let figures: Vec<(&str, String)> = refusal
                .figures
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone()))
                .collect();
            let error = UserError::new(self.language, &refusal.path, &refusal.code, &figures);
            return Ok(NoticePayload::of(None, vec![error]));
        }
        let notice = match row.notice {
            Some(id) => self.notice_now(id).await?,
            None => None,
        };
        Ok(NoticePayload::of(notice, Vec::new()))
    }

    /// A row as the use case takes it, or what is wrong with its words and departments.
    async fn row_of(&self, row: &IssueNoticeRow) -> Result<Result<IssueRow, UserError>, Fault> {
        let language = self.language;
        let text = match refused!(language, "text", words(&row.text)) {
            Ok(text) => text,
            Err(error) => return Ok(Err(error)),
        };
        let wanted = row.department_ids.as_deref().unwrap_or_default();
        let Some(departments) = self.addressed(wanted).await? else {
            let error = UserError::new(language, "departmentIds", "DEPARTMENT_UNKNOWN", &[]);
            return Ok(Err(error));
        };
        // A task that is not in scope has no key that could be told apart from an unknown one.
        let key = self.task_key(&row.task_id).await?;
        Ok(Ok(IssueRow {
            task: key.unwrap_or(TaskId(uuid::Uuid::nil())),
            departments,
            text,
            reply_working_days: days(row.reply_working_days),
        }))
    }
}

#[Object]
impl NoticeMutation {
    /// Issues supervision notices (制发督办单), row by row: a refused row leaves the others alone.
    async fn issue_notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tasks are pressed, whom, and what is asked.")]
        input: IssueNoticesInput,
    ) -> Result<IssueNoticesPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let whole = |error| IssueNoticesPayload {
            rows: Vec::new(),
            user_errors: vec![error],
        };
        if input.rows.len() > MOST_TASKS {
            let figures = [("most", MOST_TASKS.to_string())];
            let error = UserError::new(request.language, "rows", "TOO_MANY_ROWS", &figures);
            return Ok(whole(error));
        }
        let (mut rows, mut wrong) = (Vec::new(), Vec::with_capacity(input.rows.len()));
        for row in &input.rows {
            match request.row_of(row).await? {
                Ok(row) => {
                    rows.push(row);
                    wrong.push(None);
                }
                Err(error) => wrong.push(Some(error)),
            }
        }
        let tried = use_case::issue_notices(&request.app, &call, rows).await;
        match refused!(request.language, "rows", tried) {
            Err(error) => Ok(whole(error)),
            Ok(outcomes) => {
                let mut outcomes = outcomes.into_iter();
                let mut rows = Vec::with_capacity(wrong.len());
                for error in wrong {
                    rows.push(match error {
                        Some(error) => NoticePayload::of(None, vec![error]),
                        None => match outcomes.next() {
                            Some(outcome) => request.issued_row(outcome).await?,
                            None => return Err(Fault::Internal),
                        },
                    });
                }
                Ok(IssueNoticesPayload {
                    rows,
                    user_errors: Vec::new(),
                })
            }
        }
    }

    /// Replies to a notice (回复督办单) for an addressed department.
    async fn reply_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notice, and the reply.")] input: ReplyNoticeInput,
    ) -> Result<ReplyNoticePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let department = match &input.department_id {
            None => Ok(None),
            Some(id) => request
                .department_key(id)
                .await?
                .map(Some)
                .ok_or(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN")),
        };
        let command = department
            .and_then(|one| words(&input.text).map(|text| NoticeCommand::Reply(one, text)));
        let at = (&input.notice_id, input.expected_version);
        request.act_on_notice(&call, at, command).await
    }

    /// Presses the next rung of the ladder (升级): only after the reply date has passed.
    async fn escalate_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notice, and until when.")] input: EscalateNoticeInput,
    ) -> Result<EscalateNoticePayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let more = days(input.reply_working_days);
        let command =
            some_words(input.text.as_deref()).map(|text| NoticeCommand::Escalate(more, text));
        let at = (&input.notice_id, input.expected_version);
        request(ctx).act_on_notice(&call, at, command).await
    }

    /// Closes a notice (办结) to which everybody has replied, or whose task is done.
    async fn close_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notice, and what came of it.")] input: CloseNoticeInput,
    ) -> Result<CloseNoticePayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let command = some_words(input.text.as_deref()).map(NoticeCommand::Close);
        let at = (&input.notice_id, input.expected_version);
        request(ctx).act_on_notice(&call, at, command).await
    }

    /// Withdraws a notice (撤回) that should not have been sent.
    async fn withdraw_notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notice, and why.")] input: WithdrawNoticeInput,
    ) -> Result<WithdrawNoticePayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let command = words(&input.text).map(NoticeCommand::Withdraw);
        let at = (&input.notice_id, input.expected_version);
        request(ctx).act_on_notice(&call, at, command).await
    }
}
