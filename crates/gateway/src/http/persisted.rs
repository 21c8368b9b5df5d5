//! Documents that are asked for by their digest: those of the web client, and those seen before.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, OnceLock},
};

use async_graphql_parser::{parse_query, types::ExecutableDocument};
use duban_domain::access::Principal;
use http::StatusCode;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{
    GatewayState, assets,
    fault::{Fault, Shape},
    memory::is_of_data,
    negotiation::Media,
};
use crate::graphql::{limits, typename};

/// Where the build of the web client leaves the documents of its operations, by their digests.
const MANIFEST: &str = "operations.json";

/// The SHA-256 of a document's text.
pub type Digest = [u8; 32];

/// Which documents are run (`server.operations`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Operations {
    /// Every one within the budget.
    #[default]
    Any,
    /// Only trusted ones for people, who come with a session or to begin one; for programs every one.
    TrustedForSessions,
    /// Only trusted ones.
    TrustedOnly,
}

/// The documents that are trusted, by their digests: those that the web client sends.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Trusted(Arc<BTreeMap<Digest, String>>);

impl fmt::Debug for Trusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trusted({})", self.0.len())
    }
}

impl Trusted {
    /// Those of the web client inside this program; none where it was built without.
    pub fn shipped() -> Self {
        static SHIPPED: OnceLock<Trusted> = OnceLock::new();
        let read = || {
            let file = assets::embedded(MANIFEST)?;
            let texts: BTreeMap<String, String> = serde_json::from_slice(&file).ok()?;
            Some(Self::of(texts.into_values()))
        };
        SHIPPED.get_or_init(|| read().unwrap_or_default()).clone()
    }

    /// These texts.
    pub fn of(texts: impl IntoIterator<Item = String>) -> Self {
        let named = texts.into_iter().map(|text| (digest(&text), text));
        Self(Arc::new(named.collect()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn digest(text: &str) -> Digest {
    Sha256::digest(text.as_bytes()).into()
}

/// What is wrong with a document besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFault {
    /// Nobody has sent the text of this digest lately: it is to be sent along.
    Unknown,
    /// It is none of the trusted ones, and the caller may run no other.
    NotTrusted,
}

impl DocumentFault {
    /// The code for programs; the first one is of Apollo's protocol.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "PERSISTED_QUERY_NOT_FOUND",
            Self::NotTrusted => "OPERATION_NOT_TRUSTED",
        }
    }

    /// The status. Apollo's protocol answers an unknown digest as it does a document that cannot run.
    pub const fn status(self, media: Media) -> StatusCode {
        match (self, media) {
            (Self::Unknown, Media::Json) => StatusCode::OK,
            (Self::Unknown, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
            (Self::NotTrusted, _) => StatusCode::FORBIDDEN,
        }
    }

    /// The sentence in Chinese and in English. Clients of Apollo's protocol know the first by its very
    /// words, so it has no others.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown => ("PersistedQueryNotFound", "PersistedQueryNotFound"),
            Self::NotTrusted => (
                "此服务只执行网页客户端登记过的操作",
                "this server runs registered operations of its web client only",
            ),
        }
    }
}

/// How a request says which document it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// By its text.
    Text(String),
    /// By its digest alone.
    Known(Digest),
}

impl Default for Wanted {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Wanted {
    /// Reads `query`, `documentId` and `extensions.persistedQuery` (Apollo's automatic persisted queries,
    /// version 1). A digest beside a text must be that of the text.
    ///
    /// # Errors
    ///
    /// [`Shape`] names what is not of the right shape.
    pub fn read(query: Value, id: Value, extensions: &Map<String, Value>) -> Result<Self, Shape> {
        let text = match query {
            Value::Null => None,
            Value::String(text) => Some(text),
            _ => return Err(Shape::Query),
        };
        let id = match id {
            Value::Null => None,
            Value::String(id) => Some(read_id(&id).ok_or(Shape::DocumentId)?),
            _ => return Err(Shape::DocumentId),
        };
        let persisted = match extensions.get("persistedQuery") {
            None | Some(Value::Null) => None,
            Some(stated) => Some(read_persisted(stated).ok_or(Shape::PersistedQuery)?),
        };
        match (text, id, persisted) {
            (Some(text), None, None) => Ok(Self::Text(text)),
            (Some(text), None, Some(stated)) if stated == digest(&text) => Ok(Self::Text(text)),
            (Some(_), None, Some(_)) => Err(Shape::Digest),
            (None, Some(known), None) | (None, None, Some(known)) => Ok(Self::Known(known)),
            (None, None, None) => Err(Shape::Query),
            (_, Some(_), _) => Err(Shape::DocumentId),
        }
    }
}

/// `sha256:` and the digest, or the digest alone.
fn read_id(id: &str) -> Option<Digest> {
    read_digest(id.strip_prefix("sha256:").unwrap_or(id))
}

fn read_persisted(stated: &Value) -> Option<Digest> {
    let is_known = stated.get("version")?.as_u64()? == 1;
    let hash = stated.get("sha256Hash")?.as_str()?;
    is_known.then(|| read_digest(hash)).flatten()
}

fn read_digest(text: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    if text.len() != 2 * digest.len() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (place, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(digest)
}

/// A document that was parsed and is kept for a while, so that its digest stands for it.
#[derive(Debug)]
pub struct Kept {
    /// The digest of its text.
    pub digest: Digest,
    /// Its text.
    pub text: String,
    /// What the text says.
    pub document: ExecutableDocument,
    /// Whether it is one of the web client's.
    pub is_trusted: bool,
    /// Whether all that its queries ask for is in the database.
    pub is_of_data: bool,
}

impl GatewayState {
    /// The document that a request is about. Whatever was parsed lately is known by its digest, in the
    /// one bounded cache, so an automatic persisted query costs no memory of its own.
    ///
    /// # Errors
    ///
    /// [`Fault`] for a text beyond the budget, for one that is no GraphQL, and for a digest that stands
    /// for nothing here.
    pub fn document(&self, wanted: &Wanted) -> Result<Arc<Kept>, Fault> {
        match wanted {
            Wanted::Text(text) => {
                // One that is known was found short enough when it was parsed.
                let key = (text.len() <= limits::MAX_TEXT).then(|| digest(text));
                if let Some(known) = key.and_then(|key| self.documents.get(&key)) {
                    return Ok(known);
                }
                limits::check_text(text).map_err(Fault::Budget)?;
                self.keep(key.unwrap_or_else(|| digest(text)), text)
            }
            Wanted::Known(key) => match (self.documents.get(key), self.trusted().0.get(key)) {
                (Some(known), _) => Ok(known),
                (None, Some(text)) => self.keep(*key, text),
                (None, None) => Err(Fault::Document(DocumentFault::Unknown)),
            },
        }
    }

    fn keep(&self, key: Digest, text: &str) -> Result<Arc<Kept>, Fault> {
        let mut document = parse_query(text).map_err(|error| Fault::Syntax {
            locations: error.positions().collect(),
            message: first_line(&error.to_string()),
        })?;
        typename::wrap_directives(&mut document);
        let kept = Arc::new(Kept {
            digest: key,
            text: text.to_owned(),
            is_of_data: is_of_data(&document, self.guard.index()),
            document,
            is_trusted: self.trusted().0.contains_key(&key),
        });
        self.documents.insert(key, Arc::clone(&kept));
        Ok(kept)
    }

    fn trusted(&self) -> &Trusted {
        &self.settings.trusted
    }

    /// Whether the caller may run the document. People come with a session or to begin one; whoever is
    /// known without a session is a program.
    ///
    /// # Errors
    ///
    /// [`DocumentFault::NotTrusted`].
    pub fn check_trust(&self, kept: &Kept, who: Option<&Principal>) -> Result<(), Fault> {
        let is_program = who.is_some_and(|who| who.session().is_none());
        let is_open = match self.settings.operations {
            Operations::Any => true,
            Operations::TrustedForSessions => kept.is_trusted || is_program,
            Operations::TrustedOnly => kept.is_trusted,
        };
        if is_open {
            Ok(())
        } else {
            Err(Fault::Document(DocumentFault::NotTrusted))
        }
    }
}

/// The parser draws the text with a caret; its last line says what it expected.
fn first_line(message: &str) -> String {
    let line = message
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or(message);
    line.trim().trim_start_matches("= ").to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The SHA-256 of `{__typename}`, as the documentation of Apollo's protocol has it.
    const HASH: &str = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";

    fn read(body: &Value) -> Result<Wanted, Shape> {
        let extensions = body["extensions"].as_object().cloned().unwrap_or_default();
        Wanted::read(
            body["query"].clone(),
            body["documentId"].clone(),
            &extensions,
        )
    }

    #[test]
    fn a_document_is_named_by_its_text_or_its_digest() {
        let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": HASH } });
        let text = Wanted::Text("{__typename}".to_owned());
        let known = Wanted::Known(digest("{__typename}"));
        assert_eq!(read(&json!({ "query": "{__typename}" })), Ok(text.clone()));
        let both = json!({ "query": "{__typename}", "extensions": persisted });
        assert_eq!(read(&both), Ok(text));
        assert_eq!(read(&json!({ "extensions": persisted })), Ok(known.clone()));
        assert_eq!(read(&json!({ "documentId": HASH })), Ok(known.clone()));
        let prefixed = json!({ "documentId": format!("sha256:{HASH}") });
        assert_eq!(read(&prefixed), Ok(known));
    }

    #[test]
    fn what_names_no_document_or_two_is_malformed() {
        let persisted = |version: u32, hash: &str| json!({ "persistedQuery": { "version": version, "sha256Hash": hash } });
        for (body, shape) in [
            (json!({}), Shape::Query),
            (json!({ "query": 1 }), Shape::Query),
            (json!({ "documentId": 1 }), Shape::DocumentId),
            (json!({ "documentId": "first" }), Shape::DocumentId),
            (
                json!({ "documentId": HASH, "query": "{__typename}" }),
                Shape::DocumentId,
            ),
            (
                json!({ "extensions": persisted(2, HASH) }),
                Shape::PersistedQuery,
            ),
            (
                json!({ "extensions": persisted(1, "ecf4") }),
                Shape::PersistedQuery,
            ),
            (
                json!({ "extensions": persisted(1, &"é".repeat(32)) }),
                Shape::PersistedQuery,
            ),
            (
                json!({ "extensions": { "persistedQuery": HASH } }),
                Shape::PersistedQuery,
            ),
            (
                json!({ "query": "{a}", "extensions": persisted(1, HASH) }),
                Shape::Digest,
            ),
        ] {
            assert_eq!(read(&body), Err(shape), "{body}");
        }
    }
}
