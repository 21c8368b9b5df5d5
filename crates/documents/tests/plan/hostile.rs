//! What holds for any text: no panic, spans inside the text, work that grows with its length.

use std::time::{Duration, Instant};

use duban_documents::plan::{DepartmentRegister, parse};
use duban_domain::plan::draft::Span;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{damage::KINDS, gold, source};

const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "1.",
    "（1）",
    "①",
    "第一章",
    "第三条",
    "加强科普工作",
    "。",
    "；",
    "，",
    "、",
    "：",
    "（责任部门：",
    "办公室",
    "人事科",
    "）",
    "（",
    "牵头",
    "配合",
    "等",
    "和",
    "按职责分工负责",
    "|",
    "\t",
    "\n",
    "\n\n",
    "\u{c}",
    "— 3 —",
    "第3页 共9页",
    "#",
    "##",
    "**",
    "<table>",
    "<tr>",
    "<td rowspan=3>",
    "</td>",
    "</tr>",
    "</table>",
    "序号",
    "工作任务",
    "责任单位",
    "完成时限",
    "2024年",
    "6月底前",
    "40场以上",
    "超过1000万",
    "附件：",
    "抄送：",
    "关于印发",
    "的通知",
    "工作要点",
    "〔2024〕3号",
    " ",
    "\u{3000}",
    "\u{200b}",
    "\\",
    "](http://",
    "&nbsp;",
    "é",
    "𠀀",
    "12345678901234567890",
    "百分之",
    "增长",
    "3到5家",
    "分别达到",
    "同上",
    "---",
];

fn check(text: &str) {
    let Ok(draft) = parse(&source(text), &DepartmentRegister::default()) else {
        return;
    };
    let length = text.chars().count();
    let holds = |span: Span| span.start <= span.end && span.end <= length;
    for plan in &draft.plans {
        assert!(!plan.tasks.is_empty(), "a plan has tasks");
        for section in &plan.sections {
            assert!(holds(section.span));
        }
        for task in &plan.tasks {
            assert!(holds(task.span));
            assert!(task.metrics.iter().all(|metric| holds(metric.span)));
            let keys = plan.sections.iter().map(|section| section.key.as_str());
            let section = task.section.as_deref();
            assert!(section.is_none_or(|key| keys.into_iter().any(|one| one == key)));
        }
    }
    let mut end = 0;
    for clause in &draft.clauses {
        assert!(
            holds(clause.span) && clause.span.start >= end,
            "clauses run on"
        );
        end = clause.span.end;
        let plan = clause.plan.map(|plan| &draft.plans[plan]);
        if let Some(task) = clause.task {
            assert!(plan.is_some_and(|plan| task < plan.tasks.len()));
        }
    }
    assert!(draft.warnings.iter().all(|warning| holds(warning.span)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_are_read_without_a_panic(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mix_of_the_marks_of_plans_is_read(pieces in vec(select(PIECES), 0..120)) {
        check(&pieces.concat());
    }

    #[test]
    fn gold_documents_with_holes_and_doubled_parts_are_read(
        document in 0_usize..100,
        kind in 0..KINDS.len(),
        cuts in vec((0_usize..5000, 0_usize..60, any::<bool>()), 1..8),
        piece in select(PIECES),
    ) {
        let documents = gold::documents();
        let gold = &documents[document % documents.len()];
        let mut letters: Vec<char> = (KINDS[kind].1)(&gold.text).text().chars().collect();
        for (start, length, is_hole) in cuts {
            let start = start % letters.len().max(1);
            let end = (start + length).min(letters.len());
            if is_hole {
                letters.drain(start..end);
            } else {
                let again: Vec<char> = letters[start..end].to_vec();
                letters.splice(start..start, again.into_iter().chain(piece.chars()));
            }
        }
        check(&letters.into_iter().collect::<String>());
    }
}

/// How long a text takes.
fn cost(text: &str) -> Duration {
    let start = Instant::now();
    check(text);
    start.elapsed()
}

#[test]
fn eight_times_the_text_costs_about_eight_times_the_work() {
    let point =
        "3. 做好科普服务。组织40场以上活动，推动资源共享（市、区）。（责任部门：科普部、办公室）\n";
    let shapes: Vec<(&str, String)> = vec![
        ("points", point.to_owned()),
        ("one paragraph", "推动科普服务，组织活动，".to_owned()),
        ("open brackets", "（责任部门：办公室".to_owned()),
        ("one number", "1234567890".to_owned()),
        ("numerals", "一百二十三".to_owned()),
        ("rows", "| 1 | 做好工作 | | |\n".to_owned()),
        ("cells", "| 甲 ".to_owned()),
        ("tags", "<td><tr>".to_owned()),
        ("open tags", "<a".to_owned()),
        ("headings", "# 2024年工作要点\n".to_owned()),
        ("pages", "做好\n\n— 3 —\n\n".to_owned()),
        ("ordinals", "一、（一）1.".to_owned()),
        ("quotes", "“甲".to_owned()),
        ("dates", "2024年3月5日".to_owned()),
        ("breaks", "\u{c}甲\n".to_owned()),
        ("spaces", " \u{3000}".to_owned()),
    ];
    for (name, unit) in shapes {
        let head = "# 某市科协2024年工作要点\n\n一、做好服务\n\n| 序号 | 工作任务 | 责任单位 |\n";
        let text = |letters: usize| {
            let times = letters / unit.chars().count();
            format!("{head}{}", unit.repeat(times))
        };
        // Quadratic work would be 64 times in every run; the least of a small text is noise, and
        // a busy machine makes single runs slow.
        let mut seen = Vec::new();
        let holds = (0..4).any(|_| {
            let (small, large) = (cost(&text(20_000)), cost(&text(160_000)));
            seen.push((small, large));
            large < small.max(Duration::from_millis(20)) * 24
        });
        assert!(holds, "{name}: {seen:?}");
    }
}
