//! One-time links: an invitation, a new password. Shown once, kept as their hash, good for a day.

use std::fmt;

use duban_domain::{
    event::DomainEvent,
    ids::{AccountId, MailId},
};
use duban_persistence::{
    Actor, StoreError, WriteTx,
    accounts::{self, Account},
    links::{self, Link, LinkKind},
    mails::Sealed,
    sessions,
};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::{
    Client, CreateAccountError, Identity, passwords,
    secrets::{decode, digest, encode, fresh_secret},
    throttle::{self, Subjects},
};
use crate::change::ChangeError;

/// How long a link is good.
pub(crate) const LINK_LIFE: Duration = Duration::hours(24);

/// A link to be given to somebody, once.
#[derive(Clone)]
pub struct OneTimeLink {
    /// The secret.
    pub secret: Zeroizing<String>,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

impl fmt::Debug for OneTimeLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneTimeLink")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl OneTimeLink {
    /// Where it leads on the server. The secret stands in the fragment, which browsers keep to
    /// themselves: no server and no proxy between writes it to a log.
    pub fn path(&self) -> String {
        path_of(&self.secret)
    }
}

fn path_of(secret: &str) -> String {
    format!("/invitation#{secret}")
}

/// What came of opening a link that was sealed for a mail.
pub(crate) enum Unsealed {
    /// Where it leads on the server.
    Good(Zeroizing<String>),
    /// It was used, replaced, or is too old, or its account is disabled.
    Over,
    /// It was sealed under another key than that of `identity.factor_key_file`.
    OtherKey,
}

/// Where a sealed link is kept, so that it opens in no other row.
fn place(mail: MailId) -> String {
    format!("outgoing_mail.secret of {}", mail.0)
}

/// Whom a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The account.
    pub account: Account,
    /// Whether it is its first password.
    pub is_first: bool,
    /// When the link ends.
    pub expires_at: OffsetDateTime,
}

impl Identity {
    /// Makes a link for an account; those that it had before are good for nothing any more.
    pub(crate) async fn make_link(
        &self,
        tx: &WriteTx,
        account: &Account,
    ) -> Result<OneTimeLink, StoreError> {
        let secret = fresh_secret()?;
        let link = Link {
            hash: digest(&secret),
            account: account.id,
            kind: if account.has_password {
                LinkKind::PasswordReset
            } else {
                LinkKind::Invitation
            },
            expires_at: tx.now() + LINK_LIFE,
        };
        links::replace(tx, &link).await?;
        Ok(OneTimeLink {
            secret: encode(&secret),
            expires_at: link.expires_at,
        })
    }

    /// Seals the secret of a link for a mail that waits.
    pub(crate) fn seal_link(&self, mail: MailId, link: &OneTimeLink) -> Result<Sealed, StoreError> {
        let bytes = self.sealer.seal(&place(mail), link.secret.as_bytes());
        Ok(Sealed {
            with: self.sealer.id.clone(),
            bytes: bytes
                .ok_or_else(|| StoreError::Taken("no randomness to seal with".to_owned()))?,
        })
    }

    /// Where the sealed link of a mail leads, if it is still good.
    pub(crate) async fn unseal_link(
        &self,
        mail: MailId,
        sealed: &Sealed,
    ) -> Result<Unsealed, StoreError> {
        let opened = Some(&sealed.bytes)
            .filter(|_| sealed.with == self.sealer.id)
            .and_then(|bytes| self.sealer.open_sealed(&place(mail), bytes));
        let Some(opened) = opened else {
            return Ok(Unsealed::OtherKey);
        };
        let secret = std::str::from_utf8(&opened).unwrap_or_default();
        Ok(match self.invited(secret).await? {
            Some(_) => Unsealed::Good(Zeroizing::new(path_of(secret))),
            None => Unsealed::Over,
        })
    }

    /// Makes a link for the account of that login, for the operator.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError::LoginUnknown`] when nobody has that login.
    pub async fn link_for(&self, login: &str) -> Result<OneTimeLink, CreateAccountError> {
        let unknown = || CreateAccountError::LoginUnknown {
            login: login.to_owned(),
        };
        let tx = self.store.begin(Actor::default()).await?;
        let found = accounts::find_credentials_unscoped(tx.conn(), login).await?;
        let account = found.ok_or_else(unknown)?.account;
        let link = self.make_link(&tx, &account).await?;
        tx.commit([link_event(account.id, &link, false)]).await?;
        Ok(link)
    }

    /// Whom a link is for; none when it is unknown, used or too old.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn invited(&self, token: &str) -> Result<Option<Invited>, StoreError> {
        let Some(secret) = decode(token) else {
            return Ok(None);
        };
        let (db, now) = (self.store.read(), self.store.clock().now());
        let Some(link) = links::find_open(db, &digest(&secret), now).await? else {
            return Ok(None);
        };
        let found = accounts::find_many_unscoped(db, &[link.account]).await?;
        let account = found.into_iter().find(|one| !one.is_disabled);
        Ok(account.map(|account| Invited {
            account,
            is_first: link.kind == LinkKind::Invitation,
            expires_at: link.expires_at,
        }))
    }

    /// Sets the password of the account that a link is for, and returns its login; whoever is
    /// signed in with the account has to sign in again.
    ///
    /// # Errors
    ///
    /// [`ChangeError`]: `LINK_UNKNOWN` for a link that is good for nothing, the password's refusal,
    /// `SIGN_IN_THROTTLED` after too many attempts from one place.
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: Zeroizing<String>,
        client: &Client,
    ) -> Result<String, ChangeError> {
        let subjects = Subjects::of_links(&client.address);
        if let Some(wait) = throttle::admit(&self.store, &subjects).await? {
            return Err(ChangeError::throttled(wait));
        }
        let unknown = || ChangeError::field("token", "LINK_UNKNOWN");
        let secret = decode(token).ok_or_else(unknown)?;
        let invited = self.invited(token).await?.ok_or_else(unknown)?;
        throttle::forgive(&self.store, &subjects).await?;
        let words = self.context_words(&invited.account.login).await?;
        passwords::check(&password, &words)
            .map_err(|error| ChangeError::invalid("password", &error))?;
        let hash = self.hasher.hash(password).await;
        let hash = hash.map_err(|error| ChangeError::invalid("password", &error))?;
        let id = invited.account.id;
        let actor = Actor {
            account: Some(id),
            origin: client.origin(),
            ..Actor::default()
        };
        let tx = self.store.begin(actor).await?;
        let used = links::find_open_locked(&tx, &digest(&secret)).await?;
        used.ok_or_else(unknown)?;
        links::close_all(&tx, id).await?;
        accounts::save_password(&tx, id, hash).await?;
        let of_login = Subjects::of(&invited.account.login, &client.address);
        sessions::clear_failures(&tx, &of_login.all()).await?;
        let action = if invited.is_first {
            "account.invitation_accepted"
        } else {
            "account.password_reset"
        };
        self.end_access(tx, id, action)
            .await
            .map_err(|error| match error {
                CreateAccountError::Store(error) => ChangeError::Store(error),
                other => ChangeError::invalid("token", &other),
            })?;
        Ok(invited.account.login)
    }
}

/// That a link was made; its secret is nowhere.
pub(crate) fn link_event(account: AccountId, link: &OneTimeLink, is_mailed: bool) -> DomainEvent {
    DomainEvent::new("account.link_made", "Account", account.0)
        .with(json!({ "expiresAt": link.expires_at.unix_timestamp(), "isMailed": is_mailed }))
}
