//! Behaviour, as somebody, over HTTP, on SQLite and PostgreSQL.

mod cli;
mod contract;
mod protocol;
mod reading;
mod scopes;
mod sessions;
mod sql;
mod statements;
