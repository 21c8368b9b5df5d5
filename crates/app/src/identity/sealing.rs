//! Secrets that have to be read again are kept sealed (AES-256-GCM), under a key in a file of its
//! own: who has the database alone has nothing.

use std::{fs, io, path::Path};

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::keys::{KeyError, create};

/// Bytes of the key.
const LENGTH: usize = 32;

/// The key that seals.
pub(super) struct Sealer {
    /// Tells one key from another; stands beside what was sealed.
    pub(super) id: String,
    key: RandomizedNonceKey,
}

impl Sealer {
    /// Reads the key, or makes one where the file is missing.
    pub(super) fn open(path: &Path) -> Result<Self, KeyError> {
        let name = path.display().to_string();
        let file_error = |source| KeyError::File {
            path: name.clone(),
            source,
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut made = Zeroizing::new([0; LENGTH]);
                getrandom::fill(made.as_mut_slice())
                    .map_err(|error| file_error(io::Error::other(error.to_string())))?;
                create(path, made.as_slice()).map_err(file_error)?;
                Zeroizing::new(fs::read(path).map_err(file_error)?)
            }
            Err(error) => return Err(file_error(error)),
        };
        let key = RandomizedNonceKey::new(&AES_256_GCM, &bytes)
            .map_err(|_| KeyError::NotASealingKey { path: name })?;
        let mut about = Sha256::new();
        about.update(b"duban sealing key");
        about.update(bytes.as_slice());
        Ok(Self {
            id: crate::imports::hex(&about.finalize())
                .chars()
                .take(16)
                .collect(),
            key,
        })
    }

    /// Seals a secret for one place; it opens there and nowhere else.
    pub(super) fn seal(&self, place: &str, secret: &[u8]) -> Option<Vec<u8>> {
        let mut text = secret.to_vec();
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut text)
            .ok()?;
        Some([nonce.as_ref().as_slice(), &text].concat())
    }

    /// The secret that was sealed for a place; none when it was not sealed so.
    pub(super) fn open_sealed(&self, place: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = Zeroizing::new(text.to_vec());
        let length = self
            .key
            .open_in_place(nonce, Aad::from(place.as_bytes()), text.as_mut_slice())
            .ok()?
            .len();
        text.truncate(length);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_in_its_place_under_its_key_alone() {
        let folder = std::env::temp_dir().join(format!("duban-sealing-{}", std::process::id()));
        let key = |name: &str| Sealer::open(&folder.join(name)).ok().unwrap();
        let (one, other) = (key("one.key"), key("other.key"));
        let sealed = one.seal("here", b"a secret").unwrap();
        assert!(!sealed.windows(8).any(|part| part == b"a secret"));
        assert_ne!(sealed, one.seal("here", b"a secret").unwrap());
        assert_eq!(*one.open_sealed("here", &sealed).unwrap(), b"a secret");
        assert_eq!(
            *key("one.key").open_sealed("here", &sealed).unwrap(),
            b"a secret",
            "the key is read again"
        );
        assert!(one.open_sealed("there", &sealed).is_none());
        assert!(other.open_sealed("here", &sealed).is_none());
        assert!(one.open_sealed("here", &sealed[..5]).is_none());
        let mut bent = sealed;
        bent[NONCE_LEN] ^= 1;
        assert!(one.open_sealed("here", &bent).is_none());
        fs::write(folder.join("short.key"), b"short").unwrap();
        assert!(Sealer::open(&folder.join("short.key")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
