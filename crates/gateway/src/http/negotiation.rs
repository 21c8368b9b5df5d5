//! Which of the two media types of GraphQL over HTTP an answer takes, and with which status.

use http::{HeaderMap, HeaderValue, header::ACCEPT};

use super::client::weighted;

/// The media type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells whether the operation ran.
    GraphqlResponse,
    /// `application/json`: a well-formed request is answered 200 whatever became of it.
    Json,
}

impl Media {
    const fn subtype(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "graphql-response+json",
            Self::Json => "json",
        }
    }

    /// The value of `Content-Type`.
    pub const fn content_type(self) -> HeaderValue {
        match self {
            Self::GraphqlResponse => {
                HeaderValue::from_static("application/graphql-response+json; charset=utf-8")
            }
            Self::Json => HeaderValue::from_static("application/json; charset=utf-8"),
        }
    }

    /// The type that a caller prefers; `None` when it accepts neither.
    ///
    /// Without `Accept`, or where a wildcard leaves both equal, it is `application/json`.
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let stated: Vec<&str> = headers
            .get_all(ACCEPT)
            .iter()
            .map(|value| value.to_str().unwrap_or("unreadable"))
            .filter(|value| !value.trim().is_empty())
            .collect();
        if stated.is_empty() {
            return Some(Self::Json);
        }
        // The weight of the most precise range that names the type, then that precision.
        let rate = |media: Self| {
            let ranges = stated.iter().flat_map(|value| weighted(value));
            let (precision, weight) = ranges
                .filter_map(|(range, weight)| Some((media.precision(range)?, weight)))
                .max()?;
            (weight > 0).then_some((weight, precision))
        };
        match (rate(Self::Json), rate(Self::GraphqlResponse)) {
            (None, None) => None,
            (Some(_), None) => Some(Self::Json),
            (None, Some(_)) => Some(Self::GraphqlResponse),
            (Some(json), Some(response)) => {
                let is_named = response.1 == 2;
                let wins = response > json || (response == json && is_named);
                Some(if wins {
                    Self::GraphqlResponse
                } else {
                    Self::Json
                })
            }
        }
    }

    /// Whether a caller wants the answer as a stream of events (GraphQL over SSE): the type is named and
    /// preferred to both others. Clients that merely also take it, such as urql, get JSON.
    pub fn is_stream_wanted(headers: &HeaderMap) -> bool {
        let values = headers.get_all(ACCEPT).iter();
        let stated: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        let ranges = || stated.iter().flat_map(|value| weighted(value));
        let stream = ranges()
            .filter(|(range, _)| range.eq_ignore_ascii_case("text/event-stream"))
            .map(|(_, weight)| (weight, 2))
            .max();
        let json = [Self::Json, Self::GraphqlResponse]
            .into_iter()
            .flat_map(|media| {
                ranges().filter_map(move |(range, weight)| Some((weight, media.precision(range)?)))
            });
        stream.is_some_and(|stream| stream.0 > 0 && Some(stream) > json.max())
    }

    /// How precisely a media range names the type: 2 by name, 1 `application/*`, 0 `*/*`.
    fn precision(self, range: &str) -> Option<u8> {
        match range.to_ascii_lowercase().split_once('/')? {
            ("*", "*") => Some(0),
            ("application", "*") => Some(1),
            ("application", subtype) if subtype == self.subtype() => Some(2),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &'static str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        Media::accepted(&headers)
    }

    #[test]
    fn json_is_the_answer_to_callers_without_a_wish() {
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(accepted(""), Some(Media::Json));
        assert_eq!(accepted("*/*"), Some(Media::Json));
        assert_eq!(accepted("application/*"), Some(Media::Json));
        assert_eq!(accepted("text/html, */*;q=0.1"), Some(Media::Json));
    }

    #[test]
    fn the_named_type_is_given() {
        assert_eq!(accepted("application/json"), Some(Media::Json));
        assert_eq!(
            accepted("application/json; charset=utf-8"),
            Some(Media::Json)
        );
        assert_eq!(
            accepted("application/graphql-response+json"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(
            accepted("Application/GraphQL-Response+JSON"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(
            accepted("application/graphql-response+json, */*"),
            Some(Media::GraphqlResponse)
        );
    }

    #[test]
    fn weights_decide_and_equals_go_to_the_specification() {
        assert_eq!(
            accepted("application/graphql-response+json, application/json"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(
            accepted("application/graphql-response+json;q=0.4, application/json;q=0.9"),
            Some(Media::Json)
        );
        assert_eq!(
            accepted("application/json;q=0, application/graphql-response+json;q=0.1"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(
            accepted("application/json;q=0, */*"),
            Some(Media::GraphqlResponse)
        );
    }

    #[test]
    fn a_stream_is_for_those_who_prefer_it() {
        let wanted = |accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            Media::is_stream_wanted(&headers)
        };
        for accept in [
            "text/event-stream",
            "Text/Event-Stream; charset=utf-8",
            "text/event-stream, */*",
            "text/event-stream, application/json;q=0.9",
            "text/event-stream, multipart/mixed",
        ] {
            assert!(wanted(accept), "{accept}");
        }
        for accept in [
            "",
            "*/*",
            "text/*",
            "text/event-stream;q=0",
            "text/event-stream;q=0.5, application/json",
            "application/graphql-response+json, application/json, text/event-stream, multipart/mixed",
        ] {
            assert!(!wanted(accept), "{accept}");
        }
        assert!(!Media::is_stream_wanted(&HeaderMap::new()));
    }

    #[test]
    fn nothing_acceptable_is_nothing() {
        assert_eq!(accepted("text/html"), None);
        assert_eq!(accepted("application/json;q=0"), None);
        assert_eq!(accepted("image/png, text/*"), None);
    }
}
