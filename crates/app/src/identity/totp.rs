//! Codes of the second factor: six digits of the time (RFC 6238), and recovery codes on paper.

use std::fmt::Write;

use duban_persistence::StoreError;
use qrcode::{Color, QrCode};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

/// What apps show above the code.
const ISSUER: &str = "Duban";
/// Bytes of the secret, as long as the digest of RFC 4226.
const SECRET: usize = 20;
/// Recovery codes that are given at once.
const CODES: usize = 10;
/// Random bytes of a recovery code: too many to try, so a fast hash does.
const CODE: usize = 10;
/// Letters of a recovery code between two dashes.
const GROUP: usize = 4;

/// Recovery codes, each good once.
pub struct RecoveryCodes(pub Vec<Zeroizing<String>>);

/// A square of dark and light modules, for a camera.
pub struct Qr {
    /// Modules along one side.
    pub size: u16,
    /// An SVG path over the dark ones, in units of one module.
    pub path: Zeroizing<String>,
}

/// What somebody puts into an app for codes, once.
pub struct Setup {
    /// The secret for typing, in base 32.
    pub secret: Zeroizing<String>,
    /// The same as an address for apps (`otpauth:`).
    pub uri: Zeroizing<String>,
    /// That address for a camera.
    pub qr: Qr,
}

/// What was typed as a code.
pub(super) enum Entered {
    /// Six digits of an app.
    Digits(Zeroizing<String>),
    /// What is kept of a recovery code.
    Recovery(Vec<u8>),
}

/// A new secret.
pub(super) fn fresh() -> Result<Zeroizing<[u8; SECRET]>, StoreError> {
    random()
}

fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, StoreError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| StoreError::Taken(error.to_string()))?;
    Ok(bytes)
}

/// The codes of a secret; none for one that is too short.
fn codes(secret: &[u8], login: &str) -> Option<Totp> {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_issuer(Some(ISSUER))
        .with_account_name(login)
        .build()
        .ok()
}

/// How a secret is put into an app.
pub(super) fn setup(secret: &[u8], login: &str) -> Option<Setup> {
    let uri = Zeroizing::new(codes(secret, login)?.to_url().ok()?);
    Some(Setup {
        secret: base32(secret),
        qr: drawn(&uri)?,
        uri,
    })
}

/// The step of time that a code of six digits is of: this one, the one before, or the next.
pub(super) fn step_of(secret: &[u8], digits: &str, now: OffsetDateTime) -> Option<i64> {
    let now = u64::try_from(now.unix_timestamp()).ok()?;
    let step = codes(secret, "")?.check(digits, now)?;
    i64::try_from(step).ok()
}

/// What was typed, however it is spaced.
pub(super) fn entered(text: &str) -> Option<Entered> {
    let letters = text
        .chars()
        .filter(|one| !one.is_whitespace() && *one != '-');
    let plain: Zeroizing<String> =
        Zeroizing::new(letters.take(64).collect::<String>().to_ascii_uppercase());
    let is_number = plain.bytes().all(|one| one.is_ascii_digit());
    match plain.len() {
        6 if is_number => Some(Entered::Digits(plain)),
        16 if plain.is_ascii() => Some(Entered::Recovery(hash(&plain))),
        _ => None,
    }
}

/// New recovery codes, and what is kept of them.
pub(super) fn recovery_codes() -> Result<(RecoveryCodes, Vec<Vec<u8>>), StoreError> {
    let (mut shown, mut kept) = (Vec::with_capacity(CODES), Vec::with_capacity(CODES));
    for _ in 0..CODES {
        let plain = base32(random::<CODE>()?.as_slice());
        kept.push(hash(&plain));
        let mut grouped = Zeroizing::new(String::with_capacity(20));
        for (at, letter) in plain.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                grouped.push('-');
            }
            grouped.push(letter);
        }
        shown.push(grouped);
    }
    Ok((RecoveryCodes(shown), kept))
}

fn hash(plain: &str) -> Vec<u8> {
    Sha256::digest(plain.as_bytes()).to_vec()
}

fn base32(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(Secret::new(bytes.into()).to_base32())
}

fn drawn(text: &str) -> Option<Qr> {
    let code = QrCode::new(text).ok()?;
    let size = code.width();
    let modules = code.into_colors();
    let mut path = Zeroizing::new(String::new());
    for (y, row) in modules.chunks(size).enumerate() {
        for (x, module) in row.iter().enumerate() {
            if *module == Color::Dark {
                // Writing to a string does not fail.
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
    }
    Some(Qr {
        size: u16::try_from(size).ok()?,
        path,
    })
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    /// The key of the test vectors in RFC 6238, appendix B.
    const KEY: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    #[test]
    fn the_vectors_of_the_standard_hold() {
        for (seconds, digits) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(KEY, digits, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_one_step_around_its_own() {
        let own = at(1_111_111_111);
        let step = |moved: i64| step_of(KEY, "050471", own + Duration::seconds(moved * 30));
        assert_eq!([-1, 0, 1].map(step), [Some(37_037_037); 3]);
        assert_eq!([-2, 2].map(step), [None; 2]);
        assert_eq!(step_of(KEY, "050472", own), None);
    }

    #[test]
    fn a_setup_is_what_apps_read() {
        let setup = setup(KEY, "李娜").unwrap();
        assert_eq!(&*setup.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            &*setup.uri,
            "otpauth://totp/Duban:%E6%9D%8E%E5%A8%9C?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Duban"
        );
        assert!(setup.qr.path.starts_with("M0 0h1v1h-1z"), "the finder");
        assert!(setup.qr.size >= 21);
    }

    #[test]
    fn recovery_codes_are_read_however_they_are_spaced() {
        let (shown, kept) = recovery_codes().unwrap();
        assert_eq!((shown.0.len(), kept.len()), (CODES, CODES));
        for (code, hash) in shown.0.iter().zip(&kept) {
            assert_eq!(code.len(), 19, "16 letters in groups of {GROUP}");
            for typed in [code.to_string(), code.replace('-', " ").to_lowercase()] {
                let Some(Entered::Recovery(found)) = entered(&typed) else {
                    panic!("a recovery code");
                };
                assert_eq!(&found, hash);
            }
        }
        assert!(matches!(entered(" 123 456 "), Some(Entered::Digits(one)) if *one == "123456"));
        for nothing in [
            "",
            "12345",
            "1234567",
            "abcdef",
            "ABCD-EFGH-IJKL-MNO",
            "１２３４５６",
        ] {
            assert!(entered(nothing).is_none(), "{nothing}");
        }
    }
}
