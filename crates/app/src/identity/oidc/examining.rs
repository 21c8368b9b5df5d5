//! Whether the organisation's own provider can be used as set up, for whoever sets it up.

use std::sync::Arc;

use duban_domain::clock::Clock;

use super::{OidcError, OidcSettings, flow::Flow, id_token, provider::Provider};
use crate::SystemClock;

/// What stands in the way of signing in at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OidcProblem {
    /// It does not answer, or not as the standard says.
    Unreachable(String),
    /// It names itself otherwise than the settings do.
    OtherIssuer(String),
    /// It publishes no key of a kind that is known here.
    NoKeys,
    /// It does not take the client or the address that it is to send people back to; what it said.
    RedirectRefused(String),
}

/// What a provider answered to somebody who is not signed in there and is not to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tried {
    /// It led on, back to us or to its own pages.
    Led,
    /// It refused.
    Refused(String),
    /// Neither can be told from its answer.
    Unclear,
}

/// A provider that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OidcFound {
    /// Keys that it may sign with.
    pub keys: usize,
    /// Whether it was seen to take the address that it sends people back to.
    pub is_redirect_sure: bool,
}

/// Asks a provider for what it publishes, and whether it knows us and where to send people back to; nobody is
/// signed in.
///
/// # Errors
///
/// [`OidcProblem`] for the first thing that stands in the way.
pub async fn examine(settings: OidcSettings) -> Result<OidcFound, OidcProblem> {
    let issuer = settings.issuer.clone();
    let provider = Provider::new(Arc::new(settings));
    let stated = provider.stated_issuer().await.map_err(away)?;
    if stated != issuer {
        let stated: String = stated.chars().filter(|one| !one.is_control()).collect();
        return Err(OidcProblem::OtherIssuer(stated.chars().take(200).collect()));
    }
    let known = provider.known().await.map_err(away)?;
    let keys = known.keys.iter().filter(|key| id_token::is_usable(key));
    let keys = keys.count();
    if keys == 0 {
        return Err(OidcProblem::NoKeys);
    }
    let flow = Flow::begin("/", false, SystemClock.now()).map_err(|error| away(error.into()))?;
    let tried = provider.try_sign_in(&known, &flow).await.map_err(away)?;
    match tried {
        Tried::Refused(what) => Err(OidcProblem::RedirectRefused(what)),
        Tried::Led | Tried::Unclear => Ok(OidcFound {
            keys,
            is_redirect_sure: tried == Tried::Led,
        }),
    }
}

fn away(error: OidcError) -> OidcProblem {
    match error {
        OidcError::Unreachable(why) => OidcProblem::Unreachable(why),
        other => OidcProblem::Unreachable(other.to_string()),
    }
}
