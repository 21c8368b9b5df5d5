//! Numbers in plans: which are targets, and with which value, unit, comparison and date.

mod phrases;
mod properties;
