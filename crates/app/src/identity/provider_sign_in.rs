//! Whose account somebody has whom the organisation's own provider let in, and the session that begins.

use duban_domain::event::DomainEvent;
use duban_persistence::{
    StoreError,
    accounts::{self, Account},
    challenges::Way,
    oidc_links,
};
use serde_json::json;

use super::{
    Client, CreateAccountError, Flow, Identity, Oidc, OidcError, ProviderAnswer, SignInError,
    SignedIn,
    accounts::is_login,
    oidc::Admitted,
    sessions::Proven,
    throttle::{self, Subjects},
};

/// How a refusal is named in the audit trail.
const ACTION: &str = "signInAtProvider";

impl Identity {
    /// The organisation's own provider, where one is set.
    #[must_use]
    pub fn oidc(&self) -> Option<&Oidc> {
        self.oidc.as_deref()
    }

    /// Ends a sign-in at the provider: an account that is there already begins a session, as by its
    /// password. No account is made.
    ///
    /// # Errors
    ///
    /// [`OidcError`]: the provider, what it said, or [`SignInError::Refused`] for somebody who has no
    /// account here, or one that may not sign in.
    pub async fn sign_in_at_provider(
        &self,
        oidc: &Oidc,
        (flow, answer): (&Flow, &ProviderAnswer),
        client: &Client,
    ) -> Result<SignedIn, OidcError> {
        let subjects = Subjects::of_provider(&client.address);
        if let Some(wait) = throttle::wait(&self.store, &subjects).await? {
            return Err(SignInError::Throttled { wait }.into());
        }
        let admitted = match oidc.admitted(flow, answer).await {
            Ok(admitted) => admitted,
            Err(error) => {
                if matches!(error, OidcError::Untrusted(_) | OidcError::Token(_)) {
                    throttle::refuse(&self.store, &subjects).await?;
                    let what = (ACTION, "SIGN_IN_UNTRUSTED");
                    self.note_refused(None, what, client).await?;
                }
                return Err(error);
            }
        };
        let issuer = &oidc.settings().issuer;
        Ok(self
            .sign_in_admitted((issuer, &admitted), &subjects, client)
            .await?)
    }

    /// Begins the session of somebody whom the provider let in, or asks for the second step.
    async fn sign_in_admitted(
        &self,
        (issuer, admitted): (&str, &Admitted),
        subjects: &Subjects,
        client: &Client,
    ) -> Result<SignedIn, SignInError> {
        let found = self.account_of(issuer, admitted).await?;
        let may_demo = client.is_loopback && self.settings.is_demo;
        let may_come = |one: &Account| !one.is_disabled && !one.is_service;
        let known = found.as_ref().map(|one| one.account.id);
        let found = found.filter(|one| {
            one.is_theirs && may_come(&one.account) && (may_demo || !one.account.is_demo)
        });
        let Some(Found {
            account, is_linked, ..
        }) = found
        else {
            throttle::refuse(&self.store, subjects).await?;
            self.note_refused(known, (ACTION, "SIGN_IN_REFUSED"), client)
                .await?;
            return Err(SignInError::Refused);
        };
        let tx = self.begin_as(&account, client).await?;
        let mut events = Vec::new();
        if !is_linked {
            oidc_links::insert(&tx, (issuer, &admitted.subject), account.id).await?;
            let event = DomainEvent::new("account.linked", "Account", account.id.0);
            events.push(event.with(json!({ "issuer": issuer })));
        }
        if !admitted.has_factor
            && let Some(needs) = self.second_step(&tx, &account).await?
        {
            let step = (needs, Way::Provider, events);
            let waiting = self.wait(tx, (&account, subjects), step).await?;
            return Ok(SignedIn::Waiting(waiting));
        }
        let proven = Proven {
            subjects,
            way: Way::Provider,
            age: admitted.age,
            has_factor: admitted.has_factor,
            events,
        };
        let issued = self.start(tx, &account, client, proven).await?;
        Ok(SignedIn::Session(issued))
    }

    /// The account of a person: the one that was linked, else the one that the claim names. Once linked,
    /// what the claim says is of no account any more, and nobody else takes the account over.
    async fn account_of(
        &self,
        issuer: &str,
        admitted: &Admitted,
    ) -> Result<Option<Found>, StoreError> {
        let db = self.store.read();
        let linked = oidc_links::account_of_unscoped(db, issuer, &admitted.subject).await?;
        if let Some(id) = linked {
            let found = accounts::find_many_unscoped(db, &[id]).await?.pop();
            return Ok(found.map(|account| Found {
                account,
                is_linked: true,
                is_theirs: true,
            }));
        }
        let Some(login) = admitted.login.as_deref().filter(|text| is_login(text)) else {
            return Ok(None);
        };
        let found = accounts::find_credentials_unscoped(db, login).await?;
        let Some(account) = found.map(|one| one.account) else {
            return Ok(None);
        };
        let is_taken = oidc_links::is_taken_unscoped(db, issuer, account.id).await?;
        Ok(Some(Found {
            account,
            is_linked: false,
            is_theirs: !is_taken,
        }))
    }

    /// Forgets which person of a provider an account is of, for the operator: the next one whom the claim
    /// names takes it. Whoever is signed in with it is out at once. Whether it was anybody's.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError::LoginUnknown`] when nobody has that login.
    pub async fn unlink_account(&self, login: &str) -> Result<bool, CreateAccountError> {
        let (tx, account) = self.begin_on(login).await?;
        if !oidc_links::remove(&tx, account).await? {
            tx.roll_back().await?;
            return Ok(false);
        }
        self.end_access(tx, account, "account.unlinked").await?;
        Ok(true)
    }
}

/// An account that somebody seems to have.
struct Found {
    account: Account,
    /// Whether that was kept at an earlier sign-in.
    is_linked: bool,
    /// Whether it is not another person's.
    is_theirs: bool,
}
