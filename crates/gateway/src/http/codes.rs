//! The codes with which a request is refused before or beside its fields, for the page of codes.

use std::time::Duration;

use super::{
    client::Language,
    fault::{Fault, Shape},
    negotiation::Media,
    overload::Overloaded,
    persisted::DocumentFault,
    purse::Wait,
    stream::StreamFault,
};
use crate::graphql::{guard, limits};

/// A way in which a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// The status with `application/graphql-response+json`.
    pub status: u16,
    /// The sentence in English.
    pub english: String,
    /// The sentence in Chinese.
    pub chinese: String,
}

/// Every code that a request can be refused with, the same code once for each of its reasons.
pub fn refusals() -> Vec<Refused> {
    faults()
        .iter()
        .map(|fault| Refused {
            code: fault.code(),
            status: fault.status(Media::GraphqlResponse).as_u16(),
            english: fault.message(Language::English),
            chinese: fault.message(Language::Chinese),
        })
        .collect()
}

const SHAPES: [Shape; 13] = [
    Shape::Json,
    Shape::Object,
    Shape::Query,
    Shape::OperationName,
    Shape::Variables,
    Shape::Extensions,
    Shape::QueryString,
    Shape::DocumentId,
    Shape::PersistedQuery,
    Shape::Digest,
    Shape::Batch,
    Shape::BatchLength,
    Shape::BatchCredentials,
];

const STREAMS: [StreamFault; 7] = [
    StreamFault::Method,
    StreamFault::TooMany,
    StreamFault::NotFound,
    StreamFault::Taken,
    StreamFault::OperationTaken,
    StreamFault::NoOperationId,
    StreamFault::Credentials,
];

/// One fault of each kind; names of fields, variables and fragments are those of an example.
fn faults() -> Vec<Fault> {
    let mut faults = vec![
        Fault::NotAcceptable,
        Fault::NotJson,
        Fault::Method,
        Fault::TooLarge,
    ];
    faults.extend(SHAPES.map(Fault::Malformed));
    faults.extend([
        Fault::Syntax {
            message: "…".to_owned(),
            locations: Vec::new(),
        },
        Fault::UnknownOperation,
        Fault::Subscription,
        Fault::VariableMissing("input".to_owned()),
        Fault::AsOfDiffers,
        Fault::Document(DocumentFault::Unknown),
        Fault::Document(DocumentFault::NotTrusted),
    ]);
    faults.extend(STREAMS.map(Fault::Stream));
    faults.extend(budgets().map(Fault::Budget));
    faults.extend([Fault::TokenRefused, Fault::TokenElsewhere]);
    faults.extend(guards().map(Fault::Refused));
    faults.extend(loads());
    faults.extend([Fault::AnswerTooLarge, Fault::TimedOut, Fault::Internal]);
    faults
}

/// Too much or too slow.
fn loads() -> [Fault; 4] {
    [
        Fault::SlowBody,
        Fault::Throttled(Wait::Points(Duration::from_secs(3))),
        Fault::Throttled(Wait::AtOnce),
        Fault::Overloaded(Overloaded { again: 3 }),
    ]
}

fn budgets() -> [limits::Refusal; 6] {
    [
        limits::Refusal::Text,
        limits::Refusal::Tokens,
        limits::Refusal::Nesting,
        limits::Refusal::TooMany {
            what: "levels",
            found: limits::MAX_DEPTH + 1,
            limit: limits::MAX_DEPTH,
        },
        limits::Refusal::Cost {
            requested: limits::MAX_COST + 1,
        },
        limits::Refusal::Cycle("TaskRow".to_owned()),
    ]
}

/// Nobody is signed in, the permission is not held, the token's scopes do not reach, no token may.
fn guards() -> [guard::Refusal; 4] {
    use crate::graphql::policy::Need;
    use duban_domain::access::Permission;

    let refusal = |is_signed_in, is_narrowed, need| guard::Refusal {
        coordinate: "Mutation.recordMeasurements".to_owned(),
        need: Some(need),
        is_signed_in,
        is_narrowed,
    };
    let record = Need::Permission(Permission::MeasurementRecord);
    [
        refusal(false, false, record),
        refusal(true, false, record),
        refusal(true, true, record),
        guard::Refusal {
            coordinate: "Mutation.changePassword".to_owned(),
            ..refusal(true, true, Need::SignedIn)
        },
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Codes as the sources write them: `"IN_CAPITALS"`.
    fn written(source: &str) -> BTreeSet<&str> {
        let is_code = |text: &&str| {
            text.len() > 4
                && text
                    .bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_uppercase())
        };
        source.split('"').filter(is_code).collect()
    }

    #[test]
    fn every_code_of_the_sources_is_listed() {
        let listed: BTreeSet<&str> = refusals().iter().map(|refused| refused.code).collect();
        for source in [
            include_str!("fault.rs"),
            include_str!("persisted.rs"),
            include_str!("stream/fault.rs"),
            include_str!("../graphql/limits/mod.rs"),
            include_str!("../graphql/guard/mod.rs"),
        ] {
            let missing: Vec<&str> = written(source).difference(&listed).copied().collect();
            assert_eq!(missing, [""; 0]);
        }
    }

    #[test]
    fn every_shape_has_words_of_its_own() {
        let words: BTreeSet<String> = SHAPES
            .iter()
            .map(|shape| Fault::Malformed(*shape).message(Language::English))
            .collect();
        assert_eq!(words.len(), SHAPES.len());
    }
}
