//! Which column holds what: guessed by headings, remembered by whoever asks.

use std::collections::BTreeMap;

use duban_domain::text::search_form;
use serde::{Deserialize, Serialize};

use super::{Address, Finding, Problem, Row, Sheet};

/// Rows from the top in which the headings are looked for.
const HEADER_WITHIN: usize = 20;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Field {
    /// 指标编码: `2025-14-M1`.
    Metric,
    /// 任务.
    Task,
    /// 指标名称.
    Name,
    /// 计量单位.
    Unit,
    /// 目标.
    Target,
    /// 截至上月累计: what the earlier months of the year add up to.
    YearSoFar,
    /// 本月数.
    Value,
    /// 累计数: the running total with the month.
    RunningTotal,
    /// 基数: denominator or weight.
    Base,
    /// 计数对象.
    Things,
    /// 不适用.
    NotApplicable,
    /// 更正理由.
    Reason,
    /// 版本: the newest revision that was read.
    Version,
    /// 填报单位, where a file speaks of several.
    Department,
    /// 填报月份, where a file speaks of several.
    Period,
}

impl Field {
    /// All fields; the first thirteen in the order of the template's columns.
    pub const ALL: [Self; 15] = [
        Self::Metric,
        Self::Task,
        Self::Name,
        Self::Unit,
        Self::Target,
        Self::YearSoFar,
        Self::Value,
        Self::RunningTotal,
        Self::Base,
        Self::Things,
        Self::NotApplicable,
        Self::Reason,
        Self::Version,
        Self::Department,
        Self::Period,
    ];

    /// The stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metric => "METRIC",
            Self::Task => "TASK",
            Self::Name => "NAME",
            Self::Unit => "UNIT",
            Self::Target => "TARGET",
            Self::YearSoFar => "YEAR_SO_FAR",
            Self::Value => "VALUE",
            Self::RunningTotal => "RUNNING_TOTAL",
            Self::Base => "BASE",
            Self::Things => "THINGS",
            Self::NotApplicable => "NOT_APPLICABLE",
            Self::Reason => "REASON",
            Self::Version => "VERSION",
            Self::Department => "DEPARTMENT",
            Self::Period => "PERIOD",
        }
    }

    /// The heading in our own files.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.headings().first().copied().unwrap_or_default()
    }

    /// Whether it is filled in by who reports.
    #[must_use]
    pub const fn is_filled(self) -> bool {
        matches!(
            self,
            Self::Value
                | Self::RunningTotal
                | Self::Base
                | Self::Things
                | Self::NotApplicable
                | Self::Reason
        )
    }

    /// Headings that mean the field, in search form but for the first.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Metric => &[
                "指标编码",
                "指标代码",
                "指标编号",
                "编码",
                "代码",
                "metric",
                "metric code",
                "code",
            ],
            Self::Task => &["任务", "任务名称", "工作任务", "事项", "task"],
            Self::Name => &[
                "指标名称",
                "指标",
                "名称",
                "name",
                "metric name",
                "indicator",
            ],
            Self::Unit => &["计量单位", "unit"],
            Self::Target => &["目标", "目标值", "年度目标", "target"],
            Self::YearSoFar => &["截至上月累计", "上月累计", "year so far"],
            Self::Value => &[
                "本月数",
                "本期数",
                "本月",
                "本月完成",
                "本月完成数",
                "当月数",
                "完成数",
                "数值",
                "填报值",
                "value",
                "this month",
            ],
            Self::RunningTotal => &[
                "累计数",
                "累计",
                "本年累计",
                "累计完成",
                "累计完成数",
                "截至本月累计",
                "running total",
                "cumulative",
                "total",
            ],
            Self::Base => &["基数", "分母", "权数", "base", "denominator", "weight"],
            Self::Things => &["计数对象", "名单", "明细", "对象", "things", "items"],
            Self::NotApplicable => &["不适用", "是否不适用", "not applicable"],
            Self::Reason => &["更正理由", "理由", "修改原因", "原因", "reason"],
            Self::Version => &["版本", "version", "revision"],
            Self::Department => &["填报单位", "单位名称", "部门", "单位", "department"],
            Self::Period => &["填报月份", "月份", "期间", "报告期", "period", "month"],
        }
    }
}

/// Headings and what they mean; of a heading that means nothing, that.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping(pub BTreeMap<String, Option<Field>>);

impl Mapping {
    /// What a heading means: as remembered, else by the words that we know.
    fn field(&self, heading: &str) -> Option<Field> {
        let heading = plain(heading);
        if let Some(known) = self.0.get(&heading) {
            return *known;
        }
        let mut fields = Field::ALL.into_iter();
        fields.find(|one| one.headings().iter().any(|known| plain(known) == heading))
    }

    /// Remembers what a heading means.
    pub fn remember(&mut self, heading: &str, field: Option<Field>) {
        self.0.insert(plain(heading), field);
    }
}

/// A heading without blanks and marks, in search form; a unit in parentheses is left out.
fn plain(heading: &str) -> String {
    let folded = search_form(heading);
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if c.is_alphanumeric() && depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The row of the headings, from 1.
    pub header: u32,
    /// The column of each field.
    pub of: BTreeMap<Field, u32>,
    /// What each heading was taken for, to be remembered.
    pub mapping: Mapping,
}

impl Columns {
    /// Finds the row of headings among the first rows of a sheet.
    #[must_use]
    pub fn find(sheet: &Sheet, remembered: &Mapping) -> (Option<Self>, Vec<Finding>) {
        let rows = sheet.rows.iter().take(HEADER_WITHIN);
        let named = rows
            .map(|row| Self::of_row(row, remembered))
            .find(|(columns, _)| columns.is_enough());
        match named {
            Some((columns, findings)) => (Some(columns), findings),
            None => (None, vec![Finding::new(None, &Problem::NoHeader)]),
        }
    }

    /// What stands where headings should: the first of the fullest rows at the top, for somebody to say
    /// what they mean.
    #[must_use]
    pub fn guessed(sheet: &Sheet, remembered: &Mapping) -> Mapping {
        let rows = sheet.rows.iter().take(HEADER_WITHIN);
        let named = rows.map(|row| Self::of_row(row, remembered).0.mapping);
        named.fold(Mapping::default(), |fullest, row| {
            let is_fuller = row.0.len() > fullest.0.len();
            if is_fuller { row } else { fullest }
        })
    }

    fn is_enough(&self) -> bool {
        let says = [
            Field::Value,
            Field::RunningTotal,
            Field::Things,
            Field::NotApplicable,
        ];
        self.of.contains_key(&Field::Metric) && says.iter().any(|one| self.of.contains_key(one))
    }

    fn of_row(row: &Row, remembered: &Mapping) -> (Self, Vec<Finding>) {
        let mut columns = Self {
            header: row.number,
            of: BTreeMap::new(),
            mapping: Mapping::default(),
        };
        let mut findings = Vec::new();
        for cell in &row.cells {
            let heading = cell.value.text();
            if heading.trim().is_empty() {
                continue;
            }
            let at = Address {
                row: row.number,
                column: cell.column,
            };
            let field = remembered.field(&heading);
            columns.mapping.remember(&heading, field);
            let problem = match field {
                None => Some(Problem::UnknownColumn {
                    header: heading.chars().take(80).collect(),
                }),
                Some(field) if columns.of.contains_key(&field) => Some(Problem::DoubleColumn {
                    field: field.title(),
                }),
                Some(field) => {
                    columns.of.insert(field, cell.column);
                    None
                }
            };
            let is_meant = remembered.0.get(&plain(&heading)) == Some(&None);
            findings.extend(
                problem
                    .filter(|_| !is_meant)
                    .map(|one| Finding::new(Some(at), &one)),
            );
        }
        (columns, findings)
    }
}
