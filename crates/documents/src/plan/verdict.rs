//! What the words around a number make of it: a target, a doubt, or nothing.

use std::ops::Range;

use duban_domain::quantity::Comparator;
use rust_decimal::Decimal;

use super::{
    amounts::{money, ratio, unmeasured},
    context::{Past, Scene},
    glyphs::Glyphs,
    governing::{Governing, continues, creates, creates_at_once, governing, noun, noun_is},
    nouns::*,
    numerals::han_digit,
    quantities::Quantity,
    units::Unit,
    words::*,
};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Target,
    /// Perhaps a target: a person decides.
    Doubt,
    Nothing,
}

/// Decides about one number.
pub(super) fn judge(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    if let Some(verdict) = excluded(scene, one) {
        return verdict;
    }
    let text = scene.text;
    match one.class {
        Unit::Time if text.has_any(scene.near(one, 8), &["预期寿命"]) => Verdict::Target,
        Unit::Time => doubt_if(is_counted_time(one)),
        Unit::None => unmeasured(scene, one),
        Unit::Ratio => ratio(scene, one),
        Unit::Money => money(scene, one),
        Unit::Measure | Unit::Count => count(scene, one),
    }
}

/// 不少于40学时, 不超过5个工作日.
fn is_counted_time(one: &Quantity) -> bool {
    is_strong(one) && COUNTED_TIMES.contains(&one.unit.as_str())
}

pub(super) const fn doubt_if(doubt: bool) -> Verdict {
    if doubt {
        Verdict::Doubt
    } else {
        Verdict::Nothing
    }
}

/// Words that compare, besides 至, 为, 约.
pub(super) fn is_strong(one: &Quantity) -> bool {
    !one.is_vague
        && matches!(
            one.comparator,
            Some(
                Comparator::AtLeast | Comparator::MoreThan | Comparator::AtMost | Comparator::Reach
            )
        )
        || one.upper.is_some()
}

/// What keeps a number of any kind from being a target.
fn excluded(scene: &Scene<'_>, one: &Quantity) -> Option<Verdict> {
    if is_name_part(scene, one) {
        return Some(Verdict::Nothing);
    }
    match scene.past {
        Past::Said => return Some(Verdict::Nothing),
        Past::Implied => return Some(doubt_if(is_strong(one) && !one.is_vague)),
        Past::No => {}
    }
    if has_past_verb(scene, one) || is_described(scene, one) {
        return Some(Verdict::Nothing);
    }
    rule(scene, one)
}

/// A part of a name, an ordinal, a scale: no amount of anything.
fn is_name_part(scene: &Scene<'_>, one: &Quantity) -> bool {
    let text = scene.text;
    let (before, next) = (text.before(one.range.start), text.ch(one.range.end));
    let whole = matches!(one.class, Unit::Count | Unit::Ratio);
    if one.value.is_zero() && !whole {
        return true;
    }
    let joined = matches!(before, '第' | '/' | '每' | '+' | '之')
        || matches!(next, '+' | '×' | '*')
        || (next == '/' && one.class == Unit::None)
        || text.before(one.core.start) == '+'
        || (next == '、' && one.class == Unit::None);
    let counts_figures = one.range.end == one.core.end && counts_figures(text, one);
    let is_counted = one.class == Unit::Ratio && before == '个';
    joined
        || counts_figures
        || is_counted
        || text.ends(one.range.start, "每个")
        || text.ends(one.range.start, "最后")
}

/// 4个100%, 四个一批; but 2个4A级景区 and 3个一级学科 count things.
fn counts_figures(text: &Glyphs, one: &Quantity) -> bool {
    let end = one.range.end;
    if one.class != Unit::Count {
        return false;
    }
    let digits = (end..end + 5)
        .take_while(|&at| text.ch(at).is_ascii_digit())
        .count();
    let of_ratios = digits > 0 && matches!(text.ch(end + digits), '%' | '‰');
    let of_slogans = text
        .word_at(
            end,
            &["一批", "一律", "一体", "一流", "百分", "一定", "一以"],
        )
        .is_some();
    of_ratios || of_slogans || one.is_han && han_digit(text.ch(end)).is_some()
}

/// 已建成3家, 完成了5项, 累计服务1万人次.
fn has_past_verb(scene: &Scene<'_>, one: &Quantity) -> bool {
    let text = scene.text;
    let near = scene.near(one, 14);
    near.clone().any(|at| {
        let here = text.ch(at);
        (here == '已' && !text.starts(at, "已有"))
            || (here == '了' && at + 3 >= near.end && !text.ends(at, "为"))
    }) || text.has_any(near, &["已有", "曾", "荣获", "获评"])
}

/// The number says which things are meant, or how many there are.
fn is_described(scene: &Scene<'_>, one: &Quantity) -> bool {
    let text = scene.text;
    let is_scope = SCOPES.iter().any(|word| text.ends(one.range.start, word));
    let lead = scene.lead(one);
    let holds = text.has_any(lead.clone(), HOLDINGS) && !is_rate(scene, one);
    if (is_scope || holds) && !is_strong(one) {
        return true;
    }
    // 由70%提升至85%: where it starts from.
    let from = matches!(text.before(one.range.start), '由' | '从')
        && text.has_any(
            scene.tail(one),
            &["提", "增", "升", "降", "减", "扩", "到", "至"],
        );
    // 在去年300人的基础上.
    let based = text.has_any(lead, &["在"]) && text.has_any(scene.tail(one), &["基础上"]);
    from || based || is_threshold(scene, one)
}

/// 每万人…, 每千名…: the amount for so many.
pub(super) fn is_rate(scene: &Scene<'_>, one: &Quantity) -> bool {
    scene.text.has_any(scene.lead(one), RATE_BASES)
}

/// 亿元以上项目, 50人以上的企业: a number that says which things are meant.
fn is_threshold(scene: &Scene<'_>, one: &Quantity) -> bool {
    let text = scene.text;
    let end = one.range.end;
    let next = text.ch(end);
    let compared = end > one.core.end;
    let of = usize::from(next == '的');
    let names = text.word_at(end, THINGS_OF_SIZE).is_some();
    match one.class {
        Unit::Money => {
            let counts_later = !scene.later.is_empty();
            (compared || counts_later) && (names || next == '的')
        }
        Unit::Count | Unit::Measure => {
            let sizes = one.class == Unit::Measure || SIZES.contains(&one.unit.as_str());
            let bodies = text.word_at(end + of, BODIES).is_some();
            sizes && compared && bodies || is_condition(scene, one)
        }
        _ => false,
    }
}

/// 对获得3项以上专利的学会: a clause that chooses.
fn is_condition(scene: &Scene<'_>, one: &Quantity) -> bool {
    let text = scene.text;
    let chooses = text.has_any(
        scene.lead(one),
        &[
            "对获",
            "凡",
            "拥有",
            "获得",
            "取得",
            "具有",
            "具备",
            "满足",
            "符合",
            "对连续",
        ],
    );
    chooses && {
        let tail = scene.tail(one);
        tail.clone()
            .any(|at| text.ch(at) == '的' && text.word_at(at + 1, BODIES).is_some())
    }
}

/// A rule, a share for each, or a payment.
fn rule(scene: &Scene<'_>, one: &Quantity) -> Option<Verdict> {
    let text = scene.text;
    let lead = scene.lead(one);
    if text.before(one.range.start) == '前' && one.class != Unit::Ratio {
        let ranks = ["进入", "排名", "位居", "位列", "力争", "争取", "争进"];
        return Some(doubt_if(text.has_any(lead, &ranks)));
    }
    if one.class == Unit::Time {
        let spans = text.has_any(scene.near(one, 6), &["连续", "为期", "历时", "满"]);
        let each = text.has_any(lead.clone(), PERIODS) || text.has_any(lead.clone(), EACH);
        return (spans || each || !is_counted_time(one) && !text.has_any(lead, &["预期寿命"]))
            .then_some(Verdict::Nothing);
    }
    if text.has_any(lead.clone(), PERIODS) {
        return Some(doubt_if(is_strong(one) || one.value > Decimal::ONE));
    }
    let after = text.ch(one.range.end);
    if text.has_any(lead.clone(), EACH) || is_for_each(text, lead.clone()) || after == '/' {
        return Some(Verdict::Doubt);
    }
    let tail = scene.tail(one);
    let is_paid = text.has_any(lead.clone(), PAYMENTS)
        || text.has_any(tail.start..tail.end.min(tail.start + 8), PAID);
    // 资助面100%, 奖励兑现率: a rate of its own, unlike 贴息率.
    let is_own_rate = one.class == Unit::Ratio
        && matches!(text.before(one.range.start), '率' | '面')
        && !text.has_any(scene.near(one, 4), &["利率", "税率", "费率", "息率"]);
    if !is_paid || is_own_rate {
        return None;
    }
    match one.class {
        // 一次性奖励.
        _ if one.value <= Decimal::ONE => Some(Verdict::Nothing),
        Unit::Ratio | Unit::Money => Some(Verdict::Doubt),
        Unit::Count | Unit::Measure => {
            // 资助困难学生200名, where no sum is named.
            let helps = text.has_any(lead, &["资助", "奖励", "补助", "救助"])
                && !scene.has_other(Unit::Money)
                && !text.has_any(scene.near(one, 12), &["最高", "不超过", "标准", "给予"]);
            if helps { None } else { Some(Verdict::Doubt) }
        }
        _ => Some(Verdict::Nothing),
    }
}

/// 各学会每年至少3次: what each of many must do, named at the head or behind a word that urges.
/// 各类 and 各级 only say "of all kinds".
fn is_for_each(text: &Glyphs, lead: Range<usize>) -> bool {
    lead.into_iter().any(|at| {
        text.word_at(at, EACH_BODIES).is_some()
            && (!super::glyphs::is_han(text.before(at))
                || URGING.iter().any(|word| text.ends(at, word)))
    })
}

fn count(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let noun = noun(scene, one);
    if one.is_han {
        return han_count(scene, one, noun);
    }
    let reaches = text.has_any(one.range.start..one.core.start, &["达", "突破", "超过"]);
    if is_strong(one) || (reaches && one.comparator == Some(Comparator::About)) {
        return strong(scene, one);
    }
    let is_stage = one.unit == "期"
        && text
            .word_at(one.range.end, &["工程", "项目", "建设", "改造", "规划"])
            .is_some();
    if is_stage || one.unit == "批" || one.unit == "类" || noun_is(text, &noun, SLOGAN_HEADS) {
        return Verdict::Nothing;
    }
    if noun_is(text, &noun, RULE_HEADS) {
        let issues = ["出台", "制定", "修订", "印发", "新制定", "新出台", "制修订"]
            .iter()
            .any(|word| text.ends(one.range.start, word));
        return if issues {
            Verdict::Target
        } else {
            Verdict::Doubt
        };
    }
    bare(scene, one)
}

/// A count without a word of comparison.
fn bare(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    if is_rate(scene, one) {
        return Verdict::Target;
    }
    if is_raised(scene, one) {
        return Verdict::Target;
    }
    let divides = text.before(one.range.start) == '分' || text.ends(one.range.start, "由");
    let totals = text.has_any(scene.near(one, 20), &["累计", "先后"]);
    let kinds = one.unit == "种" && !creates(scene, one);
    if divides || totals || kinds {
        return Verdict::Doubt;
    }
    match governing(scene, one) {
        Governing::Result => Verdict::Target,
        Governing::None if continues(scene) => Verdict::Target,
        Governing::Means | Governing::None => Verdict::Doubt,
    }
}

/// 增至60名, 扩大到15个: what the number becomes.
fn is_raised(scene: &Scene<'_>, one: &Quantity) -> bool {
    let raises = [
        "增至",
        "升至",
        "降至",
        "减至",
        "增加至",
        "增加到",
        "扩大至",
        "扩大到",
        "扩展到",
        "提高到",
        "提高至",
        "提升到",
        "提升至",
        "增长到",
        "增长至",
        "减少到",
        "减少至",
        "降低到",
        "压减至",
        "压减到",
        "达到",
        "扩容至",
        "保持在",
        "稳定在",
        "控制在",
    ];
    scene.text.has_any(scene.near(one, 4), &raises)
}

/// A compared count is a target unless a rule of procedure sets it (由3名以上专家评审).
fn strong(scene: &Scene<'_>, one: &Quantity) -> Verdict {
    let text = scene.text;
    let by_people = matches!(one.unit.as_str(), "人" | "名" | "位")
        && (text.before(one.range.start) == '由'
            || text.has_any(scene.near(one, 10), &["由", "须", "应当", "经"]));
    doubt_or_target(by_people)
}

const fn doubt_or_target(doubt: bool) -> Verdict {
    if doubt {
        Verdict::Doubt
    } else {
        Verdict::Target
    }
}

/// Chinese figures name slogans as often as they count (三个统一, 四个意识).
fn han_count(scene: &Scene<'_>, one: &Quantity, noun: Range<usize>) -> Verdict {
    let text = scene.text;
    if !one.is_round && one.value <= Decimal::ONE {
        return doubt_if(
            is_strong(one)
                && one.value == Decimal::ONE
                && one.comparator == Some(Comparator::AtLeast)
                && one.unit != "次",
        );
    }
    if one.is_round && !is_strong(one) {
        return round(scene, one, noun);
    }
    if is_strong(one) {
        return strong(scene, one);
    }
    // 医院二期建设: a stage of a work.
    if one.unit == "期" && !creates_at_once(scene, one) {
        return Verdict::Nothing;
    }
    let is_slogan =
        text.has_any(noun.clone(), SLOGAN_HEADS) || text.has_any(noun.clone(), RULE_HEADS);
    let plain = !SLOGAN_UNITS.contains(&one.unit.as_str());
    let large = one.value > Decimal::TEN;
    if (large || plain) && !noun_is(text, &noun, SLOGAN_HEADS) && !noun_is(text, &noun, RULE_HEADS)
    {
        return match governing(scene, one) {
            Governing::Result if creates(scene, one) || large => Verdict::Target,
            _ if continues(scene) => Verdict::Target,
            Governing::Result => Verdict::Doubt,
            _ => Verdict::Nothing,
        };
    }
    if is_slogan || QUIET_UNITS.contains(&one.unit.as_str()) {
        return Verdict::Nothing;
    }
    let vague = text.has_any(scene.lead(one), &["打造", "形成", "建设", "建立", "构建"])
        && (1..4).contains(&noun.len());
    match governing(scene, one) {
        Governing::Result if creates(scene, one) => doubt_or_target(vague),
        _ if continues(scene) && creates(scene, one) => Verdict::Target,
        Governing::Result => Verdict::Doubt,
        _ => Verdict::Nothing,
    }
}

/// 百场, 千名: an amount right behind its verb, else often a name (百名专家进百村).
fn round(scene: &Scene<'_>, one: &Quantity, noun: Range<usize>) -> Verdict {
    let text = scene.text;
    let known = matches!(
        one.unit.as_str(),
        "名" | "场" | "家" | "个" | "项" | "次" | "人次" | "份" | "件" | "人" | "户" | "册" | "套"
    );
    let moves = text.has_any(
        noun.clone(),
        &[
            "进", "入", "下", "联", "帮", "访", "助", "大", "行动", "工程", "计划",
        ],
    );
    if one.is_vague {
        return match governing(scene, one) {
            Governing::Result => Verdict::Target,
            _ => Verdict::Doubt,
        };
    }
    if known && creates_at_once(scene, one) && !moves && !noun.is_empty() {
        return Verdict::Target;
    }
    doubt_if(known && governing(scene, one) == Governing::Result)
}
