//! Sign-in, refresh with rotation and reuse detection, sign-out.

use duban_domain::{
    event::DomainEvent,
    ids::{AccountId, SessionId},
};
use duban_persistence::{
    Actor, Origin, Refused, StoreError, WriteTx,
    accounts::{self, Account},
    challenges::Way,
    proofs::{self, Proof},
    sessions::{self, RefreshToken, Session},
    sign_ins,
};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    Identity, PasswordError, passwords,
    second_step::SignedIn,
    secrets::{decode, digest, encode, fresh_secret},
    throttle::{self, Subjects},
    tokens,
};

/// A spent token may come again within this time from the same client: two tabs, a lost reply.
const GRACE: Duration = Duration::seconds(10);
/// Longest password that is looked at.
pub(super) const LONGEST: usize = 512;
/// How long a session that is over is still known.
const KEPT_AFTER_END: Duration = Duration::days(30);

/// Where a call came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The client's own name, cut to 200 characters.
    pub name: String,
    /// The address.
    pub address: String,
    /// Whether that is this very machine.
    pub is_loopback: bool,
    /// The request, as in the logs.
    pub request: Option<Uuid>,
}

impl Client {
    pub(super) fn origin(&self) -> Origin {
        Origin {
            address: self.address.parse().ok(),
            request: self.request,
        }
    }
}

/// What a signed-in client gets.
pub struct Issued {
    /// Whose.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
    /// For the Authorization header.
    pub access_token: String,
    /// When it ends.
    pub expires_at: OffsetDateTime,
    /// For the cookie.
    pub refresh_token: Zeroizing<String>,
    /// How long the cookie may live.
    pub refresh_life: Duration,
}

/// What the owner of an account has proven before a session begins.
pub(super) struct Proven<'a> {
    /// Whose failures are forgotten.
    pub(super) subjects: &'a Subjects,
    /// How the sign-in began.
    pub(super) way: Way,
    /// How long ago it was proven, where that was not just now and here.
    pub(super) age: Duration,
    /// Whether the second factor was among it.
    pub(super) has_factor: bool,
    /// What happened on the way.
    pub(super) events: Vec<DomainEvent>,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown account, wrong password, disabled account, or a demo account from another machine:
    /// never said which.
    #[error("account or password is wrong")]
    Refused,
    /// Too many failures before.
    #[error("too many failures: wait {} s", .wait.whole_seconds())]
    Throttled {
        /// How long to wait.
        wait: Duration,
    },
    /// The sign-in that waits for its second step is unknown, over, or not for this step.
    #[error("the sign-in is over: begin anew")]
    Over,
    /// No code of this moment, or one that was used.
    #[error("the code is wrong")]
    WrongCode,
    /// Too many people sign in at once.
    #[error(transparent)]
    Busy(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a session was not continued.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// No such token, or its session has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Identity {
    /// Signs in by account name and password.
    ///
    /// # Errors
    ///
    /// [`SignInError`]; an unknown account costs as much time as a wrong password.
    pub async fn sign_in(
        &self,
        login: &str,
        password: Zeroizing<String>,
        client: &Client,
    ) -> Result<SignedIn, SignInError> {
        let login = login.trim();
        let subjects = Subjects::of(login, &client.address);
        if let Some(wait) = throttle::admit(&self.store, &subjects).await? {
            return Err(SignInError::Throttled { wait });
        }
        let found = if is_login(login) {
            accounts::find_credentials_unscoped(self.store.read(), login).await?
        } else {
            None
        };
        let known = found.as_ref().map(|one| one.account.id);
        let hash = found.as_ref().and_then(|one| one.password_hash.clone());
        let outdated = hash.as_deref().is_some_and(passwords::is_outdated);
        let fits = password.len() <= LONGEST && self.hasher.fits(password.clone(), hash).await?;
        let may_demo = client.is_loopback && self.settings.is_demo;
        let account = found
            .map(|one| one.account)
            .filter(|one| fits && !one.is_disabled && (may_demo || !one.is_demo));
        let Some(account) = account else {
            throttle::refuse(&self.store, &subjects).await?;
            let what = ("signIn", "SIGN_IN_REFUSED");
            self.note_refused(known, what, client).await?;
            return Err(SignInError::Refused);
        };
        let stronger = if outdated {
            Some(self.hasher.hash(password).await?)
        } else {
            None
        };
        let tx = self.begin_as(&account, client).await?;
        if let Some(hash) = stronger {
            accounts::save_password(&tx, account.id, hash).await?;
        }
        if let Some(needs) = self.second_step(&tx, &account).await? {
            let step = (needs, Way::Password, Vec::new());
            let waiting = self.wait(tx, (&account, &subjects), step).await?;
            return Ok(SignedIn::Waiting(waiting));
        }
        let proven = Proven {
            subjects: &subjects,
            way: Way::Password,
            age: Duration::ZERO,
            has_factor: false,
            events: Vec::new(),
        };
        let issued = self.start(tx, &account, client, proven).await?;
        Ok(SignedIn::Session(issued))
    }

    /// Leaves the one trace of a sign-in that was refused: whose, and from where. What was typed
    /// is not kept, for a password may stand in the wrong field. Its owner is told how many there
    /// were.
    pub(super) async fn note_refused(
        &self,
        account: Option<AccountId>,
        (action, code): (&str, &str),
        client: &Client,
    ) -> Result<(), StoreError> {
        let actor = Actor {
            origin: client.origin(),
            ..Actor::default()
        };
        let refused = Refused {
            action: action.to_owned(),
            object_type: "Account".to_owned(),
            object_id: account.map(|one| one.0),
            detail: json!({ "errors": [{ "code": code }] }),
        };
        let tx = self.store.begin(actor).await?;
        // An account that does not exist costs the same.
        sign_ins::count_failure(&tx, account.unwrap_or(AccountId(Uuid::nil()))).await?;
        tx.commit_refusal(refused).await
    }

    /// Begins a session of an account whose owner has proven all that is asked for.
    pub(super) async fn start(
        &self,
        tx: WriteTx,
        account: &Account,
        client: &Client,
        proven: Proven<'_>,
    ) -> Result<Issued, SignInError> {
        sessions::clear_failures(&tx, &proven.subjects.all()).await?;
        sign_ins::record(&tx, account.id, &client.address).await?;
        sessions::delete_over(&tx, account.id, tx.now() - KEPT_AFTER_END).await?;
        let proven_at = tx.now() - proven.age;
        let session = Session {
            id: SessionId::fresh(tx.now()),
            account: account.id,
            client: client.name.chars().take(200).collect(),
            address: client.address.clone(),
            authenticated_at: proven_at,
            last_used_at: tx.now(),
            expires_at: tx.now() + self.settings.absolute,
            revoked_at: None,
        };
        sessions::insert(&tx, &session).await?;
        if proven.has_factor {
            proofs::give_as_of(&tx, session.id, (Proof::Factor, proven_at)).await?;
        }
        let most = self.settings.sessions_per_account;
        let ended = sessions::revoke_oldest(&tx, account.id, most).await?;
        let secret = fresh_secret()?;
        sessions::insert_token(&tx, session.id, digest(&secret)).await?;
        let issued = self.issue(&session, account.epoch, &secret, tx.now())?;
        let event = DomainEvent::new("session.started", "Session", session.id.0)
            .with(json!({ "address": client.address, "way": proven.way.name() }));
        tx.commit(proven.events.into_iter().chain([event])).await?;
        if ended > 0 {
            self.principals.invalidate_all();
        }
        Ok(issued)
    }

    /// Continues a session: the token is spent, its successor given out.
    ///
    /// A spent token that comes again ends the whole session, except within ten seconds from the
    /// same client, which gets the same successor again while that one is unused.
    ///
    /// # Errors
    ///
    /// [`RefreshError::SignedOut`] when there is nothing to continue.
    pub async fn refresh(&self, token: &str, client: &Client) -> Result<Issued, RefreshError> {
        let secret = decode(token).ok_or(RefreshError::SignedOut)?;
        let tx = self.store.begin(Actor::default()).await?;
        let found = sessions::find_token_locked(&tx, &digest(&secret)).await?;
        let known = found.ok_or(RefreshError::SignedOut)?;
        let session = sessions::find_unscoped(tx.conn(), known.session).await?;
        let Some(session) = session.filter(|one| self.is_alive(one, tx.now())) else {
            return Err(RefreshError::SignedOut);
        };
        let account = accounts::find_many_unscoped(tx.conn(), &[session.account])
            .await?
            .pop();
        let Some(account) = account.filter(|one| !one.is_disabled) else {
            return Err(RefreshError::SignedOut);
        };
        if self.lacks_factor(&tx, &account, session.id).await? {
            return Err(RefreshError::SignedOut);
        }
        let next = self
            .keys
            .successor(&secret)
            .ok_or(RefreshError::SignedOut)?;
        let now = tx.now();
        match known.spent_at {
            None => {
                sessions::spend_token(&tx, &known).await?;
                sessions::insert_token(&tx, session.id, digest(&next)).await?;
                tx.commit([]).await?;
            }
            Some(spent)
                if is_repeat(spent, now, &session, client) && is_open(&tx, &next).await? =>
            {
                tx.roll_back().await?;
            }
            Some(_) => {
                let error = end_reused(tx, &known).await?;
                self.principals.invalidate_all();
                return Err(error);
            }
        }
        Ok(self.issue(&session, account.epoch, &next, now)?)
    }

    /// Ends the session that a refresh token continues; one that is unknown is no error.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn sign_out(&self, token: &str) -> Result<(), StoreError> {
        let Some(secret) = decode(token) else {
            return Ok(());
        };
        let tx = self.store.begin(Actor::default()).await?;
        match sessions::find_token_locked(&tx, &digest(&secret)).await? {
            Some(known) => self.end(tx, known.session).await,
            None => tx.roll_back().await,
        }
    }

    /// Ends a session; one that is over is no error.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn end_session(&self, session: SessionId) -> Result<(), StoreError> {
        let tx = self.store.begin(Actor::default()).await?;
        self.end(tx, session).await
    }

    async fn end(&self, tx: WriteTx, session: SessionId) -> Result<(), StoreError> {
        if sessions::revoke(&tx, session, "SIGNED_OUT").await? {
            let event = DomainEvent::new("session.ended", "Session", session.0);
            tx.commit([event]).await?;
            self.principals.invalidate_all();
            return Ok(());
        }
        tx.roll_back().await
    }

    pub(super) fn is_alive(&self, session: &Session, now: OffsetDateTime) -> bool {
        session.revoked_at.is_none()
            && session.expires_at > now
            && session.last_used_at + self.settings.idle > now
    }

    fn issue(
        &self,
        session: &Session,
        epoch: i32,
        secret: &[u8; 32],
        now: OffsetDateTime,
    ) -> Result<Issued, StoreError> {
        let life = self.settings.access_token;
        let access_token = tokens::sign(
            &self.keys,
            (session.account.0, session.id.0, epoch, None),
            (now, life),
        )
        .ok_or_else(|| StoreError::Taken("access token".to_owned()))?;
        Ok(Issued {
            account: session.account,
            session: session.id,
            access_token,
            expires_at: now + life,
            refresh_token: encode(secret),
            refresh_life: (session.expires_at - now).min(self.settings.idle),
        })
    }
}

/// A repeat of a lost reply, not a theft: soon after, and from the same client.
fn is_repeat(
    spent: OffsetDateTime,
    now: OffsetDateTime,
    session: &Session,
    client: &Client,
) -> bool {
    now - spent <= GRACE && session.client == client.name && session.address == client.address
}

/// Whether the token that was given out next is still unused.
async fn is_open(tx: &WriteTx, next: &[u8; 32]) -> Result<bool, StoreError> {
    let found = sessions::find_token_locked(tx, &digest(next)).await?;
    Ok(found.is_some_and(|one| one.spent_at.is_none()))
}

/// Whether a text can be a login at all; others are never looked for.
fn is_login(text: &str) -> bool {
    let length = text.chars().count();
    (1..=64).contains(&length) && !text.chars().any(char::is_control)
}

/// Ends the session of a token that was used twice.
async fn end_reused(tx: WriteTx, known: &RefreshToken) -> Result<RefreshError, StoreError> {
    sessions::revoke(&tx, known.session, "TOKEN_REUSED").await?;
    let event = DomainEvent::new("session.token_reused", "Session", known.session.0);
    tx.commit([event]).await?;
    tracing::warn!(session.id = %known.session, "a spent refresh token was used again");
    Ok(RefreshError::SignedOut)
}
