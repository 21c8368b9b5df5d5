//! Signing in, continuing, signing out.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use duban_app::identity::{Client, Issued, RefreshError, SignInError, SignedIn};
use http::header::SET_COOKIE;
use zeroize::Zeroizing;

use crate::graphql::{
    account::{SignInChallenge, SignInStep, Viewer},
    context::request,
    error::Fault,
    scalars::DateTime,
    user_error::UserError,
};

/// Who signs in.
#[derive(InputObject)]
pub struct SignInInput {
    /// Account name.
    account: String,
    /// Password.
    password: String,
}

/// The session's access token; without one nobody is signed in.
#[derive(SimpleObject, Default)]
pub struct SignInPayload {
    /// For the Authorization header, as `Bearer`.
    access_token: Option<String>,
    /// When the access token ends.
    expires_at: Option<DateTime>,
    /// Seconds until the access token ends, for callers whose clock may be wrong.
    expires_in: Option<i32>,
    /// Who is signed in now.
    viewer: Option<Viewer>,
    /// The second step to take, where the password alone is not enough; nobody is signed in yet.
    challenge: Option<SignInChallenge>,
    /// The recovery codes of a second factor that was set up on the way in; shown this once.
    recovery_codes: Vec<String>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// What signing out answers.
#[derive(SimpleObject, Default)]
pub struct SignOutPayload {
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of sessions.
#[derive(Default)]
pub struct SessionMutation;

/// Where the call comes from.
pub(super) fn client(ctx: &Context<'_>) -> Client {
    let info = &request(ctx).client;
    Client {
        name: info.user_agent.clone(),
        address: info.address.to_string(),
        is_loopback: info.is_loopback,
        request: info.request,
    }
}

impl SignInPayload {
    /// Nobody is signed in.
    pub(super) fn refused(ctx: &Context<'_>, error: SignInError) -> Result<Self, Fault> {
        Ok(Self {
            user_errors: vec![told(ctx, error)?],
            ..Self::default()
        })
    }

    /// With the recovery codes of a second factor that was set up on the way in.
    pub(super) fn with_codes(self, recovery_codes: Vec<String>) -> Self {
        Self {
            recovery_codes,
            ..self
        }
    }
}

/// What somebody is told who was not signed in.
pub(super) fn told(ctx: &Context<'_>, error: SignInError) -> Result<UserError, Fault> {
    let language = request(ctx).language;
    let plain = |path, code| UserError::new(language, path, code, &[]);
    Ok(match error {
        SignInError::Store(error) => return Err(error.into()),
        SignInError::Refused => plain("", "SIGN_IN_REFUSED"),
        SignInError::Over => plain("challenge", "SIGN_IN_OVER"),
        SignInError::WrongCode => plain("code", "SECOND_FACTOR_WRONG"),
        SignInError::Throttled { wait } => {
            let seconds = wait.whole_seconds().max(1).to_string();
            let figures = [("retryAfterSeconds", seconds)];
            UserError::new(language, "", "SIGN_IN_THROTTLED", &figures)
        }
        SignInError::Busy(error) => UserError::of(language, "", &error),
    })
}

pub(super) async fn signed_in(ctx: &Context<'_>, issued: Issued) -> Result<SignInPayload, Fault> {
    let request = request(ctx);
    let life = std::time::Duration::try_from(issued.refresh_life).unwrap_or_default();
    if let Some(cookie) = request.client.cookies.give(&issued.refresh_token, life) {
        ctx.append_http_header(SET_COOKIE, cookie);
    }
    let identity = request.app.identity();
    let left = issued.expires_at - request.app.store().clock().now();
    let principal = identity
        .principal(issued.account, Some(issued.session))
        .await?;
    Ok(SignInPayload {
        access_token: Some(issued.access_token),
        expires_at: Some(DateTime(issued.expires_at)),
        expires_in: i32::try_from(left.whole_seconds()).ok(),
        viewer: Some(Viewer(principal)),
        ..SignInPayload::default()
    })
}

fn forget_cookie(ctx: &Context<'_>) {
    if let Some(cookie) = request(ctx).client.cookies.take_away() {
        ctx.append_http_header(SET_COOKIE, cookie);
    }
}

#[Object]
impl SessionMutation {
    /// Signs in by account and password; the refresh token travels in a cookie. Where a second
    /// factor is in force or has to be set up, nobody is signed in yet, and `challenge` says so.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")] input: SignInInput,
    ) -> Result<SignInPayload, Fault> {
        let request = request(ctx);
        let password = Zeroizing::new(input.password);
        let tried = request
            .app
            .identity()
            .sign_in(&input.account, password, &client(ctx))
            .await;
        let waiting = match tried {
            Ok(SignedIn::Session(issued)) => return signed_in(ctx, issued).await,
            Ok(SignedIn::Waiting(waiting)) => waiting,
            Err(error) => return SignInPayload::refused(ctx, error),
        };
        let code = SignInStep::code(waiting.needs);
        Ok(SignInPayload {
            challenge: Some(waiting.into()),
            user_errors: vec![UserError::new(request.language, "", code, &[])],
            ..SignInPayload::default()
        })
    }

    /// Continues the session of the cookie; without accessToken nobody is signed in.
    async fn refresh_session(&self, ctx: &Context<'_>) -> Result<SignInPayload, Fault> {
        let request = request(ctx);
        let Some(token) = &request.client.refresh_cookie else {
            return Ok(SignInPayload::default());
        };
        match request.app.identity().refresh(token, &client(ctx)).await {
            Ok(issued) => signed_in(ctx, issued).await,
            Err(RefreshError::SignedOut) => {
                forget_cookie(ctx);
                Ok(SignInPayload::default())
            }
            Err(RefreshError::Store(error)) => Err(error.into()),
        }
    }

    /// Ends the session of the cookie, and that of the access token.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload, Fault> {
        let request = request(ctx);
        if let Some(token) = &request.client.refresh_cookie {
            request.app.identity().sign_out(token).await?;
        }
        if let Some(session) = request.who.as_ref().and_then(|who| who.session()) {
            request.app.identity().end_session(session).await?;
        }
        forget_cookie(ctx);
        Ok(SignOutPayload::default())
    }
}
