//! What a person should look at, in Chinese.

use duban_domain::plan::draft::{DraftWarning, Span, WarningCode};

/// Collects warnings.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    found: Vec<DraftWarning>,
}

impl Warnings {
    /// Adds one; `words` are those that it is about.
    pub fn add(&mut self, code: WarningCode, span: Span, words: &str) {
        let message = match code {
            WarningCode::TaskWithoutDepartment => format!("第{words}项没有写明责任部门"),
            WarningCode::NumberNotTaken => {
                format!("“{words}”可能是指标，未自动提取，请人工确认")
            }
            WarningCode::TwoLeads => format!("第{words}项有两个以上牵头单位，请选定一个"),
            WarningCode::UnknownDepartment => format!("部门“{words}”不在登记的部门名称中"),
            WarningCode::NumberingGap => format!("序号不连续：{words}"),
            WarningCode::YearUnknown => "无法判断计划的年份".to_owned(),
            WarningCode::TitleUnknown => "没有找到文件标题".to_owned(),
            WarningCode::DateNotTaken => format!("“{words}”可能是时限，未能识别"),
            _ => format!("这一部分未能读取：{words}"),
        };
        self.found.push(DraftWarning {
            code,
            message,
            span,
        });
    }

    /// All, in the order of the text.
    pub fn into_sorted(mut self) -> Vec<DraftWarning> {
        self.found.sort_by_key(|one| (one.span.start, one.span.end));
        self.found
    }
}
