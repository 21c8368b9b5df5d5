//! The supervision ledger (督办台账): every task with all that a ledger carries, ready to be printed.

use duban_domain::{light::Colour, quantity::Figure};
use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet};
use time::Date;

use super::{Content, WriteError, content::put_text, page};

/// The row of the lower headings, from 0.
const HEADER: u32 = 3;

/// Characters of a cell that print; what is longer is cut and says so.
const TEXT_MOST: usize = 4_000;

/// A ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// What stands over it.
    pub title: String,
    /// Of which day, for which part of the plan, by whom.
    pub remark: String,
    /// The day on which it is made.
    pub made_on: Date,
    /// Its rows.
    pub rows: Vec<LedgerRow>,
}

/// Dates of a task that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// When it was handed out.
    pub assigned_on: Option<Date>,
    /// When it was signed for.
    pub accepted_on: Option<Date>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// When it was due at first; this one is evaluated.
    pub originally_due_on: Option<Date>,
    /// When it was done.
    pub completed_on: Option<Date>,
    /// When it was taken off the ledger (销号).
    pub cleared_on: Option<Date>,
}

/// A task in the ledger. Texts are as they are to be printed; an empty one leaves its cell empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerRow {
    /// 编号.
    pub code: String,
    /// 来源.
    pub source: String,
    /// 原文句.
    pub clause: String,
    /// 类别.
    pub category: String,
    /// 是否重点任务.
    pub is_key: bool,
    /// 任务内容.
    pub content: String,
    /// 交付物.
    pub deliverable: String,
    /// 目标.
    pub target: String,
    /// 分管领导.
    pub leader: String,
    /// 牵头单位.
    pub lead: String,
    /// 配合单位.
    pub support: String,
    /// 责任人.
    pub accountable: String,
    /// 联络员.
    pub liaison: String,
    /// 紧急程度.
    pub urgency: String,
    /// Its dates.
    pub dates: Span,
    /// 节点.
    pub milestones: String,
    /// 填报频次.
    pub cadence: String,
    /// 本期进展.
    pub progress: String,
    /// 累计完成值, of the metric that stands for the task.
    pub cumulative: Option<Figure>,
    /// 完成率, in percent.
    pub attainment: Option<Figure>,
    /// 存在问题.
    pub problems: String,
    /// 下步打算.
    pub next_steps: String,
    /// 需协调事项.
    pub support_needed: String,
    /// 佐证材料.
    pub evidence: String,
    /// 状态.
    pub state: String,
    /// 灯; none where a task has no light.
    pub light: Option<Colour>,
    /// 亮灯原因.
    pub light_reasons: String,
    /// 催办督办.
    pub notices: String,
    /// 延期.
    pub extensions: String,
    /// 审核.
    pub review: String,
    /// 办结评价.
    pub grade: String,
    /// 归档号.
    pub archive_number: String,
    /// 备注.
    pub remarks: String,
}

type Cell = fn(&LedgerRow) -> Content;

/// A group of columns under one heading.
type Group = (&'static str, &'static [(&'static str, u8, Cell)]);

const GROUPS: &[Group] = &[
    (
        "事项",
        &[
            ("编号", 10, |row| Content::text(&row.code)),
            ("来源", 10, |row| text(&row.source)),
            ("原文句", 22, |row| text(&row.clause)),
            ("类别", 7, |row| text(&row.category)),
            ("重点", 5, |row| {
                Content::text(if row.is_key { "是" } else { "" })
            }),
            ("任务内容", 24, |row| text(&row.content)),
            ("交付物", 14, |row| text(&row.deliverable)),
            ("目标", 12, |row| text(&row.target)),
        ],
    ),
    (
        "责任",
        &[
            ("分管领导", 8, |row| text(&row.leader)),
            ("牵头单位", 9, |row| text(&row.lead)),
            ("配合单位", 10, |row| text(&row.support)),
            ("责任人", 7, |row| text(&row.accountable)),
            ("联络员", 7, |row| text(&row.liaison)),
        ],
    ),
    (
        "时限",
        &[
            ("紧急程度", 6, |row| text(&row.urgency)),
            ("交办", 10, |row| day(row.dates.assigned_on)),
            ("签收", 10, |row| day(row.dates.accepted_on)),
            ("时限", 10, |row| day(row.dates.due_on)),
            ("原定时限", 10, |row| day(row.dates.originally_due_on)),
            ("节点", 18, |row| text(&row.milestones)),
            ("填报频次", 6, |row| text(&row.cadence)),
        ],
    ),
    (
        "进展",
        &[
            ("本期进展", 24, |row| text(&row.progress)),
            ("累计完成", 10, |row| Content::figure(row.cumulative)),
            ("完成率%", 8, |row| Content::figure(row.attainment)),
            ("存在问题", 16, |row| text(&row.problems)),
            ("下步打算", 16, |row| text(&row.next_steps)),
            ("需协调事项", 14, |row| text(&row.support_needed)),
            ("佐证材料", 12, |row| text(&row.evidence)),
        ],
    ),
    (
        "督办",
        &[
            ("状态", 8, |row| text(&row.state)),
            (LIGHT, 5, |row| {
                Content::text(row.light.map_or("", light_word))
            }),
            ("亮灯原因", 14, |row| text(&row.light_reasons)),
            ("催办督办", 10, |row| text(&row.notices)),
            ("延期", 10, |row| text(&row.extensions)),
        ],
    ),
    (
        "办结",
        &[
            ("审核", 10, |row| text(&row.review)),
            ("办结时间", 10, |row| day(row.dates.completed_on)),
            ("评价", 6, |row| text(&row.grade)),
            ("销号", 10, |row| day(row.dates.cleared_on)),
            ("归档号", 10, |row| text(&row.archive_number)),
            ("备注", 12, |row| text(&row.remarks)),
        ],
    ),
];

const LIGHT: &str = "灯";

/// Writes the ledger as a workbook.
///
/// # Errors
///
/// [`WriteError`] when the workbook cannot be put together.
pub fn ledger(ledger: &Ledger) -> Result<Vec<u8>, WriteError> {
    let mut workbook = page::workbook(&ledger.title, ledger.made_on)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("督办台账")?;
    let last_column = head(sheet, ledger)?;
    let columns: Vec<_> = GROUPS.iter().flat_map(|(_, columns)| *columns).collect();
    for (index, row) in ledger.rows.iter().enumerate() {
        let at = HEADER + 1 + page::row_number(index);
        for (column, (title, _, content)) in columns.iter().enumerate() {
            let format = match row.light {
                Some(light) if *title == LIGHT => light_look(light),
                _ => page::cell(),
            };
            let cell = (at, page::column_number(column));
            content(row).put(sheet, cell, &format)?;
        }
    }
    let last_row = HEADER + page::row_number(ledger.rows.len());
    sheet.autofilter(HEADER, 0, last_row.max(HEADER + 1), last_column)?;
    page::print(sheet, HEADER, (last_row, last_column))?;
    Ok(workbook.save_to_buffer()?)
}

/// The ledger as a plain table: its headings, and its rows.
#[must_use]
pub fn ledger_table(ledger: &Ledger) -> (Vec<&'static str>, Vec<Vec<Content>>) {
    let columns: Vec<_> = GROUPS.iter().flat_map(|(_, columns)| *columns).collect();
    let header = columns.iter().map(|(title, _, _)| *title).collect();
    let cells = |row: &LedgerRow| columns.iter().map(|(_, _, content)| content(row)).collect();
    (header, ledger.rows.iter().map(cells).collect())
}

/// The title, the groups and the headings; returns the last column.
fn head(sheet: &mut Worksheet, ledger: &Ledger) -> Result<u16, WriteError> {
    let mut column = 0_u16;
    for (group, columns) in GROUPS {
        let first = column;
        for (title, width, _) in *columns {
            sheet.set_column_width(column, *width)?;
            put_text(sheet, (HEADER, column), (title, &page::heading()))?;
            column += 1;
        }
        let last = column.saturating_sub(1);
        sheet.merge_range(HEADER - 1, first, HEADER - 1, last, group, &page::heading())?;
    }
    let last = column.saturating_sub(1);
    sheet.merge_range(0, 0, 0, last, "", &page::title())?;
    put_text(sheet, (0, 0), (&ledger.title, &page::title()))?;
    sheet.merge_range(1, 0, 1, last, "", &page::remark())?;
    put_text(sheet, (1, 0), (&ledger.remark, &page::remark()))?;
    sheet.set_row_height(0, 32)?.set_row_height(HEADER, 30)?;
    Ok(last)
}

/// A text that prints; a longer one is cut and says how long it is.
fn text(words: &str) -> Content {
    let length = words.chars().count();
    if length <= TEXT_MOST {
        return Content::text(words);
    }
    let start: String = words.chars().take(TEXT_MOST).collect();
    Content::Text(format!("{start}……（全文{length}字）"))
}

fn day(day: Option<Date>) -> Content {
    day.map_or(Content::Empty, |day| Content::Text(day.to_string()))
}

const fn light_word(light: Colour) -> &'static str {
    match light {
        Colour::Grey => "灰",
        Colour::Green => "绿",
        Colour::Yellow => "黄",
        Colour::Red => "红",
        Colour::Blue => "蓝",
    }
}

fn light_look(light: Colour) -> Format {
    let colour = match light {
        Colour::Grey => 0x00D9_D9D9,
        Colour::Green => 0x00C6_EFCE,
        Colour::Yellow => 0x00FF_EB9C,
        Colour::Red => 0x00FF_C7CE,
        Colour::Blue => 0x00BD_D7EE,
    };
    page::cell()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(colour))
}
