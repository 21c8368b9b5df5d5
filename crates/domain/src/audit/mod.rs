//! The audit trail (审计): what an event says, its canonical form, and the chain that binds every
//! event to all before it.

mod chain;
mod event;
mod head;

pub use chain::{Break, Chain, Found};
pub use event::{Event, FORMAT, Outcome, Record, instant, micros};
pub use head::{ChainHash, Head, HeadStatement, NotAHash};

#[cfg(test)]
mod tests;
