//! The head of a table of tasks: what each column holds.

use super::{
    glyphs::Glyphs,
    labels::{Label, label_words},
    tables::{Cell, Grid},
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// 序号.
    Index,
    /// 类别, 领域: chapters.
    Category,
    /// 工作任务, 重点事项.
    Task,
    /// 具体要求, 工作内容, 年度目标.
    Detail,
    /// 责任部门, 牵头单位, 配合单位.
    Duty(Label),
    /// 完成时限.
    Deadline,
    /// 备注, 责任人.
    Other,
}

/// The columns of a table, and how many rows stand above its first task.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub columns: Vec<Column>,
    pub rows: usize,
    /// The words of the row of heads, to know it again on the next page.
    words: Vec<String>,
}

/// Rows in which the heads are looked for.
const SEARCHED: usize = 5;

const CATEGORIES: &[&str] = &[
    "类别",
    "分类",
    "领域",
    "板块",
    "方面",
    "类型",
    "大类",
    "专题",
    "篇章",
    "工作类",
    "模块",
    "条线",
];

const TASKS: &[&str] = &[
    "任务",
    "事项",
    "工作名称",
    "项目名称",
    "重点工作",
    "工作项目",
    "项目",
    "工程",
    "实事",
    "主要工作",
    "工作要点",
    "活动名称",
    "重点",
    "要点",
    "工作",
];

/// Heads of tasks that make a numbered table one of tasks without a column of bodies or times.
const SURE_TASKS: &[&str] = &["任务", "事项", "工作", "举措", "措施", "要点", "实事"];

/// Tables with such heads count figures or list addresses.
const FOREIGN: &[&str] = &[
    "计量单位",
    "目标值",
    "数量",
    "姓名",
    "电话",
    "金额",
    "单价",
    "学历",
];

const DETAILS: &[&str] = &[
    "要求",
    "内容",
    "措施",
    "举措",
    "目标",
    "标准",
    "成效",
    "成果",
    "具体任务",
    "具体工作",
    "工作计划",
    "指标",
    "做法",
    "节点",
    "安排",
    "分解任务",
    "子任务",
    "细化",
    "二级任务",
    "形式",
    "具体事项",
];

const OTHERS: &[&str] = &[
    "备注",
    "联系",
    "电话",
    "进展",
    "完成情况",
    "落实情况",
    "依据",
    "来源",
    "领导",
    "责任人",
    "负责人",
    "地点",
    "投资",
    "资金",
    "经费",
    "得分",
    "分值",
    "评分",
    "签字",
];

impl Head {
    /// The head of a table of tasks; none where the table is of something else.
    pub fn of(grid: &Grid) -> Option<Self> {
        (0..grid.rows.len().min(SEARCHED)).find_map(|at| Self::at(grid, at))
    }

    fn at(grid: &Grid, at: usize) -> Option<Self> {
        let row = grid.rows.get(at)?;
        let mut columns: Vec<Column> = Vec::new();
        for cell in row {
            let column = column(&cell.glyphs, &columns);
            columns.push(column);
        }
        let has = |test: fn(&Column) -> bool| columns.iter().any(test);
        let says_what = has(|one| matches!(one, Column::Task | Column::Detail));
        let says_who_or_when = has(|one| matches!(one, Column::Duty(_) | Column::Deadline));
        let words = words(row);
        let any = |list: &[&str]| {
            words
                .iter()
                .any(|head| list.iter().any(|word| head.contains(word)))
        };
        let is_numbered = columns.contains(&Column::Index) && any(SURE_TASKS);
        let is_head = row.iter().all(|cell| cell.glyphs.len() <= 24);
        if !(says_what && (says_who_or_when || is_numbered) && is_head) || any(FOREIGN) {
            return None;
        }
        if any(&["指标"]) && words.iter().any(|head| head == "单位") {
            return None;
        }
        let mut rows = at + 1;
        if let Some(next) = grid.rows.get(at + 1) {
            rows += usize::from(refine(&mut columns, next));
        }
        promote(&mut columns);
        Some(Self {
            columns,
            rows,
            words,
        })
    }

    /// Whether a row repeats the head, as on each page.
    pub fn is_repeated(&self, row: &[Cell]) -> bool {
        words(row) == self.words
    }
}

fn words(row: &[Cell]) -> Vec<String> {
    row.iter()
        .map(|cell| cell.glyphs.folded(cell.glyphs.all()))
        .collect()
}

/// Takes the names of half columns from a second row: 责任单位 over 牵头 and 配合. Says whether
/// the row was one of heads.
fn refine(columns: &mut Vec<Column>, row: &[Cell]) -> bool {
    let halves: Vec<(usize, Column)> = row
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.glyphs.is_empty())
        .map(|(at, cell)| (at, column(&cell.glyphs, &[])))
        .collect();
    let is_head = !halves.is_empty()
        && halves.len() < row.len()
        && halves.iter().all(|(at, half)| {
            matches!(half, Column::Duty(_) | Column::Deadline)
                && row.get(*at).is_some_and(|cell| cell.glyphs.len() <= 8)
        });
    if !is_head {
        return false;
    }
    for (at, half) in halves {
        if columns.len() <= at {
            columns.resize(at + 1, Column::Other);
        }
        if let Some(column) = columns.get_mut(at) {
            *column = half;
        }
    }
    true
}

/// A table without a column of tasks has them in its first column of details.
fn promote(columns: &mut [Column]) {
    if columns.contains(&Column::Task) {
        return;
    }
    let category = columns.iter().position(|one| *one == Column::Category);
    let detail = columns.iter_mut().find(|one| **one == Column::Detail);
    if let Some(detail) = detail {
        *detail = Column::Task;
    } else if let Some(category) = category.and_then(|at| columns.get_mut(at)) {
        *category = Column::Task;
    }
}

fn column(words: &Glyphs, before: &[Column]) -> Column {
    let all = words.folded(words.all());
    let all = all.trim_matches(['：', '*', ' ']);
    let has = |list: &[&str]| list.iter().any(|word| all.contains(word));
    if all.is_empty() {
        return Column::Other;
    }
    if matches!(
        all,
        "序号" | "编号" | "项次" | "序" | "号" | "No" | "No." | "条目" | "项号"
    ) {
        return Column::Index;
    }
    let label = (0..words.len().min(4)).find_map(|at| label_words(words, at).map(|one| one.0));
    let both = all.contains("牵头") && (all.contains("配合") || all.contains("参与"));
    match label {
        Some(Label::Other) => return Column::Other,
        Some(Label::Deadline) => return Column::Deadline,
        Some(_) if both => return Column::Duty(Label::Responsible),
        Some(label) => return Column::Duty(label),
        None => {}
    }
    if ["时限", "时间", "期限", "进度", "日期"]
        .iter()
        .any(|word| all.ends_with(word))
    {
        return Column::Deadline;
    }
    if has(OTHERS) {
        return Column::Other;
    }
    if ["部门", "单位", "科室", "处室"]
        .iter()
        .any(|word| all.ends_with(word))
    {
        return Column::Duty(Label::Responsible);
    }
    if has(CATEGORIES) {
        return Column::Category;
    }
    let seen = before.contains(&Column::Task);
    if has(DETAILS) && !(all.ends_with("任务") && !seen && !all.contains("具体")) {
        return Column::Detail;
    }
    match has(TASKS) {
        true if seen => Column::Detail,
        true => Column::Task,
        false => Column::Other,
    }
}
