//! Second factors of accounts: begun, put in force, spent, taken away.

use duban_domain::{access::Principal, event::DomainEvent, ids::AccountId};
use duban_persistence::{
    StoreError, WriteTx,
    accounts::{self, Account},
    challenges,
    proofs::{self, Proof},
    second_factors::{self, SecondFactor},
    sessions,
};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::{
    Client, CreateAccountError, Identity,
    own::{RECENT, actor, require_recent_proof},
    throttle::{self, Subjects},
    totp::{self, Entered, RecoveryCodes, Setup},
};
use crate::change::ChangeError;

/// How long a factor may lie half set up.
const SETUP: Duration = Duration::minutes(15);

/// How an account stands with second factors, for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorState {
    /// Since when one is in force.
    pub enrolled_at: Option<OffsetDateTime>,
    /// Recovery codes that are unused.
    pub codes_left: u64,
    /// Whether the account must have one.
    pub is_mandatory: bool,
    /// Whether approvals ask for a proof of it.
    pub is_asked_for_approvals: bool,
}

/// What a code turned out to be.
pub(super) enum Spent {
    /// Six digits of the app.
    Digits,
    /// A recovery code, with the event that says so.
    Recovery(DomainEvent),
}

/// How the first code of a new factor was taken.
pub(super) enum Confirmed {
    /// The factor is in force.
    Done(RecoveryCodes, DomainEvent),
    /// The code is wrong.
    Wrong,
    /// Nothing is being set up, or for too long.
    Over,
}

impl Identity {
    /// How the caller stands with second factors.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn factor_state(&self, who: AccountId) -> Result<FactorState, StoreError> {
        let db = self.store.read();
        let known = second_factors::find_unscoped(db, who).await?;
        let found = accounts::find_many_unscoped(db, &[who]).await?;
        let is_mandatory = match found.first() {
            Some(account) => self.needs_factor(db, account).await?,
            None => false,
        };
        Ok(FactorState {
            enrolled_at: known.and_then(|one| one.confirmed_at),
            codes_left: second_factors::codes_left_unscoped(db, who).await?,
            is_mandatory,
            is_asked_for_approvals: self.settings.approvals_need_factor,
        })
    }

    /// Whether a second factor of an account is in force.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn has_factor(&self, account: AccountId) -> Result<bool, StoreError> {
        let known = second_factors::find_unscoped(self.store.read(), account).await?;
        Ok(known.is_some_and(|one| one.confirmed_at.is_some()))
    }

    /// Begins to set up a second factor of one's own.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]; nothing is stored then.
    pub async fn start_second_factor(
        &self,
        who: &Principal,
        password: Zeroizing<String>,
        client: &Client,
    ) -> Result<Setup, ChangeError> {
        self.prove(who, ("password", password), client).await?;
        let (tx, account) = self.begin_own(who, client).await?;
        let known = second_factors::find_unscoped(tx.conn(), account.id).await?;
        if known.is_some_and(|one| one.confirmed_at.is_some()) {
            return Err(ChangeError::field("", "SECOND_FACTOR_ENROLLED"));
        }
        let (setup, event) = self.begin_factor(&tx, &account).await?;
        tx.commit([event]).await?;
        Ok(setup)
    }

    /// Puts it in force by its first code; every other session of the account ends.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]; nothing is stored then.
    pub async fn confirm_second_factor(
        &self,
        who: &Principal,
        code: Zeroizing<String>,
        client: &Client,
    ) -> Result<RecoveryCodes, ChangeError> {
        let (_, subjects) = self.admit_own(who, client, Subjects::of_factor).await?;
        let (tx, account) = self.begin_own(who, client).await?;
        match self.confirm_factor(&tx, &account, &code).await? {
            Confirmed::Done(codes, event) => {
                sessions::clear_failures(&tx, &subjects.all()).await?;
                sessions::revoke_others(&tx, account.id, who.session(), "ACCOUNT_CHANGED").await?;
                if let Some(session) = who.session() {
                    proofs::give(&tx, session, Proof::Factor).await?;
                }
                tx.commit([event]).await?;
                self.forget_callers();
                Ok(codes)
            }
            Confirmed::Over => Err(ChangeError::field("code", "SECOND_FACTOR_SETUP_OVER")),
            Confirmed::Wrong => {
                tx.roll_back().await?;
                throttle::refuse(&self.store, &subjects).await?;
                Err(ChangeError::field("code", "SECOND_FACTOR_WRONG"))
            }
        }
    }

    /// Takes one's own second factor away.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]; nothing is stored then.
    pub async fn remove_second_factor(
        &self,
        who: &Principal,
        code: Zeroizing<String>,
        client: &Client,
    ) -> Result<(), ChangeError> {
        let (tx, account, mut events) = self.begin_sensitive(who, &code, client).await?;
        if self.needs_factor(tx.conn(), &account).await? {
            return Err(ChangeError::field("", "SECOND_FACTOR_MANDATORY"));
        }
        second_factors::delete(&tx, account.id).await?;
        let event = DomainEvent::new("second_factor.removed", "Account", account.id.0);
        events.push(event);
        tx.commit(events).await?;
        Ok(())
    }

    /// Gives new recovery codes; those before are good for nothing any more.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]; nothing is stored then.
    pub async fn renew_recovery_codes(
        &self,
        who: &Principal,
        code: Zeroizing<String>,
        client: &Client,
    ) -> Result<RecoveryCodes, ChangeError> {
        let (tx, account, mut events) = self.begin_sensitive(who, &code, client).await?;
        let (codes, hashes) = totp::recovery_codes()?;
        second_factors::replace_codes(&tx, account.id, hashes).await?;
        let event = DomainEvent::new("second_factor.codes_renewed", "Account", account.id.0);
        events.push(event);
        tx.commit(events).await?;
        Ok(codes)
    }

    /// Takes the second factor of the account of that login away, for the operator.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError::LoginUnknown`] when nobody has that login.
    pub async fn reset_second_factor(&self, login: &str) -> Result<bool, CreateAccountError> {
        let (tx, account) = self.begin_on(login).await?;
        if !take_away(&tx, account).await? {
            tx.roll_back().await?;
            return Ok(false);
        }
        self.end_access(tx, account, "second_factor.reset").await?;
        Ok(true)
    }

    /// Refuses an approval of somebody who has not proven the second factor lately, where the
    /// setting asks for it. The command line has no session, and the database in hand anyway.
    pub(crate) async fn require_approval_proof(
        &self,
        tx: &WriteTx,
        who: &Principal,
    ) -> Result<(), ChangeError> {
        let Some(session) = who
            .session()
            .filter(|_| self.settings.approvals_need_factor)
        else {
            return Ok(());
        };
        let known = second_factors::find_unscoped(tx.conn(), who.account()).await?;
        if known.is_none_or(|one| one.confirmed_at.is_none()) {
            return Err(ChangeError::field("", "SECOND_FACTOR_NOT_ENROLLED"));
        }
        let proven = proofs::last_unscoped(tx.conn(), session, Proof::Factor).await?;
        if proven.is_some_and(|at| tx.now() - at <= RECENT) {
            return Ok(());
        }
        Err(ChangeError::field("", "SECOND_FACTOR_PROOF_REQUIRED"))
    }

    /// A change of one's own second factor: after a recent proof by the password, and a code.
    async fn begin_sensitive(
        &self,
        who: &Principal,
        code: &str,
        client: &Client,
    ) -> Result<(WriteTx, Account, Vec<DomainEvent>), ChangeError> {
        let (tx, _) = self.begin_own(who, client).await?;
        require_recent_proof(&tx, who).await?;
        tx.roll_back().await?;
        self.begin_with_code(who, code, client).await
    }

    /// A change by the caller, who shows a code of the second factor, slowed down like a sign-in.
    pub(super) async fn begin_with_code(
        &self,
        who: &Principal,
        code: &str,
        client: &Client,
    ) -> Result<(WriteTx, Account, Vec<DomainEvent>), ChangeError> {
        if !self.has_factor(who.account()).await? {
            return Err(ChangeError::field("code", "SECOND_FACTOR_NOT_ENROLLED"));
        }
        let (_, subjects) = self.admit_own(who, client, Subjects::of_factor).await?;
        let (tx, account) = self.begin_own(who, client).await?;
        let Some(spent) = self.spend(&tx, &account, code).await? else {
            tx.roll_back().await?;
            throttle::refuse(&self.store, &subjects).await?;
            return Err(ChangeError::field("code", "SECOND_FACTOR_WRONG"));
        };
        sessions::clear_failures(&tx, &subjects.all()).await?;
        if let Some(session) = who.session() {
            proofs::give(&tx, session, Proof::Factor).await?;
        }
        let events = match spent {
            Spent::Digits => Vec::new(),
            Spent::Recovery(event) => vec![event],
        };
        Ok((tx, account, events))
    }

    /// A change of one's own account, which is locked.
    async fn begin_own(
        &self,
        who: &Principal,
        client: &Client,
    ) -> Result<(WriteTx, Account), ChangeError> {
        let tx = self.store.begin(actor(who, client)).await?;
        let found = accounts::find_locked_unscoped(&tx, who.account()).await?;
        Ok((tx, found.ok_or(ChangeError::NotFound)?))
    }

    pub(super) async fn begin_factor(
        &self,
        tx: &WriteTx,
        account: &Account,
    ) -> Result<(Setup, DomainEvent), StoreError> {
        let secret = totp::fresh()?;
        let sealed = self.sealer.seal(&place(account.id), secret.as_slice());
        let setup = totp::setup(secret.as_slice(), &account.login);
        let factor = SecondFactor {
            account: account.id,
            sealed: sealed.ok_or_else(|| unreadable(account.id))?,
            sealed_with: self.sealer.id.clone(),
            made_at: tx.now(),
            confirmed_at: None,
        };
        second_factors::begin(tx, &factor).await?;
        let event = DomainEvent::new("second_factor.started", "Account", account.id.0);
        Ok((setup.ok_or_else(|| unreadable(account.id))?, event))
    }

    pub(super) async fn confirm_factor(
        &self,
        tx: &WriteTx,
        account: &Account,
        code: &str,
    ) -> Result<Confirmed, StoreError> {
        let known = second_factors::find_unscoped(tx.conn(), account.id).await?;
        let begun =
            known.filter(|one| one.confirmed_at.is_none() && tx.now() - one.made_at <= SETUP);
        let Some(factor) = begun else {
            return Ok(Confirmed::Over);
        };
        let Some(Entered::Digits(digits)) = totp::entered(code) else {
            return Ok(Confirmed::Wrong);
        };
        if !self.spend_digits(tx, &factor, &digits).await? {
            return Ok(Confirmed::Wrong);
        }
        second_factors::confirm(tx, account.id).await?;
        let (codes, hashes) = totp::recovery_codes()?;
        second_factors::replace_codes(tx, account.id, hashes).await?;
        let event = DomainEvent::new("second_factor.enrolled", "Account", account.id.0);
        Ok(Confirmed::Done(codes, event))
    }

    /// Spends a code of the factor in force; none when it is no good.
    pub(super) async fn spend(
        &self,
        tx: &WriteTx,
        account: &Account,
        code: &str,
    ) -> Result<Option<Spent>, StoreError> {
        let known = second_factors::find_unscoped(tx.conn(), account.id).await?;
        let Some(factor) = known.filter(|one| one.confirmed_at.is_some()) else {
            return Ok(None);
        };
        match totp::entered(code) {
            None => Ok(None),
            Some(Entered::Digits(digits)) => {
                let is_good = self.spend_digits(tx, &factor, &digits).await?;
                Ok(is_good.then_some(Spent::Digits))
            }
            Some(Entered::Recovery(hash)) => {
                if !second_factors::spend_code(tx, account.id, hash).await? {
                    return Ok(None);
                }
                let left = second_factors::codes_left_unscoped(tx.conn(), account.id).await?;
                let action = "second_factor.used_recovery_code";
                let event = DomainEvent::new(action, "Account", account.id.0)
                    .with(json!({ "codesLeft": left }));
                Ok(Some(Spent::Recovery(event)))
            }
        }
    }

    async fn spend_digits(
        &self,
        tx: &WriteTx,
        factor: &SecondFactor,
        digits: &str,
    ) -> Result<bool, StoreError> {
        let place = place(factor.account);
        let opened = Some(&factor.sealed)
            .filter(|_| factor.sealed_with == self.sealer.id)
            .and_then(|sealed| self.sealer.open_sealed(&place, sealed));
        let secret = opened.ok_or_else(|| unreadable(factor.account))?;
        match totp::step_of(&secret, digits, tx.now()) {
            Some(step) => second_factors::spend_step(tx, factor.account, step).await,
            None => Ok(false),
        }
    }
}

/// Takes the second factor of an account away, and what waits for it; false when there was none.
pub(crate) async fn take_away(tx: &WriteTx, account: AccountId) -> Result<bool, StoreError> {
    challenges::close_all(tx, account).await?;
    second_factors::delete(tx, account).await
}

/// Where a secret is kept, so that it opens in no other row.
fn place(account: AccountId) -> String {
    format!("second_factor.secret of {}", account.0)
}

/// Sealed with another key than that of `identity.factor_key_file`, or bent.
fn unreadable(account: AccountId) -> StoreError {
    StoreError::Corrupt {
        table: "second_factor",
        column: "secret",
        key: account.0.to_string(),
        value: "sealed with another key".to_owned(),
    }
}
