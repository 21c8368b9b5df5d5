//! Secrets of 256 random bits: given out once, kept as their hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_persistence::StoreError;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A new secret.
pub(crate) fn fresh_secret() -> Result<[u8; 32], StoreError> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| StoreError::Taken(error.to_string()))?;
    Ok(secret)
}

/// What is kept of a secret.
pub(super) fn digest(secret: &[u8; 32]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// The secret as text for addresses and cookies.
pub(super) fn encode(secret: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(URL_SAFE_NO_PAD.encode(secret))
}

/// The secret of a text; none when it is no such text.
pub(super) fn decode(token: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()
}
