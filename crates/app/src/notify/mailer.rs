//! Sending mails through the organisation's mail server (SMTP).

use std::{fmt, time::Duration};

use duban_persistence::{
    Actor, StoreError,
    mails::{self, Attempt, Mail},
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{authentication::Credentials, client::Tls, client::TlsParameters},
};
use zeroize::Zeroizing;

use super::{digest::next_try, links};
use crate::App;

/// Mails taken at once.
const CLAIM: u64 = 50;
/// How long one server may be at what it took.
const LEASE: time::Duration = time::Duration::minutes(30);
/// Said of a mail whose server died over it.
const INTERRUPTED: &str = "the server stopped while it was being sent; it may have arrived";
/// Longest failure that is kept, in characters.
const FAILURE_LENGTH: usize = 500;

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (465).
    Tls,
    /// TLS after STARTTLS (587), which must be offered.
    StartTls,
    /// None: for a relay on this machine or a network of its own.
    None,
}

/// The mail server of the organisation.
#[derive(Clone)]
pub struct MailSettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Who signs in there; none without signing in.
    pub user: Option<(String, Zeroizing<String>)>,
    /// Who the mails are from.
    pub from: String,
    /// How long the server may take.
    pub timeout: Duration,
}

impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}

/// Why the mail server cannot be used as set.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailSettingsError {
    /// The sender is no mail address.
    #[error("the sender is no mail address: {0}")]
    From(#[from] lettre::address::AddressError),
    /// TLS cannot be set up.
    #[error("the mail server: {0}")]
    Transport(#[from] lettre::transport::smtp::Error),
}

/// Sends mails.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The library bounds the connection alone; a server that falls silent later is given up too.
    timeout: Duration,
}

impl Mailer {
    /// A mailer over a server, which is not called yet.
    ///
    /// # Errors
    ///
    /// [`MailSettingsError`] when the settings make no sense.
    pub fn try_new(settings: &MailSettings) -> Result<Self, MailSettingsError> {
        let tls = || TlsParameters::new(settings.host.clone());
        let tls = match settings.security {
            MailSecurity::Tls => Tls::Wrapper(tls()?),
            MailSecurity::StartTls => Tls::Required(tls()?),
            MailSecurity::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(settings.timeout));
        if let Some((user, password)) = &settings.user {
            let password = password.as_str().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from: settings.from.parse()?,
            timeout: settings.timeout,
        })
    }

    async fn send(&self, mail: &Mail) -> Result<(), Problem> {
        let to: Mailbox = mail
            .address
            .parse()
            .map_err(|_| Problem::forever("address"))?;
        // The same for every try, so that a mail that arrives twice is known to be one.
        let id = format!("<{}@duban>", mail.id.0.simple());
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&mail.subject)
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(Problem::forever)?;
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Err(_) => Err(Problem {
                is_permanent: false,
                what: "the mail server fell silent".to_owned(),
            }),
            Ok(Err(error)) => Err(Problem {
                is_permanent: error.is_permanent(),
                what: error.to_string(),
            }),
        }
    }
}

struct Problem {
    is_permanent: bool,
    what: String,
}

impl Problem {
    fn forever(what: impl fmt::Display) -> Self {
        Self {
            is_permanent: true,
            what: what.to_string(),
        }
    }
}

/// Sends what is due, if there is a mail server; returns how many went. Without one they wait.
///
/// Each is taken in a transaction first, so two servers never send the same. A mail whose server
/// died over it is not sent again: it may have arrived.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn send_mails(app: &App) -> Result<u64, StoreError> {
    links::drop_ended(app).await?;
    let Some(mailer) = app.notify().mailer() else {
        return Ok(0);
    };
    let mut sent = 0;
    loop {
        let tx = app.store().begin(Actor::default()).await?;
        mails::give_up_interrupted(&tx, INTERRUPTED).await?;
        let claimed = mails::claim(&tx, CLAIM, tx.now() + LEASE).await?;
        tx.commit([]).await?;
        if claimed.is_empty() {
            return Ok(sent);
        }
        for mail in claimed {
            let (id, attempts) = (mail.id, mail.attempts);
            let tried = try_one(app, mailer, mail).await?;
            let tx = app.store().begin(Actor::default()).await?;
            let attempt = match tried {
                Ok(()) => {
                    sent += 1;
                    Attempt::Sent
                }
                Err(problem) => attempt_after(&problem, attempts, tx.now()),
            };
            mails::save_attempt(&tx, id, &attempt).await?;
            tx.commit([]).await?;
        }
    }
}

async fn try_one(
    app: &App,
    mailer: &Mailer,
    mut mail: Mail,
) -> Result<Result<(), Problem>, StoreError> {
    Ok(match links::opened(app, &mut mail).await? {
        Ok(()) => mailer.send(&mail).await,
        Err(what) => Err(Problem::forever(what)),
    })
}

fn attempt_after(problem: &Problem, attempts: i32, now: time::OffsetDateTime) -> Attempt {
    let failure: String = problem.what.chars().take(FAILURE_LENGTH).collect();
    tracing::warn!(mail.attempts = attempts, error = %failure, "a mail was not taken");
    match next_try(attempts, now) {
        Some(at) if !problem.is_permanent => Attempt::Again { at, failure },
        _ => Attempt::GivenUp { failure },
    }
}
