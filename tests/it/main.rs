//! Behaviour, as somebody, over HTTP, on SQLite and PostgreSQL.

mod contract;
mod protocol;
mod reading;
