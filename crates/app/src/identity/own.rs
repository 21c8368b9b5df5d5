//! What people do with their own access: another password, proof of who they are.

use duban_domain::{access::Principal, event::DomainEvent};
use duban_persistence::{
    Actor, WriteTx,
    accounts::{self, Account, Credentials},
    proofs::{self, Proof},
    sessions,
};
use time::Duration;
use zeroize::Zeroizing;

use super::{
    Client, Identity, passwords,
    sessions::LONGEST,
    throttle::{self, Subjects},
};
use crate::change::ChangeError;

/// Sensitive acts need a proof of who one is that is younger than this.
pub(super) const RECENT: Duration = Duration::minutes(15);

impl Identity {
    /// Sets another password of one's own; every other session ends.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]; nothing is stored then.
    pub async fn change_password(
        &self,
        who: &Principal,
        (current, new): (Zeroizing<String>, Zeroizing<String>),
        client: &Client,
    ) -> Result<(), ChangeError> {
        let known = self
            .prove(who, ("currentPassword", current), client)
            .await?;
        let account = known.account;
        let words = self.context_words(&account.login).await?;
        let refused = |error| ChangeError::invalid("newPassword", &error);
        passwords::check(&new, &words).map_err(refused)?;
        let hash = self.hasher.hash(new).await.map_err(refused)?;
        let tx = self.store.begin(actor(who, client)).await?;
        accounts::save_password(&tx, account.id, hash).await?;
        accounts::raise_epoch(&tx, account.id).await?;
        sessions::revoke_others(&tx, account.id, who.session(), "ACCOUNT_CHANGED").await?;
        if let Some(session) = who.session() {
            proofs::give(&tx, session, Proof::Password).await?;
        }
        let event = DomainEvent::new("account.password_changed", "Account", account.id.0);
        tx.commit([event]).await?;
        self.forget_callers();
        Ok(())
    }

    /// Takes the proof that the bearer of a session is still its owner, for sensitive acts: the
    /// password, a code of the second factor, or both.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]; nothing is stored then.
    pub async fn reauthenticate(
        &self,
        who: &Principal,
        (password, code): (Option<Zeroizing<String>>, Option<Zeroizing<String>>),
        client: &Client,
    ) -> Result<(), ChangeError> {
        if password.is_none() && code.is_none() {
            return Err(ChangeError::field("password", "PROOF_MISSING"));
        }
        let has_password = password.is_some();
        if let Some(password) = password {
            self.prove(who, ("password", password), client).await?;
        }
        let Some(session) = who.session() else {
            return Ok(());
        };
        if let Some(code) = code {
            let (tx, _, mut events) = self.begin_with_code(who, &code, client).await?;
            let action = "session.factor_proven";
            events.push(DomainEvent::new(action, "Session", session.0));
            tx.commit(events).await?;
        }
        if has_password {
            let tx = self.store.begin(actor(who, client)).await?;
            proofs::give(&tx, session, Proof::Password).await?;
            let event = DomainEvent::new("session.proven", "Session", session.0);
            tx.commit([event]).await?;
        }
        Ok(())
    }

    /// Takes an attempt of the caller at the own account, counted under those subjects.
    pub(super) async fn admit_own(
        &self,
        who: &Principal,
        client: &Client,
        subjects: fn(&str, &str) -> Subjects,
    ) -> Result<(Account, Subjects), ChangeError> {
        let found = accounts::find_many_unscoped(self.store.read(), &[who.account()]).await?;
        let own = found.into_iter().next().ok_or(ChangeError::NotFound)?;
        let subjects = subjects(&own.login, &client.address);
        match throttle::admit(&self.store, &subjects).await? {
            Some(wait) => Err(ChangeError::throttled(wait)),
            None => Ok((own, subjects)),
        }
    }

    /// Compares a password with one's own, slowed down like a sign-in.
    pub(super) async fn prove(
        &self,
        who: &Principal,
        (path, password): (&'static str, Zeroizing<String>),
        client: &Client,
    ) -> Result<Credentials, ChangeError> {
        let (own, subjects) = self.admit_own(who, client, Subjects::of).await?;
        let known = accounts::find_credentials_unscoped(self.store.read(), &own.login).await?;
        let known = known.ok_or(ChangeError::NotFound)?;
        let hash = known.password_hash.clone();
        let fits = password.len() <= LONGEST
            && (self.hasher.fits(password, hash).await)
                .map_err(|error| ChangeError::invalid(path, &error))?;
        if !fits {
            throttle::refuse(&self.store, &subjects).await?;
            return Err(ChangeError::field(path, "PASSWORD_WRONG"));
        }
        throttle::forgive(&self.store, &subjects).await?;
        Ok(known)
    }
}

/// Refuses a sensitive act of somebody who has not proven lately who he is. The command line, which
/// has no session, has the database in hand anyway.
///
/// # Errors
///
/// [`ChangeError::Invalid`] with `REAUTHENTICATION_REQUIRED`.
pub(crate) async fn require_recent_proof(tx: &WriteTx, who: &Principal) -> Result<(), ChangeError> {
    if who.limits().is_some() {
        return Err(ChangeError::field("", "REAUTHENTICATION_REQUIRED"));
    }
    let Some(id) = who.session() else {
        return Ok(());
    };
    let session = sessions::find_unscoped(tx.conn(), id).await?;
    let session = session.ok_or(ChangeError::NotFound)?;
    let proven = proofs::last_unscoped(tx.conn(), id, Proof::Password).await?;
    let last = proven.map_or(session.authenticated_at, |at| {
        at.max(session.authenticated_at)
    });
    if tx.now() - last > RECENT {
        return Err(ChangeError::field("", "REAUTHENTICATION_REQUIRED"));
    }
    Ok(())
}

pub(super) fn actor(who: &Principal, client: &Client) -> Actor {
    Actor {
        account: Some(who.account()),
        session: who.session(),
        origin: client.origin(),
        ..Actor::default()
    }
}
