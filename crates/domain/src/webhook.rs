//! Webhooks: where changes are sent, when a delivery is tried again, which addresses are refused
//! (Standard Webhooks 1.0; security design §6.4).

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use time::{Duration, OffsetDateTime};
use url::{Host, Url};
use uuid::Uuid;

use crate::{
    access::Person,
    change::ChangedType,
    error::Coded,
    ids::{AccountId, DeliveryId, WebhookId},
    named::named,
};

/// Webhooks of one account.
pub const WEBHOOKS_MOST: usize = 10;
/// Longest address, in bytes.
pub const URL_LENGTH: usize = 500;
/// How long both secrets sign after one was followed by another.
pub const SECRET_OVERLAP: Duration = Duration::hours(24);
/// An endpoint that has failed for so long is no longer tried.
pub const FAILING_MOST: Duration = Duration::days(5);
/// How long finished deliveries are kept, and how far back changes are sent.
pub const DELIVERIES_KEPT: Duration = Duration::days(30);
/// Largest body of a message, in bytes.
pub const PAYLOAD_MOST: usize = 20 * 1024;
/// Deliveries that may wait for one endpoint; later changes wait in the sequence itself.
pub const WAITING_MOST: u64 = 10_000;
/// Attempts told of one delivery, the newest.
pub const ATTEMPTS_TOLD: usize = 20;

/// Seconds between an attempt that failed and the next: 75 hours and 35 minutes in all.
const WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// Longest wait that an endpoint may ask for.
const LONGEST_WAIT: Duration = Duration::hours(24);

named! {
    /// Whether changes are sent to an endpoint.
    WebhookState {
        /// They are.
        Active = "ACTIVE",
        /// They wait until somebody goes on (暂停).
        Paused = "PAUSED",
        /// The endpoint failed for too long or is gone; they wait until somebody goes on (停用).
        Disabled = "DISABLED",
    }
}

named! {
    /// Where a delivery stands.
    DeliveryState {
        /// It is tried, or tried again.
        Pending = "PENDING",
        /// The endpoint took it.
        Delivered = "DELIVERED",
        /// Every attempt failed.
        Failed = "FAILED",
        /// There was nothing to tell: the account may not read the object any more, or its query chose
        /// nothing.
        Skipped = "SKIPPED",
    }
}

/// An endpoint of an account: whatever the account may read is told there as it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Key.
    pub id: WebhookId,
    /// Whose rights it has, at the time of each delivery.
    pub account: AccountId,
    /// What it is for.
    pub name: String,
    /// Where messages go.
    pub url: String,
    /// The kinds of object told; all when empty.
    pub kinds: BTreeSet<ChangedType>,
    /// A subscription that chooses what is told; ids alone without one.
    pub document: Option<String>,
    /// Whether changes are sent.
    pub state: WebhookState,
    /// The number of the last change that was queued or passed over.
    pub position: i64,
    /// Since when every attempt has failed.
    pub failing_since: Option<OffsetDateTime>,
    /// Who made it.
    pub by: Person,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Counts its changes.
    pub version: i32,
}

/// One message to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Key; the message has the same id in each attempt.
    pub id: DeliveryId,
    /// The endpoint.
    pub webhook: WebhookId,
    /// The number of the change; none for a trial.
    pub seq: Option<i64>,
    /// When it happened.
    pub at: OffsetDateTime,
    /// What was done, such as `task.accepted`.
    pub action: String,
    /// The object; none for a trial.
    pub object: Option<(ChangedType, Uuid)>,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried since it was queued or asked for again.
    pub tries: u32,
    /// The last attempts, the newest last.
    pub attempts: Vec<Attempt>,
    /// When it is tried next.
    pub next_at: Option<OffsetDateTime>,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attempt {
    /// When, in seconds since 1970 (UTC).
    pub at: i64,
    /// The status that the endpoint answered with.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub milliseconds: u32,
    /// Why there was no answer.
    pub fault: Option<AttemptFault>,
}

/// Why there was no answer to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttemptFault {
    /// The address is not to be reached.
    RefusedAddress,
    /// It took too long.
    TimedOut,
    /// No connection, or one that broke.
    Unreachable,
    /// The message would be larger than [`PAYLOAD_MOST`].
    TooLarge,
    /// No secret could be opened to sign it with; nothing was sent.
    NotSigned,
}

impl Attempt {
    /// Whether the endpoint took the message: any status of 200 to 299.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }
}

/// When a delivery that failed `tries` times is tried again; never when that was the last attempt.
/// `jitter` (0 to 999) makes the wait up to a tenth longer, and the endpoint may ask for more.
#[must_use]
pub fn retry_after(tries: u32, jitter: u16, asked: Option<Duration>) -> Option<Duration> {
    let index = usize::try_from(tries.checked_sub(1)?).ok()?;
    let wait = Duration::seconds(*WAITS.get(index)?);
    let longer: Duration = wait * i32::from(jitter.min(999)) / 10_000;
    let asked = asked.unwrap_or(Duration::ZERO).min(LONGEST_WAIT);
    let wait: Duration = wait + longer;
    Some(wait.max(asked))
}

/// Why an endpoint may not be as it is wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefusal {
    /// No address of the web, with a name or number of a host.
    #[error("the address cannot be read")]
    Malformed,
    /// Not https.
    #[error("the address is not https")]
    NotSecure,
    /// With a user or a password in it.
    #[error("the address holds a user or a password")]
    Credentials,
    /// At a port other than 443 and 8443.
    #[error("the port is not open")]
    Port,
    /// At an address that is not of the public internet.
    #[error("the address is not public")]
    NotPublic,
}

impl Coded for UrlRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "WEBHOOK_URL_MALFORMED",
            Self::NotSecure => "WEBHOOK_URL_NOT_HTTPS",
            Self::Credentials => "WEBHOOK_URL_CREDENTIALS",
            Self::Port => "WEBHOOK_URL_PORT",
            Self::NotPublic => "WEBHOOK_URL_NOT_PUBLIC",
        }
    }
}

/// Which addresses messages may go to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reachable {
    /// Networks that are reached although they are not public, at any port and without TLS too.
    pub allowed: Vec<IpNet>,
}

impl Reachable {
    /// Reads networks in CIDR, separated by commas.
    ///
    /// # Errors
    ///
    /// The first that is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let all = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        let allowed = all.map(|one| one.parse().map_err(|_| one.to_owned()));
        Ok(Self {
            allowed: allowed.collect::<Result<_, _>>()?,
        })
    }

    /// Reads where messages shall go.
    ///
    /// # Errors
    ///
    /// [`UrlRefusal`] of what is wrong with it; a name is looked up only when it is sent to.
    pub fn check(&self, text: &str) -> Result<Url, UrlRefusal> {
        if text.len() > URL_LENGTH {
            return Err(UrlRefusal::Malformed);
        }
        let url = Url::parse(text).map_err(|_| UrlRefusal::Malformed)?;
        let host = url.host().ok_or(UrlRefusal::Malformed)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefusal::Credentials);
        }
        let address = match host {
            Host::Ipv4(one) => Some(IpAddr::V4(one)),
            Host::Ipv6(one) => Some(IpAddr::V6(one)),
            Host::Domain(_) => None,
        };
        let is_secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(UrlRefusal::NotSecure),
        };
        match address {
            Some(address) if self.allows(address) => Ok(url),
            Some(address) if !is_public(address) => Err(UrlRefusal::NotPublic),
            None if !self.allowed.is_empty() => Ok(url),
            _ if !is_secure => Err(UrlRefusal::NotSecure),
            _ if !is_usual(&url) => Err(UrlRefusal::Port),
            _ => Ok(url),
        }
    }

    /// Whether an address that a host has may be connected to, for an address of the web that
    /// [`is_usual`] or for another.
    #[must_use]
    pub fn admits(&self, address: IpAddr, is_usual: bool) -> bool {
        self.allows(address) || (is_usual && is_public(address))
    }

    fn allows(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|net| net.contains(&address))
    }
}

/// Whether an address of the web is one that public addresses are reached by: https, at port 443 or 8443.
#[must_use]
pub fn is_usual(url: &Url) -> bool {
    url.scheme() == "https" && matches!(url.port_or_known_default(), Some(443 | 8443))
}

const fn v4(a: u8, b: u8, c: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), length)
}

const fn v6(a: u16, b: u16, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), length)
}

/// Networks of the IANA registry of special-purpose addresses (RFC 6890 and its updates), multicast and
/// what is reserved.
const SPECIAL_V4: [Ipv4Net; 16] = [
    v4(0, 0, 0, 8),
    v4(10, 0, 0, 8),
    v4(100, 64, 0, 10),
    v4(127, 0, 0, 8),
    v4(169, 254, 0, 16),
    v4(172, 16, 0, 12),
    v4(192, 0, 0, 24),
    v4(192, 0, 2, 24),
    v4(192, 31, 196, 24),
    v4(192, 88, 99, 24),
    v4(192, 168, 0, 16),
    v4(198, 18, 0, 15),
    v4(198, 51, 100, 24),
    v4(203, 0, 113, 24),
    v4(224, 0, 0, 4),
    v4(240, 0, 0, 4),
];

/// The one network of public addresses, and what is special inside it: protocol assignments with Teredo
/// and ORCHID, documentation, 6to4. Mapped and translated addresses of IPv4 lie outside.
const PUBLIC_V6: Ipv6Net = v6(0x2000, 0, 3);
const SPECIAL_V6: [Ipv6Net; 4] = [
    v6(0x2001, 0, 23),
    v6(0x2001, 0xdb8, 32),
    v6(0x2002, 0, 16),
    v6(0x3fff, 0, 20),
];

/// Whether an address belongs to the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(one) => !SPECIAL_V4.iter().any(|net| net.contains(&one)),
        IpAddr::V6(one) => {
            PUBLIC_V6.contains(&one) && !SPECIAL_V6.iter().any(|net| net.contains(&one))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn attempts_go_on_for_seventy_five_hours() {
        let waits: Vec<Duration> = (1..).map_while(|n| retry_after(n, 0, None)).collect();
        assert_eq!(waits.len(), 9);
        assert_eq!(waits[0], Duration::seconds(5));
        let whole = waits.into_iter().fold(Duration::ZERO, |all, one| all + one);
        assert_eq!(whole.whole_minutes(), 75 * 60 + 35);
        assert_eq!(retry_after(0, 0, None), None);
        let asked = Duration::hours(1);
        assert_eq!(retry_after(1, 0, Some(asked)), Some(asked));
        let much = Duration::days(9);
        assert_eq!(retry_after(9, 0, Some(much)), Some(Duration::hours(24)));
    }

    #[test]
    fn only_public_addresses_are_reached() {
        let strict = Reachable::default();
        for (text, refusal) in [
            ("not an address", UrlRefusal::Malformed),
            ("ftp://hooks.example.org/", UrlRefusal::NotSecure),
            ("http://hooks.example.org/", UrlRefusal::NotSecure),
            (
                "https://user:word@hooks.example.org/",
                UrlRefusal::Credentials,
            ),
            ("https://hooks.example.org:22/", UrlRefusal::Port),
            ("https://127.0.0.1/", UrlRefusal::NotPublic),
            ("https://2130706433/", UrlRefusal::NotPublic),
            ("https://0x7f.1/", UrlRefusal::NotPublic),
            ("https://[::ffff:10.0.0.1]/", UrlRefusal::NotPublic),
            ("https://[64:ff9b::a00:1]/", UrlRefusal::NotPublic),
            ("https://[fe80::1]/", UrlRefusal::NotPublic),
            ("https://169.254.169.254/latest", UrlRefusal::NotPublic),
        ] {
            assert_eq!(strict.check(text).err(), Some(refusal), "{text}");
        }
        assert!(strict.check("https://hooks.example.org:8443/a?b=c").is_ok());
        let local = Reachable {
            allowed: vec!["127.0.0.0/8".parse().expect("a network")],
        };
        assert!(local.check("http://127.0.0.1:9000/hook").is_ok());
        assert!(local.check("http://10.0.0.1/").is_err());
        let url = local.check("http://intern.example.org/").expect("a name");
        assert!(local.admits(IpAddr::from([127, 0, 0, 1]), is_usual(&url)));
        assert!(!local.admits(IpAddr::from([93, 184, 215, 14]), is_usual(&url)));
    }

    proptest! {
        #[test]
        fn the_wait_is_that_of_the_table_and_a_tenth_at_most(tries in 1_u32..=9, jitter in 0_u16..1_000) {
            let plain = retry_after(tries, 0, None).expect("a wait");
            let wait = retry_after(tries, jitter, None).expect("a wait");
            prop_assert!(wait >= plain && wait <= plain + plain / 10);
        }

        #[test]
        fn what_the_standard_library_calls_private_is_never_public(bits in any::<u32>()) {
            let one = Ipv4Addr::from(bits);
            let is_special = one.is_private() || one.is_loopback() || one.is_link_local()
                || one.is_multicast() || one.is_broadcast() || one.is_documentation();
            prop_assert!(!(is_special && is_public(IpAddr::V4(one))));
        }
    }
}
