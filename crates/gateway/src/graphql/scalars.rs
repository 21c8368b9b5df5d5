//! Scalars of this API: dates, instants, exact decimals.

use std::borrow::Cow;

use async_graphql::{
    InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value, registry::Registry,
};
use duban_domain::{
    period::YEARS,
    quantity::{Figure, FigureError},
};
use time::{
    OffsetDateTime, UtcOffset,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The extension of an error that names the sentence saying how a scalar is written.
pub const SENTENCE: &str = "sentence";

/// A value that is no such scalar; the code names a sentence for the reader.
fn mistyped<T: InputType>(code: &'static str, words: &'static str) -> InputValueError<T> {
    InputValueError::custom(words).with_extension(SENTENCE, code)
}

/// The day that a text names, in [`YEARS`]: what is reckoned from it stays a day.
pub fn day_of(text: &str) -> Option<time::Date> {
    let day = time::Date::parse(text, DAY).ok();
    day.filter(|day| YEARS.contains(&day.year()))
}

/// A calendar day, `2025-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub time::Date);

/// A calendar day in ISO 8601, `2025-06-30`, of the years 1949 to 2199.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => day_of(text)
                .map(Self)
                .ok_or_else(|| mistyped("SCALAR_DATE", "not a day such as 2025-06-30")),
            _ => Err(mistyped("SCALAR_DATE", "not a day such as 2025-06-30")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format(DAY).unwrap_or_default())
    }
}

/// An instant with its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub OffsetDateTime);

/// An instant in RFC 3339 with its zone, `2025-03-17T01:30:00Z`, of the years 1949 to 2199.
#[Scalar(name = "DateTime")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => OffsetDateTime::parse(text, &Rfc3339)
                .ok()
                .and_then(|at| at.checked_to_offset(UtcOffset::UTC))
                .filter(|at| YEARS.contains(&at.year()))
                .map(Self)
                .ok_or_else(|| {
                    mistyped("SCALAR_DATE_TIME", "not an instant in RFC 3339 with a zone")
                }),
            _ => Err(mistyped(
                "SCALAR_DATE_TIME",
                "not an instant in RFC 3339 with a zone",
            )),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(
            self.0
                .to_offset(UtcOffset::UTC)
                .format(&Rfc3339)
                .unwrap_or_default(),
        )
    }
}

/// A reporting period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period(pub duban_domain::period::Period);

/// A month, quarter or year by its code: `2025-03`, `2025Q1`, `2025`.
#[Scalar(name = "Period")]
impl ScalarType for Period {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text
                .parse()
                .map(Self)
                .map_err(|_| mistyped("SCALAR_PERIOD", "not a period such as 2025-03")),
            _ => Err(mistyped("SCALAR_PERIOD", "not a period such as 2025-03")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An exact figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal(pub Figure);

/// An exact decimal as a string, at most four places: `"10000"`, `"15.5"`. Never a float.
#[Scalar(name = "Decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let read = |text: &str| {
            text.parse()
                .map(Self)
                .map_err(|_| mistyped("SCALAR_DECIMAL", "not a decimal of at most four places"))
        };
        match &value {
            Value::String(text) => read(text),
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                read(&number.to_string())
            }
            _ => Err(mistyped(
                "SCALAR_DECIMAL",
                "not a decimal of at most four places",
            )),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A decimal as it was sent, for rows that are refused one by one: in the schema a `Decimal`, but one that
/// cannot be read fails no other row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecimalAsSent(pub Result<Figure, FigureError>);

impl InputType for DecimalAsSent {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <Decimal as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Decimal as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(number) if !number.is_f64() => number.to_string(),
            // No float is taken for a figure, whatever it reads like.
            other => {
                let text = other.to_string().chars().take(40).collect();
                return Ok(Self(Err(FigureError::NotANumber { text })));
            }
        };
        Ok(Self(text.parse()))
    }

    fn to_value(&self) -> Value {
        match &self.0 {
            Ok(figure) => Value::String(figure.to_string()),
            Err(_) => Value::Null,
        }
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}
