//! Until when: 6月底前, 上半年, 第三季度, 年底前, 2025年6月30日前.

use std::ops::Range;

use time::Date;

use super::{
    dates::{Years, day, full_date, month_end, number_at, year_at},
    glyphs::Glyphs,
};

/// Words that give a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatePhrase {
    pub range: Range<usize>,
    /// The last day of it.
    pub date: Date,
    /// Whether the words themselves set a limit (前, 底, 内, 上半年).
    pub is_limit: bool,
    /// A whole year and nothing more (2025年, 全年).
    pub is_whole_year: bool,
}

/// The times that a range names, in order. Years that are not written are the plan's.
pub(super) fn date_phrases(
    text: &Glyphs,
    range: Range<usize>,
    plan_year: Option<i32>,
) -> Vec<DatePhrase> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match phrase(text, at, plan_year).filter(|one| one.range.end <= range.end) {
            Some(one) => {
                at = one.range.end.max(at + 1);
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

fn phrase(text: &Glyphs, start: usize, plan_year: Option<i32>) -> Option<DatePhrase> {
    if text.before(start).is_ascii_digit() || matches!(text.before(start), '第' | '.' | '每') {
        return None;
    }
    let core = core(text, start, plan_year)?;
    let (mut end, mut is_limit) = (core.end, core.is_limit);
    while let Some((word, length)) = text.word_at(
        end,
        &[
            "底之前",
            "底以前",
            "之前",
            "以前",
            "底前",
            "前",
            "之内",
            "以内",
            "内",
            "底",
            "末",
        ],
    ) {
        // 内部, 前沿, 前后: other words.
        let next = text.ch(end + length);
        if (word == "内" && matches!(next, '部' | '容' | '外' | '设' | '蒙'))
            || (word == "前" && matches!(next, '后' | '沿' | '期' | '往' | '三' | '十' | '列'))
        {
            break;
        }
        is_limit = true;
        end += length;
    }
    let mut open = start;
    for word in ["截至", "截止到", "截止", "于", "在", "到", "至"] {
        if text.ends(open, word) {
            open -= word.chars().count();
            break;
        }
    }
    Some(DatePhrase {
        range: open..end,
        date: core.date,
        is_limit,
        is_whole_year: core.is_whole_year && !is_limit,
    })
}

/// A time without the words around it.
struct Core {
    end: usize,
    date: Date,
    is_whole_year: bool,
    /// Whether its own words set a limit (年底, 上半年).
    is_limit: bool,
}

impl Core {
    const fn new(end: usize, date: Date) -> Self {
        Self {
            end,
            date,
            is_whole_year: false,
            is_limit: false,
        }
    }

    fn whole_year(end: usize, year: i32) -> Option<Self> {
        Some(Self {
            is_whole_year: true,
            ..Self::new(end, day(year, 12, 31)?)
        })
    }
}

/// The date itself.
fn core(text: &Glyphs, start: usize, plan_year: Option<i32>) -> Option<Core> {
    if let Some((date, end)) = full_date(text, start) {
        return Some(Core::new(end, date));
    }
    if let Some((year, end)) = year_at(text, start) {
        return within_year(text, end, year)
            .or_else(|| Core::whole_year(end + usize::from(text.ch(end) == '度'), year));
    }
    let (number, end) = number_at(text, start).unwrap_or((0, start));
    if (1990..=2100).contains(&number) && matches!(text.ch(end), '-' | '.' | '/') {
        return year_and_month(text, i32::try_from(number).ok()?, end + 1);
    }
    let plan_year = plan_year?;
    let named = [
        ("今年", plan_year),
        ("本年度", plan_year),
        ("当年", plan_year),
        ("明年", plan_year + 1),
    ];
    if let Some((word, year)) = named.iter().find(|(word, _)| text.starts(start, word)) {
        let end = start + word.chars().count();
        return within_year(text, end, *year).or_else(|| Core::whole_year(end, *year));
    }
    let plan_end = ["“十四五”末", "十四五末", "“十四五”期末"];
    if let Some((_, length)) = text.word_at(start, &plan_end) {
        return Some(Core::new(start + length, day(2025, 12, 31)?));
    }
    within_year(text, start, plan_year)
}

/// 2025-06, 2025.6 in tables.
fn year_and_month(text: &Glyphs, year: i32, start: usize) -> Option<Core> {
    let (month, end) = number_at(text, start)?;
    let is_other = text.ch(end).is_ascii_digit() || matches!(text.ch(end), '.' | '-' | '%' | '万');
    if is_other || month > 12 {
        return None;
    }
    let date = month_end(year, month)?;
    Some(Core::new(end + usize::from(text.ch(end) == '月'), date))
}

/// Periods of a year and their last months.
const PERIODS: &[(&str, u32)] = &[
    ("上半年", 6),
    ("下半年", 12),
    ("年底", 12),
    ("年末", 12),
    ("年内", 12),
    ("年终", 12),
    ("岁末", 12),
    ("底", 0),
    ("一季度", 3),
    ("二季度", 6),
    ("三季度", 9),
    ("四季度", 12),
    ("1季度", 3),
    ("2季度", 6),
    ("3季度", 9),
    ("4季度", 12),
    ("第一季度", 3),
    ("第二季度", 6),
    ("第三季度", 9),
    ("第四季度", 12),
    ("第1季度", 3),
    ("第2季度", 6),
    ("第3季度", 9),
    ("第4季度", 12),
    ("全年", 12),
    ("Q1", 3),
    ("Q2", 6),
    ("Q3", 9),
    ("Q4", 12),
];

/// A time inside a known year: 6月底, 上半年, 第三季度, 年底.
fn within_year(text: &Glyphs, start: usize, year: i32) -> Option<Core> {
    let named = PERIODS.iter().find(|(word, _)| text.starts(start, word));
    match named {
        Some((word, month)) => period(text, start, year, (*word, *month)),
        None => month_of(text, start, year),
    }
}

fn period(text: &Glyphs, start: usize, year: i32, (word, month): (&str, u32)) -> Option<Core> {
    let end = start + word.chars().count();
    let before = text.before(start);
    if word == "全年" {
        return Core::whole_year(end, year);
    }
    if word == "底" {
        // 2025年底.
        let core = Core::new(end, month_end(year, 12)?);
        return (before == '年').then_some(Core {
            is_limit: true,
            ..core
        });
    }
    let own = matches!(word, "年底" | "年末" | "年内" | "年终" | "岁末");
    if own && matches!(before, '近' | '0'..='9' | '两' | '三' | '五' | '每') {
        return None;
    }
    Some(Core {
        is_limit: own || word.ends_with("半年"),
        ..Core::new(end, month_end(year, month)?)
    })
}

/// 6月, 5-6月 (the last counts), 6月上旬, 6月30日.
fn month_of(text: &Glyphs, start: usize, year: i32) -> Option<Core> {
    let (mut month, mut end) = number_at(text, start)?;
    if matches!(text.ch(end), '-' | '~' | '—' | '～' | '至' | '、' | '–') {
        let (last, next) = number_at(text, end + 1)?;
        if text.ch(next) != '月' || last < month {
            return None;
        }
        (month, end) = (last, next);
    }
    if text.ch(end) != '月' {
        return None;
    }
    end += 1;
    if text.starts(end, "份") {
        end += 1;
    }
    for (word, last) in [("上旬", 10), ("中旬", 20), ("初", 10)] {
        if text.starts(end, word) {
            return Some(Core::new(
                end + word.chars().count(),
                day(year, month, last)?,
            ));
        }
    }
    if text.starts(end, "下旬") {
        return Some(Core::new(end + 2, month_end(year, month)?));
    }
    let numbered = number_at(text, end).filter(|(_, after)| matches!(text.ch(*after), '日' | '号'));
    match numbered {
        Some((number, after)) => Some(Core::new(after + 1, day(year, month, number)?)),
        None => Some(Core::new(end, month_end(year, month)?)),
    }
}

/// The limit of a whole point: the one time that its text sets, or none where it sets several.
pub(super) fn whole_point(text: &Glyphs, range: Range<usize>, years: Years) -> Vec<DatePhrase> {
    date_phrases(text, range, years.last)
        .into_iter()
        .filter(|one| sets_limit(text, one, years))
        .collect()
}

fn sets_limit(text: &Glyphs, one: &DatePhrase, years: Years) -> bool {
    if one.is_whole_year || years.first.is_some_and(|year| one.date.year() < year) {
        return false;
    }
    if text.has_any(one.range.clone(), &["截至", "截止"]) {
        return false;
    }
    let done = [
        "完成", "建成", "投入", "出台", "印发", "制定", "启动", "开工", "竣工", "实现", "举办",
        "召开", "形成", "上线", "报送", "全面", "基本", "组织", "开展", "力争",
    ];
    one.is_limit
        || (text.before(one.range.end) != '月'
            && text.before(one.range.end) != '日'
            && text.word_at(one.range.end, &done).is_some())
        || (text.ch(one.range.end) == '完' || text.starts(one.range.end, "前"))
}

/// The limit that a labelled time or a cell of a column of times states.
pub(super) fn labelled(text: &Glyphs, range: Range<usize>, years: Years) -> Option<DatePhrase> {
    let found = date_phrases(text, range.clone(), years.last);
    let dated: Vec<&DatePhrase> = found.iter().filter(|one| !one.is_whole_year).collect();
    let best = dated
        .iter()
        .max_by_key(|one| one.date)
        .copied()
        .or_else(|| {
            found.iter().find(|one| {
                let words = text.folded(one.range.clone());
                words.contains("全年") || years.last.is_some_and(|year| one.date.year() > year)
            })
        })?;
    Some(best.clone())
}
