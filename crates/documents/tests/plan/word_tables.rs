//! Tables of Word documents whose cells are merged, from the file to the tasks.

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
    testing::{docx_with, sheet_of},
};

/// A cell: text, how many columns it takes, and its part in a cell merged downwards.
type Cell = (&'static str, u8, &'static str);

const ONE: &str = "";
const FIRST: &str = r#"<w:vMerge w:val="restart"/>"#;
const MORE: &str = "<w:vMerge/>";

fn table(rows: &[&[Cell]]) -> String {
    let cell = |(text, columns, merge): &Cell| {
        format!(
            r#"<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"#
        )
    };
    let row = |cells: &&[Cell]| {
        let cells: String = cells.iter().map(cell).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")
}

#[expect(clippy::too_many_lines, reason = "the table stands here cell by cell")]
#[test]
fn merged_cells_of_a_word_table_reach_their_tasks() {
    let body = format!(
        "<w:p><w:r><w:t>云屏县科协2023年重点任务分工表</w:t></w:r></w:p>{}",
        table(&[
            &[
                ("序号", 1, FIRST),
                ("工作任务", 1, FIRST),
                ("具体要求", 1, FIRST),
                ("责任部门", 2, ONE),
            ],
            &[
                ("", 1, MORE),
                ("", 1, MORE),
                ("", 1, MORE),
                ("牵头部门", 1, ONE),
                ("配合部门", 1, ONE),
            ],
            &[("一、服务科学普及", 5, ONE)],
            &[
                ("1", 1, ONE),
                ("办好科普日", 1, ONE),
                ("举办主场活动。", 1, ONE),
                ("科普部", 1, FIRST),
                ("办公室、学会部", 1, ONE),
            ],
            &[
                ("2", 1, ONE),
                ("建好科普馆", 1, ONE),
                ("更新展品。", 1, ONE),
                ("", 1, MORE),
                ("县科技馆", 1, ONE),
            ],
            &[("二、服务学会", 5, ONE)],
            &[
                ("3", 1, ONE),
                ("规范学会管理", 1, ONE),
                ("修订考核办法。", 1, ONE),
                ("学会部", 1, ONE),
                ("", 1, ONE),
            ],
        ])
    );
    let file = docx_with(&body, &[]);
    let source = read("plan.docx", &file, &Limits::default()).unwrap();
    let draft = parse(&source, &DepartmentRegister::default()).unwrap();
    let expected = "\
title: 云屏县科协2023年重点任务分工表
issuer: 云屏县科协
number:
year: 2023
issued:
recipients:
plan TABLE 云屏县科协2023年重点任务分工表
§ 1 一 | 服务科学普及
§ 2 二 | 服务学会
@ 1 1 1 | 办好科普日
  = 办好科普日举办主场活动。
  > 科普部* | 办公室 | 学会部
  + stated
@ 1 2 2 | 建好科普馆
  = 建好科普馆更新展品。
  > 科普部* | 县科技馆
  + stated
@ 2 3 3 | 规范学会管理
  = 规范学会管理修订考核办法。
  > 学会部*
  + stated
";
    assert_eq!(sheet_of(&draft), expected);
}
