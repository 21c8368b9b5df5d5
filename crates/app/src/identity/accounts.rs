//! Making accounts.

use duban_domain::{
    access::{DatedGrant, Reach, Role},
    clock::official_day,
    error::Coded,
    event::DomainEvent,
    ids::{AccountId, DepartmentId, GrantId},
};
use duban_persistence::{
    Actor, StoreError, WriteTx,
    accounts::{self, Account},
    departments, grants, sessions, sign_ins,
};
use serde_json::json;
use zeroize::Zeroizing;

use super::{Identity, PasswordError, passwords};

/// An account to be made.
pub struct NewAccount {
    /// What is typed to sign in.
    pub login: String,
    /// How others see it.
    pub display_name: String,
    /// Code of the unit it belongs to.
    pub department: String,
    /// Its first password; without one it cannot sign in.
    pub password: Option<Zeroizing<String>>,
    /// Whether it is there to try the product only.
    pub is_demo: bool,
    /// What it may do.
    pub grants: Vec<NewGrant>,
}

/// A role to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    /// The role.
    pub role: Role,
    /// Code of the unit where it holds.
    pub department: String,
    /// How far below.
    pub reach: Reach,
}

/// Why an account was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateAccountError {
    /// 2 to 64 letters, digits, `-`, `_`, `.`.
    #[error("the login {login:?} is not made of 2 to 64 letters, digits, '-', '_' and '.'")]
    LoginMalformed {
        /// As given.
        login: String,
    },
    /// Someone has that login.
    #[error("the login {login:?} is taken")]
    LoginTaken {
        /// As given.
        login: String,
    },
    /// Nobody has that login.
    #[error("nobody has the login {login:?}")]
    LoginUnknown {
        /// As given.
        login: String,
    },
    /// No unit has that code.
    #[error("no department has the code {code:?}")]
    DepartmentUnknown {
        /// As given.
        code: String,
    },
    /// Two of the three administrators in one person (三员分立).
    #[error("one person cannot be two of the three administrators")]
    AdministratorsJoined,
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for CreateAccountError {
    fn code(&self) -> &'static str {
        match self {
            Self::LoginMalformed { .. } => "ACCOUNT_LOGIN_MALFORMED",
            Self::LoginTaken { .. } => "ACCOUNT_LOGIN_TAKEN",
            Self::LoginUnknown { .. } => "ACCOUNT_LOGIN_UNKNOWN",
            Self::DepartmentUnknown { .. } => "DEPARTMENT_UNKNOWN",
            Self::AdministratorsJoined => "GRANT_ADMINISTRATORS_JOINED",
            Self::Password(error) => error.code(),
            Self::Store(_) => "INTERNAL",
        }
    }
}

/// Whether a text may be the login of a new account.
pub(crate) fn is_login(text: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    (2..=64).contains(&text.chars().count()) && text.chars().all(fits)
}

impl Identity {
    /// Makes an account with its grants.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError`]; nothing is stored then.
    pub async fn create_account(&self, new: NewAccount) -> Result<AccountId, CreateAccountError> {
        let login = new.login.trim().to_owned();
        if !is_login(&login) {
            return Err(CreateAccountError::LoginMalformed { login });
        }
        let roles = new.grants.iter().map(|grant| grant.role);
        if roles.filter(|role| role.is_administrator()).count() > 1 {
            return Err(CreateAccountError::AdministratorsJoined);
        }
        let hash = match new.password {
            Some(password) => {
                passwords::check(&password, &self.context_words(&login).await?)?;
                Some(self.hasher.hash(password).await?)
            }
            None => None,
        };
        let tx = self.store.begin(Actor::default()).await?;
        if accounts::find_credentials_unscoped(tx.conn(), &login)
            .await?
            .is_some()
        {
            return Err(CreateAccountError::LoginTaken { login });
        }
        let account = Account {
            id: AccountId::fresh(tx.now()),
            department: self.unit(&tx, &new.department).await?,
            login,
            display_name: new.display_name,
            epoch: 1,
            is_demo: new.is_demo,
            is_service: false,
            is_disabled: false,
            has_password: hash.is_some(),
            is_linked: false,
            created_at: tx.now(),
            version: 1,
        };
        accounts::insert(&tx, &account, hash).await?;
        sign_ins::open(&tx, account.id).await?;
        let today = official_day(tx.now());
        for grant in &new.grants {
            let dated = DatedGrant {
                id: GrantId::fresh(tx.now()),
                account: account.id,
                role: grant.role,
                department: self.unit(&tx, &grant.department).await?,
                reach: grant.reach,
                first: today,
                last: None,
            };
            grants::insert(&tx, &dated).await?;
        }
        let roles: Vec<&str> = new.grants.iter().map(|grant| grant.role.name()).collect();
        let event = DomainEvent::new("account.created", "Account", account.id.0)
            .with(json!({ "login": account.login, "roles": roles }));
        tx.commit([event]).await?;
        Ok(account.id)
    }

    /// Sets a new password; whoever is signed in has to sign in again.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError::LoginUnknown`] when nobody has that login, or the password is refused.
    pub async fn set_password(
        &self,
        login: &str,
        password: Zeroizing<String>,
    ) -> Result<AccountId, CreateAccountError> {
        passwords::check(&password, &self.context_words(login).await?)?;
        let hash = self.hasher.hash(password).await?;
        let (tx, account) = self.begin_on(login).await?;
        accounts::save_password(&tx, account, hash).await?;
        self.end_access(tx, account, "account.password_set").await
    }

    /// Takes the right to sign in away; whoever is signed in is out at once.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError::LoginUnknown`] when nobody has that login.
    pub async fn disable_account(&self, login: &str) -> Result<AccountId, CreateAccountError> {
        let (tx, account) = self.begin_on(login).await?;
        accounts::save_disabled(&tx, account, Some(tx.now())).await?;
        self.end_access(tx, account, "account.disabled").await
    }

    /// Gives the right to sign in back.
    ///
    /// # Errors
    ///
    /// [`CreateAccountError::LoginUnknown`] when nobody has that login.
    pub async fn enable_account(&self, login: &str) -> Result<AccountId, CreateAccountError> {
        let (tx, account) = self.begin_on(login).await?;
        accounts::save_disabled(&tx, account, None).await?;
        let event = DomainEvent::new("account.enabled", "Account", account.0);
        tx.commit([event]).await?;
        Ok(account)
    }

    /// A change of an account, which is locked.
    pub(super) async fn begin_on(
        &self,
        login: &str,
    ) -> Result<(WriteTx, AccountId), CreateAccountError> {
        let tx = self.store.begin(Actor::default()).await?;
        let found = accounts::find_credentials_unscoped(tx.conn(), login).await?;
        let id = found
            .ok_or_else(|| CreateAccountError::LoginUnknown {
                login: login.to_owned(),
            })?
            .account
            .id;
        accounts::find_locked_unscoped(&tx, id).await?;
        Ok((tx, id))
    }

    /// Commits with every access token and session of the account worth nothing.
    pub(super) async fn end_access(
        &self,
        tx: WriteTx,
        account: AccountId,
        action: &'static str,
    ) -> Result<AccountId, CreateAccountError> {
        accounts::raise_epoch(&tx, account).await?;
        sessions::revoke_all(&tx, account, "ACCOUNT_CHANGED").await?;
        tx.commit([DomainEvent::new(action, "Account", account.0)])
            .await?;
        self.principals.invalidate_all();
        Ok(account)
    }

    /// Words that anybody would try first: the login, the product and the organisation.
    pub(super) async fn context_words(&self, login: &str) -> Result<Vec<String>, StoreError> {
        let mut words = vec![login.to_owned()];
        for root in departments::roots(self.store.read()).await? {
            words.extend([root.name, root.short_name, root.code]);
            words.extend(root.other_names);
        }
        Ok(words)
    }

    async fn unit(&self, tx: &WriteTx, code: &str) -> Result<DepartmentId, CreateAccountError> {
        let found = departments::find_by_code(tx.conn(), code).await?;
        found
            .map(|one| one.id)
            .ok_or_else(|| CreateAccountError::DepartmentUnknown {
                code: code.to_owned(),
            })
    }
}
