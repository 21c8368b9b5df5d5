//! What people type, and what is made of it.

use proptest::prelude::*;

use super::*;

fn figure(text: &str) -> Figure {
    text.parse().unwrap()
}

fn code(text: &str, unit: &str) -> &'static str {
    read(text, unit).unwrap_err().code()
}

#[test]
fn figures_are_read_as_people_type_them() {
    for (text, unit, meant) in [
        ("1,234", "场", "1234"),
        ("1，234", "场", "1234"),
        ("１２３４", "场", "1234"),
        (" 1234场 ", "场", "1234"),
        ("1.2万", "人次", "12000"),
        ("1.2 万人次", "人次", "12000"),
        ("3 亿", "元", "300000000"),
        ("３．５万", "", "35000"),
        ("3万元", "万元", "3"),
        ("15%", "%", "15"),
        ("１５．２５％", "％", "15.25"),
        ("-3", "场", "-3"),
        ("−3", "场", "-3"),
        ("0", "场", "0"),
        ("零", "场", "0"),
        ("零场", "场", "0"),
        ("0.0001", "", "0.0001"),
    ] {
        assert_eq!(read(text, unit), Ok(Typed::Figure(figure(meant))), "{text}");
    }
}

#[test]
fn nothing_said_is_neither_zero_nor_not_applicable() {
    for text in ["", "  ", "　"] {
        assert_eq!(read(text, "场"), Ok(Typed::Nothing(Nothing::Blank)));
    }
    for text in ["无", "—", "－", "/", " —— "] {
        assert_eq!(
            read(text, "场"),
            Ok(Typed::Nothing(Nothing::Mark)),
            "{text}"
        );
    }
    for text in ["不适用", "N/A", "n/a"] {
        assert_eq!(read(text, "场"), Ok(Typed::NotApplicable), "{text}");
    }
}

#[test]
fn what_is_inexact_ambiguous_or_of_another_unit_is_refused_by_its_own_code() {
    for text in [
        "约 30",
        "约30场",
        "30余",
        "30余场",
        "30多场",
        "30+",
        "近百",
        "超过5",
        "5以上",
        ">5",
        "1.2万余",
        "几十",
    ] {
        assert_eq!(code(text, "场"), "FIGURE_APPROXIMATE", "{text}");
    }
    for text in ["1e3", "1E+03", "１ｅ３"] {
        assert_eq!(code(text, "场"), "FIGURE_EXPONENT", "{text}");
    }
    for text in ["1,2345", "12,34", "1,23", ",123", "1234,567"] {
        assert_eq!(code(text, "场"), "FIGURE_GROUPING", "{text}");
    }
    for (text, unit) in [
        ("30家", "场"),
        ("15%", "人次"),
        ("3万", "万元"),
        ("3亿元", "万元"),
        ("3元", "万元"),
        ("3亿2000万", ""),
        ("1 234", ""),
    ] {
        assert_eq!(code(text, unit), "FIGURE_UNIT_DIFFERS", "{text}");
    }
    for text in [
        "三百", "①", ".5", "5.", "1.2.3", "场", "--5", "3..5", "+5", "=1+1",
    ] {
        assert_eq!(code(text, "场"), "FIGURE_NOT_A_NUMBER", "{text}");
    }
    assert_eq!(code("5²", ""), "FIGURE_UNIT_DIFFERS");
    assert_eq!(code("1.00001", ""), "FIGURE_TOO_PRECISE");
    assert_eq!(
        code("0.00000000000000000000000000000001", ""),
        "FIGURE_TOO_PRECISE"
    );
    assert_eq!(
        code("99999999999999999999999999999999", ""),
        "FIGURE_TOO_LARGE"
    );
    assert_eq!(code("9999999999999万亿", ""), "FIGURE_TOO_LARGE");
}

/// The figure with its thousands parted.
fn grouped(figure: Figure) -> String {
    let plain = figure.to_string();
    let (sign, plain) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, places) = plain
        .split_once('.')
        .map_or((plain, None), |(a, b)| (a, Some(b)));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits
        .rchunks(3)
        .rev()
        .map(|one| one.iter().collect())
        .collect();
    let whole = groups.join(",");
    let places = places.map(|one| format!(".{one}")).unwrap_or_default();
    format!("{sign}{whole}{places}")
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            _ => c,
        })
        .collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read_again_in_any_dress(
        scaled in -9_000_000_000_000_000_000_i64..=9_000_000_000_000_000_000,
        unit in prop::sample::select(vec!["", "场", "人次", "%", "万元"]),
    ) {
        let figure = Figure::from_scaled(scaled).unwrap();
        for text in [write(figure), grouped(figure), wide(&grouped(figure))] {
            prop_assert_eq!(read(&text, unit), Ok(Typed::Figure(figure)));
            prop_assert_eq!(read(&format!(" {text} {unit}"), unit), Ok(Typed::Figure(figure)));
        }
    }

    #[test]
    fn ten_thousands_multiply_exactly(scaled in -9_000_000_000_000_i64..=9_000_000_000_000) {
        let counted = Decimal::new(scaled, 4);
        let meant = Figure::try_new(counted * Decimal::from(10_000)).unwrap();
        prop_assert_eq!(read(&format!("{counted}万"), "人次"), Ok(Typed::Figure(meant)));
    }

    #[test]
    fn no_text_becomes_a_number_that_its_digits_do_not_say(text in "[0-9,，.．一①²eE+ 万%余约场-]{0,8}") {
        if let Ok(Typed::Figure(figure)) = read(&text, "场") {
            let digits: String = fold(&text).chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            let said = Decimal::from_str_exact(&digits).unwrap().normalize();
            let factor = if text.contains('万') { 10_000 } else { 1 };
            prop_assert_eq!(figure.decimal().abs(), (said * Decimal::from(factor)).normalize());
        }
    }
}
