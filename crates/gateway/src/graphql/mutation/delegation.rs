//! Delegations: made, ended.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{change::ChangeError, delegations as use_case};
use duban_domain::{
    access::NewDelegation,
    ids::{AccountId, DelegationId},
    text::Reason,
};
use duban_persistence::delegations;

use super::refused;
use crate::graphql::{
    account::Delegation,
    context::{RequestContext, call, request},
    error::Fault,
    id::{Kind, decode},
    scalars::Date,
    user_error::UserError,
};

/// Who is to stand in for whom, from when to when.
#[derive(InputObject)]
pub struct CreateDelegationInput {
    /// Whose grants are to be held; left out, the caller's own. Of others: needs grant.manage.
    from: Option<ID>,
    /// Who is to hold them as well.
    to: ID,
    /// The first day, today or later.
    first_day: Date,
    /// The last day.
    last_day: Date,
    /// Why.
    reason: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The delegation that was made.
#[derive(SimpleObject, Default)]
pub struct CreateDelegationPayload {
    /// The delegation.
    delegation: Option<Delegation>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Which delegation is ended.
#[derive(InputObject)]
pub struct EndDelegationInput {
    /// The delegation.
    delegation_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The delegation that was ended.
#[derive(SimpleObject, Default)]
pub struct EndDelegationPayload {
    /// The delegation.
    delegation: Option<Delegation>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of delegations.
#[derive(Default)]
pub struct DelegationMutation;

/// The account of an input field.
pub(super) fn account(path: &'static str, id: &ID) -> Result<AccountId, ChangeError> {
    match decode(id) {
        Some((Kind::Account, key)) => Ok(AccountId(key)),
        _ => Err(ChangeError::field(path, "ID_MALFORMED")),
    }
}

impl CreateDelegationInput {
    fn wanted(&self, own: AccountId) -> Result<NewDelegation, ChangeError> {
        let reason = Reason::try_new(&self.reason);
        Ok(NewDelegation {
            from: match &self.from {
                Some(id) => account("from", id)?,
                None => own,
            },
            to: account("to", &self.to)?,
            first: self.first_day.0,
            last: self.last_day.0,
            reason: reason.map_err(|error| ChangeError::invalid("reason", &error))?,
        })
    }
}

impl RequestContext {
    /// The delegation as it stands after a change.
    async fn delegation_now(&self, id: DelegationId) -> Result<Option<Delegation>, Fault> {
        let db = self.app.store().read();
        let found = delegations::find_unscoped(db, id).await?;
        Ok(found.map(Delegation))
    }
}

#[Object]
impl DelegationMutation {
    /// Lets another person hold one's grants as well for some days (代理).
    async fn create_delegation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to stand in for whom, and when.")] input: CreateDelegationInput,
    ) -> Result<CreateDelegationPayload, Fault> {
        let request = request(ctx);
        let wanted = input.wanted(request.principal()?.account());
        let call = call(ctx, input.idempotency_key)?;
        let tried = match wanted {
            Ok(new) => use_case::create_delegation(&request.app, &call, new).await,
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "to", tried) {
            Ok(id) => CreateDelegationPayload {
                delegation: request.delegation_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => CreateDelegationPayload {
                delegation: None,
                user_errors: vec![error],
            },
        })
    }

    /// Ends a delegation at once; either of its people may, and who manages grants.
    async fn end_delegation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which delegation.")] input: EndDelegationInput,
    ) -> Result<EndDelegationPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match decode(&input.delegation_id) {
            Some((Kind::Delegation, key)) => {
                use_case::end_delegation(&request.app, &call, DelegationId(key)).await
            }
            _ => Err(ChangeError::NotFound),
        };
        Ok(match refused!(request.language, "delegationId", tried) {
            Ok(id) => EndDelegationPayload {
                delegation: request.delegation_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => EndDelegationPayload {
                delegation: None,
                user_errors: vec![error],
            },
        })
    }
}
