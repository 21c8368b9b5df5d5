//! The head of the paper: title, number, issuer, addressees, dates, year.

use duban_domain::plan::draft::DraftDocument;
use time::Date;

use super::{
    dates,
    furniture::{Furniture, document_number},
    glyphs::{Glyphs, is_han},
    paragraphs::{Block, Para},
};

/// Last words of the titles of plans.
const PLAN_NOUNS: &[&str] = &[
    "要点",
    "计划",
    "方案",
    "措施",
    "分工",
    "清单",
    "安排",
    "规划",
    "分解",
    "台账",
    "实事",
    "实事项目",
    "分解表",
    "任务表",
    "分工表",
    "一览表",
    "任务书",
    "进度表",
    "责任表",
    "推进表",
    "明细表",
    "重点工作",
    "重点任务",
    "工作任务",
    "主要任务",
    "目标任务",
    "行动",
    "纲要",
    "举措",
    "项目表",
    "事项",
    "工作目标",
    "年度工作",
    "重要工作",
    "工作思路",
    "工作部署",
    "配档表",
    "运行表",
    "作战图",
    "任务",
    "清单表",
    "对照表",
    "安排表",
    "计划表",
    "清单（表）",
    "责任分解",
    "重点",
    "要求",
    "表",
    "意见",
];

/// Last words of the titles of papers that hand a plan down.
const NOTICE_NOUNS: &[&str] = &["通知", "意见", "通告", "决定", "批复", "函", "公告"];

/// The strong ones among [`PLAN_NOUNS`]: a line that ends so is a title without a year in it.
const STRONG_NOUNS: &[&str] = &[
    "工作要点",
    "工作计划",
    "行动计划",
    "实施方案",
    "工作方案",
    "分工方案",
    "任务分工",
    "任务清单",
    "分解表",
    "重点任务清单",
    "责任清单",
    "任务分解",
    "责任分解",
    "行动方案",
    "工作安排",
    "实事项目",
    "任务表",
    "一览表",
    "台账",
    "分工表",
    "若干措施",
    "工作台账",
    "责任分工",
    "目标任务",
    "计划表",
    "推进表",
    "安排表",
];

/// A title and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleKind {
    /// 关于印发…的通知.
    Notice,
    /// 2025年工作要点.
    Plan,
}

/// The text without a final bracketed remark: （2024—2026年）, (征求意见稿).
fn core_end(text: &Glyphs) -> usize {
    let mut end = text.len();
    if text.before(end) == '》' {
        end -= 1;
    }
    if text.before(end) == '）'
        && let Some(open) = (0..end).rev().find(|&at| text.ch(at) == '（')
    {
        return open;
    }
    end
}

/// Whether the text ends like a title, alone or with more lines joined.
pub(super) fn title_kind(text: &Glyphs) -> Option<TitleKind> {
    let length = text.len();
    if !(4..=120).contains(&length)
        || text
            .fold
            .iter()
            .any(|one| matches!(one, '。' | '；' | '！'))
    {
        return None;
    }
    let end = core_end(text);
    let is_about =
        text.find(text.all(), "关于").is_some() || text.find(text.all(), "印发").is_some();
    if is_about && NOTICE_NOUNS.iter().any(|noun| text.ends(end, noun)) {
        return Some(TitleKind::Notice);
    }
    if text.last() == '：' || text.fold.contains(&'：') && length > 60 {
        return None;
    }
    PLAN_NOUNS
        .iter()
        .any(|noun| text.ends(end, noun))
        .then_some(TitleKind::Plan)
}

/// Whether a title of a plan may stand where it does without a heading mark: it names a year, or
/// ends in a word that only titles end in.
pub(super) fn is_sure_title(text: &Glyphs) -> bool {
    let end = core_end(text);
    let has_year = (0..text.len()).any(|at| dates::year_at(text, at).is_some());
    let commas = text.fold.iter().filter(|one| **one == '，').count();
    commas <= 1 && (has_year || STRONG_NOUNS.iter().any(|noun| text.ends(end, noun)))
}

/// Joins the lines that the layout made of one title, everywhere before the first ordinal after it.
pub(super) fn join_titles(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        let Block::Para(mut para) = block else {
            joined.push(block);
            continue;
        };
        let mut taken = 0;
        while taken < 4 && may_be_title_line(&para) {
            let Some(Block::Para(next)) = rest.peek() else {
                break;
            };
            if !(may_be_title_line(next) && goes_on(&para, next)) {
                break;
            }
            if let Some(Block::Para(next)) = rest.next() {
                para.glyphs.append(next.glyphs);
                para.glyphs.refold();
                para.heading = para.heading.max(next.heading);
                taken += 1;
            }
        }
        joined.push(Block::Para(para));
    }
    joined
}

fn may_be_title_line(para: &Para) -> bool {
    let text = &para.glyphs;
    para.marker.is_none()
        && para.furniture.is_none()
        && (2..=70).contains(&text.len())
        && !text
            .fold
            .iter()
            .any(|one| matches!(one, '。' | '；' | '：' | '！' | '|'))
        && text.last() != '，'
}

/// Whether the next line completes a title that this one begins.
fn goes_on(para: &Para, next: &Para) -> bool {
    let (text, more) = (&para.glyphs, &next.glyphs);
    if text.len() + more.len() > 120 {
        return false;
    }
    let mut both = text.clone();
    both.append(more.clone());
    both.refold();
    let about = text.find(text.all(), "关于").is_some();
    let subtitle = more.ch(0) == '（' && more.last() == '）' && more.len() <= 30;
    let alone = title_kind(text);
    if alone.is_some() && (subtitle || (alone == Some(TitleKind::Plan) && !about)) {
        return subtitle;
    }
    let whole = title_kind(&both).is_some();
    let is_fragment = alone.is_none() && (is_body_name(text) || about || more.starts(0, "关于"));
    let tail_noun =
        alone.is_none() && more.len() <= 30 && is_sure_title(&both) && title_kind(more).is_some();
    let notice_open = about && alone != Some(TitleKind::Notice);
    // A further line of a long title, with its last words still to come.
    let open_middle = about && alone.is_none() && !whole && more.len() <= 40;
    (whole && (is_fragment || notice_open || tail_noun)) || open_middle
}

/// Whether a line is the name of a body alone.
pub(super) fn is_body_name(text: &Glyphs) -> bool {
    text.len() <= 40
        && text
            .fold
            .iter()
            .all(|&one| is_han(one) || matches!(one, ' ' | '、' | '（' | '）' | '·'))
        && super::names::looks_like_body(text, text.all())
}

/// Reads the head from the blocks before the first task, and the dates from the whole paper.
pub(super) fn read(blocks: &[Block], title: Option<&Glyphs>, first_task: usize) -> DraftDocument {
    let paras = || {
        blocks
            .iter()
            .enumerate()
            .filter_map(|(index, block)| match block {
                Block::Para(para) => Some((index, para)),
                Block::Table(_) => None,
            })
    };
    let head = || paras().take_while(|(index, _)| *index < first_task);
    let mut document = DraftDocument {
        title: title.map(|title| title.string(title.all())),
        ..DraftDocument::default()
    };
    let number = head().find_map(|(_, para)| {
        let lead = 0..para.glyphs.len().min(120);
        let is_cited = para.glyphs.find(lead.clone(), "根据").is_some()
            || para.glyphs.len() > 60 && para.furniture.is_none();
        document_number(&para.glyphs, lead)
            .filter(|_| !is_cited)
            .map(|range| (&para.glyphs, range))
    });
    document.document_number = number.map(|(text, range)| printed_number(text, range));
    document.recipients = head()
        .find_map(|(_, para)| recipients(para, title))
        .unwrap_or_default();
    document.issued_on = issue_date(paras().map(|(_, para)| para));
    document.issuing_body = issuer(&paras().map(|(_, para)| para).collect::<Vec<_>>(), title);
    document.year = title
        .and_then(|title| (0..title.len()).find_map(|at| dates::year_at(title, at)))
        .map(|(year, _)| year)
        .or_else(|| {
            let number = document.document_number.as_deref()?;
            let digits: String = number
                .chars()
                .skip_while(|one| *one != '〔')
                .skip(1)
                .take(4)
                .collect();
            digits.parse().ok()
        })
        .or_else(|| document.issued_on.map(Date::year));
    document
}

/// With 〔 〕 around the year and half-width digits.
fn printed_number(text: &Glyphs, range: std::ops::Range<usize>) -> String {
    let open = range
        .clone()
        .find(|&at| text.ch(at + 1).is_ascii_digit())
        .unwrap_or(range.start);
    range
        .map(|at| match at {
            at if at == open => '〔',
            at if at == open + 5 => '〕',
            at => text.ch(at),
        })
        .filter(|one| !one.is_whitespace())
        .collect()
}

/// The line of addressees, which ends with a colon before the first sentence.
fn recipients(para: &Para, title: Option<&Glyphs>) -> Option<Vec<String>> {
    let text = &para.glyphs;
    if para.marker.is_some() || text.last() != '：' || text.len() < 3 || text.len() > 400 {
        return None;
    }
    if para.furniture.is_some() || title.is_some_and(|title| title.at.first() > text.at.first()) {
        return None;
    }
    let is_sentence = text.has_any(
        text.all(),
        &[
            "如下",
            "通知",
            "。",
            "以下",
            "现将",
            "包括",
            "要求是",
            "目标",
        ],
    );
    if is_sentence {
        return None;
    }
    let (mut names, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    // Commas part groups of addressees; within a group the enumeration belongs together only
    // where a comma shows that there are groups.
    for at in 0..text.len() {
        match text.ch(at) {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            '、' if super::names::is_in_region_list(text, start..at) => {}
            '，' | '、' | '：' | '；' if depth == 0 => {
                names.push(text.string(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    (!names.is_empty()).then_some(names)
}

/// The date of 印发, else the last date line, else a date in the head.
fn issue_date<'p>(paras: impl Iterator<Item = &'p Para>) -> Option<Date> {
    let mut signed = None;
    let mut web = None;
    for para in paras {
        let text = &para.glyphs;
        if !matches!(
            para.furniture,
            Some(Furniture::Date | Furniture::Web | Furniture::Copies)
        ) {
            continue;
        }
        let Some((date, end)) = (0..text.len().min(100)).find_map(|at| dates::full_date(text, at))
        else {
            continue;
        };
        if para.furniture == Some(Furniture::Date) {
            if text.starts(end, "印") {
                return Some(date);
            }
            signed = signed.or(Some(date));
        } else if text.has_any(text.all(), &["成文", "发文日期", "印发日期", "生成日期"])
        {
            web = Some(date);
        }
    }
    signed.or(web)
}

/// The body named in the title of a notice, in the signature, or in the issuer's mark.
fn issuer(paras: &[&Para], title: Option<&Glyphs>) -> Option<String> {
    if let Some(title) = title
        && let Some(at) = title.find(title.all(), "关于").filter(|at| *at >= 3)
    {
        return Some(title.string(0..at));
    }
    for (index, para) in paras.iter().enumerate() {
        let text = &para.glyphs;
        if para.furniture == Some(Furniture::Date) {
            let first = (0..text.len())
                .find(|&at| dates::full_date(text, at).is_some())
                .unwrap_or(0);
            if first >= 3 {
                return Some(text.string(0..first));
            }
            let signed = index.checked_sub(1).and_then(|before| paras.get(before));
            if let Some(signed) =
                signed.filter(|para| para.marker.is_none() && is_body_name(&para.glyphs))
            {
                return Some(signed.glyphs.string(signed.glyphs.all()));
            }
        }
    }
    let mark = paras
        .iter()
        .find(|para| para.furniture == Some(Furniture::Mark));
    if let Some(mark) = mark {
        return Some(mark.glyphs.string(0..mark.glyphs.len() - 2));
    }
    let web = paras.iter().find_map(|para| {
        let text = &para.glyphs;
        para.furniture.filter(|kind| *kind == Furniture::Web)?;
        let labels = ["发布机构：", "发文机关：", "发布单位：", "发文单位："];
        let (at, length) = (0..text.len())
            .find_map(|at| text.word_at(at, &labels).map(|(_, length)| (at, length)))?;
        let start = at + length;
        let end = (start + 1..text.len())
            .find(|&at| text.has_gap(at) || !is_han(text.ch(at)))
            .unwrap_or(text.len());
        super::names::looks_like_body(text, start..end).then(|| text.string(start..end))
    });
    web.or_else(|| {
        let title = title?;
        let year = (0..title.len()).find(|&at| dates::year_at(title, at).is_some())?;
        // 关于印发《某市教育局2024年工作要点》的通知
        let open = (0..year).rev().find(|&at| title.ch(at) == '《');
        let name = open.map_or(0, |open| open + 1)..year;
        super::names::looks_like_body(title, name.clone()).then(|| title.string(name))
    })
}
