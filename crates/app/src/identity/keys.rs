//! Ed25519 keys, kept in files that only their owner may read; the one that signs access tokens.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Why there is no signing key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("signing key file {path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// What stands in the file is no Ed25519 key.
    #[error("signing key file {path} holds no Ed25519 key (PKCS#8)")]
    NotAKey {
        /// The file.
        path: String,
    },
    /// What stands in the file is no key that seals.
    #[error("key file {path} holds no key of 32 bytes")]
    NotASealingKey {
        /// The file.
        path: String,
    },
}

/// The signing key with what is derived from it.
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    refresh: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// Reads the key, or makes one where the file is missing.
    pub(super) fn open(path: &Path) -> Result<Self, KeyError> {
        let (bytes, pair) = open(path)?;
        let public = pair.public_key().as_ref();
        let mut derive = Sha256::new();
        derive.update(b"duban refresh tokens");
        derive.update(bytes.as_slice());
        Ok(Self {
            id: crate::imports::hex(&Sha256::digest(public))
                .chars()
                .take(16)
                .collect(),
            encoding: EncodingKey::from_ed_der(&bytes),
            decoding: DecodingKey::from_ed_der(public),
            refresh: Zeroizing::new(derive.finalize().into()),
        })
    }

    /// The secret that follows a refresh secret: always the same for the same one, so that two
    /// tabs that refresh at once get the same answer without any secret being stored.
    pub(super) fn successor(&self, secret: &[u8; 32]) -> Option<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.refresh.as_slice()).ok()?;
        mac.update(secret);
        Some(mac.finalize().into_bytes().into())
    }
}

/// Reads an Ed25519 key, or makes one where the file is missing.
pub(crate) fn open(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Ed25519KeyPair), KeyError> {
    let name = path.display().to_string();
    let file_error = |source| KeyError::File {
        path: name.clone(),
        source,
    };
    let bytes = match fs::read(path) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made = Ed25519KeyPair::generate_pkcs8(&aws_lc_rs::rand::SystemRandom::new())
                .map_err(|_| KeyError::NotAKey { path: name.clone() })?;
            create(path, made.as_ref()).map_err(file_error)?;
            Zeroizing::new(fs::read(path).map_err(file_error)?)
        }
        Err(error) => return Err(file_error(error)),
    };
    let pair = Ed25519KeyPair::from_pkcs8(&bytes).map_err(|_| KeyError::NotAKey { path: name })?;
    Ok((bytes, pair))
}

/// Writes a new file that only its owner may read; another instance may have been faster.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(bytes)?;
            file.sync_all()
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
