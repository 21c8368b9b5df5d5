//! The root queries of notices and of what goes out by mail.

use async_graphql::{Context, ID, Object};

use super::{
    NoticeFilter, NoticeProspect, SupervisionNotice, find_notice, list_notices, recipients,
};
use crate::graphql::{
    error::Fault,
    notification::{MailState, OutgoingMail, list_mails},
    page::{Args, Conn},
    scalars::Date,
};

/// Queries of notices.
#[derive(Default)]
pub struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// A supervision notice by id or number.
    async fn notice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id, or its number such as `2025-3`.")] id: ID,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<SupervisionNotice, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        find_notice(ctx, &id).await.transpose()
    }

    /// The supervision notices that the caller may see, the newest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<NoticeFilter>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<SupervisionNotice>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_notices(ctx, args, filter).await
    }

    /// Whom notices on tasks would reach, shown before they go.
    async fn notice_recipients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The tasks, by id or code, at most 200.")] task_ids: Vec<ID>,
    ) -> Result<Vec<NoticeProspect>, Fault> {
        recipients(ctx, &task_ids).await
    }

    /// The mails of the installation, without their text, the newest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn outgoing_mails(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "In this state only.")] state: Option<MailState>,
    ) -> Result<Conn<OutgoingMail>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_mails(ctx, args, state).await
    }
}
