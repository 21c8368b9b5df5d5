//! The language in which the command line speaks.

use std::ffi::OsString;

use clap::{ValueEnum, builder::PossibleValue};
use duban_gateway::http::client::Language;

/// `--language`: zh or en.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageArg(pub Language);

impl ValueEnum for LanguageArg {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Language::Chinese), Self(Language::English)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            Language::Chinese => PossibleValue::new("zh").help("Chinese").alias("zh-CN"),
            Language::English => PossibleValue::new("en").help("English"),
        })
    }
}

/// The language of the environment: Chinese, unless the locale names another language.
///
/// Looks at `LC_ALL`, `LC_MESSAGES` and `LANG` in that order, as POSIX has it; `C` and `POSIX`
/// name no language.
pub fn of_environment() -> Language {
    let first = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    first.map_or(Language::Chinese, |locale| of_locale(&locale))
}

fn of_locale(locale: &OsString) -> Language {
    let locale = locale.to_string_lossy();
    let name = locale
        .split(['_', '-', '.', '@'])
        .next()
        .unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "" | "c" | "posix" | "zh" => Language::Chinese,
        _ => Language::English,
    }
}

/// A sentence in the language of the caller; both are format strings over the names in scope.
macro_rules! words {
    ($language:expr, $chinese:literal, $english:literal $(,)?) => {
        match $language {
            ::duban_gateway::http::client::Language::Chinese => format!($chinese),
            ::duban_gateway::http::client::Language::English => format!($english),
        }
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_speaks_english_only_when_it_names_a_language_other_than_chinese() {
        for (locale, language) in [
            ("zh_CN.UTF-8", Language::Chinese),
            ("C.UTF-8", Language::Chinese),
            ("POSIX", Language::Chinese),
            ("en_US.UTF-8", Language::English),
            ("de", Language::English),
        ] {
            assert_eq!(of_locale(&locale.into()), language, "{locale}");
        }
    }
}
