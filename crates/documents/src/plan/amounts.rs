//! Ratios, sums of money and numbers without a measure word: which of them are targets.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    context::Scene,
    glyphs::Glyphs,
    governing::{Governing, continues, governing},
    nouns::THINGS_OF_SIZE,
    quantities::Quantity,
    units::Unit,
    verdict::{Verdict, doubt_if, is_strong},
    words::{BUDGETS, EARNINGS, GROWTH, RATES},
};

/// 90%, 3个百分点, 2倍.
pub(super) fn ratio(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let near = scene.near(one, 14);
    let grows = text.has_any(near.clone(), GROWTH);
    if one.unit == "倍" && !is_strong(one) && !grows {
        return Verdict::Doubt;
    }
    if is_share_of_rule(scene, one) {
        return Verdict::Doubt;
    }
    let rated = RATES.iter().any(|word| text.ends(one.range.start, word))
        || text.has_any(near.clone(), &["率", "比重", "占比", "比例", "满意度"]);
    if text.ch(one.range.end) == '的' && !is_strong(one) && !grows {
        return Verdict::Doubt;
    }
    let wholly = [
        "实现", "确保", "做到", "保持", "保证", "覆盖", "达标", "完成",
    ];
    let full = one.value == Decimal::ONE_HUNDRED
        && (text.has_any(near, &wholly) || text.word_at(one.range.end, &wholly).is_some());
    if is_strong(one) || grows || rated || full {
        return Verdict::Target;
    }
    let shares = scene.earlier.last().is_some_and(|earlier| {
        earlier.class == Unit::Ratio && one.range.start <= earlier.range.end + 2
    });
    if shares
        || (one.comparator.is_some() && governing(scene, one) == Governing::Result)
        || continues(scene)
    {
        return Verdict::Target;
    }
    Verdict::Doubt
}

/// 不低于总人数的30%, 按10%的比例, 比例30%以上的企业: the share that a rule sets.
fn is_share_of_rule(scene: &Scene<'_>, one: &Quantity) -> bool {
    let text = scene.text;
    let of_total = text.before(one.range.start) == '的'
        && !text.has_any(scene.lead(one), &["占"])
        && text.has_any(scene.near(one, 12), &["总", "额", "全部"]);
    let lead = scene.lead(one);
    let by_rate = text.has_any(lead.clone(), &["按"]) && text.starts(one.range.end, "的比例");
    let owns = text.ch(one.range.end) == '的'
        && text.has_any(scene.near(one, 10), &["持股", "控股", "出资", "占股"]);
    let ranks = text.ends(one.range.start, "前");
    of_total || by_rate || owns || ranks
}

/// Sums: what is earned or attracted is a result; what is set aside is not.
pub(super) fn money(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let lead = scene.lead(one);
    let per_head = text.has_any(lead.clone(), &["人均", "户均", "亩均"]);
    let by_rule = lead
        .clone()
        .any(|at| text.ch(at) == '按' && !matches!(text.ch(at + 1), '期' | '时' | '量'));
    let budget = by_rule || !per_head && is_budget(text, lead);
    let earned = text.has_any(scene.near(one, 16), EARNINGS);
    let next = text.ch(one.range.end);
    if next == '的' || text.word_at(one.range.end, THINGS_OF_SIZE).is_some() && !earned {
        return Verdict::Doubt;
    }
    if !budget && (earned || is_strong(one) || continues(scene)) {
        return Verdict::Target;
    }
    Verdict::Doubt
}

/// 一般公共预算收入 and 中央预算内资金 are no money set aside.
fn is_budget(text: &Glyphs, lead: Range<usize>) -> bool {
    BUDGETS.iter().any(|word| {
        lead.clone().any(|at| {
            text.starts(at, word)
                && !(*word == "预算"
                    && text
                        .word_at(at + 2, &["收入", "内", "支出增长", "执行"])
                        .is_some())
        })
    })
}

/// A number without a measure word: a target only where the thing names its measure.
pub(super) fn unmeasured(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    if one.value < Decimal::TEN || one.is_round {
        return Verdict::Nothing;
    }
    let is_year =
        !one.is_han && one.value >= Decimal::from(1_900) && one.value <= Decimal::from(2_100);
    if is_year
        || text.ch(one.number.end).is_ascii_alphabetic()
        || text.before(one.number.start).is_ascii_alphabetic()
    {
        return Verdict::Nothing;
    }
    let compared = is_strong(one) || one.comparator.is_some();
    let known = implied_unit(text, scene.lead(one)).is_some();
    match (compared, known) {
        (true, true) => Verdict::Target,
        (true, false) => doubt_if(is_strong(one)),
        _ => Verdict::Nothing,
    }
}

/// The measure that the counted thing itself names: 参观人次突破300万.
pub(super) fn implied_unit(text: &Glyphs, lead: Range<usize>) -> Option<String> {
    let mut end = lead.end;
    while let Some(tail) = [
        "达到", "突破", "超过", "总数", "总量", "数量", "规模", "数", "量", "要", "力争", "达",
        "预计", "将", "总", "均",
    ]
    .iter()
    .find(|tail| end - lead.start >= tail.chars().count() && text.ends(end, tail))
    {
        end -= tail.chars().count();
    }
    let units = [
        ("人次", "人次"),
        ("人", "人"),
        ("用户", "人"),
        ("户", "户"),
        ("志愿者", "人"),
        ("学员", "人"),
        ("会员", "人"),
        ("粉丝", "人"),
        ("企业", "家"),
        ("主体", "户"),
    ];
    units
        .iter()
        .find(|(word, _)| text.ends(end, word))
        .map(|(_, unit)| (*unit).to_owned())
}
