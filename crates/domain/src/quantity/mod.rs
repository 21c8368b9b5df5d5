//! Exact figures and how they compare with a target.

pub mod typed;

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::Coded;

/// Decimal places that a figure may have; also the scale at which it is stored.
pub const FIGURE_SCALE: u32 = 4;

/// The largest whole figure: what fits a 64-bit integer at scale [`FIGURE_SCALE`], rounded down.
const FIGURE_LIMIT: i64 = 900_000_000_000_000;

/// An exact figure with at most four decimal places and a size of at most 9·10^14.
///
/// Stored as a 64-bit integer scaled by 10^4, because one of the two databases reads decimals
/// through floating point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Figure(Decimal);

/// Why a text or number is no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FigureError {
    /// Not a decimal number.
    #[error("not a decimal number: {text:?}")]
    NotANumber {
        /// The text as given, cut to 40 characters.
        text: String,
    },
    /// More than four decimal places.
    #[error("more than {FIGURE_SCALE} decimal places: {text}")]
    TooPrecise {
        /// The number as given.
        text: String,
    },
    /// Larger than 9·10^14 in size.
    #[error("too large: {text}")]
    TooLarge {
        /// The number as given.
        text: String,
    },
}

impl Coded for FigureError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotANumber { .. } => "FIGURE_NOT_A_NUMBER",
            Self::TooPrecise { .. } => "FIGURE_TOO_PRECISE",
            Self::TooLarge { .. } => "FIGURE_TOO_LARGE",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotANumber { text } | Self::TooPrecise { text } | Self::TooLarge { text } => {
                vec![("value", text.clone())]
            }
        }
    }
}

impl Figure {
    /// Nothing of it.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Takes a decimal that keeps the limits.
    ///
    /// # Errors
    ///
    /// [`FigureError`] when it has more than four places or is too large.
    pub fn try_new(value: Decimal) -> Result<Self, FigureError> {
        let value = value.normalize();
        if value.scale() > FIGURE_SCALE {
            return Err(FigureError::TooPrecise {
                text: value.to_string(),
            });
        }
        if !Self::is_small_enough(value) {
            return Err(FigureError::TooLarge {
                text: value.to_string(),
            });
        }
        Ok(Self(value))
    }

    /// Whether a decimal is within the size of a figure, however precise it is.
    #[must_use]
    pub fn is_small_enough(value: Decimal) -> bool {
        value.abs() <= Decimal::from(FIGURE_LIMIT)
    }

    /// The figure as a decimal without trailing zeros.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The figure times 10^4, as stored.
    ///
    /// The limits of the type keep it inside 64 bits.
    pub fn scaled(self) -> i64 {
        let mut value = self.0;
        value.rescale(FIGURE_SCALE);
        i64::try_from(value.mantissa()).unwrap_or(i64::MAX)
    }

    /// Reads a stored figure back.
    ///
    /// # Errors
    ///
    /// [`FigureError::TooLarge`] when the stored integer is outside the limits of the type.
    pub fn from_scaled(scaled: i64) -> Result<Self, FigureError> {
        Self::try_new(Decimal::new(scaled, FIGURE_SCALE))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl FromStr for Figure {
    type Err = FigureError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = Decimal::from_str_exact(text.trim()).map_err(|_| FigureError::NotANumber {
            text: text.chars().take(40).collect(),
        })?;
        Self::try_new(number)
    }
}

impl TryFrom<String> for Figure {
    type Error = FigureError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Figure> for String {
    fn from(figure: Figure) -> Self {
        figure.to_string()
    }
}

/// How a result is compared with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Comparator {
    /// 以上, 不少于, 不低于, 至少.
    AtLeast,
    /// 超过, 突破, 高于.
    MoreThan,
    /// 不超过, 以内, 控制在…以下.
    AtMost,
    /// 至, 为, or a bare count.
    Equal,
    /// 达到, 达.
    Reach,
    /// 左右, 约.
    About,
    /// A yes/no result without a number.
    Done,
}

impl Comparator {
    /// All comparators, in the order of the glossary.
    pub const ALL: [Self; 7] = [
        Self::AtLeast,
        Self::MoreThan,
        Self::AtMost,
        Self::Equal,
        Self::Reach,
        Self::About,
        Self::Done,
    ];

    /// The name in code, API and database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtLeast => "AT_LEAST",
            Self::MoreThan => "MORE_THAN",
            Self::AtMost => "AT_MOST",
            Self::Equal => "EQUAL",
            Self::Reach => "REACH",
            Self::About => "ABOUT",
            Self::Done => "DONE",
        }
    }

    /// The comparator of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}
