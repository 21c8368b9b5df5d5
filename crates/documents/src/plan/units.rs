//! Measure words, and which of them count results.

use super::glyphs::Glyphs;

/// What a measure word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things and people: 个, 家, 场, 人次.
    Count,
    /// A physical measure: 公里, 亩, 吨.
    Measure,
    /// Money.
    Money,
    /// % and 个百分点.
    Ratio,
    /// Time, ordinals, versions: no target.
    Time,
    /// None found.
    None,
}

/// A measure word at a place.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub name: String,
    pub class: Unit,
    /// Characters that it takes in the text.
    pub length: usize,
}

pub(super) fn percent() -> Found {
    Found {
        name: "%".to_owned(),
        class: Unit::Ratio,
        length: 0,
    }
}

/// Longer words stand before their beginnings.
const UNITS: &[(&str, Unit)] = &[
    ("个百分点", Unit::Ratio),
    ("百分点", Unit::Ratio),
    ("%", Unit::Ratio),
    ("‰", Unit::Ratio),
    ("个工作日", Unit::Time),
    ("工作日", Unit::Time),
    ("个自然日", Unit::Time),
    ("个小时", Unit::Time),
    ("个半月", Unit::Time),
    ("个月", Unit::Time),
    ("个季度", Unit::Time),
    ("个学期", Unit::Time),
    ("个学时", Unit::Time),
    ("个课时", Unit::Time),
    ("个年度", Unit::Time),
    ("个星期", Unit::Time),
    ("周年", Unit::Time),
    ("周岁", Unit::Time),
    ("小时", Unit::Time),
    ("学时", Unit::Time),
    ("课时", Unit::Time),
    ("分钟", Unit::Time),
    ("季度", Unit::Time),
    ("学期", Unit::Time),
    ("年级", Unit::Time),
    ("世纪", Unit::Time),
    ("年", Unit::Time),
    ("月", Unit::Time),
    ("日", Unit::Time),
    ("号", Unit::Time),
    ("时", Unit::Time),
    ("天", Unit::Time),
    ("周", Unit::Time),
    ("岁", Unit::Time),
    ("届", Unit::Time),
    ("版", Unit::Time),
    ("级", Unit::Time),
    ("星", Unit::Time),
    ("秒", Unit::Time),
    ("代", Unit::Time),
    ("季", Unit::Time),
    ("次会议", Unit::Time),
    ("次全会", Unit::Time),
    ("中全会", Unit::Time),
    ("平方公里", Unit::Measure),
    ("平方千米", Unit::Measure),
    ("平方米", Unit::Measure),
    ("立方米", Unit::Measure),
    ("公里", Unit::Measure),
    ("千米", Unit::Measure),
    ("公顷", Unit::Measure),
    ("公斤", Unit::Measure),
    ("千克", Unit::Measure),
    ("亩次", Unit::Measure),
    ("亩", Unit::Measure),
    ("吨标准煤", Unit::Measure),
    ("吨", Unit::Measure),
    ("米", Unit::Measure),
    ("斤", Unit::Measure),
    ("千瓦时", Unit::Measure),
    ("千瓦", Unit::Measure),
    ("兆瓦时", Unit::Measure),
    ("兆瓦", Unit::Measure),
    ("度电", Unit::Measure),
    ("微克/立方米", Unit::Measure),
    ("微克每立方米", Unit::Measure),
    ("立方", Unit::Measure),
    ("标箱", Unit::Measure),
    ("平方", Unit::Measure),
    ("美元", Unit::Money),
    ("欧元", Unit::Money),
    ("港元", Unit::Money),
    ("元", Unit::Money),
    ("人次", Unit::Count),
    ("人天", Unit::Count),
    ("户次", Unit::Count),
    ("家次", Unit::Count),
    ("批次", Unit::Count),
    ("件次", Unit::Count),
    ("台次", Unit::Count),
    ("架次", Unit::Count),
    ("车次", Unit::Count),
    ("场次", Unit::Count),
    ("班次", Unit::Count),
    ("例次", Unit::Count),
    ("课次", Unit::Count),
    ("台套", Unit::Count),
    ("台（套）", Unit::Count),
    ("套（间）", Unit::Count),
    ("户（套）", Unit::Count),
    ("场（次）", Unit::Count),
    ("家（次）", Unit::Count),
    ("个（次）", Unit::Count),
    ("个（处）", Unit::Count),
    ("个（家）", Unit::Count),
    ("张床位", Unit::Count),
    ("人", Unit::Count),
    ("名", Unit::Count),
    ("位", Unit::Count),
    ("家", Unit::Count),
    ("个", Unit::Count),
    ("项", Unit::Count),
    ("场", Unit::Count),
    ("次", Unit::Count),
    ("所", Unit::Count),
    ("座", Unit::Count),
    ("条", Unit::Count),
    ("件", Unit::Count),
    ("篇", Unit::Count),
    ("部", Unit::Count),
    ("套", Unit::Count),
    ("户", Unit::Count),
    ("支", Unit::Count),
    ("种", Unit::Count),
    ("门", Unit::Count),
    ("间", Unit::Count),
    ("处", Unit::Count),
    ("台", Unit::Count),
    ("辆", Unit::Count),
    ("艘", Unit::Count),
    ("架", Unit::Count),
    ("张", Unit::Count),
    ("片", Unit::Count),
    ("对", Unit::Count),
    ("班", Unit::Count),
    ("期", Unit::Count),
    ("轮", Unit::Count),
    ("节", Unit::Count),
    ("堂", Unit::Count),
    ("头", Unit::Count),
    ("只", Unit::Count),
    ("羽", Unit::Count),
    ("株", Unit::Count),
    ("棵", Unit::Count),
    ("例", Unit::Count),
    ("份", Unit::Count),
    ("幅", Unit::Count),
    ("册", Unit::Count),
    ("本", Unit::Count),
    ("首", Unit::Count),
    ("集", Unit::Count),
    ("款", Unit::Count),
    ("枚", Unit::Count),
    ("组", Unit::Count),
    ("队", Unit::Count),
    ("宗", Unit::Count),
    ("起", Unit::Count),
    ("幢", Unit::Count),
    ("栋", Unit::Count),
    ("笔", Unit::Count),
    ("类", Unit::Count),
    ("批", Unit::Count),
    ("口", Unit::Count),
    ("眼", Unit::Count),
    ("尾", Unit::Count),
    ("部门", Unit::None),
    ("床", Unit::Count),
    ("单", Unit::Count),
    ("部", Unit::Count),
    ("道", Unit::Count),
    ("幕", Unit::Count),
    ("档", Unit::Count),
    ("盏", Unit::Count),
    ("根", Unit::Count),
    ("块", Unit::Count),
    ("箱", Unit::Count),
    ("瓶", Unit::Count),
    ("倍", Unit::Ratio),
    ("分", Unit::Time),
    ("度", Unit::Time),
    ("成", Unit::Time),
    ("点", Unit::Time),
    ("层", Unit::Time),
    ("型", Unit::Time),
    ("大", Unit::Time),
    ("线", Unit::Time),
];

/// The measure word at a place.
pub(super) fn unit_at(text: &Glyphs, at: usize, is_han: bool) -> Option<Found> {
    let (name, class) = UNITS.iter().find(|(name, _)| text.starts(at, name))?;
    let length = name.chars().count();
    if is_other_word(name, text, at + length, is_han) {
        return None;
    }
    let printed = if *name == "百分点" {
        "个百分点"
    } else {
        name
    };
    // 件（套）, 场（次）: as printed.
    let other = bracketed(text, at + length).filter(|_| *class == Unit::Count);
    Some(match other {
        Some(other) => Found {
            name: format!("{printed}（{other}）"),
            class: *class,
            length: length + 2 + other.chars().count(),
        },
        None => Found {
            name: printed.to_owned(),
            class: *class,
            length,
        },
    })
}

/// A measure word in brackets.
fn bracketed(text: &Glyphs, at: usize) -> Option<&'static str> {
    if text.ch(at) != '（' {
        return None;
    }
    let known = UNITS.iter().find(|(other, class)| {
        *class == Unit::Count
            && text.starts(at + 1, other)
            && text.ch(at + 1 + other.chars().count()) == '）'
    });
    known.map(|(other, _)| *other)
}

/// Words that only begin like a measure: 10部门, 3人行, 5条例.
fn is_other_word(name: &str, text: &Glyphs, end: usize, is_han: bool) -> bool {
    let next = text.ch(end);
    match name {
        "部" => matches!(next, '门' | '署' | '分'),
        "人" => is_han && matches!(next, '行' | '小' | '帮'),
        "条" => next == '例',
        "单" => matches!(next, '位' | '元'),
        "期" => matches!(next, '间' | '待'),
        "位" => text.starts(end, "一体"),
        "节" => matches!(next, '能' | '约'),
        "头" => next == '企',
        "组" => matches!(next, '织' | '建'),
        "口" => next == '岸',
        "首" => matches!(next, '创' | '位' | '批'),
        "本" => matches!(next, '地' | '级' | '市'),
        "对" => matches!(next, '接' | '口'),
        "支" => matches!(next, '持' | '撑'),
        "处" => matches!(next, '理' | '置'),
        "班" => next == '子',
        "台" => next == '账',
        "起" => next == '来',
        "门" => next == '类',
        "集" => matches!(next, '中' | '聚' | '团'),
        _ => false,
    }
}
