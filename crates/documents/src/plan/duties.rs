//! What a responsibility parenthesis, a field line or a cell says: names, roles, a time.

use std::ops::Range;

use super::{
    glyphs::Glyphs,
    labels::{Label, label_at},
    names::{is_in_region_list, is_unnamed, looks_like_body, may_be_name, split_joined},
    register::DepartmentRegister,
    responsibility::closing,
};

/// A body as named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub name_in_text: String,
    pub full_name: Option<String>,
    pub label: Label,
    /// Where it stands in its paragraph.
    pub range: Range<usize>,
}

/// What the groups of a point say together.
#[derive(Debug, Clone, Default)]
pub(super) struct Responsibility {
    pub named: Vec<Named>,
    pub others_unnamed: bool,
    /// Where a labelled time stands.
    pub deadline: Option<Range<usize>>,
}

/// Verbs that say a role, before which the names stand.
pub(super) const VERBS: &[(&str, Label)] = &[
    ("牵头负责", Label::Lead),
    ("牵头落实", Label::Lead),
    ("牵头抓总", Label::Lead),
    ("负责牵头", Label::Lead),
    ("牵头推进", Label::Lead),
    ("牵头", Label::Lead),
    ("主责", Label::Lead),
    ("主抓", Label::Lead),
    ("配合落实", Label::Support),
    ("配合做好", Label::Support),
    ("积极配合", Label::Support),
    ("共同配合", Label::Support),
    ("配合", Label::Support),
    ("协同配合", Label::Support),
    ("共同负责", Label::Responsible),
    ("分别负责", Label::Responsible),
    ("分工负责", Label::Responsible),
    ("具体负责", Label::Responsible),
    ("组织实施", Label::Responsible),
    ("负责", Label::Responsible),
];

/// Verbs that are believed only where a list ends, for they occur inside names.
pub(super) const END_VERBS: &[(&str, Label)] = &[
    ("协助", Label::Support),
    ("协办", Label::Support),
    ("协同", Label::Support),
    ("协作", Label::Support),
    ("参与", Label::Support),
    ("参加", Label::Support),
    ("主办", Label::Lead),
    ("承办", Label::Responsible),
    ("落实", Label::Responsible),
    ("实施", Label::Responsible),
    ("推进", Label::Responsible),
    ("承担", Label::Responsible),
];

pub(super) const BY_DUTY: &[&str] = &[
    "按照各自职责分工",
    "按照职责分工",
    "按各自职责分工",
    "按职责分工",
    "根据职责分工",
    "依职责分工",
    "按照各自职责",
    "按照职责",
    "按各自职责",
    "按职责",
    "按照分工",
    "按分工",
    "依职责",
    "各司其职",
    "各负其责",
];

/// Reads what a group, a field line, or a cell says.
pub(super) fn read(
    text: &Glyphs,
    inner: Range<usize>,
    register: &DepartmentRegister,
) -> Responsibility {
    read_as(text, inner, Label::Responsible, register)
}

/// Reads names of which a column head or label said the role.
pub(super) fn read_as(
    text: &Glyphs,
    inner: Range<usize>,
    label: Label,
    register: &DepartmentRegister,
) -> Responsibility {
    let mut reader = Reader {
        text,
        register,
        end: inner.end,
        label,
        given: label,
        pending: Vec::new(),
        clause: 0,
        said: Responsibility::default(),
        has_marks: inner
            .clone()
            .any(|at| matches!(text.ch(at), '、' | '，' | '；')),
    };
    reader.walk(inner);
    reader.said
}

struct Reader<'t> {
    text: &'t Glyphs,
    register: &'t DepartmentRegister,
    end: usize,
    /// What the names under way are.
    label: Label,
    given: Label,
    pending: Vec<Named>,
    /// Where in the names under way those after the last comma begin.
    clause: usize,
    said: Responsibility,
    has_marks: bool,
}

impl Reader<'_> {
    fn walk(&mut self, inner: Range<usize>) {
        let (mut at, mut start) = (inner.start, inner.start);
        while at < inner.end {
            if let Some(next) = self.word(start, at) {
                (at, start) = (next, next);
                continue;
            }
            match self.text.ch(at) {
                '（' | '[' | '〔' => {
                    if let Some(close) = closing(self.text, at).filter(|close| *close < inner.end) {
                        // 甲（责任领导：某）
                        if label_at(self.text, at + 1).is_some_and(|one| one.0 == Label::Other) {
                            self.piece(start..at);
                            start = close + 1;
                        } else if self.role_in_parens(start, at, close) {
                            start = close + 1;
                        }
                        at = close + 1;
                        continue;
                    }
                }
                '。' if self.is_done(at) => {
                    self.piece(start..at);
                    self.flush(None);
                    return;
                }
                one if self.mark(one, start..at) => start = at + 1,
                _ => {
                    let breaks = at > start && !self.has_marks && self.text.has_gap(at);
                    if breaks && looks_like_body(self.text, start..at) {
                        self.piece(start..at);
                        start = at;
                    }
                }
            }
            at += 1;
        }
        self.piece(start..inner.end);
        self.flush(None);
    }

    /// Takes a label, a verb, or words for unnamed others; gives where they end.
    fn word(&mut self, start: usize, at: usize) -> Option<usize> {
        let label = label_at(self.text, at);
        if let Some((label, length)) = label.filter(|_| at == start || self.text.before(at) != '、')
        {
            self.piece(start..at);
            self.flush(None);
            self.label = label;
            let next = at + length;
            return Some(if label == Label::Deadline {
                self.deadline(next)
            } else {
                next
            });
        }
        if let Some((label, length)) = self.verb(at) {
            self.piece(start..at);
            self.flush(Some(label));
            return Some(at + length);
        }
        let (_, length) = self.text.word_at(at, BY_DUTY)?;
        self.piece(start..at);
        self.said.others_unnamed = true;
        Some(at + length)
    }

    /// Whether what stands behind a full stop is a remark: names were said, no label follows.
    fn is_done(&self, at: usize) -> bool {
        let has_names = !self.said.named.is_empty() || !self.pending.is_empty();
        has_names && at + 1 < self.end && label_at(self.text, at + 1).is_none()
    }

    /// Takes what stands before a mark of the list. Says whether it was one.
    fn mark(&mut self, mark: char, before: Range<usize>) -> bool {
        match mark {
            '：' => self.label = Label::Other,
            '；' | '。' => {
                self.piece(before);
                if self.label == Label::Other {
                    self.pending.clear();
                    self.label = self.given;
                } else {
                    self.flush(None);
                }
            }
            '、' if is_in_region_list(self.text, before.clone()) => return false,
            '、' | '，' | ',' | '/' | ' ' => {
                self.piece(before);
                if mark == '，' {
                    self.clause = self.pending.len();
                }
            }
            _ => return false,
        }
        true
    }

    fn verb(&self, at: usize) -> Option<(Label, usize)> {
        if self.text.starts(at, "负责人") {
            return None;
        }
        let find = |verbs: &[(&str, Label)]| {
            verbs
                .iter()
                .find(|(verb, _)| self.text.starts(at, verb))
                .map(|(verb, label)| (*label, verb.chars().count()))
                .filter(|(_, length)| at + length <= self.end)
        };
        if let Some(found) = find(VERBS) {
            return Some(found);
        }
        let found = find(END_VERBS)?;
        let next = at + found.1;
        let ends = next >= self.end || matches!(self.text.ch(next), '，' | '；' | '。' | '、');
        ends.then_some(found)
    }

    /// The time runs to the next label or clause mark.
    fn deadline(&mut self, start: usize) -> usize {
        let end = (start..self.end)
            .find(|&at| {
                matches!(self.text.ch(at), '；' | '。')
                    || (at > start && label_at(self.text, at).is_some())
            })
            .unwrap_or(self.end);
        self.said.deadline.get_or_insert(start..end);
        self.label = Label::Other;
        end
    }

    /// 甲（牵头）: a role behind a name. Says whether it was one.
    fn role_in_parens(&mut self, start: usize, open: usize, close: usize) -> bool {
        let label = match self.text.folded(open + 1..close).as_str() {
            "牵头" | "牵头单位" | "牵头部门" | "主责" | "主办" => Label::Lead,
            "配合" | "配合单位" | "配合部门" | "协办" | "参与" => Label::Support,
            _ => return false,
        };
        let before = self.pending.len();
        self.piece(start..open);
        for named in self.pending.iter_mut().skip(before) {
            named.label = label;
        }
        true
    }

    /// Takes a piece of the list: one name, several joined by 和, or a word for unnamed others.
    fn piece(&mut self, range: Range<usize>) {
        if self.label == Label::Other {
            return;
        }
        let mut range = self.trim(range);
        if let Some(at) = self.etcetera(&range) {
            self.said.others_unnamed = true;
            let rest = at + 1..range.end;
            range = range.start..at;
            if let Some((_, length)) = self.text.word_at(rest.start, &["和", "及", "与", "以及"])
            {
                self.piece(range.clone());
                self.piece(rest.start + length..rest.end);
                return;
            }
        }
        if let Some(at) = self.text.find(range.clone(), "会同") {
            self.piece(range.start..at);
            self.flush_pending_as(None);
            let before = self.pending.len();
            self.piece(at + 2..range.end);
            for named in self.pending.iter_mut().skip(before) {
                named.label = Label::Support;
            }
            return;
        }
        let range = self.trim(range);
        if range.is_empty() || !may_be_name(self.text, range.clone()) {
            return;
        }
        let known =
            |range: Range<usize>| self.register.full_name(&self.text.string(range)).is_some();
        for part in split_joined(self.text, range, &known) {
            let part = self.trim(part);
            let name = self.text.string(part.clone());
            if is_unnamed(&self.text.folded(part.clone())) {
                self.said.others_unnamed = true;
            } else if !part.is_empty() && !is_word(&name) {
                let full_name = self.register.full_name(&name).map(str::to_owned);
                self.pending.push(Named {
                    name_in_text: name,
                    full_name,
                    label: self.label,
                    range: part,
                });
            }
        }
    }

    fn trim(&self, mut range: Range<usize>) -> Range<usize> {
        let leads = [
            "由",
            "并由",
            "请",
            "及",
            "和",
            "以及",
            "与",
            "其中",
            "其他由",
            "分别由",
            "主要由",
            "”",
            "“",
            "）",
            "—",
            "-",
            "：",
        ];
        while let Some((_, length)) = self
            .text
            .word_at(range.start, &leads)
            .filter(|(_, length)| *length <= range.len())
        {
            range.start += length;
        }
        let tails = [
            "分别", "共同", "具体", "负责", "各自", "（", "“", "”", "一起", "依法", "根据", "：",
            "。", "统筹",
        ];
        while let Some(tail) = tails
            .iter()
            .find(|tail| range.len() >= tail.chars().count() && self.text.ends(range.end, tail))
        {
            range.end -= tail.chars().count();
        }
        range
    }

    /// Where 等 ends the names of a piece; 等 inside a name (高等教育处) does not.
    fn etcetera(&self, range: &Range<usize>) -> Option<usize> {
        range.clone().find(|&at| {
            if self.text.ch(at) != '等' || at == range.start {
                return false;
            }
            let inside = ["高等", "初等", "中等", "平等", "同等"]
                .iter()
                .any(|word| self.text.ends(at + 1, word));
            let tail = self.text.folded(at + 1..range.end);
            let ends = tail.is_empty()
                || [
                    "部门", "单位", "科室", "处室", "有关", "相关", "和", "及", "与", "按", "各",
                    "多", "职能", "企业", "镇", "1", "2", "3", "4", "5", "6", "7", "8", "9",
                ]
                .iter()
                .any(|word| tail.starts_with(word));
            ends && (!inside || tail.is_empty())
        })
    }

    /// Gives the names under way their role.
    fn flush(&mut self, verb: Option<Label>) {
        self.flush_pending_as(verb);
        self.said.named.append(&mut self.pending);
        self.clause = 0;
        if verb.is_some() && self.label != Label::Other {
            self.label = self.given;
        }
    }

    fn flush_pending_as(&mut self, verb: Option<Label>) {
        if let Some(verb) = verb {
            // 甲，乙、丙配合: who leads stands before the comma.
            let led = self
                .said
                .named
                .iter()
                .any(|one| one.label != Label::Support);
            let skip = if verb == Label::Support && !led {
                self.clause
            } else {
                0
            };
            for named in self.pending.iter_mut().skip(skip) {
                if named.label == Label::Responsible {
                    named.label = verb;
                }
            }
        }
    }
}

/// Words of such lists that name nobody.
fn is_word(name: &str) -> bool {
    matches!(
        name,
        "无" | "/"
            | "略"
            | "另行"
            | "按职责"
            | "职责分工"
            | "全年"
            | "长期"
            | "持续"
            | "持续推进"
            | "各"
            | "全体"
            | "本"
            | "做好"
            | "落实"
            | "推进"
            | "组织"
    )
}
