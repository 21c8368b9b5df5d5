//! Words in front of a colon that say what follows: 责任部门：, 配合单位：, 完成时限：.

use super::glyphs::Glyphs;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// 责任单位, 负责部门, 落实单位: responsible, without a role.
    Responsible,
    /// 牵头单位, 主办单位.
    Lead,
    /// 配合单位, 协办单位, 参与单位.
    Support,
    /// 完成时限, 时间节点.
    Deadline,
    /// 责任人, 分管领导, 联系电话: a person or a remark.
    Other,
}

const PREFIXES: &[(&str, Label)] = &[
    ("牵头责任", Label::Lead),
    ("牵头负责", Label::Lead),
    ("牵头落实", Label::Lead),
    ("牵头承办", Label::Lead),
    ("第一责任", Label::Lead),
    ("主要责任", Label::Lead),
    ("主要牵头", Label::Lead),
    ("主体责任", Label::Lead),
    ("配合责任", Label::Support),
    ("配合落实", Label::Support),
    ("责任落实", Label::Responsible),
    ("责任承办", Label::Responsible),
    ("具体责任", Label::Responsible),
    ("具体负责", Label::Responsible),
    ("具体承办", Label::Responsible),
    ("组织实施", Label::Responsible),
    ("落实责任", Label::Responsible),
    ("责任牵头", Label::Lead),
    ("责任", Label::Responsible),
    ("负责", Label::Responsible),
    ("落实", Label::Responsible),
    ("实施", Label::Responsible),
    ("承办", Label::Responsible),
    ("承担", Label::Responsible),
    ("执行", Label::Responsible),
    ("分工", Label::Responsible),
    ("牵头", Label::Lead),
    ("主责", Label::Lead),
    ("主办", Label::Lead),
    ("主管", Label::Lead),
    ("主要", Label::Lead),
    ("配合", Label::Support),
    ("协办", Label::Support),
    ("协同", Label::Support),
    ("协助", Label::Support),
    ("协作", Label::Support),
    ("参与", Label::Support),
    ("参加", Label::Support),
    ("督办", Label::Other),
    ("督导", Label::Other),
    ("监督", Label::Other),
    ("分管", Label::Other),
    ("挂包", Label::Other),
    ("包联", Label::Other),
    ("支持", Label::Support),
];

const BODIES: &[&str] = &[
    "部门（单位）",
    "单位（部门）",
    "部门和单位",
    "部门及单位",
    "部门、单位",
    "单位及部门",
    "部门单位",
    "单位部门",
    "部室",
    "部门",
    "单位",
    "科室",
    "处室",
    "股室",
    "站所",
    "机构",
    "主体",
    "院系",
    "学院",
    "支部",
    "党支部",
    "处（室）",
    "科（室）",
    "室",
    "处",
    "科",
    "部",
    "方",
    "局",
    "委办",
];

const PERSONS: &[&str] = &[
    "县级领导",
    "市级领导",
    "区级领导",
    "校领导",
    "院领导",
    "公司领导",
    "领导",
    "负责人",
    "责任人",
    "人员",
    "人",
    "县领导",
    "市领导",
];

const DEADLINES: &[&str] = &[
    "完成时限要求",
    "完成时限",
    "完成时间",
    "完成期限",
    "完成日期",
    "办结时限",
    "办理时限",
    "办结时间",
    "落实时限",
    "落实时间",
    "时间节点",
    "时间要求",
    "时间进度",
    "时间安排",
    "截止时间",
    "截止日期",
    "推进时限",
    "整改时限",
    "进度要求",
    "进度安排",
    "实施时间",
    "时限要求",
    "工作时限",
    "计划完成时间",
    "时限",
    "期限",
    "完成时点",
];

const OTHERS: &[&str] = &[
    "其他说明",
    "备注",
    "联系人",
    "联系电话",
    "责任人",
    "分管领导",
    "责任领导",
    "牵头领导",
    "负责人",
    "包保领导",
    "挂钩领导",
    "说明",
    "督办领导",
    "主要负责人",
    "牵头人",
];

const NUMERALS: &[&str] = &["一", "二", "三", "1", "2", "3"];

/// The label at a position, with the length up to and including its colon.
pub(super) fn label_at(text: &Glyphs, start: usize) -> Option<(Label, usize)> {
    let (label, length) = label_words(text, start)?;
    let end = start + length;
    if text.ch(end) == '：' {
        return Some((label, length + 1));
    }
    None
}

/// The label at a position without asking for a colon, as in the head of a table.
pub(super) fn label_words(text: &Glyphs, start: usize) -> Option<(Label, usize)> {
    if let Some((_, length)) = text.word_at(start, DEADLINES) {
        return Some((Label::Deadline, length));
    }
    if let Some((_, length)) = text.word_at(start, OTHERS) {
        return Some((Label::Other, length));
    }
    let (prefix, label) = PREFIXES
        .iter()
        .find(|(prefix, _)| text.starts(start, prefix))?;
    let mut length = prefix.chars().count();
    if let Some((_, more)) = text.word_at(start + length, PERSONS) {
        return Some((Label::Other, length + more));
    }
    let after_body = text
        .word_at(start + length, BODIES)
        .map_or(0, |(_, more)| more);
    length += after_body;
    if let Some((_, more)) = text.word_at(start + length, NUMERALS) {
        length += more;
    }
    let closes = text.ch(start + length) == '：' || text.ch(start + length) == '\0';
    if after_body == 0 && (!closes || *prefix == "主要" || *prefix == "支持" || *prefix == "分工")
    {
        return None;
    }
    Some((*label, length))
}
