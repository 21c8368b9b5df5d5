//! Numbers as lists print them (ECMA-376 part 1, 17.18.59).

use std::fmt::Write;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Prints a number in a format by its name in the file; one without a sign for that number, or of
/// an unknown name, prints in figures. Bullets and `none` print nothing.
pub(super) fn format(name: &str, number: u32) -> String {
    let special = match name {
        "bullet" | "none" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => Some(full_width(number)),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "numberInDash" => Some(format!("- {number} -")),
        "lowerRoman" => roman(number).map(|text| text.to_lowercase()),
        "upperRoman" => roman(number),
        "lowerLetter" => letters(number, 'a'),
        "upperLetter" => letters(number, 'A'),
        "chineseCounting" if number < 100 => Some(counting(number)),
        "chineseCounting" | "ideographDigital" | "japaneseDigitalTenThousand" => {
            Some(digit_by_digit(number))
        }
        "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "taiwaneseCounting"
        | "koreanCounting" => Some(counting(number)),
        "japaneseCounting" => Some(japanese(number)),
        "chineseLegalSimplified" | "ideographLegalTraditional" => Some(legal(number)),
        "ideographTraditional" => cycle(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
        _ => None,
    };
    special.unwrap_or_else(|| number.to_string())
}

fn full_width(number: u32) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .filter_map(|byte| char::from_u32(u32::from(byte - b'0') + 0xFF10))
        .collect()
}

/// ① to ⑳, then ㉑ to ㊿, which Unicode keeps elsewhere.
fn circled(number: u32) -> Option<String> {
    match number {
        1..=20 => enclosed(number, '①', 20),
        21..=35 => enclosed(number - 20, '㉑', 15),
        36..=50 => enclosed(number - 35, '㊱', 15),
        _ => None,
    }
}

fn enclosed(number: u32, first: char, count: u32) -> Option<String> {
    let within = (1..=count).contains(&number);
    within
        .then(|| char::from_u32(u32::from(first) + number - 1))
        .flatten()
        .map(String::from)
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

/// a … z, aa, bb … zz, aaa …, up to ten letters.
fn letters(number: u32, first: char) -> Option<String> {
    let (turn, at) = ((number.checked_sub(1)?) / 26, (number - 1) % 26);
    let letter = char::from_u32(u32::from(first) + at)?;
    (turn < 10).then(|| (0..=turn).map(|_| letter).collect())
}

fn cycle(number: u32, signs: &str) -> Option<String> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    signs.chars().nth(at).map(String::from)
}

fn digit(number: u32, signs: &[char; 10]) -> char {
    usize::try_from(number)
        .ok()
        .and_then(|at| signs.get(at).copied())
        .unwrap_or('〇')
}

/// 一〇, 一一, 二〇二五.
fn digit_by_digit(number: u32) -> String {
    number
        .to_string()
        .bytes()
        .map(|byte| digit(u32::from(byte - b'0'), &DIGITS))
        .collect()
}

/// 十, 十一, 二十, 一百零一, 一千零一十, 一万.
fn counting(number: u32) -> String {
    let text = grouped(number, &DIGITS, ["", "十", "百", "千"], '零');
    match text.strip_prefix("一十") {
        Some(rest) if number < 20 => format!("十{rest}"),
        _ => text,
    }
}

/// 壹, 壹拾, 壹拾壹.
fn legal(number: u32) -> String {
    grouped(number, &LEGAL, ["", "拾", "佰", "仟"], '零')
}

/// 十, 百, 百一: like Chinese counting without 零 and without 一 before 十, 百 and 千.
fn japanese(number: u32) -> String {
    if number == 0 {
        return "〇".to_owned();
    }
    if number >= 10_000 {
        return digit_by_digit(number);
    }
    let mut text = String::new();
    for (unit, sign) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let figure = number / unit % 10;
        if figure > 1 || (figure == 1 && unit == 1) {
            text.push(digit(figure, &DIGITS));
        }
        if figure > 0 {
            text.push_str(sign);
        }
    }
    text
}

/// Chinese positional writing below one hundred million; above, in figures.
fn grouped(number: u32, signs: &[char; 10], units: [&str; 4], zero: char) -> String {
    let mut text = String::new();
    if number >= 100_000_000 {
        let _ = write!(text, "{number}");
        return text;
    }
    if number == 0 {
        return digit(0, signs).to_string();
    }
    let (high, low) = (number / 10_000, number % 10_000);
    if high > 0 {
        below_ten_thousand(high, signs, units, zero, &mut text);
        text.push('万');
        if low > 0 && low < 1000 {
            text.push(zero);
        }
    }
    below_ten_thousand(low, signs, units, zero, &mut text);
    text
}

fn below_ten_thousand(
    number: u32,
    signs: &[char; 10],
    units: [&str; 4],
    zero: char,
    text: &mut String,
) {
    let mut gap = false;
    let mut started = false;
    for (unit, sign) in [1000, 100, 10, 1].into_iter().zip(units.into_iter().rev()) {
        let figure = number / unit % 10;
        if figure == 0 {
            gap = started;
            continue;
        }
        if gap {
            text.push(zero);
            gap = false;
        }
        text.push(digit(figure, signs));
        text.push_str(sign);
        started = true;
    }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn numbers_print_as_word_prints_them() {
        let cases = [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCounting", 105, "一〇五"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 30, "三十"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1001, "一千零一"),
            ("chineseCountingThousand", 10_001, "一万零一"),
            ("ideographDigital", 10, "一〇"),
            ("japaneseCounting", 11, "十一"),
            ("japaneseCounting", 101, "百一"),
            ("decimalEnclosedCircle", 1, "①"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedCircle", 50, "㊿"),
            ("decimalEnclosedCircle", 51, "51"),
            ("chineseLegalSimplified", 11, "壹拾壹"),
            ("ideographTraditional", 3, "丙"),
            ("upperRoman", 14, "XIV"),
            ("lowerLetter", 28, "bb"),
            ("decimalFullWidth", 10, "１０"),
            ("bullet", 3, ""),
            ("unheard-of", 3, "3"),
        ];
        for (name, number, printed) in cases {
            assert_eq!(format(name, number), printed, "{name} {number}");
        }
    }
}
