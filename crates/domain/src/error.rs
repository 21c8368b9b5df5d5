//! Errors as data: a stable code and the figures that a sentence for the reader needs.

/// An error that a caller can act on.
///
/// `Display` of the implementing type is English for logs; the reader's sentence is made at the
/// edge from [`Coded::code`] and [`Coded::figures`].
pub trait Coded: std::error::Error {
    /// The stable code, `OBJECT_WHAT` in capitals; never changes once published.
    fn code(&self) -> &'static str;

    /// Named figures for the sentence, in the order in which they are best read.
    fn figures(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
