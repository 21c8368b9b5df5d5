//! The second step of a sign-in: a code of the second factor, or setting one up.

use duban_domain::{clock::official_day, event::DomainEvent, ids::SessionId};
use duban_persistence::{
    Actor, Connection, StoreError, WriteTx,
    accounts::{self, Account},
    challenges::{self, Challenge, Way},
    grants,
    proofs::{self, Proof},
    second_factors, sessions,
};
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

pub use duban_persistence::challenges::Needs;

use super::{
    Client, Identity, Issued, SignInError,
    factor::{Confirmed, Spent},
    secrets::{decode, digest, encode, fresh_secret},
    sessions::Proven,
    throttle::{self, Subjects},
    totp::{RecoveryCodes, Setup},
};

/// How long a sign-in waits for its second step.
const LIFE: Duration = Duration::minutes(5);
/// How long it waits while a factor is set up, which takes an app and a camera.
const SETUP_LIFE: Duration = Duration::minutes(15);

/// What the first step of a sign-in gives.
pub enum SignedIn {
    /// A session.
    Session(Issued),
    /// A second step to take.
    Waiting(Waiting),
}

/// A sign-in whose second step is being taken.
struct Turn {
    account: Account,
    subjects: Subjects,
    way: Way,
}

impl Turn {
    /// What was proven when the step was right.
    fn proven(&self, events: Vec<DomainEvent>) -> Proven<'_> {
        Proven {
            subjects: &self.subjects,
            way: self.way,
            age: Duration::ZERO,
            has_factor: true,
            events,
        }
    }
}

/// A sign-in that waits for its second step; no session yet.
pub struct Waiting {
    /// Whose turn it is; good once.
    pub token: Zeroizing<String>,
    /// What is missing.
    pub needs: Needs,
    /// When the sign-in begins anew.
    pub expires_at: OffsetDateTime,
}

impl Identity {
    /// What the owner of an account has to do besides the first step.
    pub(super) async fn second_step(
        &self,
        tx: &WriteTx,
        account: &Account,
    ) -> Result<Option<Needs>, StoreError> {
        let known = second_factors::find_unscoped(tx.conn(), account.id).await?;
        if known.is_some_and(|one| one.confirmed_at.is_some()) {
            return Ok(Some(Needs::Code));
        }
        let is_needed = self.needs_factor(tx.conn(), account).await?;
        Ok(is_needed.then_some(Needs::Enrolment))
    }

    /// Whether an account must have a second factor: one of the three administrators, where the
    /// setting says so. Demo accounts, whose password everybody knows, need none.
    pub(super) async fn needs_factor(
        &self,
        db: &impl Connection,
        account: &Account,
    ) -> Result<bool, StoreError> {
        if !self.settings.administrators_need_factor || account.is_demo {
            return Ok(false);
        }
        let today = official_day(self.store.clock().now());
        let held = grants::in_force_unscoped(db, account.id, &[], today).await?;
        Ok(held.iter().any(|grant| grant.role.is_administrator()))
    }

    /// Whether a session lacks the second factor that its account must have by now. One that began at
    /// a provider whose own second factor counts has shown that.
    pub(super) async fn lacks_factor(
        &self,
        tx: &WriteTx,
        account: &Account,
        session: SessionId,
    ) -> Result<bool, StoreError> {
        if self.second_step(tx, account).await? != Some(Needs::Enrolment) {
            return Ok(false);
        }
        let shown = proofs::last_unscoped(tx.conn(), session, Proof::Factor).await?;
        Ok(shown.is_none())
    }

    /// Lets a sign-in wait for its second step; the events are what happened on the way.
    pub(super) async fn wait(
        &self,
        tx: WriteTx,
        (account, subjects): (&Account, &Subjects),
        (needs, way, events): (Needs, Way, Vec<DomainEvent>),
    ) -> Result<Waiting, SignInError> {
        sessions::clear_failures(&tx, &[subjects.of_account()]).await?;
        let secret = fresh_secret()?;
        let life = match needs {
            Needs::Code => LIFE,
            Needs::Enrolment => SETUP_LIFE,
        };
        let challenge = Challenge {
            hash: digest(&secret),
            account: account.id,
            epoch: account.epoch,
            needs,
            way,
            expires_at: tx.now() + life,
        };
        challenges::insert(&tx, &challenge).await?;
        let event = DomainEvent::new("second_factor.asked", "Account", account.id.0);
        tx.commit(events.into_iter().chain([event])).await?;
        Ok(Waiting {
            token: encode(&secret),
            needs,
            expires_at: challenge.expires_at,
        })
    }

    /// Ends a waiting sign-in with a code of the second factor, or a recovery code.
    ///
    /// # Errors
    ///
    /// [`SignInError::Over`] for a token that is unknown, used or too old,
    /// [`SignInError::WrongCode`] for whatever is no code of this moment.
    pub async fn sign_in_second_factor(
        &self,
        token: &str,
        code: Zeroizing<String>,
        client: &Client,
    ) -> Result<Issued, SignInError> {
        let turn = self.taken_up(token, Needs::Code, client).await?;
        let account = &turn.account;
        let tx = self.resume(token, account, client).await?;
        let Some(spent) = self.spend(&tx, account, &code).await? else {
            tx.roll_back().await?;
            return Err(self.wrong_code(&turn, client).await?);
        };
        challenges::close_all(&tx, account.id).await?;
        let events = match spent {
            Spent::Digits => Vec::new(),
            Spent::Recovery(event) => vec![event],
        };
        self.start(tx, account, client, turn.proven(events)).await
    }

    /// Begins to set a second factor up, for a sign-in that waits for it.
    ///
    /// # Errors
    ///
    /// [`SignInError::Over`] as above.
    pub async fn start_sign_in_enrolment(
        &self,
        token: &str,
        client: &Client,
    ) -> Result<Setup, SignInError> {
        let Turn { account, .. } = self.waiting(token, Needs::Enrolment, client).await?;
        let tx = self.resume(token, &account, client).await?;
        let (setup, event) = self.begin_factor(&tx, &account).await?;
        tx.commit([event]).await?;
        Ok(setup)
    }

    /// Puts that factor in force by its first code, and signs in.
    ///
    /// # Errors
    ///
    /// As [`Identity::sign_in_second_factor`].
    pub async fn confirm_sign_in_enrolment(
        &self,
        token: &str,
        code: Zeroizing<String>,
        client: &Client,
    ) -> Result<(Issued, RecoveryCodes), SignInError> {
        let turn = self.taken_up(token, Needs::Enrolment, client).await?;
        let account = &turn.account;
        let tx = self.resume(token, account, client).await?;
        let (codes, event) = match self.confirm_factor(&tx, account, &code).await? {
            Confirmed::Done(codes, event) => (codes, event),
            Confirmed::Over => return Err(SignInError::Over),
            Confirmed::Wrong => {
                tx.roll_back().await?;
                return Err(self.wrong_code(&turn, client).await?);
            }
        };
        challenges::close_all(&tx, account.id).await?;
        let proven = turn.proven(vec![event]);
        let issued = self.start(tx, account, client, proven).await?;
        Ok((issued, codes))
    }

    /// Takes an attempt with a code, or says how long the caller has to wait.
    async fn taken_up(
        &self,
        token: &str,
        needs: Needs,
        client: &Client,
    ) -> Result<Turn, SignInError> {
        let turn = self.waiting(token, needs, client).await?;
        match throttle::admit(&self.store, &turn.subjects).await? {
            Some(wait) => Err(SignInError::Throttled { wait }),
            None => Ok(turn),
        }
    }

    /// Whose sign-in waits under a token.
    async fn waiting(
        &self,
        token: &str,
        needs: Needs,
        client: &Client,
    ) -> Result<Turn, SignInError> {
        let secret = decode(token).ok_or(SignInError::Over)?;
        let (db, now) = (self.store.read(), self.store.clock().now());
        let found = challenges::find_open(db, &digest(&secret), now).await?;
        let challenge = found.filter(|one| one.needs == needs);
        let challenge = challenge.ok_or(SignInError::Over)?;
        let found = accounts::find_many_unscoped(db, &[challenge.account]).await?;
        let account = found
            .into_iter()
            .find(|one| !one.is_disabled && one.epoch == challenge.epoch);
        let account = account.ok_or(SignInError::Over)?;
        let subjects = Subjects::of_factor(&account.login, &client.address);
        Ok(Turn {
            account,
            subjects,
            way: challenge.way,
        })
    }

    /// Opens the transaction of a second step; of two at the same time one is over.
    async fn resume(
        &self,
        token: &str,
        account: &Account,
        client: &Client,
    ) -> Result<WriteTx, SignInError> {
        let secret = decode(token).ok_or(SignInError::Over)?;
        let tx = self.begin_as(account, client).await?;
        let found = challenges::find_open_locked(&tx, &digest(&secret)).await?;
        found.ok_or(SignInError::Over)?;
        Ok(tx)
    }

    async fn wrong_code(&self, turn: &Turn, client: &Client) -> Result<SignInError, StoreError> {
        throttle::refuse(&self.store, &turn.subjects).await?;
        let what = ("signInSecondFactor", "SECOND_FACTOR_WRONG");
        self.note_refused(Some(turn.account.id), what, client)
            .await?;
        Ok(SignInError::WrongCode)
    }

    /// A change by the owner of an account who is signing in; the account is locked and as it was.
    pub(super) async fn begin_as(
        &self,
        account: &Account,
        client: &Client,
    ) -> Result<WriteTx, SignInError> {
        let actor = Actor {
            account: Some(account.id),
            origin: client.origin(),
            ..Actor::default()
        };
        let tx = self.store.begin(actor).await?;
        let now = accounts::find_locked_unscoped(&tx, account.id).await?;
        if now.as_ref() != Some(account) {
            return Err(SignInError::Refused);
        }
        Ok(tx)
    }
}
