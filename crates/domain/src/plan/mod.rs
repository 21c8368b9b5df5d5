//! The issued document as plan, sections, clauses: what was read, and the checks on it.

pub mod draft;
pub mod issued;
pub mod links;
