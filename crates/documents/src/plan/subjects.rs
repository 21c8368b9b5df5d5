//! The words of a target: its phrase, and the thing that it counts.

use std::ops::Range;

use super::{
    context::Clause,
    deadlines::DatePhrase,
    glyphs::{Glyphs, is_han},
    quantities::Quantity,
    units::Unit,
    verbs::RESULTS,
};

/// Longest phrase that is shown whole; a longer one is cut at the verb before the number.
const LONG: usize = 60;

/// The piece of the clause that belongs to each number.
pub(super) fn phrases(text: &Glyphs, clause: &Clause, numbers: &[&Quantity]) -> Vec<Range<usize>> {
    let whole = clause.range.clone();
    let together = shares_verb(text, &whole, numbers);
    let mut start = whole.start;
    let mut found = Vec::with_capacity(numbers.len());
    for (index, one) in numbers.iter().enumerate() {
        if together {
            found.push(trim(text, whole.clone()));
            continue;
        }
        let end = numbers.get(index + 1).map_or(whole.end, |next| {
            let until = next.range.start.max(one.range.end);
            (one.range.end..until)
                .find(|&at| matches!(text.ch(at), '、' | '和' | '及' | '与' | '，' | '；'))
                .unwrap_or(until)
        });
        let mut from = start;
        if one.range.start.saturating_sub(from) > LONG {
            from = verb_before(text, from..one.range.start).unwrap_or(from);
        }
        let mut to = end;
        if to.saturating_sub(one.range.end) > LONG {
            to = (one.range.end + 4..to)
                .find(|&at| matches!(text.ch(at), '、' | '（'))
                .unwrap_or(to);
        }
        found.push(trim(text, from..to));
        start = end;
    }
    found
}

/// 分别达到90%和80%: both numbers need the whole clause.
fn shares_verb(text: &Glyphs, whole: &Range<usize>, numbers: &[&Quantity]) -> bool {
    let [first, .., _] = numbers else {
        return false;
    };
    text.find(whole.start..first.range.start, "分别").is_some()
}

fn verb_before(text: &Glyphs, range: Range<usize>) -> Option<usize> {
    RESULTS
        .iter()
        .filter_map(|verb| range.clone().rev().find(|&at| text.starts(at, verb)))
        .max()
}

/// Without marks and joining words at its ends, and without half a bracket.
fn trim(text: &Glyphs, mut range: Range<usize>) -> Range<usize> {
    let loose = |one: char| {
        matches!(
            one,
            '、' | '，' | '；' | '：' | '。' | ' ' | '）' | '！' | '-' | '—' | '·' | '》' | '”'
        )
    };
    while range.start < range.end && loose(text.ch(range.start)) {
        range.start += 1;
    }
    if let Some((_, length)) = text.word_at(range.start, &["以及", "和", "及", "与"]) {
        let is_join = range.len() > length && is_han(text.ch(range.start + length))
            || text.ch(range.start + length).is_ascii_digit();
        if is_join && text.ch(range.start) != '与' {
            range.start += length;
        }
    }
    while range.end > range.start
        && matches!(
            text.before(range.end),
            '、' | '，' | '；' | '：' | '。' | ' ' | '（' | '-' | '—'
        )
    {
        range.end -= 1;
    }
    range
}

/// What a number counts: the noun, empty where the clause does not name it, and the word of growth
/// that belongs to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    pub noun: String,
    pub growth: &'static str,
}

/// What each number counts.
pub(super) fn subjects(
    text: &Glyphs,
    clause: &Clause,
    numbers: &[&Quantity],
    phrases: &[Range<usize>],
    dates: &[DatePhrase],
) -> Vec<Subject> {
    if shares_verb(text, &clause.range, numbers) {
        let names = listed(text, clause, numbers, dates).into_iter();
        return names.map(|noun| Subject { noun, growth: "" }).collect();
    }
    numbers
        .iter()
        .zip(phrases)
        .map(|(one, phrase)| subject(text, one, phrase.clone(), dates))
        .collect()
}

/// The names before 分别: one for each number, or all of them for each where they do not match.
fn listed(
    text: &Glyphs,
    clause: &Clause,
    numbers: &[&Quantity],
    dates: &[DatePhrase],
) -> Vec<String> {
    let start = clause.range.start;
    let end = text.find(clause.range.clone(), "分别").unwrap_or(start);
    let marks = (start..end).filter(|&at| matches!(text.ch(at), '、' | '和' | '与' | '及'));
    let mut names = Vec::new();
    let mut from = start;
    for at in marks.chain([end]) {
        if at > from {
            names.push(from..at);
        }
        from = at + 1;
    }
    let bare = |name: Range<usize>| text.string(without_leads(text, name, dates));
    if names.len() == numbers.len() {
        return names.into_iter().map(bare).collect();
    }
    vec![bare(start..end); numbers.len()]
}

/// Words that stand before the noun of a target without being part of it.
const LEADS: &[&str] = &[
    "力争",
    "争取",
    "努力",
    "确保",
    "推动",
    "实现",
    "使",
    "全年",
    "全市",
    "全县",
    "全省",
    "全区",
    "年内",
    "预计",
    "将",
    "要",
    "我省",
    "我市",
    "我县",
    "我区",
    "每年",
    "年均",
    "累计",
    "完成",
    "建成",
    "推进",
    "新增",
    "本年度",
    "今年",
    "再",
    "共",
    "其中",
    "促进",
    "保持",
    "带动",
    "帮助",
    "引导",
    "主要是",
    "净增",
    "实际",
    "新签约",
    "新发展",
    "新签",
    "新招",
    "新培育",
    "新认定",
    "新打造",
    "年度",
    "为",
    "对",
    "向",
    "分别",
    "均",
    "使得",
    "有效",
    "大力",
    "加快",
    "扎实",
];

/// Without the words in front, times included.
fn without_leads(text: &Glyphs, mut range: Range<usize>, dates: &[DatePhrase]) -> Range<usize> {
    loop {
        let date = dates
            .iter()
            .find(|date| date.range.contains(&range.start) && date.range.end < range.end);
        if let Some(date) = date {
            range.start = date.range.end;
            continue;
        }
        let loose = matches!(text.ch(range.start), '，' | '、' | '：' | '将' | '的');
        let lead = if loose {
            Some(1)
        } else {
            text.word_at(range.start, LEADS).map(|(_, length)| length)
        };
        // 完成率, 总量: the word is a part of the noun.
        let is_apart = |length: usize| {
            range.len() > length + 1
                && !matches!(
                    text.ch(range.start + length),
                    '率' | '量' | '数' | '度' | '面' | '额'
                )
        };
        match lead.filter(|length| is_apart(*length)) {
            Some(length) => range.start += length,
            None => return range,
        }
    }
}

fn subject(text: &Glyphs, one: &Quantity, phrase: Range<usize>, dates: &[DatePhrase]) -> Subject {
    let (before, growth) = before_number(text, one, phrase.start, dates);
    let after = after_number(text, one, phrase.end);
    if after.len() >= 2 && (one.class != Unit::Ratio || before.is_empty()) {
        return Subject {
            noun: text.string(after),
            growth: "",
        };
    }
    Subject {
        noun: text.string(before),
        growth,
    }
}

/// Where the noun behind a number ends: verbs and marks.
const STOPS: &[&str] = &[
    "开展",
    "举办",
    "实施",
    "推进",
    "落细",
    "落实",
    "落地",
    "进行",
    "参加",
    "参与",
    "参评",
    "免费开放",
    "实行",
    "实现",
    "投入",
    "达到",
    "完成",
    "建设工作",
    "开放工作",
    "展出",
    "成立",
    "上云",
    "深入",
    "参观",
    "与我",
    "与本",
    "与企业",
    "签订",
    "签署",
    "建立",
    "获得",
    "入选",
    "纳入",
    "通过",
    "力争",
    "（",
    "，",
    "；",
    "。",
    "覆盖",
    "惠及",
    "以上",
    "为",
];

/// The noun behind a number: to the next verb or mark. Of a list that 等 sums up, the sum.
fn after_number(text: &Glyphs, one: &Quantity, end: usize) -> Range<usize> {
    let mut start = one.range.end;
    if text.ch(start) == '的' {
        start += 1;
    }
    let mut stop = (start + 1..end)
        .find(|&at| text.word_at(at, STOPS).is_some() || is_joint(text, at))
        .unwrap_or(end)
        .max(start);
    let list = (start..stop).find(|&at| text.ch(at) == '、' && !is_modifier(text, at));
    if let Some(list) = list {
        let sum = (list..stop).find(|&at| text.ch(at) == '等');
        match sum.filter(|sum| stop - sum > 2) {
            Some(sum) => start = sum + 1,
            None => stop = list,
        }
    }
    while let Some(tail) = [
        "标准化改造",
        "改造",
        "等工作",
        "工作",
        "任务",
        "等",
        "目标",
        "的",
        "建设",
    ]
    .iter()
    .find(|tail| stop.saturating_sub(start) > tail.chars().count() + 1 && text.ends(stop, tail))
    {
        stop -= tail.chars().count();
    }
    start..stop.max(start)
}

/// 4个省辖市和相关高校: the number does not count what is joined without one.
fn is_joint(text: &Glyphs, at: usize) -> bool {
    text.word_at(
        at,
        &[
            "和相关",
            "和有关",
            "及相关",
            "及有关",
            "和部分",
            "和其他",
            "以及",
        ],
    )
    .is_some()
}

/// 战略性、储备性课题: the mark stands between words that both describe the noun.
fn is_modifier(text: &Glyphs, at: usize) -> bool {
    matches!(text.before(at), '性' | '型' | '级' | '化')
}

/// Verbs of change right before a number.
const CHANGES: &[&str] = &[
    "达到",
    "完成",
    "扩大",
    "新增",
    "增加",
    "实现",
    "控制",
    "保持",
    "稳定",
    "均",
    "要",
    "力争",
    "确保",
    "分别",
    "比上年",
    "较上年",
    "同比",
    "比去年",
    "总数",
    "总量",
    "数量",
    "数",
    "在",
    "由",
    "增",
    "升",
    "降",
    "总",
    "不",
    "至少",
    "以",
    "平均",
];

/// Words of growth: a growth of 8% is not the thing itself.
pub(super) const GROWS: &[&str] = &[
    "增长", "下降", "减少", "降低", "压减", "提高", "提升", "上升",
];

/// The noun before a number (支持名额至120名), and the word of growth that belongs to it.
fn before_number(
    text: &Glyphs,
    one: &Quantity,
    start: usize,
    dates: &[DatePhrase],
) -> (Range<usize>, &'static str) {
    let mut end = one.range.start;
    let mut growth = "";
    let moved = one.range.start < one.core.start
        && matches!(text.before(one.core.start), '至' | '到' | '为' | '在');
    loop {
        let tail = CHANGES
            .iter()
            .chain(GROWS)
            .filter(|tail| {
                let length = tail.chars().count();
                end.saturating_sub(start) >= length
                    && text.ends(end, tail)
                    && !(**tail == "数"
                        && matches!(text.before(end.saturating_sub(1)), '人' | '次' | '户'))
                    && !(**tail == "均"
                        && matches!(text.before(end.saturating_sub(1)), '年' | '人' | '户'))
            })
            .max_by_key(|tail| tail.len());
        let Some(tail) = tail else { break };
        if GROWS.contains(tail) && !moved && one.class == Unit::Ratio {
            growth = tail;
        }
        end -= tail.chars().count();
    }
    let compared = (start + 2..end)
        .rev()
        .find(|&at| end - at <= 8 && text.word_at(at, COMPARED).is_some());
    if let Some(at) = compared.filter(|_| !growth.is_empty()) {
        end = at;
    }
    // 由70%提升至85%: the noun ends before where it starts from.
    let source = (start + 2..end)
        .find(|&at| matches!(text.ch(at), '由' | '从') && text.ch(at + 1).is_ascii_digit());
    let end = source.unwrap_or(end);
    let range = without_leads(text, start..end, dates);
    if one.class == Unit::Ratio {
        return (range, growth);
    }
    (without_verb(text, range, dates), growth)
}

/// Without the verb in front; 支持名额 and 培训人数 are nouns as they stand.
fn without_verb(text: &Glyphs, range: Range<usize>, dates: &[DatePhrase]) -> Range<usize> {
    let verb = RESULTS
        .iter()
        .map(|verb| (verb, verb.chars().count()))
        .filter(|(verb, length)| *length > 1 && text.starts(range.start, verb))
        .max_by_key(|(_, length)| *length);
    let Some((_, length)) = verb else {
        return range;
    };
    let rest = text.folded(range.start + length..range.end);
    if rest.chars().count() < 2 || MEASURED.contains(&rest.as_str()) {
        return range;
    }
    without_leads(text, range.start + length..range.end, dates)
}

/// 比上年, 较2024年: what a growth is measured by.
const COMPARED: &[&str] = &[
    "比上", "比去", "比20", "比前", "较上", "较去", "较20", "同比",
];

/// Nouns that need the word before them.
const MEASURED: &[&str] = &[
    "人群", "群众", "人数", "人次", "规模", "名额", "场次", "数量", "总数", "范围", "金额", "总额",
    "对象", "面积", "项目", "活动", "产值", "收入",
];
