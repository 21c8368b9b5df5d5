//! Taking the second factor of somebody away who lost it: by the security administrator, who makes
//! no links for passwords, so that none of the three can enter an account alone.

use duban_domain::{access::Permission, event::DomainEvent, ids::AccountId};

use super::{close_access, managed_other};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::{require_recent_proof, take_away},
};

/// Takes the second factor of another account away; whoever is signed in with it is out at once.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn reset_second_factor(
    app: &App,
    call: &Call,
    id: AccountId,
) -> Result<AccountId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    managed_other(tx, &call.who, id, Permission::SecondFactorReset).await?;
    require_recent_proof(tx, &call.who).await?;
    if !take_away(tx, id).await? {
        return Err(ChangeError::field(
            "accountId",
            "SECOND_FACTOR_NOT_ENROLLED",
        ));
    }
    close_access(tx, id).await?;
    let event = DomainEvent::new("second_factor.reset", "Account", id.0);
    let id = begun.finish(id, [event]).await?;
    app.identity().forget_callers();
    Ok(id)
}
