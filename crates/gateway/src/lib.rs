//! The door of Duban: GraphQL over HTTP, uploads, probes, and the web client's files.

pub mod graphql;
pub mod http;
pub mod wording;
