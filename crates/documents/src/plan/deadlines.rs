//! Until when: 6月底前, 上半年, 第三季度, 年底前, 2025年6月30日前.

use std::ops::Range;

use time::Date;

use super::{
    dates::{day, full_date, month_end, number_at, year_at},
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
    let (core, limit) = core(text, start, plan_year)?;
    let mut end = core.end;
    let mut is_limit = limit;
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

struct Core {
    end: usize,
    date: Date,
    is_whole_year: bool,
}

/// The date itself, and whether its words set a limit by themselves.
fn core(text: &Glyphs, start: usize, plan_year: Option<i32>) -> Option<(Core, bool)> {
    if let Some((date, end)) = full_date(text, start) {
        return Some((
            Core {
                end,
                date,
                is_whole_year: false,
            },
            false,
        ));
    }
    if let Some((year, end)) = year_at(text, start) {
        if let Some(inner) = within_year(text, end, year) {
            return Some(inner);
        }
        let date = day(year, 12, 31)?;
        if text.ch(end) == '度' {
            return Some((
                Core {
                    end: end + 1,
                    date,
                    is_whole_year: true,
                },
                false,
            ));
        }
        return Some((
            Core {
                end,
                date,
                is_whole_year: true,
            },
            false,
        ));
    }
    let (number, end) = number_at(text, start).unwrap_or((0, start));
    // 2025-06, 2025.6 in tables.
    if (1990..=2100).contains(&number) && matches!(text.ch(end), '-' | '.' | '/') {
        let (month, end) = number_at(text, end + 1)?;
        if text.ch(end).is_ascii_digit()
            || matches!(text.ch(end), '.' | '-' | '%' | '万')
            || month > 12
        {
            return None;
        }
        let date = month_end(i32::try_from(number).ok()?, month)?;
        return Some((
            Core {
                end: end + usize::from(text.ch(end) == '月'),
                date,
                is_whole_year: false,
            },
            false,
        ));
    }
    let plan_year = plan_year?;
    for (word, year) in [
        ("今年", plan_year),
        ("本年度", plan_year),
        ("当年", plan_year),
        ("明年", plan_year + 1),
    ] {
        if text.starts(start, word) {
            let end = start + word.chars().count();
            return within_year(text, end, year).or_else(|| {
                Some((
                    Core {
                        end,
                        date: day(year, 12, 31)?,
                        is_whole_year: true,
                    },
                    false,
                ))
            });
        }
    }
    if let Some((_, length)) = text.word_at(start, &["“十四五”末", "十四五末", "“十四五”期末"])
    {
        return Some((
            Core {
                end: start + length,
                date: day(2025, 12, 31)?,
                is_whole_year: false,
            },
            false,
        ));
    }
    within_year(text, start, plan_year)
}

/// A time inside a known year: 6月底, 上半年, 第三季度, 年底.
fn within_year(text: &Glyphs, start: usize, year: i32) -> Option<(Core, bool)> {
    let at = |end: usize, month: u32, limit: bool| {
        let date = month_end(year, month)?;
        Some((
            Core {
                end,
                date,
                is_whole_year: false,
            },
            limit,
        ))
    };
    for (word, month) in [
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
    ] {
        if !text.starts(start, word) {
            continue;
        }
        let end = start + word.chars().count();
        if word == "底" {
            // 2025年底.
            let follows_year = text.before(start) == '年';
            return if follows_year {
                at(end, 12, true)
            } else {
                None
            };
        }
        if word == "全年" {
            let date = day(year, 12, 31)?;
            return Some((
                Core {
                    end,
                    date,
                    is_whole_year: true,
                },
                false,
            ));
        }
        let own = matches!(word, "年底" | "年末" | "年内" | "年终" | "岁末");
        if own
            && matches!(
                text.before(start),
                '近' | '今' | '0'..='9' | '两' | '三' | '五' | '每'
            )
            && text.before(start) != '今'
        {
            return None;
        }
        return at(end, month, own || word.ends_with("半年"));
    }
    let (mut month, mut end) = number_at(text, start)?;
    // 5-6月: the last month counts.
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
            let date = day(year, month, last)?;
            return Some((
                Core {
                    end: end + word.chars().count(),
                    date,
                    is_whole_year: false,
                },
                false,
            ));
        }
    }
    if text.starts(end, "下旬") {
        return at(end + 2, month, false);
    }
    if let Some((number, after)) =
        number_at(text, end).filter(|(_, after)| matches!(text.ch(*after), '日' | '号'))
    {
        let date = day(year, month, number)?;
        return Some((
            Core {
                end: after + 1,
                date,
                is_whole_year: false,
            },
            false,
        ));
    }
    at(end, month, false)
}

/// The limit of a whole point: the one time that its text sets, or none where it sets several.
pub(super) fn whole_point(
    text: &Glyphs,
    range: Range<usize>,
    plan_year: Option<i32>,
) -> Vec<DatePhrase> {
    date_phrases(text, range, plan_year)
        .into_iter()
        .filter(|one| sets_limit(text, one, plan_year))
        .collect()
}

fn sets_limit(text: &Glyphs, one: &DatePhrase, plan_year: Option<i32>) -> bool {
    if one.is_whole_year || plan_year.is_some_and(|year| one.date.year() < year) {
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
pub(super) fn labelled(
    text: &Glyphs,
    range: Range<usize>,
    plan_year: Option<i32>,
) -> Option<DatePhrase> {
    let found = date_phrases(text, range.clone(), plan_year);
    let dated: Vec<&DatePhrase> = found.iter().filter(|one| !one.is_whole_year).collect();
    let best = dated
        .iter()
        .max_by_key(|one| one.date)
        .copied()
        .or_else(|| {
            found.iter().find(|one| {
                let words = text.folded(one.range.clone());
                words.contains("全年") || plan_year.is_some_and(|year| one.date.year() > year)
            })
        })?;
    Some(best.clone())
}
