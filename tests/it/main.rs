//! Behaviour, as somebody, over HTTP, on SQLite and PostgreSQL.

mod amendments;
mod as_of;
mod audit;
mod canaries;
mod cli;
mod closed_loop;
mod contract;
mod crash;
mod delegations;
mod drafts;
mod hand_out;
mod imports;
mod items;
mod migrations;
mod milestones;
mod persistence;
mod protocol;
mod reading;
mod scopes;
mod sessions;
mod sql;
mod statements;
