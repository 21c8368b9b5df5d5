//! GraphQL over HTTP as its specification and our limits want it, and the routes beside it.

mod batches;
mod hostile;
mod limits;
mod media;
mod persisted;
mod probes;
mod requests;
mod seals;
mod told;
