//! What can be read, and how lists are walked, narrowed, searched and ordered.

mod departments;
mod figures;
mod filters;
mod findings;
mod ids;
mod links;
mod overview;
mod pages;
mod plan;
mod search;
