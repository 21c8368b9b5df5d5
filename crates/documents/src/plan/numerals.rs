//! Chinese and Arabic numerals.

use rust_decimal::Decimal;

/// Value of a Chinese digit, 两 included.
pub(super) fn han_digit(one: char) -> Option<u64> {
    Some(match one {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Value of a Chinese power of ten.
pub(super) fn han_power(one: char) -> Option<u64> {
    Some(match one {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Whether the character may stand in a Chinese numeral.
pub(super) fn is_han_numeral(one: char) -> bool {
    han_digit(one).is_some() || han_power(one).is_some()
}

/// Reads a Chinese numeral: 三十二, 一百零五, 两千, 二〇二五, 百 (100), 万 (10 000).
pub(super) fn han_value(numeral: &[char]) -> Option<u64> {
    if numeral.is_empty() || numeral.len() > 24 {
        return None;
    }
    if numeral.len() > 1 && numeral.iter().all(|&one| han_digit(one).is_some()) {
        return digits_value(numeral);
    }
    let mut sum = Sum::default();
    for &one in numeral {
        match han_digit(one) {
            Some(value) => sum.digit(value)?,
            None => sum.power(han_power(one)?)?,
        }
    }
    sum.total()
}

/// A Chinese numeral read from the left.
#[derive(Default)]
struct Sum {
    /// What 亿 closed.
    hundred_millions: u64,
    /// What 万 closed.
    ten_thousands: u64,
    /// Below the next 万 or 亿.
    section: u64,
    digit: Option<u64>,
    /// The power read last within the section.
    last_power: Option<u64>,
    after_zero: bool,
}

impl Sum {
    fn digit(&mut self, value: u64) -> Option<()> {
        if self.digit.is_some_and(|known| known != 0) {
            return None;
        }
        self.after_zero |= value == 0;
        self.digit = Some(value);
        Some(())
    }

    fn power(&mut self, power: u64) -> Option<()> {
        let digit = self.digit.take().filter(|value| *value > 0);
        if power < 10_000 {
            if self.last_power.is_some_and(|last| power >= last) {
                return None;
            }
            self.section += digit.unwrap_or(1) * power;
            self.last_power = Some(power);
            self.after_zero = false;
            return Some(());
        }
        let mut part = self.section + digit.unwrap_or(0);
        if power == 10_000 {
            if self.ten_thousands > 0 {
                return None;
            }
            self.ten_thousands = part.max(1) * power;
        } else {
            if self.hundred_millions > 0 {
                return None;
            }
            part += std::mem::take(&mut self.ten_thousands);
            self.hundred_millions = part.max(1).checked_mul(power)?;
        }
        self.section = 0;
        self.last_power = None;
        self.after_zero = false;
        Some(())
    }

    fn total(&self) -> Option<u64> {
        let digit = self.digit.unwrap_or(0);
        // 一百二 and 一万五 leave out the power: spoken, and not the sum of their parts.
        let spoken = digit > 0
            && !self.after_zero
            && (self.last_power.is_some_and(|power| power >= 100)
                || self.last_power.is_none() && self.ten_thousands + self.hundred_millions > 0);
        (!spoken).then(|| self.hundred_millions + self.ten_thousands + self.section + digit)
    }
}

/// Digits read one by one: 二〇二五.
fn digits_value(numeral: &[char]) -> Option<u64> {
    numeral.iter().try_fold(0_u64, |value, &one| {
        value.checked_mul(10)?.checked_add(han_digit(one)?)
    })
}

/// Reads Arabic digits with a decimal point and thousands separators.
pub(super) fn arabic_value(digits: &[char]) -> Option<Decimal> {
    let plain: String = digits
        .iter()
        .filter(|one| one.is_ascii_digit() || **one == '.')
        .collect();
    if plain.len() > 18 {
        return None;
    }
    Decimal::from_str_exact(plain.trim_end_matches('.')).ok()
}

/// The small number that digits spell.
pub(super) fn small_number(digits: &[char]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    digits
        .iter()
        .try_fold(0, |value: u32, one| Some(value * 10 + one.to_digit(10)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn han(text: &str) -> Option<u64> {
        han_value(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn chinese_numerals_are_read() {
        for (text, value) in [
            ("十", 10),
            ("三十二", 32),
            ("一百零五", 105),
            ("两千", 2_000),
            ("千", 1_000),
            ("万", 10_000),
            ("三万五千", 35_000),
            ("二〇二五", 2_025),
            ("一亿二千万", 120_000_000),
            ("二十万", 200_000),
            ("三百万", 3_000_000),
            ("一万零五", 10_005),
            ("两万亿", 2_000_000_000_000),
            ("三亿五千二百万零八", 352_000_008),
        ] {
            assert_eq!(han(text), Some(value), "{text}");
        }
        for text in ["十百千", "一百二", "三万五", "二二十", "万万", "亿亿"] {
            assert_eq!(han(text), None, "{text}");
        }
    }

    /// Writes a number in Chinese figures, as a second opinion.
    fn written(number: u64) -> String {
        let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
        let section = |section: u64| {
            let mut text = String::new();
            let mut gap = false;
            for (power, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
                let digit = section / power % 10;
                if digit == 0 {
                    gap = !text.is_empty();
                    continue;
                }
                if gap {
                    text.push('零');
                    gap = false;
                }
                text.extend(digits.get(usize::try_from(digit).unwrap()));
                text.push_str(name);
            }
            text
        };
        let mut text = String::new();
        for (power, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
            let part = number / power % 10_000;
            if part == 0 {
                continue;
            }
            if !text.is_empty() && part < 1_000 {
                text.push('零');
            }
            text.push_str(&section(part));
            text.push_str(name);
        }
        text
    }

    proptest::proptest! {
        #[test]
        fn chinese_numerals_come_back(number in 1_u64..1_000_000_000_000) {
            proptest::prop_assert_eq!(han(&written(number)), Some(number));
        }

        #[test]
        fn any_numeral_is_read_or_refused(text in "[零〇一二两三四五六七八九十百千万亿]{1,20}") {
            han(&text);
        }

        #[test]
        fn arabic_numbers_come_back(whole in 0_u32..100_000_000, part in 0_u32..10_000) {
            let text = format!("{whole}.{part:04}");
            let read = arabic_value(&text.chars().collect::<Vec<_>>());
            proptest::prop_assert_eq!(read, Decimal::from_str_exact(&text).ok());
        }
    }
}
