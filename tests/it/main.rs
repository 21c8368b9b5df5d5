//! Behaviour, as somebody, over HTTP, on SQLite and PostgreSQL.

mod cli;
mod closed_loop;
mod contract;
mod delegations;
mod drafts;
mod imports;
mod migrations;
mod persistence;
mod protocol;
mod reading;
mod scopes;
mod sessions;
mod sql;
mod statements;
