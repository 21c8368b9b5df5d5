//! Numbers with their measure words and the words of comparison around them.

use std::ops::Range;

use duban_domain::quantity::Comparator;
use rust_decimal::Decimal;

use super::{
    glyphs::Glyphs,
    numerals::{arabic_value, han_power, han_value, is_han_numeral},
    units::{self, Unit},
};

/// A number with its measure word.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of how the number is written"
)]
pub(super) struct Quantity {
    /// From the first word of comparison next to the number to the last behind it.
    pub range: Range<usize>,
    /// The digits, measure word included.
    pub core: Range<usize>,
    /// Where the digits themselves stand.
    pub number: Range<usize>,
    pub value: Decimal,
    /// The upper end of a range (3到5家).
    pub upper: Option<Decimal>,
    /// Measure word as in the text, empty where there is none.
    pub unit: String,
    pub class: Unit,
    /// The strictest comparison that stands next to it; none for a bare count.
    pub comparator: Option<Comparator>,
    /// Written in Chinese figures.
    pub is_han: bool,
    /// A bare 百, 千, 万 for the number (千名).
    pub is_round: bool,
    /// Only 余 or 多 compares it.
    pub is_vague: bool,
    /// For each year (20场/年).
    pub is_yearly: bool,
}

/// Words before a number, longest first.
const BEFORE: &[(&str, Comparator)] = &[
    ("原则上不少于", Comparator::AtLeast),
    ("原则上不低于", Comparator::AtLeast),
    ("不得少于", Comparator::AtLeast),
    ("不得低于", Comparator::AtLeast),
    ("不得超过", Comparator::AtMost),
    ("不得高于", Comparator::AtMost),
    ("不少于", Comparator::AtLeast),
    ("不低于", Comparator::AtLeast),
    ("不小于", Comparator::AtLeast),
    ("不下于", Comparator::AtLeast),
    ("不超过", Comparator::AtMost),
    ("不高于", Comparator::AtMost),
    ("不大于", Comparator::AtMost),
    ("不多于", Comparator::AtMost),
    ("不突破", Comparator::AtMost),
    ("少于", Comparator::AtMost),
    ("低于", Comparator::AtMost),
    ("小于", Comparator::AtMost),
    ("至少", Comparator::AtLeast),
    ("最少", Comparator::AtLeast),
    ("至多", Comparator::AtMost),
    ("最多", Comparator::AtMost),
    ("突破", Comparator::MoreThan),
    ("超过", Comparator::MoreThan),
    ("高于", Comparator::MoreThan),
    ("大于", Comparator::MoreThan),
    ("多于", Comparator::MoreThan),
    ("超出", Comparator::MoreThan),
    ("超", Comparator::MoreThan),
    ("逾", Comparator::MoreThan),
    ("≥", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    (">", Comparator::MoreThan),
    ("＞", Comparator::MoreThan),
    ("达到", Comparator::Reach),
    ("达", Comparator::Reach),
    ("大约", Comparator::About),
    ("约为", Comparator::About),
    ("约", Comparator::About),
    ("接近", Comparator::About),
    ("近", Comparator::About),
    ("稳定在", Comparator::Equal),
    ("保持在", Comparator::Equal),
    ("控制在", Comparator::Equal),
    ("至", Comparator::Equal),
    ("到", Comparator::Equal),
    ("为", Comparator::Equal),
];

/// Words behind a number.
const AFTER: &[(&str, Comparator)] = &[
    ("（含）以上", Comparator::AtLeast),
    ("及以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("之上", Comparator::AtLeast),
    ("及以内", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
    ("及以下", Comparator::AtMost),
    ("以下", Comparator::AtMost),
    ("左右", Comparator::About),
    ("上下", Comparator::About),
    ("余", Comparator::AtLeast),
    ("多", Comparator::AtLeast),
];

/// The stricter of two: 不少于/以上, 超过, 不超过, 左右/约, 达到, 至/为.
fn stricter(one: Option<Comparator>, other: Comparator) -> Comparator {
    let rank = |comparator| match comparator {
        Comparator::AtLeast => 0,
        Comparator::MoreThan => 1,
        Comparator::AtMost => 2,
        Comparator::About => 3,
        Comparator::Reach => 4,
        Comparator::Equal | Comparator::Done => 5,
    };
    one.map_or(
        other,
        |one| if rank(one) <= rank(other) { one } else { other },
    )
}

/// All numbers of a range, in order.
pub(super) fn quantities(text: &Glyphs, range: Range<usize>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match quantity(text, at, range.clone()) {
            Some(one) => {
                at = one.range.end.max(at + 1);
                found.push(one);
            }
            None => at = skip(text, at),
        }
    }
    found
}

/// Past a run of digits or letters that made no number.
fn skip(text: &Glyphs, at: usize) -> usize {
    let one = text.ch(at);
    if !one.is_ascii_digit() && !is_han_numeral(one) {
        return at + 1;
    }
    let mut end = at + 1;
    while text.ch(end).is_ascii_digit() && one.is_ascii_digit()
        || is_han_numeral(text.ch(end)) && is_han_numeral(one)
    {
        end += 1;
    }
    end
}

struct Number {
    end: usize,
    value: Decimal,
    is_han: bool,
    is_round: bool,
    /// 余 or 多 inside: 30余万.
    is_more: bool,
    /// The power written behind the digits: 10 000 in 1.2万.
    power: Decimal,
}

fn number(text: &Glyphs, start: usize, end: usize) -> Option<Number> {
    if text.ch(start).is_ascii_digit() {
        return arabic(text, start, end);
    }
    let is_round = han_power(text.ch(start)).is_some_and(|power| power > 10);
    let stop = (start..end.min(start + 24))
        .find(|&at| !is_han_numeral(text.ch(at)))
        .unwrap_or(end.min(start + 24));
    if stop == start {
        return None;
    }
    let mut value = Decimal::from(han_value(text.fold.get(start..stop)?)?);
    let (mut stop, mut is_more) = (stop, false);
    if matches!(text.ch(stop), '余' | '多') {
        is_more = true;
        stop += 1;
        if let Some(power) = han_power(text.ch(stop)).filter(|power| *power >= 10_000) {
            value = value.checked_mul(Decimal::from(power))?;
            stop += 1;
        }
    }
    let is_round = is_round && stop - start <= 1 + usize::from(is_more);
    Some(Number {
        end: stop,
        value,
        is_han: true,
        is_round,
        is_more,
        power: Decimal::ONE,
    })
}

fn arabic(text: &Glyphs, start: usize, end: usize) -> Option<Number> {
    let mut at = start;
    while at < end {
        let one = text.ch(at);
        let groups = one == ','
            && (1..=3).all(|step| text.ch(at + step).is_ascii_digit())
            && !text.ch(at + 4).is_ascii_digit();
        let spaced = one == ' '
            && text.ch(at + 1).is_ascii_digit()
            && (1..=3).all(|step| text.ch(at + step).is_ascii_digit())
            && !text.ch(at + 4).is_ascii_digit();
        let point = one == '.' && text.ch(at + 1).is_ascii_digit();
        if !(one.is_ascii_digit() || groups || spaced || point) {
            break;
        }
        at += 1;
    }
    let mut value = arabic_value(text.fold.get(start..at)?)?;
    let (mut is_more, mut factor) = (false, Decimal::ONE);
    for _ in 0..4 {
        if matches!(text.ch(at), '余' | '多') && !is_more {
            is_more = true;
            at += 1;
        }
        let Some(power) = han_power(text.ch(at)).filter(|power| *power > 10) else {
            break;
        };
        factor = factor.checked_mul(Decimal::from(power))?;
        value = value.checked_mul(Decimal::from(power))?;
        at += 1;
    }
    Some(Number {
        end: at,
        value,
        is_han: false,
        is_round: false,
        is_more,
        power: factor,
    })
}

fn quantity(text: &Glyphs, start: usize, within: Range<usize>) -> Option<Quantity> {
    let before = text.before(start);
    if start > within.start
        && (before.is_ascii_alphanumeric()
            || matches!(before, '.' | '第' | '#' | '№')
            || is_han_numeral(before))
    {
        return None;
    }
    let (low, percent_words) = match text.word_at(start, &["百分之"]) {
        Some((_, length)) => (number(text, start + length, within.end)?, true),
        None => (number(text, start, within.end)?, false),
    };
    let mut end = low.end;
    let mut unit = units::unit_at(text, end, low.is_han);
    if percent_words {
        unit = Some(units::percent());
    }
    let (mut value, mut upper) = (low.value, None);
    if let Some((high, more)) = range_end(text, end, unit.as_ref(), within.end) {
        value = scaled_low(&low, &high);
        if value >= high.value {
            return None;
        }
        upper = Some(high.value);
        unit = more.or(unit);
        end = high.end;
    }
    let (name, class, length) = match unit {
        Some(unit) => (
            unit.name,
            unit.class,
            if percent_words { 0 } else { unit.length },
        ),
        None => (String::new(), Unit::None, 0),
    };
    let is_yearly = class != Unit::Ratio && text.starts(end + length, "/年");
    let core_end = end + length + if is_yearly { 2 } else { 0 };
    let given = low.is_more.then_some(Comparator::AtLeast);
    let (close, comparator, mut is_vague) =
        words_behind(text, core_end, within.end, (given, low.is_more));
    let (open, comparator) = words_before(text, start, within.start, comparator);
    is_vague &= comparator == Some(Comparator::AtLeast)
        && !text.has_any(open..start, &["不", "至少", "最少"]);
    Some(Quantity {
        range: open..close,
        core: start..core_end,
        number: start..end,
        value,
        upper,
        unit: name,
        class,
        comparator,
        is_han: low.is_han,
        is_round: low.is_round,
        is_vague,
        is_yearly,
    })
}

/// Words of comparison behind a number: where they end, and whether 余 or 多 is the last of them.
fn words_behind(
    text: &Glyphs,
    start: usize,
    limit: usize,
    (mut comparator, mut is_vague): (Option<Comparator>, bool),
) -> (usize, Option<Comparator>, bool) {
    let mut close = start;
    while let Some((word, after)) = AFTER.iter().find(|(word, _)| text.starts(close, word)) {
        // 多元, 多样: other words.
        let is_other = *word == "多"
            && matches!(
                text.ch(close + 1),
                '元' | '样' | '种' | '方' | '层' | '部' | '渠' | '形' | '场'
            );
        let end = close + word.chars().count();
        if is_other || end > limit {
            break;
        }
        comparator = Some(stricter(comparator, *after));
        is_vague = matches!(*word, "余" | "多");
        close = end;
        if close - start > 6 {
            break;
        }
    }
    (close, comparator, is_vague)
}

/// 3-5万, 1-1.2亿: the power behind the upper end holds for the lower as well.
fn scaled_low(low: &Number, high: &Number) -> Decimal {
    let shares = low.power == Decimal::ONE && high.power > Decimal::ONE && !low.is_han;
    let scaled = low.value.checked_mul(high.power).filter(|_| shares);
    scaled
        .filter(|scaled| *scaled < high.value)
        .unwrap_or(low.value)
}

/// The upper end of a range behind its lower end: 3到5家, 8%—10%, 3家至5家.
fn range_end(
    text: &Glyphs,
    end: usize,
    unit: Option<&units::Found>,
    limit: usize,
) -> Option<(Number, Option<units::Found>)> {
    let mut at = end + unit.map_or(0, |unit| unit.length);
    let mark = text.ch(at);
    if !matches!(
        mark,
        '-' | '~' | '～' | '—' | '–' | '－' | '至' | '到' | '―'
    ) {
        return None;
    }
    at += 1;
    if text.ch(at) == mark {
        at += 1;
    }
    if !text.ch(at).is_ascii_digit() && !is_han_numeral(text.ch(at)) {
        return None;
    }
    let high = number(text, at, limit)?;
    if high.is_round {
        return None;
    }
    let more = units::unit_at(text, high.end, high.is_han);
    let same = match (unit, &more) {
        (Some(one), Some(other)) => one.name == other.name,
        (None, Some(_)) => true,
        _ => false,
    };
    same.then_some((high, more))
}

/// Words of comparison that stand before a number, back to the first other word.
fn words_before(
    text: &Glyphs,
    start: usize,
    from: usize,
    mut comparator: Option<Comparator>,
) -> (usize, Option<Comparator>) {
    let mut open = start;
    for _ in 0..4 {
        let Some((word, before)) = BEFORE
            .iter()
            .find(|(word, _)| text.ends(open, word) && open >= from + word.chars().count())
        else {
            break;
        };
        let at = open - word.chars().count();
        let inside = (*word == "近" && matches!(text.before(at), '最' | '附' | '接' | '临'))
            || (*word == "超" && matches!(text.before(at), '赶' | '反'))
            || (*word == "约"
                && matches!(
                    text.before(at),
                    '预' | '节' | '签' | '集' | '公' | '合' | '履' | '违'
                ))
            || (*word == "为" && matches!(text.before(at), '作' | '成' | '认' | '分' | '划'))
            || (*word == "到" && matches!(text.before(at), '签' | '报' | '收' | '找' | '感'));
        if inside {
            break;
        }
        comparator = Some(stricter(comparator, *before));
        open = at;
    }
    (open, comparator)
}
