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
    if numeral.is_empty() || numeral.len() > 16 {
        return None;
    }
    if numeral.len() > 1 && numeral.iter().all(|&one| han_digit(one).is_some()) {
        return digits_value(numeral);
    }
    let (mut total, mut section, mut digit): (u64, u64, Option<u64>) = (0, 0, None);
    let mut last_power = u64::MAX;
    for &one in numeral {
        if let Some(value) = han_digit(one) {
            if digit.is_some_and(|known| known != 0) {
                return None;
            }
            digit = Some(value);
            continue;
        }
        let power = han_power(one)?;
        if power >= 10_000 {
            let part = section + digit.unwrap_or(0);
            let part = if part == 0 && total == 0 { 1 } else { part };
            total = (total + part).checked_mul(power)?;
            section = 0;
            last_power = u64::MAX;
        } else {
            if power >= last_power {
                return None;
            }
            last_power = power;
            section += digit.filter(|value| *value > 0).unwrap_or(1) * power;
        }
        digit = None;
    }
    Some(total + section + digit.unwrap_or(0))
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
        ] {
            assert_eq!(han(text), Some(value), "{text}");
        }
        assert_eq!(han("十百千"), None);
    }
}
