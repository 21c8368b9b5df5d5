//! Where an account stands.

/// Whether somebody can sign in with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// It has no password yet.
    Invited,
    /// It can, or programs may call with it.
    Active,
    /// It may not any more.
    Disabled,
}
