//! One's own access: a first password, another one, proof of who one is, sessions.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{accounts as use_case, change::ChangeError};
use duban_domain::ids::SessionId;
use zeroize::Zeroizing;

use super::{refused, session::client};
use crate::graphql::{
    context::{call, request},
    error::Fault,
    id::{Kind, decode},
    user_error::UserError,
};

/// The password that the bearer of a one-time link chooses.
#[derive(InputObject)]
pub struct AcceptInvitationInput {
    /// The secret of the link.
    token: String,
    /// The password: 12 to 128 characters.
    password: String,
}

/// Whose password was set.
#[derive(SimpleObject, Default)]
pub struct AcceptInvitationPayload {
    /// What is typed to sign in.
    login: Option<String>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Another password of one's own.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The one that holds.
    current_password: String,
    /// The one to come: 12 to 128 characters.
    new_password: String,
}

/// What changing one's password answers.
#[derive(SimpleObject, Default)]
pub struct ChangePasswordPayload {
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// The proof that the bearer of a session is still its owner.
#[derive(InputObject)]
pub struct ReauthenticateInput {
    /// The password.
    password: Option<String>,
    /// A code of the second factor: six digits of the app, or a recovery code.
    code: Option<String>,
}

/// What a proof answers.
#[derive(SimpleObject, Default)]
pub struct ReauthenticatePayload {
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Which session is ended.
#[derive(InputObject)]
pub struct EndSessionInput {
    /// The session.
    session_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The session that is over.
#[derive(SimpleObject, Default)]
pub struct EndSessionPayload {
    /// Its id.
    ended_session_id: Option<ID>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// How the caller's other sessions are ended.
#[derive(InputObject)]
pub struct EndOtherSessionsInput {
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// How many sessions ended.
#[derive(SimpleObject, Default)]
pub struct EndOtherSessionsPayload {
    /// Their number.
    ended_count: i32,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of one's own access.
#[derive(Default)]
pub struct OwnMutation;

#[Object]
impl OwnMutation {
    /// Sets the password of the account that a one-time link is for.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the password.")] input: AcceptInvitationInput,
    ) -> Result<AcceptInvitationPayload, Fault> {
        let request = request(ctx);
        let password = Zeroizing::new(input.password);
        let identity = request.app.identity();
        let tried = identity
            .accept_invitation(&input.token, password, &client(ctx))
            .await;
        Ok(match refused!(request.language, "token", tried) {
            Ok(login) => AcceptInvitationPayload {
                login: Some(login),
                user_errors: Vec::new(),
            },
            Err(error) => AcceptInvitationPayload {
                login: None,
                user_errors: vec![error],
            },
        })
    }

    /// Sets another password of one's own; every other session ends, and this one needs a new
    /// access token (`refreshSession`).
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Both passwords.")] input: ChangePasswordInput,
    ) -> Result<ChangePasswordPayload, Fault> {
        let request = request(ctx);
        let both = (
            Zeroizing::new(input.current_password),
            Zeroizing::new(input.new_password),
        );
        let identity = request.app.identity();
        let tried = identity
            .change_password(request.principal()?, both, &client(ctx))
            .await;
        let refused = refused!(request.language, "", tried).err();
        Ok(ChangePasswordPayload {
            user_errors: refused.into_iter().collect(),
        })
    }

    /// Takes the proof that the bearer of the session is still its owner; sensitive acts are open
    /// for 15 minutes then. The password opens those that ask for it, a code of the second factor
    /// those that ask for that one; what is given must be right.
    async fn reauthenticate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proof.")] input: ReauthenticateInput,
    ) -> Result<ReauthenticatePayload, Fault> {
        let request = request(ctx);
        let proof = (
            input.password.map(Zeroizing::new),
            input.code.map(Zeroizing::new),
        );
        let identity = request.app.identity();
        let tried = identity
            .reauthenticate(request.principal()?, proof, &client(ctx))
            .await;
        let refused = refused!(request.language, "", tried).err();
        Ok(ReauthenticatePayload {
            user_errors: refused.into_iter().collect(),
        })
    }

    /// Ends a session of one's own, or of somebody whose account the caller manages.
    async fn end_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: EndSessionInput,
    ) -> Result<EndSessionPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match decode(&input.session_id) {
            Some((Kind::Session, key)) => {
                use_case::end_session(&request.app, &call, SessionId(key)).await
            }
            _ => Err(ChangeError::NotFound),
        };
        Ok(match refused!(request.language, "sessionId", tried) {
            Ok(_) => EndSessionPayload {
                ended_session_id: Some(input.session_id),
                user_errors: Vec::new(),
            },
            Err(error) => EndSessionPayload {
                ended_session_id: None,
                user_errors: vec![error],
            },
        })
    }

    /// Ends every session of one's own but the one that the call comes through.
    async fn end_other_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How.")] input: EndOtherSessionsInput,
    ) -> Result<EndOtherSessionsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = use_case::end_other_sessions(&request.app, &call).await;
        Ok(match refused!(request.language, "", tried) {
            Ok(count) => EndOtherSessionsPayload {
                ended_count: i32::try_from(count).unwrap_or(i32::MAX),
                user_errors: Vec::new(),
            },
            Err(error) => EndOtherSessionsPayload {
                ended_count: 0,
                user_errors: vec![error],
            },
        })
    }
}
