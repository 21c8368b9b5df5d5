//! Why a file could not be read.

use duban_domain::error::Coded;

/// What a refused file turned out to be, judged by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileType {
    /// A Word document (.docx).
    Word,
    /// A spreadsheet (.xlsx, and where documents are read any other).
    Spreadsheet,
    /// Where spreadsheets are read, one of another format (.xls, .xlsb).
    OtherSpreadsheet,
    /// A PDF, where spreadsheets are read.
    Pdf,
    /// A presentation (.pptx, .ppt).
    Presentation,
    /// A drawing (.vsdx).
    Drawing,
    /// `OpenDocument` of any kind (.odt, .ods, .odp).
    OpenDocument,
    /// A fixed-layout document by GB/T 33190 (.ofd, 版式文档).
    Ofd,
    /// An electronic book (.epub).
    Book,
    /// A ZIP archive that holds no document.
    ZipArchive,
    /// An archive or compressed file of another kind (.rar, .7z, .gz, .xz).
    OtherArchive,
    /// An old compound file that holds no Word document (.msg, .wps of old versions).
    CompoundFile,
    /// Rich Text Format (.rtf), also when it is named .doc.
    RichText,
    /// A web page (.html, .mht), also when it is named .doc.
    WebPage,
    /// XML, such as the single-file Word format of 2003.
    Xml,
    /// A picture (PNG, JPEG, GIF, TIFF, WebP).
    Picture,
}

impl FileType {
    /// The stable name of the type in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "WORD",
            Self::Spreadsheet => "SPREADSHEET",
            Self::OtherSpreadsheet => "OTHER_SPREADSHEET",
            Self::Pdf => "PDF",
            Self::Presentation => "PRESENTATION",
            Self::Drawing => "DRAWING",
            Self::OpenDocument => "OPEN_DOCUMENT",
            Self::Ofd => "OFD",
            Self::Book => "BOOK",
            Self::ZipArchive => "ZIP_ARCHIVE",
            Self::OtherArchive => "OTHER_ARCHIVE",
            Self::CompoundFile => "COMPOUND_FILE",
            Self::RichText => "RICH_TEXT",
            Self::WebPage => "WEB_PAGE",
            Self::Xml => "XML",
            Self::Picture => "PICTURE",
        }
    }
}

/// Which count of an archive went over its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BombSign {
    /// The number of entries.
    Entries,
    /// Bytes after unpacking.
    Unpacked,
    /// Unpacked bytes for each packed byte.
    Ratio,
    /// Two entries share bytes of the archive, or two have the same name; figure and limit are 0.
    Overlap,
    /// Bytes of text that the document makes.
    Text,
    /// Rows of a spreadsheet.
    Rows,
    /// Cells of a spreadsheet.
    Cells,
}

impl BombSign {
    /// The stable name of the sign in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entries => "ENTRIES",
            Self::Unpacked => "UNPACKED",
            Self::Ratio => "RATIO",
            Self::Overlap => "OVERLAP",
            Self::Text => "TEXT",
            Self::Rows => "ROWS",
            Self::Cells => "CELLS",
        }
    }
}

/// Why a file could not be read; nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than [`super::Limits::max_bytes`].
    #[error("the file has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Bytes in the file.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The file is neither a known document nor text.
    #[error("the file is not text: control characters from byte {at} on")]
    Binary {
        /// Offset of the first byte or character that text does not have.
        at: usize,
    },
    /// Text in no known encoding.
    #[error("the text is neither UTF-8, UTF-16 nor GB18030: byte {at} fits none")]
    Encoding {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
    },
    /// A kind of file that is not read here.
    #[error("the file is of the type {}, which is not read", found.name())]
    WrongType {
        /// What it is.
        found: FileType,
    },
    /// Word's binary format from before 2007.
    #[error("the file is a .doc of an old Word; save it as .docx")]
    LegacyWord,
    /// A password is needed to open the file.
    #[error("the file is encrypted")]
    Encrypted,
    /// The document carries macros.
    #[error("the document carries macros ({part})")]
    Macros {
        /// The part of the package that shows it.
        part: String,
    },
    /// The document carries an embedded object or imported content.
    #[error("the document carries an embedded object ({part})")]
    EmbeddedObject {
        /// The part of the package that shows it.
        part: String,
    },
    /// The document points at a template or object elsewhere, or at another program (DDE).
    #[error("the document links to content elsewhere ({target})")]
    ExternalLink {
        /// Where it points, cut to 120 characters.
        target: String,
    },
    /// Unpacking or reading would cost far more than the file is worth.
    #[error("the archive looks like a bomb: {} {figure}, limit {limit}", sign.name())]
    ZipBomb {
        /// Which count went over.
        sign: BombSign,
        /// The count.
        figure: u64,
        /// What is allowed.
        limit: u64,
    },
    /// An entry of the archive would leave its folder or is a link.
    #[error("the archive has an entry with an unsafe name or kind: {entry}")]
    UnsafeArchive {
        /// The entry, cut to 120 characters.
        entry: String,
    },
    /// XML with a document type, an entity or more nesting than allowed.
    #[error("the XML of {part} has a document type, an entity or too much nesting")]
    UnsafeXml {
        /// The part of the package.
        part: String,
    },
    /// The file breaks the rules of its own format.
    #[error("the file is damaged: {part}")]
    Damaged {
        /// The part that could not be read.
        part: String,
    },
    /// A readable document without text: a scan, or glyphs that no table turns into characters.
    #[error("the document has {pages} pages and no text")]
    NoText {
        /// Pages in the document; 0 when the format has none.
        pages: usize,
    },
    /// Reading took longer or needed more work than allowed.
    #[error("the document is too complex to be read in {seconds} s")]
    TooComplex {
        /// The time allowed, in seconds.
        seconds: u64,
    },
}

impl ReadError {
    pub(super) fn damaged(part: &str) -> Self {
        Self::Damaged {
            part: part.to_owned(),
        }
    }

    pub(super) fn unsafe_xml(part: &str) -> Self {
        Self::UnsafeXml {
            part: part.to_owned(),
        }
    }
}

impl Coded for ReadError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "DOCUMENT_EMPTY",
            Self::TooLarge { .. } => "DOCUMENT_TOO_LARGE",
            Self::Binary { .. } => "DOCUMENT_BINARY",
            Self::Encoding { .. } => "DOCUMENT_ENCODING",
            Self::WrongType { .. } => "DOCUMENT_WRONG_TYPE",
            Self::LegacyWord => "DOCUMENT_LEGACY_WORD",
            Self::Encrypted => "DOCUMENT_ENCRYPTED",
            Self::Macros { .. } => "DOCUMENT_MACROS",
            Self::EmbeddedObject { .. } => "DOCUMENT_EMBEDDED_OBJECT",
            Self::ExternalLink { .. } => "DOCUMENT_EXTERNAL_LINK",
            Self::ZipBomb { .. } => "DOCUMENT_ZIP_BOMB",
            Self::UnsafeArchive { .. } => "DOCUMENT_UNSAFE_ARCHIVE",
            Self::UnsafeXml { .. } => "DOCUMENT_UNSAFE_XML",
            Self::Damaged { .. } => "DOCUMENT_DAMAGED",
            Self::NoText { .. } => "DOCUMENT_NO_TEXT",
            Self::TooComplex { .. } => "DOCUMENT_TOO_COMPLEX",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty | Self::LegacyWord | Self::Encrypted => Vec::new(),
            Self::TooLarge { bytes, limit } => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::Binary { at } | Self::Encoding { at } => vec![("at", at.to_string())],
            Self::WrongType { found } => vec![("found", found.name().to_owned())],
            Self::Macros { part }
            | Self::EmbeddedObject { part }
            | Self::UnsafeXml { part }
            | Self::Damaged { part } => vec![("part", part.clone())],
            Self::ExternalLink { target } => vec![("target", target.clone())],
            Self::ZipBomb {
                sign,
                figure,
                limit,
            } => vec![
                ("sign", sign.name().to_owned()),
                ("figure", figure.to_string()),
                ("limit", limit.to_string()),
            ],
            Self::UnsafeArchive { entry } => vec![("entry", entry.clone())],
            Self::NoText { pages } => vec![("pages", pages.to_string())],
            Self::TooComplex { seconds } => vec![("seconds", seconds.to_string())],
        }
    }
}
