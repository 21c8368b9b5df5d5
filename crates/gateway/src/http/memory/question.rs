//! What is asked, and by whom: two that are equal are answered alike.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use duban_domain::access::Principal;
use serde_json::{Map, Value};

use crate::http::{client::Language, persisted::Digest};

/// Longest variables of what is remembered, in bytes.
const VARIABLES: usize = 4_096;

/// An operation with its variables, whoever asks.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    document: Digest,
    operation: Option<String>,
    variables: String,
}

impl Asked {
    /// What a request asks; none where it says so much that it is not remembered.
    pub fn of(
        document: Digest,
        operation: Option<&str>,
        variables: &Map<String, Value>,
    ) -> Option<Arc<Self>> {
        let variables = serde_json::to_string(variables).ok()?;
        (variables.len() <= VARIABLES).then(|| {
            Arc::new(Self {
                document,
                operation: operation.map(str::to_owned),
                variables,
            })
        })
    }

    /// Its bytes.
    pub fn length(&self) -> usize {
        let operation = self.operation.as_ref().map_or(0, String::len);
        self.document.len() + operation + self.variables.len()
    }
}

/// The same by somebody in a language. The caller counts with all that decides what he may: the session or the
/// token he came with, his grants, and those of the people he stands in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    asked: Arc<Asked>,
    who: Option<Arc<Principal>>,
    language: Language,
}

impl Question {
    /// What somebody asks.
    pub fn new(asked: &Arc<Asked>, who: Option<&Arc<Principal>>, language: Language) -> Self {
        Self {
            asked: Arc::clone(asked),
            who: who.cloned(),
            language,
        }
    }

    /// Its bytes, those of the caller left out, whom his other questions share.
    pub fn length(&self) -> usize {
        self.asked.length()
    }
}

impl Hash for Question {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.asked.hash(state);
        self.language.hash(state);
        // The rest is held against each other.
        self.who.as_ref().map(|who| who.account()).hash(state);
    }
}
