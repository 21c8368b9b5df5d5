//! Who is on the other end of the connection: address, language, user agent, refresh cookie.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT_LANGUAGE, COOKIE, HOST, USER_AGENT},
};
use uuid::Uuid;

/// Characters of a user agent that are kept.
const USER_AGENT_LENGTH: usize = 200;
/// Longest refresh cookie that is looked at, in bytes.
const COOKIE_LENGTH: usize = 512;

/// The language of messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese as written in the mainland; what callers get who ask for nothing.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The tag of BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language that a caller prefers, by the weights of `Accept-Language`.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut best = (0, Self::Chinese);
        let values = headers
            .get_all(ACCEPT_LANGUAGE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        for (range, weight) in values.flat_map(weighted) {
            let primary = range.split('-').next().unwrap_or_default();
            let language = match primary.to_ascii_lowercase().as_str() {
                "zh" | "*" => Self::Chinese,
                "en" => Self::English,
                _ => continue,
            };
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// Items of a header of the form `a, b;q=0.5` with their weights in thousandths.
pub fn weighted(header: &str) -> impl Iterator<Item = (&str, u16)> {
    header.split(',').filter_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let range = parts.next().filter(|range| !range.is_empty())?;
        let weight = parts
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
            .map_or(Some(1_000), |(_, weight)| thousandths(weight.trim()))?;
        Some((range, weight))
    })
}

/// `0.25` as 250; `None` for what is no weight.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1_000),
        _ => None,
    }
}

/// How the refresh token travels: a cookie that no script reads and no other site sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookiePolicy {
    /// Whether callers reach us by https, so that the cookie may never travel in the clear.
    pub is_secure: bool,
}

impl CookiePolicy {
    /// The cookie's name; with https its prefix binds it to this host.
    pub const fn name(self) -> &'static str {
        if self.is_secure {
            "__Host-duban_refresh"
        } else {
            "duban_refresh"
        }
    }

    /// The `Set-Cookie` value that gives a refresh token; `None` for a token that is no cookie
    /// text.
    pub fn give(self, token: &str, lifetime: Duration) -> Option<HeaderValue> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        if token.is_empty() || !token.bytes().all(is_plain) {
            return None;
        }
        let mut value = self.value(token, lifetime.as_secs())?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The `Set-Cookie` value that takes the refresh token away.
    pub fn take_away(self) -> Option<HeaderValue> {
        self.value("", 0)
    }

    fn value(self, token: &str, seconds: u64) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let text = format!(
            "{}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}",
            self.name()
        );
        HeaderValue::from_str(&text).ok()
    }

    fn read(self, headers: &HeaderMap) -> Option<String> {
        cookie(headers, self.name(), COOKIE_LENGTH)
    }
}

/// The cookie of a name, if it is there once and no longer than so many bytes.
pub(super) fn cookie(headers: &HeaderMap, name: &str, most: usize) -> Option<String> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(given, _)| *given == name)
        .map(|(_, value)| value);
    let value = found
        .next()
        .filter(|value| !value.is_empty() && value.len() <= most)?;
    // Two cookies of one name: somebody planted one, and which is ours cannot be told.
    found.next().is_none().then(|| value.to_owned())
}

/// What a request says about its sender, none of it proven but the address.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientInfo {
    /// Address of the peer, or of the caller as the trusted proxy states it.
    pub address: IpAddr,
    /// User agent, cut; empty when none was sent.
    pub user_agent: String,
    /// Whether the request comes from this machine, by name as well as by address.
    pub is_loopback: bool,
    /// The refresh token that came with the request.
    pub refresh_cookie: Option<String>,
    /// How to give or take away a refresh token.
    pub cookies: CookiePolicy,
    /// The request, as in the logs.
    pub request: Option<Uuid>,
}

impl fmt::Debug for ClientInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientInfo")
            .field("address", &self.address)
            .field("is_loopback", &self.is_loopback)
            .field("has_refresh_cookie", &self.refresh_cookie.is_some())
            .finish_non_exhaustive()
    }
}

impl ClientInfo {
    /// The sender of something that came by no request.
    pub const fn of_address(address: IpAddr) -> Self {
        Self {
            address,
            user_agent: String::new(),
            is_loopback: false,
            refresh_cookie: None,
            cookies: CookiePolicy { is_secure: true },
            request: None,
        }
    }

    /// Whether the request seems to come from a page in a browser rather than from a program. A label
    /// for provenance; nothing is decided by it.
    pub fn is_browser(&self) -> bool {
        self.user_agent.starts_with("Mozilla/")
    }

    /// Reads the sender of a request. `X-Forwarded-For` counts only as far as proxies of ours
    /// stand in front: `trusted_hops` of them.
    pub fn of(
        headers: &HeaderMap,
        peer: SocketAddr,
        trusted_hops: u8,
        cookies: CookiePolicy,
    ) -> Self {
        let forwarded: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        let hops = usize::from(trusted_hops);
        let stated = (hops > 0)
            .then(|| forwarded.len().checked_sub(hops))
            .flatten()
            .and_then(|position| forwarded.get(position)?.parse::<IpAddr>().ok());
        let address = stated.unwrap_or_else(|| peer.ip()).to_canonical();
        let is_local = peer.ip().to_canonical().is_loopback()
            && match stated {
                // What our proxy on this machine states.
                Some(stated) => stated.to_canonical().is_loopback(),
                // Nothing between: not even a proxy that we were not told of.
                None => hops == 0 && !is_forwarded(headers),
            };
        let user_agent = headers
            .get(USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .chars()
            .take(USER_AGENT_LENGTH)
            .collect();
        Self {
            address,
            user_agent,
            is_loopback: is_local && names_loopback(headers),
            refresh_cookie: cookies.read(headers),
            cookies,
            request: None,
        }
    }
}

fn is_forwarded(headers: &HeaderMap) -> bool {
    ["x-forwarded-for", "forwarded", "x-real-ip"]
        .iter()
        .any(|name| headers.contains_key(*name))
}

/// Whether `Host` names this machine: a page of another name that was made to resolve here is not
/// on this machine.
fn names_loopback(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST) else {
        return true;
    };
    let host = host.to_str().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    fn language(accept: &'static str) -> Language {
        Language::of(&headers(&[("accept-language", accept)]))
    }

    fn client(pairs: &[(&'static str, &'static str)], hops: u8) -> ClientInfo {
        let peer = SocketAddr::from(([127, 0, 0, 1], 4_000));
        ClientInfo::of(
            &headers(pairs),
            peer,
            hops,
            CookiePolicy { is_secure: false },
        )
    }

    #[test]
    fn the_language_goes_by_weight() {
        assert_eq!(language(""), Language::Chinese);
        assert_eq!(language("en"), Language::English);
        assert_eq!(language("en-GB,en;q=0.9"), Language::English);
        assert_eq!(language("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(language("zh;q=0.2, en;q=0.75"), Language::English);
        assert_eq!(language("fr, de;q=0.9"), Language::Chinese);
        assert_eq!(language("en;q=0"), Language::Chinese);
        assert_eq!(language("en;q=junk"), Language::Chinese);
    }

    #[test]
    fn the_cookie_is_closed_to_scripts_and_other_sites() {
        let open = CookiePolicy { is_secure: false };
        let value = open.give("abc-_1", Duration::from_hours(8)).unwrap();
        assert_eq!(
            value.to_str().unwrap(),
            "duban_refresh=abc-_1; HttpOnly; SameSite=Strict; Path=/; Max-Age=28800"
        );
        let secure = CookiePolicy { is_secure: true };
        assert_eq!(
            secure.take_away().unwrap().to_str().unwrap(),
            "__Host-duban_refresh=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0; Secure"
        );
        assert!(
            open.give("a; Domain=evil", Duration::from_secs(1))
                .is_none()
        );
    }

    #[test]
    fn the_refresh_cookie_is_read_by_its_name() {
        assert_eq!(
            client(&[("cookie", "a=b; duban_refresh=xyz")], 0)
                .refresh_cookie
                .as_deref(),
            Some("xyz")
        );
        assert_eq!(
            client(&[("cookie", "__Host-duban_refresh=xyz")], 0).refresh_cookie,
            None
        );
        assert_eq!(
            client(&[("cookie", "duban_refresh=1; duban_refresh=2")], 0).refresh_cookie,
            None
        );
        assert_eq!(
            client(&[("cookie", "duban_refresh=")], 0).refresh_cookie,
            None
        );
        assert!(!format!("{:?}", client(&[("cookie", "duban_refresh=xyz")], 0)).contains("xyz"));
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_our_proxy() {
        let forwarded = [
            ("x-forwarded-for", "6.6.6.6, 10.0.0.7"),
            ("host", "localhost:8080"),
        ];
        assert_eq!(client(&forwarded, 0).address.to_string(), "127.0.0.1");
        assert_eq!(client(&forwarded, 1).address.to_string(), "10.0.0.7");
        assert_eq!(client(&forwarded, 2).address.to_string(), "6.6.6.6");
        assert_eq!(client(&forwarded, 3).address.to_string(), "127.0.0.1");
    }

    #[test]
    fn loopback_needs_the_address_and_the_name() {
        assert!(client(&[("host", "127.0.0.1:8080")], 0).is_loopback);
        assert!(client(&[("host", "localhost")], 0).is_loopback);
        assert!(client(&[("host", "[::1]:8080")], 0).is_loopback);
        assert!(!client(&[("host", "evil.example:8080")], 0).is_loopback);
        assert!(!client(&[("host", "localhost"), ("x-forwarded-for", "6.6.6.6")], 0).is_loopback);
        assert!(!client(&[("host", "localhost"), ("x-forwarded-for", "6.6.6.6")], 1).is_loopback);
    }

    #[test]
    fn behind_our_proxy_loopback_is_what_the_proxy_on_this_machine_states() {
        let local = [("host", "localhost"), ("x-forwarded-for", "127.0.0.1")];
        assert!(client(&local, 1).is_loopback);
        assert!(!client(&[("host", "localhost")], 1).is_loopback);
        let stranger = SocketAddr::from(([203, 0, 113, 9], 4_000));
        let cookies = CookiePolicy { is_secure: false };
        let past_the_proxy = ClientInfo::of(&headers(&local), stranger, 1, cookies);
        assert!(!past_the_proxy.is_loopback);
    }

    #[test]
    fn the_user_agent_is_cut() {
        let long: &'static str = Box::leak("x".repeat(500).into_boxed_str());
        assert_eq!(
            client(&[("user-agent", long)], 0).user_agent.len(),
            USER_AGENT_LENGTH
        );
    }
}
