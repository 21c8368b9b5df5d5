//! Names of departments in a list: where one ends, and which words are no names.

use std::ops::Range;

use super::glyphs::{Glyphs, is_han};

/// Last characters of the names of bodies.
const SUFFIXES: &[&str] = &[
    "局",
    "厅",
    "委",
    "部",
    "处",
    "室",
    "科",
    "办",
    "中心",
    "院",
    "会",
    "馆",
    "社",
    "公司",
    "集团",
    "政府",
    "大学",
    "学校",
    "所",
    "站",
    "队",
    "校",
    "行",
    "党委",
    "党组",
    "支部",
    "总支",
    "团委",
    "工会",
    "妇联",
    "科协",
    "残联",
    "侨联",
    "文联",
    "社科联",
    "工商联",
    "红十字会",
    "法院",
    "检察院",
    "银行",
    "医院",
    "台",
    "署",
    "股",
    "组",
    "街道",
    "办事处",
    "管委会",
    "园区",
    "乡",
    "镇",
    "村",
    "县",
    "区",
    "市",
    "州",
    "盟",
    "旗",
    "系",
    "厂",
    "场",
    "店",
    "库",
    "户",
    "专班",
    "联合会",
    "协会",
    "学会",
    "研究会",
    "基金会",
    "分局",
    "支队",
    "大队",
    "总队",
    "机关",
    "事业部",
    "项目部",
    "营业部",
    "报社",
    "日报",
    "供销社",
    "电视台",
    "地方",
    "发改",
    "财政",
    "单位",
    "部门",
    "党校",
    "纪委",
    "纪检监察组",
    "开发区",
    "高新区",
    "经开区",
    "研究院",
    "代表处",
    "合作社",
    "委员",
    "成员单位",
    "县区",
    "各地",
    "公安",
    "人社",
];

/// Whether a name ends like that of a body.
pub(super) fn looks_like_body(text: &Glyphs, range: Range<usize>) -> bool {
    let mut end = range.end;
    if text.before(end) == '）'
        && let Some(open) = range.clone().rev().find(|&at| text.ch(at) == '（')
    {
        end = open;
    }
    end > range.start && SUFFIXES.iter().any(|suffix| text.ends(end, suffix))
}

/// Whether the 、 at the end of the range stands inside one name: 各市、州人民政府.
pub(super) fn is_in_region_list(text: &Glyphs, before: Range<usize>) -> bool {
    let regions = ['省', '市', '区', '县', '州', '盟', '旗', '镇', '乡'];
    let is_region = |range: &Range<usize>| {
        (1..=8).contains(&range.len())
            && (regions.contains(&text.before(range.end)) || text.before(range.end) == '）')
    };
    if text.ch(before.start) != '各'
        || before.len() > 24
        || !regions.contains(&text.before(before.end))
    {
        return false;
    }
    let from = before.end + 1;
    let mut start = from;
    for at in from..text.len().min(from + 40) {
        let next = start..at + 1;
        if text.starts(start, "各") || text.word_at(start, &["县直", "市直", "区直"]).is_some()
        {
            return false;
        }
        if ["人民政府", "政府", "管委会", "科协"]
            .iter()
            .any(|end| text.ends(at + 1, end))
        {
            let name = text.folded(next);
            return !matches!(name.as_str(), "县政府" | "市政府" | "区政府" | "省政府")
                && regions.iter().any(|one| name.contains(*one));
        }
        if matches!(text.ch(at), '、') {
            if !is_region(&(start..at)) {
                return false;
            }
            start = at + 1;
        } else if matches!(text.ch(at), '，' | '；' | '。' | '：') {
            return false;
        }
    }
    false
}

/// Whether a name ends as only names of offices do: 局 and 办公室, not 市 or 场.
pub(super) fn ends_like_office(text: &Glyphs, range: &Range<usize>) -> bool {
    let ends = [
        "局",
        "厅",
        "委",
        "办",
        "部",
        "处",
        "科",
        "室",
        "股",
        "中心",
        "院",
        "会",
        "馆",
        "政府",
        "公司",
        "集团",
        "大学",
        "机关",
        "街道",
        "办事处",
        "站",
        "所",
        "队",
        "妇联",
        "残联",
        "科协",
        "工商联",
        "侨联",
        "文联",
        "社科联",
        "银行",
        "各乡镇",
        "各镇街",
        "各县区",
        "部门",
        "单位",
    ];
    ends.iter().any(|end| text.ends(range.end, end))
}

/// Words for further bodies that are not named.
pub(super) fn is_unnamed(name: &str) -> bool {
    let kinds = [
        "部门",
        "单位",
        "科室",
        "处室",
        "机构",
        "部室",
        "股室",
        "方面",
        "企业",
        "学院",
        "委办局",
        "站所",
        "镇街",
        "地方",
        "院系",
        "职能部门",
        "责任单位",
        "成员单位",
        "责任部门",
        "负责部门",
        "主管部门",
    ];
    let vague = ["有关", "相关", "其他", "其它", "涉及", "各有关", "各相关"];
    kinds.iter().any(|kind| {
        name.strip_suffix(kind)
            .is_some_and(|lead| vague.iter().any(|word| lead.ends_with(word)))
    }) || matches!(
        name,
        "有关方面" | "等" | "相关" | "有关" | "配合单位" | "各职能部门" | "各责任单位"
    )
}

/// Parts of a piece of a list that stand for one name each: cuts at 和, 与, 及 between two names,
/// never inside one (住房和城乡建设局).
pub(super) fn split_joined(
    text: &Glyphs,
    range: Range<usize>,
    is_known: &impl Fn(Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    if is_known(range.clone()) {
        return vec![range];
    }
    let mut depth = 0_usize;
    for at in range.clone() {
        match text.ch(at) {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some((_, length)) = text.word_at(at, &["以及", "和", "与", "及", "会同"]) else {
            continue;
        };
        let (left, right) = (range.start..at, at + length..range.end);
        if depth > 0 || left.len() < 2 || right.len() < 2 {
            continue;
        }
        let both = is_known(left.clone()) || is_complete(text, left.clone());
        let rest_fits = is_known(right.clone())
            || looks_like_body(text, right.clone())
            || is_unnamed(&text.folded(right.clone()));
        if both && rest_fits {
            let mut parts = vec![left];
            parts.extend(split_joined(text, right, is_known));
            return parts;
        }
    }
    vec![range]
}

/// Whether the left side of 和 is a whole name, not the first word of one (社会, 工业, 文化).
fn is_complete(text: &Glyphs, range: Range<usize>) -> bool {
    let words = [
        "社会", "行业", "社区", "城市", "城区", "党校", "工会", "农村", "乡村", "市场", "园区",
        "机关", "学会", "科室", "区", "县", "市", "镇", "村", "乡", "科", "会", "所", "校", "行",
        "台", "场", "系", "户", "库", "股", "店", "厂",
    ];
    let folded = text.folded(range.clone());
    if words.contains(&folded.as_str()) || folded.ends_with("社会") || folded.ends_with("城市")
    {
        return false;
    }
    looks_like_body(text, range)
}

/// Whether the range could be a name at all.
pub(super) fn may_be_name(text: &Glyphs, range: Range<usize>) -> bool {
    let length = range.len();
    (1..=40).contains(&length)
        && range
            .clone()
            .any(|at| is_han(text.ch(at)) || text.ch(at).is_ascii_alphabetic())
        && !range
            .clone()
            .any(|at| matches!(text.ch(at), '。' | '！' | '？'))
}
