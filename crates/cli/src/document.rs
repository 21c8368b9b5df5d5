//! Files and registers named on the command line.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use duban_app::{imports::ReadPlan, seed};
use duban_documents::{
    plan::{self, DepartmentRegister},
    read::{self, Limits, ReadError},
    source::SourceText,
};
use duban_domain::plan::draft::PlanDraft;
use duban_gateway::http::client::Language;

use crate::{
    console::{Exit, Failure},
    language::words,
    wording,
};

/// The word for a register without a department.
const NO_DEPARTMENTS: &str = "none";
/// Bytes of a register that are read at most.
const REGISTER_LIMIT: u64 = 16 * 1024 * 1024;

/// Which names of departments the reader knows.
#[derive(Debug, Clone, Args)]
pub struct RegisterArgs {
    /// Department register that resolves names: a CSV with the columns name, `short_name`,
    /// `other_names` (separated by |), or "none"; the shipped register when not given
    #[arg(long, value_name = "CSV")]
    departments: Option<PathBuf>,
}

impl RegisterArgs {
    /// Whether the user has named a register.
    pub const fn is_given(&self) -> bool {
        self.departments.is_some()
    }

    /// Loads the register.
    ///
    /// # Errors
    ///
    /// [`Failure`] names the file or row that is wrong.
    pub fn load(&self, language: Language) -> Result<DepartmentRegister, Failure> {
        let Some(path) = &self.departments else {
            return seed::shipped_register().map_err(|error| wording::seed(language, &error));
        };
        if path.as_os_str() == NO_DEPARTMENTS {
            return Ok(DepartmentRegister::default());
        }
        let name = path.display();
        let mut text = String::new();
        File::open(path)
            .and_then(|file| file.take(REGISTER_LIMIT).read_to_string(&mut text))
            .map_err(|error| {
                Failure::new(words!(
                    language,
                    "无法读取部门名录 {name}：{error}",
                    "The department register {name} cannot be read: {error}",
                ))
            })?;
        seed::register_of(&text).map_err(|error| {
            Failure::new(words!(
                language,
                "部门名录 {name} 有误：{error}",
                "The department register {name} is wrong: {error}",
            ))
        })
    }
}

/// A document at hand.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Reads the file; `-` is standard input.
    ///
    /// # Errors
    ///
    /// [`Failure`] with [`Exit::Unreadable`].
    pub fn load(path: &Path, language: Language) -> Result<Self, Failure> {
        let limit = Limits::default().max_bytes;
        let (name, bytes) = if path.as_os_str() == "-" {
            ("-".to_owned(), bounded(io::stdin().lock(), limit))
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str());
            (name.to_string_lossy().into_owned(), content(path, limit))
        };
        match bytes {
            Ok(bytes) if bytes.len() > limit => {
                let size = fs::metadata(path)
                    .ok()
                    .and_then(|file| usize::try_from(file.len()).ok());
                let bytes = size.unwrap_or_default().max(bytes.len());
                Err(unreadable(
                    path,
                    &wording::coded(language, &ReadError::TooLarge { bytes, limit }),
                ))
            }
            Ok(bytes) => Ok(Self { name, bytes }),
            Err(error) => Err(unreadable(path, &reason(&error, language))),
        }
    }

    /// Finds its text.
    ///
    /// # Errors
    ///
    /// [`Failure`] with [`Exit::Unreadable`].
    pub fn source(&self, language: Language) -> Result<SourceText, Failure> {
        read::read(&self.name, &self.bytes, &Limits::default())
            .map_err(|error| wording::import(language, &self.name, &error.into()))
    }

    /// Finds the plan in it.
    ///
    /// # Errors
    ///
    /// [`Failure`] with [`Exit::Unreadable`] or [`Exit::NoTask`].
    pub fn read(
        &self,
        register: &DepartmentRegister,
        language: Language,
    ) -> Result<ReadPlan, Failure> {
        let source = self.source(language)?;
        let draft = draft_of(&source, register, language)?;
        Ok(ReadPlan { source, draft })
    }
}

/// Finds the plan in a text.
///
/// # Errors
///
/// [`Failure`] with [`Exit::NoTask`].
pub fn draft_of(
    source: &SourceText,
    register: &DepartmentRegister,
    language: Language,
) -> Result<PlanDraft, Failure> {
    plan::parse(source, register)
        .map_err(|error| wording::import(language, &source.file, &error.into()))
}

fn content(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    bounded(File::open(path)?, limit)
}

/// Reads at most one byte more than the limit, so that an endless file ends too.
fn bounded(from: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    from.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, reason: &str) -> Failure {
    Failure::with(Exit::Unreadable, format!("{}: {reason}", path.display()))
}

fn reason(error: &io::Error, language: Language) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => words!(language, "没有这个文件", "there is no such file"),
        io::ErrorKind::PermissionDenied => {
            words!(
                language,
                "无权读取该文件",
                "the file may not be read by this user"
            )
        }
        io::ErrorKind::IsADirectory => {
            words!(
                language,
                "这是目录，不是文件",
                "this is a folder, not a file"
            )
        }
        _ => words!(language, "无法读取：{error}", "it cannot be read: {error}"),
    }
}
