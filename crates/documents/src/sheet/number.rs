//! Numbers of spreadsheets as exact decimals, though files keep them as binary ones.

use rust_decimal::Decimal;

/// Decimal digits that a binary number of a spreadsheet keeps without loss.
pub(crate) const DIGITS_KEPT: usize = 15;

/// A number of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The number that is stored.
    pub value: Decimal,
    /// Whether it is shown in hundredths: 0.15 as 15%.
    pub is_percent: bool,
}

impl Number {
    /// The number as one would type it to see what is shown.
    #[must_use]
    pub fn typed(&self) -> String {
        let hundredfold = self
            .is_percent
            .then(|| self.value.checked_mul(Decimal::ONE_HUNDRED))
            .flatten();
        hundredfold.map_or_else(
            || self.value.normalize().to_string(),
            |shown| format!("{}%", shown.normalize()),
        )
    }

    /// Reads the words of a file.
    ///
    /// Office programs write a binary number with 17 digits, so that 1.1 becomes
    /// `1.1000000000000001`. Where the words are just that, the shortest decimal that is the same
    /// binary number was meant; any other words are taken as they are.
    pub(crate) fn stored(words: &str) -> Option<Decimal> {
        let words = words.trim();
        let said = decimal(words)?;
        let Ok(binary) = words.parse::<f64>() else {
            return Some(said);
        };
        if decimal(&format!("{binary:.16e}")) == Some(said) {
            return decimal(&binary.to_string()).or(Some(said));
        }
        Some(said)
    }

    /// Reads the result of a formula: as many digits as the program that worked it out shows.
    pub(crate) fn computed(words: &str) -> Option<Decimal> {
        let digits = u32::try_from(DIGITS_KEPT).ok()?;
        Some(Self::stored(words)?.round_sf(digits)?.normalize())
    }
}

/// Whether a spreadsheet keeps the decimal as a number without loss.
pub(crate) fn is_kept(value: Decimal) -> bool {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len() <= DIGITS_KEPT
}

fn decimal(words: &str) -> Option<Decimal> {
    let plain = Decimal::from_str_exact(words);
    let value = plain.or_else(|_| Decimal::from_scientific(words)).ok()?;
    Some(value.normalize())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored(words: &str) -> String {
        Number::stored(words).unwrap().to_string()
    }

    #[test]
    fn noise_of_binary_numbers_is_taken_off_and_nothing_else() {
        assert_eq!(stored("1.1000000000000001"), "1.1");
        assert_eq!(stored("0.15"), "0.15");
        assert_eq!(stored("1234567890123456"), "1234567890123456");
        assert_eq!(stored("10000000000000.001"), "10000000000000.001");
        assert_eq!(stored("1.5E3"), "1500");
        assert_eq!(Number::stored("1E400"), None);
        assert_eq!(Number::stored("NaN"), None);
        let third = Number::computed("0.30000000000000004").unwrap();
        assert_eq!(third.to_string(), "0.3");
    }

    #[test]
    fn a_percentage_is_what_is_shown() {
        let value = Number::stored("0.15").unwrap();
        let number = Number {
            value,
            is_percent: true,
        };
        assert_eq!(number.typed(), "15%");
    }

    proptest! {
        #[test]
        fn what_a_spreadsheet_keeps_comes_back(digits in 0_i64..=999_999_999_999_999, places in 0_u32..=4) {
            let value = Decimal::new(digits, places).normalize();
            prop_assert!(is_kept(value));
            let binary: f64 = value.to_string().parse().unwrap();
            for words in [value.to_string(), binary.to_string(), format!("{binary:.16e}")] {
                prop_assert_eq!(Number::stored(&words), Some(value), "{}", words);
            }
        }
    }
}
