//! The issued document as plan, sections, clauses: what was read, and the checks on it.

pub mod check;
pub mod codes;
pub mod diff;
pub mod draft;
pub mod issued;
pub mod links;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
