//! Sentences for errors of the layers below; the catalogue is the gateway's.

use duban_app::{
    change::ChangeError, identity::CreateAccountError, imports::ImportError, seed::SeedError,
};
use duban_domain::error::Coded;
use duban_gateway::{http::client::Language, wording::sentence};
use duban_persistence::StoreError;

use crate::{
    console::{Exit, Failure},
    language::words,
};

/// The sentence of an error that has a code.
pub fn coded(language: Language, error: &impl Coded) -> String {
    sentence(language, error.code(), &error.figures())
}

/// A failure of the database.
pub fn store(language: Language, error: &StoreError) -> Failure {
    Failure::new(words!(
        language,
        "数据库出错：{error}",
        "The database failed: {error}"
    ))
}

/// A failure of a change.
pub fn change(language: Language, error: &ChangeError) -> Failure {
    match error {
        ChangeError::Store(error) => store(language, error),
        ChangeError::Plan(error) => Failure::new(coded(language, error)),
        ChangeError::Invalid {
            path,
            code,
            figures,
        } => Failure::new(format!("{path}: {}", sentence(language, code, figures))),
        ChangeError::Forbidden(error) => {
            let permission = error.permission;
            Failure::new(words!(
                language,
                "该账号没有所需权限 {permission}",
                "The account lacks the permission {permission}",
            ))
        }
        ChangeError::NotFound => Failure::new(words!(
            language,
            "没有该对象，或该账号看不到它",
            "There is no such object, or the account may not see it",
        )),
        ChangeError::Conflict { .. } => Failure::new(words!(
            language,
            "同时有人修改了同一对象，请重试",
            "Somebody changed the same object meanwhile; try again",
        )),
        other => Failure::new(other.to_string()),
    }
}

/// A failure to bring a document in.
pub fn import(language: Language, file: &str, error: &ImportError) -> Failure {
    match error {
        ImportError::Read(error) => Failure::with(
            Exit::Unreadable,
            format!("{file}: {}", coded(language, error)),
        ),
        ImportError::Parse(error) => {
            Failure::with(Exit::NoTask, format!("{file}: {}", coded(language, error)))
        }
        ImportError::YearUnknown => Failure::new(words!(
            language,
            "{file}：无法判断计划年度，请在标题或发文字号中写明年份",
            "{file}: the year of the plan cannot be told; name it in the title or the document number",
        )),
        ImportError::Change(error) => change(language, error),
        other => Failure::new(format!("{file}: {other}")),
    }
}

/// A failure to take a spreadsheet.
pub fn sheet(language: Language, file: &str, error: &ChangeError) -> Failure {
    match error {
        ChangeError::Invalid { code, figures, .. } => {
            let exit = if code.starts_with("DOCUMENT_") {
                Exit::Unreadable
            } else {
                Exit::Failed
            };
            Failure::with(
                exit,
                format!("{file}: {}", sentence(language, code, figures)),
            )
        }
        other => change(language, other),
    }
}

/// A failure to make or change an account.
pub fn account(language: Language, error: &CreateAccountError) -> Failure {
    match error {
        CreateAccountError::Store(error) => store(language, error),
        CreateAccountError::LoginTaken { login } => Failure::new(words!(
            language,
            "账号 {login} 已存在",
            "The login {login} is taken",
        )),
        CreateAccountError::LoginMalformed { login } => Failure::new(words!(
            language,
            "账号 {login:?} 不合规：须为 2 至 64 个字母、数字或 - _ .",
            "The login {login:?} must be 2 to 64 letters, digits, '-', '_' or '.'",
        )),
        CreateAccountError::LoginUnknown { login } => Failure::new(words!(
            language,
            "没有账号 {login}",
            "There is no account {login}",
        )),
        CreateAccountError::DepartmentUnknown { code } => Failure::new(words!(
            language,
            "没有代码为 {code} 的单位；先运行 duban seed，或用 HNAST、XXB、410100 一类代码",
            "No department has the code {code}; run duban seed first, or use a code such as HNAST, XXB, 410100",
        )),
        CreateAccountError::AdministratorsJoined => Failure::new(words!(
            language,
            "系统管理员、安全管理员、审计员不得由一人兼任（三员分立）",
            "One person cannot be two of system, security administrator and auditor",
        )),
        CreateAccountError::Password(error) => Failure::new(coded(language, error)),
        other => Failure::new(other.to_string()),
    }
}

/// A failure to seed.
pub fn seed(language: Language, error: &SeedError) -> Failure {
    match error {
        SeedError::Store(error) => store(language, error),
        SeedError::Account(error) => account(language, error),
        SeedError::Import(error) => import(language, "seeds/plans", error),
        SeedError::Change(error) => change(language, error),
        row @ SeedError::Row { .. } => Failure::new(words!(
            language,
            "种子数据有误：{row}",
            "The seed data is wrong: {row}",
        )),
    }
}
