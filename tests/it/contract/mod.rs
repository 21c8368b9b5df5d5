//! What the API promises: its schema, its words, who may do what.

mod access_matrix;
mod answers;
mod coordinates;
mod keys;
mod limits;
mod policy;
mod schema;
mod web_client;
