//! Links, checks and comparisons on small documents.

mod check;
mod diff;
mod links;
