//! Whether those who stay still may: found out for hundreds of them with the same few statements.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use duban_domain::{
    access::{ApiToken, Grant, Principal, TokenState},
    clock::official_day,
    ids::{AccountId, ApiTokenId, SessionId},
};
use duban_persistence::{
    StoreError,
    accounts::{self, Account},
    api_tokens, delegations,
    grants::{self, Held},
    sessions,
};
use time::OffsetDateTime;

use super::{AccessError, Admission, Identity};

/// Callers about whom the database is asked at once.
const TOGETHER: usize = 500;

/// Why somebody who was let in may not stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// The session or the token has ended, or the account was closed or changed.
    Ended,
    /// The database does not say.
    Unknown,
}

/// A caller who may still be one: the session or the token is in force.
struct Candidate {
    admission: Admission,
    token: Option<ApiToken>,
}

impl Candidate {
    /// Whether the account is still one that may come in this way.
    const fn is_of(&self, account: &Account) -> bool {
        !account.is_disabled
            && match self.token {
                Some(_) => account.is_service,
                None => account.epoch == self.admission.epoch,
            }
    }
}

/// What some accounts hold, and whom they stand in for.
struct Standing {
    people: HashMap<AccountId, Vec<AccountId>>,
    held: HashMap<AccountId, Vec<Held>>,
}

impl Standing {
    fn own(&self, account: AccountId) -> Vec<Grant> {
        let held = self.held.get(&account).into_iter().flatten();
        held.map(|one| one.as_held_by(account)).collect()
    }

    /// The caller, as [`Identity::principal`] makes it of one account.
    fn principal(&self, candidate: &Candidate) -> Principal {
        let Admission {
            account, session, ..
        } = candidate.admission;
        let own = self.own(account);
        if let Some(token) = &candidate.token {
            return Principal::new(account, None, own).narrowed(token.limits());
        }
        let people = self.people.get(&account).cloned().unwrap_or_default();
        let theirs = people.iter().filter_map(|one| self.held.get(one));
        let mut theirs: Vec<&Held> = theirs.flatten().collect();
        theirs.sort_by_key(|one| one.id);
        let theirs = theirs.into_iter().map(|one| one.as_held_by(account));
        Principal::new(account, Some(session), own).standing_for(people, theirs.collect())
    }
}

impl Identity {
    /// The caller who was let in, with the grants of this very moment.
    ///
    /// # Errors
    ///
    /// [`AccessError::Invalid`] when the session has ended or the account was closed or changed.
    pub async fn readmit(&self, admission: Admission) -> Result<Arc<Principal>, AccessError> {
        let mut found = self.readmit_together(&[admission]).await?;
        found.remove(&admission).ok_or(AccessError::Invalid)
    }

    /// The callers who were let in, each once, with the grants of this very moment; every one of them has
    /// an answer.
    pub async fn readmit_all(
        &self,
        admissions: &[Admission],
    ) -> HashMap<Admission, Result<Arc<Principal>, Gone>> {
        let mut answers = HashMap::with_capacity(admissions.len());
        for chunk in admissions.chunks(TOGETHER) {
            match self.readmit_together(chunk).await {
                Ok(mut found) => answers.extend(chunk.iter().map(|one| {
                    let answer = found.remove(one).ok_or(Gone::Ended);
                    (*one, answer)
                })),
                // What one of them has stored is not the others' fault.
                Err(StoreError::Corrupt { .. }) if chunk.len() > 1 => {
                    for one in chunk {
                        answers.insert(*one, self.readmit_one(*one).await);
                    }
                }
                Err(error) => {
                    tracing::error!(error = %error, "callers who stay could not be looked up");
                    answers.extend(chunk.iter().map(|one| (*one, Err(Gone::Unknown))));
                }
            }
        }
        answers
    }

    async fn readmit_one(&self, admission: Admission) -> Result<Arc<Principal>, Gone> {
        self.readmit(admission).await.map_err(|error| match error {
            AccessError::Invalid | AccessError::Elsewhere => Gone::Ended,
            AccessError::Store(error) => {
                tracing::error!(error = %error, "a caller who stays could not be looked up");
                Gone::Unknown
            }
        })
    }

    /// Those of the callers who may stay.
    async fn readmit_together(
        &self,
        admissions: &[Admission],
    ) -> Result<HashMap<Admission, Arc<Principal>>, StoreError> {
        let now = self.store.clock().now();
        let mut candidates = self.candidates(admissions, now).await?;
        if candidates.is_empty() {
            return Ok(HashMap::new());
        }
        let keys: BTreeSet<AccountId> = candidates.iter().map(account_of).collect();
        let keys: Vec<AccountId> = keys.into_iter().collect();
        let found = accounts::find_many_unscoped(self.store.read(), &keys).await?;
        let known: HashMap<AccountId, Account> =
            found.into_iter().map(|one| (one.id, one)).collect();
        candidates.retain(|one| {
            let account = known.get(&one.admission.account);
            account.is_some_and(|account| one.is_of(account))
        });
        let standing = self.standing(&candidates, now).await?;
        let principals = candidates.iter().map(|one| {
            let principal = standing.principal(one);
            (one.admission, Arc::new(principal))
        });
        Ok(principals.collect())
    }

    /// Those whose session or token is in force.
    async fn candidates(
        &self,
        admissions: &[Admission],
        now: OffsetDateTime,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut candidates = Vec::with_capacity(admissions.len());
        let (people, programs): (Vec<&Admission>, Vec<&Admission>) =
            admissions.iter().partition(|one| one.token.is_none());
        if !people.is_empty() {
            let keys: Vec<SessionId> = people.iter().map(|one| one.session).collect();
            let found = sessions::find_many_unscoped(self.store.read(), &keys).await?;
            let open = found
                .into_iter()
                .filter(|one| one.revoked_at.is_none() && one.expires_at > now);
            let open: HashMap<SessionId, AccountId> =
                open.map(|one| (one.id, one.account)).collect();
            let alive = people
                .into_iter()
                .filter(|one| open.get(&one.session) == Some(&one.account));
            candidates.extend(alive.map(|one| Candidate {
                admission: *one,
                token: None,
            }));
        }
        if !programs.is_empty() {
            let keys: BTreeSet<ApiTokenId> = programs.iter().filter_map(|one| one.token).collect();
            let keys: Vec<ApiTokenId> = keys.into_iter().collect();
            let found = api_tokens::find_many_unscoped(self.store.read(), &keys).await?;
            let active = found
                .into_iter()
                .filter(|one| one.state(now) == TokenState::Active);
            let active: HashMap<ApiTokenId, ApiToken> = active.map(|one| (one.id, one)).collect();
            candidates.extend(programs.into_iter().filter_map(|one| {
                let token = active.get(&one.token?)?;
                (token.account == one.account).then(|| Candidate {
                    admission: *one,
                    token: Some(token.clone()),
                })
            }));
        }
        Ok(candidates)
    }

    /// What they hold today; nobody lets a program stand in for him.
    async fn standing(
        &self,
        candidates: &[Candidate],
        now: OffsetDateTime,
    ) -> Result<Standing, StoreError> {
        let (db, today) = (self.store.read(), official_day(now));
        let with_session = candidates.iter().filter(|one| one.token.is_none());
        let with_session: BTreeSet<AccountId> = with_session.map(account_of).collect();
        let with_session: Vec<AccountId> = with_session.into_iter().collect();
        let people = if with_session.is_empty() {
            HashMap::new()
        } else {
            delegations::in_force_to_many_unscoped(db, &with_session, today).await?
        };
        let accounts: BTreeSet<AccountId> = candidates
            .iter()
            .map(account_of)
            .chain(people.values().flatten().copied())
            .collect();
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        let mut held: HashMap<AccountId, Vec<Held>> = HashMap::new();
        for one in grants::in_force_of_unscoped(db, &accounts, today).await? {
            held.entry(one.owner).or_default().push(one);
        }
        Ok(Standing { people, held })
    }
}

const fn account_of(one: &Candidate) -> AccountId {
    one.admission.account
}
