//! The audit trail (审计), for who may read the whole of it.

use std::fmt::Write;

use async_graphql::{Context, Description, Enum, ID, InputObject, Object, SimpleObject};
use duban_app::audit::{KeepError, Standing};
use duban_domain::{
    audit::{Found, HeadStatement, Outcome, instant},
    ids::AccountId,
};
use duban_persistence::audit::{self, EventFilter};
use time::{Duration, OffsetDateTime, Time, UtcOffset};
use uuid::Uuid;

use super::{
    account::Account,
    context::request,
    error::Fault,
    id::{Kind, decode, global},
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::{Date, DateTime},
};

/// How an act ended.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "AuditOutcome")]
pub enum AuditOutcome {
    /// It was done; the event was stored with the change.
    Done,
    /// It was refused; nothing was stored but the event.
    Refused,
}

impl From<Outcome> for AuditOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::Refused => Self::Refused,
        }
    }
}

impl From<AuditOutcome> for Outcome {
    fn from(outcome: AuditOutcome) -> Self {
        match outcome {
            AuditOutcome::Done => Self::Done,
            AuditOutcome::Refused => Self::Refused,
        }
    }
}

/// How the trail stands against the last head that was signed and kept outside the database.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditState {
    /// The event of that head still has the link that was signed.
    Agrees,
    /// It has not: the trail was cut or rewritten.
    Differs,
    /// No head was kept yet.
    NotKept,
    /// The file of signed heads cannot be read, or holds what this installation did not sign.
    Unreadable,
}

/// One event of the audit trail: who did what, or was refused it.
#[derive(Debug, Clone, Description)]
pub struct AuditEvent(pub Found);

/// A head of the trail that was signed and kept outside the database.
#[derive(SimpleObject, Debug, Clone)]
pub struct AuditAnchor {
    /// The number of the last event then.
    number: i32,
    /// Its link in the chain, in hexadecimal digits.
    hash: String,
    /// When it was signed.
    kept_at: DateTime,
}

/// How the trail stands, told without reading it through; `duban audit verify` reads it through.
#[derive(SimpleObject, Debug, Clone)]
pub struct AuditVerification {
    /// How many events there are.
    events: i32,
    /// The link of the last one, in hexadecimal digits.
    hash: String,
    /// The last head that was signed and kept.
    anchor: Option<AuditAnchor>,
    /// Whether the trail agrees with it.
    state: AuditState,
}

/// What narrows the audit trail.
#[derive(InputObject, Debug, Clone, Default)]
pub struct AuditEventFilter {
    /// Acts of this account or for it, by id.
    actor: Option<ID>,
    /// What was done to this object, by id.
    object: Option<ID>,
    /// The kind of object, such as `Task`.
    object_type: Option<String>,
    /// What was done, such as `task.accepted`, or the mutation that was refused.
    action: Option<String>,
    /// How it ended.
    outcome: Option<AuditOutcome>,
    /// From this day on.
    from: Option<Date>,
    /// Up to the end of this day.
    to: Option<Date>,
}

/// A number of the trail as the API shows it.
fn number(seq: i64) -> i32 {
    i32::try_from(seq).unwrap_or(i32::MAX)
}

async fn account(ctx: &Context<'_>, key: Option<Uuid>) -> Option<Result<Account, Fault>> {
    let found = request(ctx).loader.load_one(AccountId(key?)).await;
    found
        .map(|found| found.map(Account))
        .map_err(Fault::from)
        .transpose()
}

#[Object(use_type_description)]
impl AuditEvent {
    /// Its place in the chain, from 1 without gaps.
    async fn number(&self) -> i32 {
        number(self.0.seq)
    }

    /// When.
    async fn occurred_at(&self) -> DateTime {
        DateTime(instant(self.0.event.at))
    }

    /// The account that acted; null for the installation itself and for a stranger.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<Account, Fault>> {
        account(ctx, self.0.event.actor).await
    }

    /// For whom it acted, by delegation.
    async fn on_behalf_of(&self, ctx: &Context<'_>) -> Option<Result<Account, Fault>> {
        account(ctx, self.0.event.on_behalf_of).await
    }

    /// The session that it came through.
    async fn session_key(&self) -> Option<String> {
        self.0.event.session.map(|one| one.to_string())
    }

    /// The address that it came from.
    async fn address(&self) -> Option<&str> {
        self.0.event.address.as_deref()
    }

    /// The request, as in the logs and in the header `x-request-id`.
    async fn request_key(&self) -> Option<String> {
        self.0.event.request.map(|one| one.to_string())
    }

    /// What was done, such as `task.accepted`; the mutation, where it was refused.
    async fn action(&self) -> &str {
        &self.0.event.action
    }

    /// The kind of object, such as `Task`.
    async fn object_type(&self) -> &str {
        &self.0.event.object_type
    }

    /// The object's global id; null where none is known, and for kinds that have none.
    async fn object_key(&self) -> Option<ID> {
        let kind = Kind::parse(&self.0.event.object_type)?;
        self.0.event.object_id.map(|key| global(kind, key))
    }

    /// How it ended.
    async fn outcome(&self) -> AuditOutcome {
        self.0.event.outcome.into()
    }

    /// Old and new values, or why it was refused: JSON, exactly as the chain binds it.
    async fn detail(&self) -> &str {
        &self.0.event.detail
    }

    /// Its link in the chain, in hexadecimal digits.
    async fn hash(&self) -> String {
        self.0.hash.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

ready!(AuditEvent {});

impl AuditEventFilter {
    fn resolve(self) -> Result<EventFilter, Fault> {
        let malformed = Fault::BadInput {
            code: "ID_MALFORMED",
        };
        let actor = match self.actor.as_ref().map(decode) {
            None => None,
            Some(Some((Kind::Account, key))) => Some(AccountId(key)),
            Some(_) => return Err(malformed),
        };
        let object = match self.object.as_ref().map(decode) {
            None => None,
            Some(Some((kind, key))) => Some((kind.name().to_owned(), key)),
            Some(None) => return Err(malformed),
        };
        Ok(EventFilter {
            actor,
            object,
            object_type: self.object_type,
            action: self.action,
            outcome: self.outcome.map(Into::into),
            from: self.from.map(|day| begin_of(day.0)),
            until: self.to.map(|day| begin_of(day.0) + Duration::DAY),
        })
    }
}

/// The first instant of a day in China.
fn begin_of(day: time::Date) -> OffsetDateTime {
    let zone = UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC);
    day.with_time(Time::MIDNIGHT).assume_offset(zone)
}

/// A window of the trail, the newest event first.
pub async fn list_events(
    ctx: &Context<'_>,
    args: Args,
    filter: Option<AuditEventFilter>,
) -> Result<Conn<AuditEvent>, Fault> {
    let filter = filter.unwrap_or_default().resolve()?;
    let window = args.window(ctx, "auditEvents", LARGEST_PAGE)?;
    let db = request(ctx).app.store().read();
    let found = audit::list_unscoped(db, &filter, &window).await?;
    Ok(page::connection(
        "auditEvents",
        found.map(AuditEvent),
        |one| audit::key_of(&one.0),
    ))
}

/// How the trail stands against the last head that was kept.
pub async fn verification(ctx: &Context<'_>) -> Result<AuditVerification, Fault> {
    let app = &request(ctx).app;
    match app.audit().standing().await {
        Ok(standing) => Ok(AuditVerification::of(&standing)),
        Err(KeepError::Store(error)) => Err(error.into()),
        Err(KeepError::Anchor(error)) => {
            tracing::error!(error = %error, "the signed heads cannot be believed");
            let head = audit::head(app.store().read()).await?;
            Ok(AuditVerification {
                events: number(head.seq),
                hash: head.hash.to_string(),
                anchor: None,
                state: AuditState::Unreadable,
            })
        }
    }
}

impl AuditVerification {
    fn of(standing: &Standing) -> Self {
        let anchor = |kept: HeadStatement| AuditAnchor {
            number: number(kept.head.seq),
            hash: kept.head.hash.to_string(),
            kept_at: DateTime(kept.at),
        };
        Self {
            events: number(standing.head.seq),
            hash: standing.head.hash.to_string(),
            anchor: standing.anchor.map(anchor),
            state: match standing.agrees {
                None => AuditState::NotKept,
                Some(true) => AuditState::Agrees,
                Some(false) => AuditState::Differs,
            },
        }
    }
}
