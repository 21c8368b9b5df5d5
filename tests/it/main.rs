//! Behaviour, as somebody, over HTTP, on SQLite and PostgreSQL.

mod audit;
mod calendar_feeds;
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
mod lights;
mod mail;
mod migrations;
mod milestones;
mod notices;
mod notifications;
mod persistence;
mod protocol;
mod reading;
mod reports;
mod scopes;
mod sessions;
mod sql;
mod statements;
