//! GraphQL over HTTP as its specification and our limits want it, and the routes beside it.

mod limits;
mod media;
mod probes;
mod requests;
mod seals;
