//! Mutations of what a person is told, and of calendar feeds.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    notify::{
        feeds,
        settings::{self, Wish},
    },
};
use duban_domain::ids::{CalendarFeedId, NotificationId};

use super::refused;
use crate::graphql::{
    context::{call, request},
    error::Fault,
    id::{Kind, decode, global},
    notification::{CalendarFeed, NotificationSettings, enums::MailLanguage},
    user_error::UserError,
};

/// Most notifications that are marked at once by id.
const MOST_IDS: usize = 200;

/// What the caller has read.
#[derive(InputObject)]
pub struct MarkNotificationsReadInput {
    /// These, at most 200; left out, everything.
    ids: Option<Vec<ID>>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What is left unread.
#[derive(SimpleObject)]
pub struct MarkNotificationsReadPayload {
    /// How much is unread now.
    unread_count: i32,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// How the caller wants to be told.
#[derive(InputObject)]
pub struct UpdateNotificationSettingsInput {
    /// The version that the caller has read.
    expected_version: i32,
    /// Where mails go; left out or empty, nowhere.
    address: Option<String>,
    /// Whether mails are wanted.
    is_mail_on: bool,
    /// The first hour in which nothing is sent, 0 to 23, by the clock of Beijing.
    quiet_from: i32,
    /// The hour in which the quiet ends, 0 to 23.
    quiet_until: i32,
    /// The language of mails.
    language: MailLanguage,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// How the caller is told from now on.
#[derive(SimpleObject)]
pub struct UpdateNotificationSettingsPayload {
    /// The settings as they stand now.
    settings: Option<NotificationSettings>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// A new calendar feed.
#[derive(InputObject)]
pub struct CreateCalendarFeedInput {
    /// The caller's key for this very request; the address is shown to the first answer alone.
    idempotency_key: Option<String>,
}

/// The new calendar feed.
#[derive(SimpleObject)]
pub struct CreateCalendarFeedPayload {
    /// The feed.
    feed: Option<CalendarFeed>,
    /// Its path on this server, which nobody is shown again; whoever has it reads titles and dates.
    path: Option<String>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Which calendar feed ends.
#[derive(InputObject)]
pub struct RevokeCalendarFeedInput {
    /// The feed.
    feed_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The feeds that are left.
#[derive(SimpleObject)]
pub struct RevokeCalendarFeedPayload {
    /// The feeds of the caller that are in force.
    feeds: Vec<CalendarFeed>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Mutations of what people are told.
#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks what the caller was told as read.
    async fn mark_notifications_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: MarkNotificationsReadInput,
    ) -> Result<MarkNotificationsReadPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let read = |ids: Vec<ID>| {
            if ids.len() > MOST_IDS {
                let figures = vec![("most", MOST_IDS.to_string())];
                return Err(ChangeError::Invalid {
                    path: "ids",
                    code: "TOO_MANY_ROWS",
                    figures,
                });
            }
            // An id of another kind is one that the caller was never told.
            let keys = ids.iter().filter_map(decode);
            Ok(keys
                .filter(|(kind, _)| *kind == Kind::Notification)
                .map(|(_, key)| NotificationId(key))
                .collect())
        };
        let tried = match input.ids.map(read).transpose() {
            Ok(ids) => settings::mark_read(&request.app, &call, ids).await,
            Err(error) => Err(error),
        };
        let tried = refused!(request.language, "ids", tried);
        Ok(MarkNotificationsReadPayload {
            unread_count: request.unread_count(call.who.account()).await?,
            user_errors: tried.err().into_iter().collect(),
        })
    }

    /// Changes how the caller is told.
    async fn update_notification_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How.")] input: UpdateNotificationSettingsInput,
    ) -> Result<UpdateNotificationSettingsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let wish = Wish {
            address: input.address,
            is_mail_on: input.is_mail_on,
            quiet: (input.quiet_from, input.quiet_until),
            language: input.language.into(),
        };
        let app = &request.app;
        let tried = settings::update_settings(app, &call, input.expected_version, wish).await;
        Ok(match refused!(request.language, "", tried) {
            Ok(account) => UpdateNotificationSettingsPayload {
                settings: Some(request.notification_settings(account).await?),
                user_errors: Vec::new(),
            },
            Err(error) => UpdateNotificationSettingsPayload {
                settings: None,
                user_errors: vec![error],
            },
        })
    }

    /// Makes a calendar feed of the caller's deadlines and milestones.
    async fn create_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new feed.")] input: CreateCalendarFeedInput,
    ) -> Result<CreateCalendarFeedPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = feeds::create_feed(&request.app, &call).await;
        Ok(match refused!(request.language, "", tried) {
            Ok(made) => {
                let id = global(Kind::CalendarFeed, made.id.0);
                let all = request.calendar_feeds(call.who.account()).await?;
                CreateCalendarFeedPayload {
                    feed: all.into_iter().find(|one| one.is(&id)),
                    path: made
                        .token
                        .map(|token| format!("/calendar/{}.ics", token.as_str())),
                    user_errors: Vec::new(),
                }
            }
            Err(error) => CreateCalendarFeedPayload {
                feed: None,
                path: None,
                user_errors: vec![error],
            },
        })
    }

    /// Ends a calendar feed of the caller.
    async fn revoke_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RevokeCalendarFeedInput,
    ) -> Result<RevokeCalendarFeedPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match decode(&input.feed_id) {
            Some((Kind::CalendarFeed, key)) => {
                feeds::revoke_feed(&request.app, &call, CalendarFeedId(key)).await
            }
            _ => Err(ChangeError::NotFound),
        };
        let tried = refused!(request.language, "feedId", tried);
        Ok(RevokeCalendarFeedPayload {
            feeds: request.calendar_feeds(call.who.account()).await?,
            user_errors: tried.err().into_iter().collect(),
        })
    }
}
