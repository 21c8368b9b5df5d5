//! The text of a file as it was read.

/// What a file says, with what identifies the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The name under which the file came; a label only.
    pub file: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The text as read; offsets into the document count its characters (Unicode scalar values).
    pub text: String,
}
