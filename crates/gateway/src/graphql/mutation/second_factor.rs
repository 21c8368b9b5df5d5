//! The second factor: the second step of a sign-in, one's own, and that of somebody who lost it.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{accounts as use_case, identity::RecoveryCodes};
use zeroize::Zeroizing;

use super::{
    delegation::account,
    refused,
    session::{SignInPayload, client, signed_in, told},
};
use crate::graphql::{
    account::{Account, SecondFactorSetup, visible_account},
    context::{call, request},
    error::Fault,
    user_error::UserError,
};

/// The second step of a sign-in.
#[derive(InputObject)]
pub struct SignInSecondFactorInput {
    /// The token of the sign-in that waits.
    challenge: String,
    /// Six digits of the app, or a recovery code.
    code: String,
}

/// For which sign-in a second factor is set up.
#[derive(InputObject)]
pub struct StartSignInEnrolmentInput {
    /// The token of the sign-in that waits.
    challenge: String,
}

/// The first code of the new second factor.
#[derive(InputObject)]
pub struct ConfirmSignInEnrolmentInput {
    /// The token of the sign-in that waits.
    challenge: String,
    /// Six digits of the app.
    code: String,
}

/// The proof that the owner of the account asks.
#[derive(InputObject)]
pub struct StartSecondFactorInput {
    /// The password.
    password: String,
}

/// The first code of the new second factor.
#[derive(InputObject)]
pub struct ConfirmSecondFactorInput {
    /// Six digits of the app.
    code: String,
}

/// The proof that the second factor is at hand.
#[derive(InputObject)]
pub struct RemoveSecondFactorInput {
    /// Six digits of the app, or a recovery code.
    code: String,
}

/// The proof that the second factor is at hand.
#[derive(InputObject)]
pub struct RenewRecoveryCodesInput {
    /// Six digits of the app, or a recovery code.
    code: String,
}

/// Whose second factor is taken away.
#[derive(InputObject)]
pub struct ResetSecondFactorInput {
    /// The account.
    account_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $(#[$about:meta])* $field:ident: $kind:ty }),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject, Default)]
            pub struct $name {
                $(#[$about])*
                $field: $kind,
                /// What the user can mend.
                user_errors: Vec<UserError>,
            }
        )+
    };
}

payloads! {
    /// What goes into the app.
    StartSignInEnrolmentPayload {
        /// The secret, once.
        setup: Option<SecondFactorSetup>
    },
    /// What goes into the app.
    StartSecondFactorPayload {
        /// The secret, once.
        setup: Option<SecondFactorSetup>
    },
    /// The second factor is in force.
    ConfirmSecondFactorPayload {
        /// Codes for the day on which the app is lost, each good once; shown this once.
        recovery_codes: Vec<String>
    },
    /// New recovery codes.
    RenewRecoveryCodesPayload {
        /// Codes for the day on which the app is lost, each good once; shown this once.
        recovery_codes: Vec<String>
    },
    /// The account whose second factor was taken away.
    ResetSecondFactorPayload {
        /// The account.
        account: Option<Account>
    },
}

/// What removing the second factor answers.
#[derive(SimpleObject, Default)]
pub struct RemoveSecondFactorPayload {
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of second factors.
#[derive(Default)]
pub struct SecondFactorMutation;

fn shown(codes: &RecoveryCodes) -> Vec<String> {
    codes.0.iter().map(|code| code.to_string()).collect()
}

#[Object]
impl SecondFactorMutation {
    /// Ends a sign-in that waits for a code of the second factor.
    async fn sign_in_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sign-in and the code.")] input: SignInSecondFactorInput,
    ) -> Result<SignInPayload, Fault> {
        let identity = request(ctx).app.identity();
        let code = Zeroizing::new(input.code);
        let tried = identity
            .sign_in_second_factor(&input.challenge, code, &client(ctx))
            .await;
        match tried {
            Ok(issued) => signed_in(ctx, issued).await,
            Err(error) => SignInPayload::refused(ctx, error),
        }
    }

    /// Begins to set up the second factor without which the account may not sign in.
    async fn start_sign_in_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sign-in.")] input: StartSignInEnrolmentInput,
    ) -> Result<StartSignInEnrolmentPayload, Fault> {
        let identity = request(ctx).app.identity();
        let tried = identity
            .start_sign_in_enrolment(&input.challenge, &client(ctx))
            .await;
        Ok(match tried {
            Ok(setup) => StartSignInEnrolmentPayload {
                setup: Some(setup.into()),
                user_errors: Vec::new(),
            },
            Err(error) => StartSignInEnrolmentPayload {
                setup: None,
                user_errors: vec![told(ctx, error)?],
            },
        })
    }

    /// Puts that second factor in force by its first code, and signs in.
    async fn confirm_sign_in_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sign-in and the code.")] input: ConfirmSignInEnrolmentInput,
    ) -> Result<SignInPayload, Fault> {
        let identity = request(ctx).app.identity();
        let code = Zeroizing::new(input.code);
        let tried = identity
            .confirm_sign_in_enrolment(&input.challenge, code, &client(ctx))
            .await;
        match tried {
            Ok((issued, codes)) => {
                let payload = signed_in(ctx, issued).await?;
                Ok(payload.with_codes(shown(&codes)))
            }
            Err(error) => SignInPayload::refused(ctx, error),
        }
    }

    /// Begins to set up a second factor of one's own (动态口令).
    async fn start_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proof.")] input: StartSecondFactorInput,
    ) -> Result<StartSecondFactorPayload, Fault> {
        let request = request(ctx);
        let password = Zeroizing::new(input.password);
        let identity = request.app.identity();
        let tried = identity
            .start_second_factor(request.principal()?, password, &client(ctx))
            .await;
        Ok(match refused!(request.language, "", tried) {
            Ok(setup) => StartSecondFactorPayload {
                setup: Some(setup.into()),
                user_errors: Vec::new(),
            },
            Err(error) => StartSecondFactorPayload {
                setup: None,
                user_errors: vec![error],
            },
        })
    }

    /// Puts it in force by its first code; every other session of the account ends.
    async fn confirm_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: ConfirmSecondFactorInput,
    ) -> Result<ConfirmSecondFactorPayload, Fault> {
        let request = request(ctx);
        let code = Zeroizing::new(input.code);
        let identity = request.app.identity();
        let tried = identity
            .confirm_second_factor(request.principal()?, code, &client(ctx))
            .await;
        Ok(match refused!(request.language, "", tried) {
            Ok(codes) => ConfirmSecondFactorPayload {
                recovery_codes: shown(&codes),
                user_errors: Vec::new(),
            },
            Err(error) => ConfirmSecondFactorPayload {
                recovery_codes: Vec::new(),
                user_errors: vec![error],
            },
        })
    }

    /// Takes one's own second factor away; needs a recent proof by the password besides.
    async fn remove_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proof.")] input: RemoveSecondFactorInput,
    ) -> Result<RemoveSecondFactorPayload, Fault> {
        let request = request(ctx);
        let code = Zeroizing::new(input.code);
        let identity = request.app.identity();
        let tried = identity
            .remove_second_factor(request.principal()?, code, &client(ctx))
            .await;
        let refused = refused!(request.language, "", tried).err();
        Ok(RemoveSecondFactorPayload {
            user_errors: refused.into_iter().collect(),
        })
    }

    /// Gives new recovery codes; those before are good for nothing any more. Needs a recent proof
    /// by the password besides.
    async fn renew_recovery_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proof.")] input: RenewRecoveryCodesInput,
    ) -> Result<RenewRecoveryCodesPayload, Fault> {
        let request = request(ctx);
        let code = Zeroizing::new(input.code);
        let identity = request.app.identity();
        let tried = identity
            .renew_recovery_codes(request.principal()?, code, &client(ctx))
            .await;
        Ok(match refused!(request.language, "", tried) {
            Ok(codes) => RenewRecoveryCodesPayload {
                recovery_codes: shown(&codes),
                user_errors: Vec::new(),
            },
            Err(error) => RenewRecoveryCodesPayload {
                recovery_codes: Vec::new(),
                user_errors: vec![error],
            },
        })
    }

    /// Takes the second factor of somebody away who lost it; whoever is signed in with the account
    /// is out at once.
    async fn reset_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] input: ResetSecondFactorInput,
    ) -> Result<ResetSecondFactorPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match account("accountId", &input.account_id) {
            Ok(id) => use_case::reset_second_factor(&request.app, &call, id).await,
            Err(error) => Err(error),
        };
        Ok(match refused!(request.language, "accountId", tried) {
            Ok(id) => ResetSecondFactorPayload {
                account: visible_account(ctx, id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => ResetSecondFactorPayload {
                account: None,
                user_errors: vec![error],
            },
        })
    }
}
