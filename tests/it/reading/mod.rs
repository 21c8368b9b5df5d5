//! What can be read, and how lists are walked, narrowed, searched and ordered.

mod departments;
mod figures;
mod filters;
mod findings;
mod ids;
mod overview;
mod links;
mod pages;
mod plan;
mod search;
