//! The number of a supervision notice, as on paper.

use std::{fmt, str::FromStr};

/// 督办〔2025〕3号: the year and the ordinal in it, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeNumber {
    /// The year.
    pub year: i32,
    /// From 1.
    pub ordinal: i32,
}

impl NoticeNumber {
    /// The number in addresses: `2025-3`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}-{}", self.year, self.ordinal)
    }
}

impl fmt::Display for NoticeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "督办〔{}〕{}号", self.year, self.ordinal)
    }
}

/// A text that is no number of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of a notice")]
pub struct NoNoticeNumber;

impl FromStr for NoticeNumber {
    type Err = NoNoticeNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let inner = text.strip_prefix("督办〔");
        let inner = inner.and_then(|rest| rest.strip_suffix('号'));
        let parts = match inner {
            Some(rest) => rest.split_once('〕'),
            None => text.split_once('-'),
        };
        let read = |part: &str| part.parse().ok().filter(|one: &i32| *one > 0);
        parts
            .and_then(|(year, ordinal)| {
                Some(Self {
                    year: read(year)?,
                    ordinal: read(ordinal)?,
                })
            })
            .ok_or(NoNoticeNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back() {
        let number = NoticeNumber {
            year: 2025,
            ordinal: 12,
        };
        assert_eq!(number.to_string(), "督办〔2025〕12号");
        assert_eq!(number.to_string().parse(), Ok(number));
        assert_eq!(number.code().parse(), Ok(number));
        for wrong in ["督办〔2025〕0号", "督办2025-1", "", "2025-", "督办〔x〕1号"] {
            assert_eq!(
                wrong.parse::<NoticeNumber>(),
                Err(NoNoticeNumber),
                "{wrong}"
            );
        }
    }
}
