//! Figures as people type them into a cell: read exactly, or refused; never guessed.

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use super::{Figure, FigureError};
use crate::error::Coded;

/// What a cell says where a figure is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Nothing was said; neither zero nor "does not apply".
    Nothing(Nothing),
    /// 不适用: the metric does not apply.
    NotApplicable,
    /// A figure, zero included.
    Figure(Figure),
}

/// How nothing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {
    /// An empty cell.
    Blank,
    /// 无, a dash or a slash: worth a word to the reader that zero is written as 0.
    Mark,
}

/// Why a text is no figure that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TypedError {
    /// About, over or under a figure (约, 余, 左右, 以上): an exact one is asked for.
    #[error("not an exact figure: {text:?}")]
    Approximate {
        /// The text as given, cut to 40 characters.
        text: String,
    },
    /// Scientific notation.
    #[error("a figure with an exponent: {text:?}")]
    Exponent {
        /// The text as given, cut to 40 characters.
        text: String,
    },
    /// Separators that do not part thousands.
    #[error("separators do not part thousands: {text:?}")]
    Grouping {
        /// The text as given, cut to 40 characters.
        text: String,
    },
    /// A unit or multiplier after the figure that is not, or may not be, the metric's.
    #[error("{found:?} after the figure, where the unit is {unit:?}")]
    UnitDiffers {
        /// What stands after the figure, cut to 40 characters.
        found: String,
        /// The unit of the metric.
        unit: String,
    },
    /// No figure, or one outside the limits.
    #[error(transparent)]
    Figure(#[from] FigureError),
}

impl Coded for TypedError {
    fn code(&self) -> &'static str {
        match self {
            Self::Approximate { .. } => "FIGURE_APPROXIMATE",
            Self::Exponent { .. } => "FIGURE_EXPONENT",
            Self::Grouping { .. } => "FIGURE_GROUPING",
            Self::UnitDiffers { .. } => "FIGURE_UNIT_DIFFERS",
            Self::Figure(error) => error.code(),
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Approximate { text } | Self::Exponent { text } | Self::Grouping { text } => {
                vec![("value", text.clone())]
            }
            Self::UnitDiffers { found, unit } => {
                vec![("found", found.clone()), ("unit", unit.clone())]
            }
            Self::Figure(error) => error.figures(),
        }
    }
}

const ZEROS: &[&str] = &["零", "〇", "零报告"];
const MARKS: &[&str] = &[
    "无", "—", "——", "-", "--", "–", "―", "/", "\\", "暂无", "未报",
];
const NOT_APPLICABLE: &[&str] = &["不适用", "n/a", "not applicable"];

/// Words before a figure that make it inexact.
const BEFORE: &[&str] = &[
    "大约",
    "约",
    "近",
    "将近",
    "超过",
    "超",
    "逾",
    "突破",
    "不到",
    "不足",
    "至少",
    "不少于",
    "最多",
    "几",
    "数",
    "~",
    "≈",
    ">",
    "<",
    "≥",
    "≤",
];

/// Words after a figure that make it inexact.
const AFTER: &[&str] = &[
    "余", "多", "左右", "上下", "以上", "以下", "以内", "来", "几", "+",
];

/// Multipliers with their power of ten, longest first.
const MULTIPLIERS: &[(&str, u32)] = &[
    ("万亿", 12),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];

/// Reads what was typed where a figure in `unit` is asked for.
///
/// Digits, separators and signs may be full width; thousands may be parted by commas; 万 and 亿 and
/// their like multiply; the unit may follow when it is the metric's own. 零 is zero; blank, 无 and a
/// dash say nothing. `15%` is 15 where the unit is `%`.
///
/// # Errors
///
/// [`TypedError`] for all that is inexact, ambiguous, in another unit, or no figure.
pub fn read(text: &str, unit: &str) -> Result<Typed, TypedError> {
    let (plain, unit) = (fold(text), fold(unit));
    let plain = plain.trim();
    if plain.is_empty() {
        return Ok(Typed::Nothing(Nothing::Blank));
    }
    if MARKS.contains(&plain) {
        return Ok(Typed::Nothing(Nothing::Mark));
    }
    if NOT_APPLICABLE.contains(&plain.to_ascii_lowercase().as_str()) {
        return Ok(Typed::NotApplicable);
    }
    if ZEROS.contains(&plain) || ZEROS.contains(&without_unit(plain, unit.trim())) {
        return Ok(Typed::Figure(Figure::ZERO));
    }
    number(plain, unit.trim()).map(Typed::Figure)
}

/// A figure as it is written for [`read`]: plain digits, exactly.
#[must_use]
pub fn write(figure: Figure) -> String {
    figure.to_string()
}

fn number(text: &str, unit: &str) -> Result<Figure, TypedError> {
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    if BEFORE.iter().any(|word| rest.starts_with(word)) {
        return Err(TypedError::Approximate { text: cut(text) });
    }
    let end = rest
        .find(|c: char| !matches!(c, '0'..='9' | ',' | '.'))
        .unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let rest = rest.trim();
    let digits = ungrouped(digits, text)?;
    if is_exponent(rest) {
        return Err(TypedError::Exponent { text: cut(text) });
    }
    let power = power_of(rest, unit, text)?;
    let value = Decimal::from_str_exact(&format!("{sign}{digits}"))
        .map_err(|_| beyond_decimals(&digits, text))?;
    let value = 10_i64
        .checked_pow(power)
        .and_then(|factor| value.checked_mul(Decimal::from(factor)))
        .ok_or_else(|| FigureError::TooLarge { text: cut(text) })?;
    Ok(Figure::try_new(value)?)
}

/// Why digits do not fit a decimal of 28 places.
fn beyond_decimals(digits: &str, text: &str) -> FigureError {
    let text = cut(text);
    let whole = digits.split('.').next().unwrap_or_default();
    if whole.trim_start_matches('0').len() > 15 {
        FigureError::TooLarge { text }
    } else {
        FigureError::TooPrecise { text }
    }
}

/// The digits without separators of thousands.
fn ungrouped(digits: &str, text: &str) -> Result<String, TypedError> {
    let unread = || TypedError::from(FigureError::NotANumber { text: cut(text) });
    let (whole, places) = match digits.split_once('.') {
        Some((whole, places)) => (whole, Some(places)),
        None => (digits, None),
    };
    let is_digits = |one: &str| !one.is_empty() && one.bytes().all(|byte| byte.is_ascii_digit());
    if places.is_some_and(|places| !is_digits(places)) {
        return Err(unread());
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let joined = groups.concat();
    if !is_digits(&joined) {
        return Err(unread());
    }
    if let [first, later @ ..] = groups.as_slice()
        && !later.is_empty()
        && (!(1..=3).contains(&first.len()) || later.iter().any(|group| group.len() != 3))
    {
        return Err(TypedError::Grouping { text: cut(text) });
    }
    Ok(places.map_or(joined.clone(), |places| format!("{joined}.{places}")))
}

/// `e3`, `E+03`: what follows the digits of a scientific number.
fn is_exponent(rest: &str) -> bool {
    let Some(power) = rest.strip_prefix(['e', 'E']) else {
        return false;
    };
    let power = power.trim_start_matches(['+', '-']);
    !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
}

/// The power of ten that stands between the digits and the unit.
///
/// Where the unit itself begins with a multiplier (万元), a bare 万 may mean either and is refused.
fn power_of(rest: &str, unit: &str, text: &str) -> Result<u32, TypedError> {
    if rest.is_empty() || rest == unit {
        return Ok(0);
    }
    let bare = without_unit(rest, unit);
    if AFTER.iter().any(|word| bare.contains(word)) {
        return Err(TypedError::Approximate { text: cut(text) });
    }
    let is_multiplied = MULTIPLIERS.iter().any(|(word, _)| unit.starts_with(word));
    let found = MULTIPLIERS.iter().find(|(word, _)| bare == *word);
    match found {
        Some((_, power)) if !is_multiplied => Ok(*power),
        _ => Err(TypedError::UnitDiffers {
            found: cut(rest),
            unit: unit.to_owned(),
        }),
    }
}

fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    if unit.is_empty() {
        return text;
    }
    text.strip_suffix(unit).map_or(text, str::trim_end)
}

/// Full-width forms as ASCII, wide and fixed blanks as a blank, the minus of typesetters as a hyphen.
///
/// Nothing else is folded: under NFKC `5²` would become another number.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c)
                .checked_sub(0xfee0)
                .and_then(char::from_u32)
                .unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2007}' => ' ',
            '\u{2212}' => '-',
            _ => c,
        })
        .collect()
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
