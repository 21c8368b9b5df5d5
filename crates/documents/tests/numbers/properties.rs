//! What holds for any number: it comes back, its strictest word decides, and nothing panics.

use duban_domain::{plan::draft::DraftMetric, quantity::Comparator};
use proptest::prelude::*;

use crate::phrases::plan_of;

fn metrics(phrase: &str) -> Vec<DraftMetric> {
    let draft = plan_of(phrase);
    let tasks = draft.plans.into_iter().flat_map(|plan| plan.tasks);
    tasks.flat_map(|task| task.metrics).collect()
}

/// Words before a number, words behind it, and what they say; strictest first.
const WORDS: &[(&str, &str, Comparator)] = &[
    ("不少于", "", Comparator::AtLeast),
    ("", "以上", Comparator::AtLeast),
    ("至少", "", Comparator::AtLeast),
    ("超过", "", Comparator::MoreThan),
    ("突破", "", Comparator::MoreThan),
    ("不超过", "", Comparator::AtMost),
    ("", "以内", Comparator::AtMost),
    ("约", "", Comparator::About),
    ("", "左右", Comparator::About),
    ("达到", "", Comparator::Reach),
    ("达", "", Comparator::Reach),
    ("增至", "", Comparator::Equal),
];

#[test]
fn of_two_words_the_stricter_decides() {
    for (index, one) in WORDS.iter().enumerate() {
        for other in WORDS.iter().skip(index + 1) {
            // Words that contradict each other, or stand in one place twice.
            let both = (one.0.is_empty(), other.0.is_empty());
            let contradict = other.2 == Comparator::AtMost && one.2 != Comparator::AtMost;
            if both == (true, true) || contradict || (one.0 == "达到" && other.0 == "达") {
                continue;
            }
            let phrase = format!("培训学员人数{}{}500人{}{}", other.0, one.0, one.1, other.1);
            let found = metrics(&phrase);
            assert_eq!(found.len(), 1, "{phrase}");
            assert_eq!(found[0].comparator, one.2, "{phrase}");
            assert_eq!(found[0].value.to_string(), "500", "{phrase}");
        }
    }
}

proptest! {
    #[test]
    fn any_count_comes_back(value in 2_u32..1_000_000, wide in any::<bool>()) {
        let mut figure = value.to_string();
        if wide {
            figure = figure
                .chars()
                .filter_map(|one| char::from_u32(u32::from(one) + 0xfee0))
                .collect();
        }
        let found = metrics(&format!("举办科普讲座不少于{figure}场"));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].value.to_string(), value.to_string());
    }

    #[test]
    fn any_heap_of_numbers_is_read_without_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "1", "20", "2025年", "一", "百", "万", "亿", ".", "%", "％", "至", "到", "—", "~",
                "场", "个", "家", "以上", "不少于", "约", "第", "每", "余", "多", "分之", "百分之", "（",
                "）", "“", "”", "，", "、", "；", "。", "建设", "达到", "分别", "均", "增长", "名", "元",
                " ", "月", "前", "底", "/", "/年", "倍", "半年", "9999999999999999999", "０", "+",
            ]),
            0..40,
        ),
    ) {
        let text = words.concat();
        let draft = plan_of(&format!("做好{text}工作"));
        let length = draft.source.characters;
        for metric in draft.plans.iter().flat_map(|plan| &plan.tasks).flat_map(|task| &task.metrics) {
            prop_assert!(metric.span.start < metric.span.end && metric.span.end <= length);
            prop_assert!(!metric.phrase.is_empty() && !metric.subject.is_empty());
        }
    }
}
