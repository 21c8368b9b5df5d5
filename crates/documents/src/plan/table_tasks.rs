//! Tables of tasks: 序号 | 工作任务 | 具体要求 | 责任部门 | 完成时限.

use duban_domain::plan::draft::{DraftSection, DraftTask};

use super::{points::Paper, tables::Grid, warnings::Warnings};

/// The tasks of a table.
pub(super) struct TableTasks {
    pub sections: Vec<DraftSection>,
    pub tasks: Vec<DraftTask>,
    /// Task and chapter of each row.
    pub rows: Vec<(Option<usize>, Option<String>)>,
}

pub(super) fn is_task_table(_grid: &Grid) -> bool {
    false
}

pub(super) fn read(
    _grid: &Grid,
    _paper: &Paper<'_>,
    _warnings: &mut Warnings,
) -> Option<TableTasks> {
    None
}
