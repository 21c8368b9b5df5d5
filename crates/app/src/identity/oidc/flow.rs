//! A sign-in that is under way at the provider: what the browser keeps of it, sealed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_persistence::StoreError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::id_token::is_same;
use crate::identity::{
    sealing::Sealer,
    secrets::{encode, fresh_secret},
};

/// How long somebody may take at the provider.
pub(super) const LIFE: Duration = Duration::minutes(10);
/// The place for which flows are sealed.
const PLACE: &str = "oidc.flow";
/// Longest sealed flow that is looked at, in bytes.
const LENGTH: usize = 4_000;

/// A sign-in that is under way at the provider.
#[derive(Serialize, Deserialize)]
pub struct Flow {
    state: String,
    /// What the ID token has to repeat.
    pub(super) nonce: String,
    /// What proves to the provider that who began the flow ends it (PKCE).
    pub(super) verifier: String,
    /// Whether whoever is signed in there has to sign in there anew.
    pub(super) is_fresh: bool,
    return_to: String,
    ends_at: i64,
}

impl Flow {
    /// Begins one.
    pub(super) fn begin(
        return_to: &str,
        is_fresh: bool,
        now: OffsetDateTime,
    ) -> Result<Self, StoreError> {
        let secret = || fresh_secret().map(|bytes| encode(&bytes).to_string());
        Ok(Self {
            state: secret()?,
            nonce: secret()?,
            verifier: secret()?,
            is_fresh,
            return_to: return_to.to_owned(),
            ends_at: (now + LIFE).unix_timestamp(),
        })
    }

    /// What goes to the provider and comes back.
    pub(super) fn state(&self) -> &str {
        &self.state
    }

    /// The path that was asked for before the sign-in.
    #[must_use]
    pub fn return_to(&self) -> &str {
        &self.return_to
    }

    /// Whether an answer of the provider is to this flow.
    #[must_use]
    pub fn is_answered_by(&self, state: &str) -> bool {
        is_same(&self.state, state)
    }

    /// What the provider is told of the verifier beforehand (RFC 7636, S256).
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }

    /// The flow as the browser keeps it.
    pub(super) fn seal(&self, sealer: &Sealer) -> Result<String, StoreError> {
        let bytes = serde_json::to_vec(self)
            .ok()
            .and_then(|text| sealer.seal(PLACE, &text));
        let bytes = bytes.ok_or_else(|| StoreError::Taken("randomness to seal with".to_owned()))?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The flow that the browser kept, if we sealed it and its time is not over.
    pub(super) fn open(sealed: &str, sealer: &Sealer, now: OffsetDateTime) -> Option<Self> {
        if sealed.len() > LENGTH {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let text = sealer.open_sealed(PLACE, &bytes)?;
        let flow: Self = serde_json::from_slice(&text).ok()?;
        (now.unix_timestamp() < flow.ends_at).then_some(flow)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-03-02 08:00 UTC);

    #[test]
    fn a_flow_opens_under_its_key_and_in_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let key = |name: &str| Sealer::open(&folder.path().join(name)).ok().unwrap();
        let (ours, other) = (key("one.key"), key("other.key"));
        let flow = Flow::begin("/tasks?state=RED", false, NOW).unwrap();
        let sealed = flow.seal(&ours).unwrap();
        let opened = Flow::open(&sealed, &ours, NOW + LIFE - Duration::SECOND).unwrap();
        assert_eq!(opened.return_to(), "/tasks?state=RED");
        assert_eq!(opened.challenge(), flow.challenge());
        assert!(opened.is_answered_by(flow.state()));
        let another = Flow::begin("/", false, NOW).unwrap();
        assert!(!opened.is_answered_by(another.state()));
        assert!(Flow::open(&sealed, &ours, NOW + LIFE).is_none(), "too late");
        assert!(Flow::open(&sealed, &other, NOW).is_none(), "another key");
        assert!(Flow::open(&sealed[..40], &ours, NOW).is_none(), "cut off");
        assert!(Flow::open("", &ours, NOW).is_none());
    }

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let mut flow = Flow::begin("/", false, NOW).unwrap();
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".clone_into(&mut flow.verifier);
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(flow.challenge(), challenge);
    }
}
