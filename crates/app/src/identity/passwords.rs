//! Passwords: Argon2id, one hash a core at a time, the same time for accounts that do not exist.

use std::collections::BTreeSet;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use duban_domain::error::Coded;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Characters that a password may have.
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// Memory in KiB, passes and lanes: the floor of the security design §3.1.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Callers that may wait for a hash; more are turned away.
const QUEUE: usize = 64;

/// A hash of no password, with the parameters of real ones.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$ZHViYW4tbm8tYWNjb3VudA$\
                     0P0kQv1dSwGKUQMA2T5cl3SUcr0cEMg2cWIrzJwM0Ag";

/// Why a password is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// Too short or too long.
    #[error("the password has {length} characters")]
    Length {
        /// Characters given.
        length: usize,
    },
    /// Contains the account's name or the product's.
    #[error("the password contains a word of its context")]
    Guessable,
    /// Too many people sign in at once.
    #[error("too many sign-ins at once")]
    Busy,
}

impl Coded for PasswordError {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "PASSWORD_LENGTH",
            Self::Guessable => "PASSWORD_GUESSABLE",
            Self::Busy => "SIGN_IN_BUSY",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Length { length } => vec![
                ("length", length.to_string()),
                ("least", PASSWORD_LENGTH.start().to_string()),
                ("most", PASSWORD_LENGTH.end().to_string()),
            ],
            Self::Guessable | Self::Busy => Vec::new(),
        }
    }
}

/// Words that passwords are commonly made of, in lower case, the long ones first.
const COMMON: &str = include_str!("common_words.txt");
/// Characters that must be left of a password without the words that anybody would try.
const OWN: usize = 6;
/// Different characters that must be among them.
const DIFFERENT: usize = 4;

/// Refuses passwords that are too short, too long, or made of words that anybody would try: those
/// of the context, such as the login, and common ones.
pub(super) fn check(password: &str, context: &[String]) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if !PASSWORD_LENGTH.contains(&length) {
        return Err(PasswordError::Length { length });
    }
    let mut rest = password.to_lowercase();
    let common = COMMON.lines().filter(|line| !line.starts_with('#'));
    for word in context
        .iter()
        .map(|word| word.to_lowercase())
        .chain(common.map(str::to_owned))
        .filter(|word| word.chars().count() >= 2)
    {
        rest = rest.replace(&word, "");
    }
    let letters: BTreeSet<char> = rest.chars().collect();
    if rest.chars().count() < OWN || letters.len() < DIFFERENT {
        return Err(PasswordError::Guessable);
    }
    Ok(())
}

/// Whether a hash was made with weaker parameters than today's, so that the next sign-in makes a
/// new one.
pub(super) fn is_outdated(hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    Params::try_from(&parsed)
        .is_ok_and(|old| old.m_cost() < MEMORY_KIB || old.t_cost() < PASSES || old.p_cost() < LANES)
}

/// Hashes and compares, at most one a core at a time.
pub(super) struct Hasher {
    running: Semaphore,
    waiting: Semaphore,
}

impl Hasher {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            running: Semaphore::new(cores),
            waiting: Semaphore::new(QUEUE),
        }
    }

    /// Whether the password fits the hash; without a hash it takes as long and never fits.
    pub(super) async fn fits(
        &self,
        password: Zeroizing<String>,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        self.run(move || {
            let known = hash.is_some();
            let text = hash.unwrap_or_else(|| DUMMY.to_owned());
            let Ok(parsed) = PasswordHash::new(&text) else {
                return false;
            };
            let fits = argon()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok();
            fits && known
        })
        .await
    }

    /// The hash of a password in PHC form.
    pub(super) async fn hash(&self, password: Zeroizing<String>) -> Result<String, PasswordError> {
        self.run(move || {
            let mut salt = [0; 16];
            getrandom::fill(&mut salt).ok()?;
            let hash = argon()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .ok()?;
            Some(hash.to_string())
        })
        .await?
        .ok_or(PasswordError::Busy)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _place = self
            .waiting
            .try_acquire()
            .map_err(|_| PasswordError::Busy)?;
        let _core = self
            .running
            .acquire()
            .await
            .map_err(|_| PasswordError::Busy)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| PasswordError::Busy)
    }
}

fn argon() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_guessable_passwords_are_refused() {
        let check = |password: &str| check(password, &["demo-officer".into(), "河南省科协".into()]);
        assert_eq!(check("short"), Err(PasswordError::Length { length: 5 }));
        assert_eq!(
            check(&"长".repeat(129)),
            Err(PasswordError::Length { length: 129 })
        );
        for guessable in [
            "Demo-Officer1",
            "aaaaaaaaaaaaaaa",
            "abababababab",
            "password1234",
            "P@ssw0rd2025",
            "123456789012",
            "qwertyuiop123",
            "duban2025duban",
            "河南省科协河南省科协2025",
            "woaini5201314",
        ] {
            assert_eq!(
                check(guessable),
                Err(PasswordError::Guessable),
                "{guessable}"
            );
        }
        assert_eq!(check("郑州的秋天银杏叶黄了满街"), Ok(()));
        assert_eq!(check("correct horse battery"), Ok(()));
    }

    #[test]
    fn a_hash_with_weaker_parameters_is_outdated() {
        assert!(!is_outdated(DUMMY));
        assert!(is_outdated(&DUMMY.replace("m=19456", "m=9216")));
        assert!(is_outdated(&DUMMY.replace("t=2", "t=1")));
        assert!(!is_outdated("not a hash"));
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_alone_and_none_fits_nothing() {
        let hasher = Hasher::new();
        let secret = || Zeroizing::new("correct horse battery".to_owned());
        let hash = hasher.hash(secret()).await.expect("hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(hasher.fits(secret(), Some(hash.clone())).await, Ok(true));
        let wrong = Zeroizing::new("wrong horse battery".to_owned());
        assert_eq!(hasher.fits(wrong, Some(hash)).await, Ok(false));
        assert_eq!(hasher.fits(secret(), None).await, Ok(false));
        assert!(
            PasswordHash::new(DUMMY).is_ok(),
            "the dummy costs what a real one costs"
        );
    }
}
