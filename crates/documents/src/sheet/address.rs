//! Where a cell stands: `F12`.

use std::{fmt, str::FromStr};

/// A cell by row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// From 1.
    pub row: u32,
    /// From 0.
    pub column: u32,
}

/// Rows that a sheet of an office program can have.
const ROWS_MOST: u32 = 1_048_576;

/// Columns that it can have.
const COLUMNS_MOST: u32 = 16_384;

impl Address {
    /// The letters of a column: 0 is A, 26 is AA.
    #[must_use]
    pub fn letters(column: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = Some(column);
        while let Some(one) = rest {
            letters.push(char::from_digit(one % 26 + 10, 36).unwrap_or('?'));
            rest = (one / 26).checked_sub(1);
        }
        letters.iter().rev().map(char::to_ascii_uppercase).collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::letters(self.column), self.row)
    }
}

/// Not the address of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a cell")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_start_matches('$');
        let end = text
            .find(|c: char| !c.is_ascii_alphabetic())
            .ok_or(NoAddress)?;
        let (letters, row) = text.split_at(end);
        let row: u32 = row.trim_start_matches('$').parse().map_err(|_| NoAddress)?;
        let column = letters.chars().try_fold(0_u32, |sum, letter| {
            let digit = letter.to_digit(36)?.checked_sub(9)?;
            sum.checked_mul(26)?.checked_add(digit)
        });
        let column = column.and_then(|one| one.checked_sub(1)).ok_or(NoAddress)?;
        let is_there = (1..=ROWS_MOST).contains(&row) && column < COLUMNS_MOST;
        is_there.then_some(Self { row, column }).ok_or(NoAddress)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_those_of_office_programs() {
        for (text, row, column) in [
            ("A1", 1, 0),
            ("F12", 12, 5),
            ("AA3", 3, 26),
            ("XFD1048576", 1_048_576, 16_383),
        ] {
            let address = Address { row, column };
            assert_eq!(text.parse(), Ok(address));
            assert_eq!(address.to_string(), text);
        }
        for text in [
            "",
            "A",
            "1",
            "A0",
            "XFE1",
            "A1048577",
            "中1",
            "A-1",
            "ZZZZZZZZZZ1",
        ] {
            assert_eq!(text.parse::<Address>(), Err(NoAddress), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_is_read_as_it_is_written(row in 1..=ROWS_MOST, column in 0..COLUMNS_MOST) {
            let address = Address { row, column };
            prop_assert_eq!(address.to_string().parse(), Ok(address));
        }
    }
}
