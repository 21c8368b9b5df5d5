//! Clean text whose every character knows its place in the source.

use std::ops::Range;

use duban_domain::plan::draft::Span;

/// Clean text: layout spaces, hard wraps and Markdown marks are gone, no character is altered.
#[derive(Debug, Clone, Default)]
pub(super) struct Glyphs {
    /// The characters as printed.
    pub text: Vec<char>,
    /// The same characters in one width, for scanning.
    pub fold: Vec<char>,
    /// Where each stands in the source.
    pub at: Vec<usize>,
    /// Whether white space on one line was dropped before it.
    pub gap: Vec<bool>,
}

impl Glyphs {
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The folded character, or NUL outside.
    pub fn ch(&self, index: usize) -> char {
        self.fold.get(index).copied().unwrap_or('\0')
    }

    /// The folded character before, or NUL.
    pub fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\0', |at| self.ch(at))
    }

    pub fn has_gap(&self, index: usize) -> bool {
        self.gap.get(index).copied().unwrap_or(false)
    }

    pub fn last(&self) -> char {
        self.fold.last().copied().unwrap_or('\0')
    }

    /// Whether the folded text goes on with these characters.
    pub fn starts(&self, index: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(step, one)| self.ch(index + step) == one)
    }

    /// Whether these characters end right before the index.
    pub fn ends(&self, index: usize, word: &str) -> bool {
        index
            .checked_sub(word.chars().count())
            .is_some_and(|start| self.starts(start, word))
    }

    /// The first of the words that starts here, with its length.
    pub fn word_at<'w>(&self, index: usize, words: &[&'w str]) -> Option<(&'w str, usize)> {
        words
            .iter()
            .find(|word| self.starts(index, word))
            .map(|word| (*word, word.chars().count()))
    }

    /// Where the word first occurs in the range.
    pub fn find(&self, range: Range<usize>, word: &str) -> Option<usize> {
        let length = word.chars().count();
        (range.start..(range.end + 1).saturating_sub(length)).find(|&at| self.starts(at, word))
    }

    /// Whether any of the words occurs in the range.
    pub fn has_any(&self, range: Range<usize>, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| self.find(range.clone(), word).is_some())
    }

    /// The text as printed.
    pub fn string(&self, range: Range<usize>) -> String {
        self.text
            .get(range)
            .unwrap_or_default()
            .iter()
            .collect::<String>()
            .trim()
            .to_owned()
    }

    /// The folded text.
    pub fn folded(&self, range: Range<usize>) -> String {
        self.fold.get(range).unwrap_or_default().iter().collect()
    }

    /// Where the range stands in the source; empty at 0 where the range is empty.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.at.get(range.start).copied();
        let end = range
            .end
            .checked_sub(1)
            .and_then(|last| self.at.get(last))
            .map(|last| last + 1);
        match (start, end) {
            (Some(start), Some(end)) if start < end => Span { start, end },
            _ => Span { start: 0, end: 0 },
        }
    }

    pub fn all(&self) -> Range<usize> {
        0..self.len()
    }

    pub fn push(&mut self, one: char, at: usize, gap: bool) {
        self.text.push(one);
        self.at.push(at);
        self.gap.push(gap);
    }

    /// Adds what another holds.
    pub fn append(&mut self, mut other: Self) {
        self.text.append(&mut other.text);
        self.at.append(&mut other.at);
        self.gap.append(&mut other.gap);
        self.fold.append(&mut other.fold);
    }

    /// Fills the folded text, which looks at neighbours: call when the text is complete.
    pub fn refold(&mut self) {
        self.fold.clear();
        self.fold.reserve(self.text.len());
        let mut quote_open = false;
        for (index, &one) in self.text.iter().enumerate() {
            let before = self.fold.last().copied().unwrap_or('\0');
            let next = self.text.get(index + 1).copied().map_or('\0', narrow);
            let folded = match narrow(one) {
                '"' => {
                    quote_open = !quote_open;
                    if quote_open { '“' } else { '”' }
                }
                ',' if before.is_ascii_digit() && next.is_ascii_digit() => ',',
                '.' if is_full_stop(&self.fold, next) => '。',
                '<' if is_han(next) => '《',
                '>' if is_han(before) || before == '”' => '》',
                plain => widen(plain),
            };
            self.fold.push(folded);
        }
    }
}

/// A dot ends a sentence after a Chinese word, a bracket, a percent sign, or after a figure that
/// a Chinese word precedes (达到15.) when no digit follows.
fn is_full_stop(before: &[char], next: char) -> bool {
    let Some(&last) = before.last() else {
        return false;
    };
    if next.is_ascii_digit() && last.is_ascii_digit() {
        return false;
    }
    if !last.is_ascii_alphanumeric() {
        return last != '.' && !matches!(last, '…' | '、' | '，');
    }
    if !last.is_ascii_digit() || next.is_ascii_alphabetic() {
        return false;
    }
    before
        .iter()
        .rev()
        .take(12)
        .find(|one| !one.is_ascii_digit())
        .is_some_and(|&one| is_han(one))
}

/// Full-width letters, digits and marks in half width.
pub(super) fn narrow(one: char) -> char {
    match one {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(one) - 0xfee0).unwrap_or(one),
        '｡' => '。',
        '､' => '、',
        '「' | '『' | '〝' | '„' | '‟' => '“',
        '」' | '』' | '〞' => '”',
        '﹙' => '(',
        '﹚' => ')',
        '﹒' => '.',
        '〈' => '《',
        '〉' => '》',
        _ => one,
    }
}

/// Marks in the width of running Chinese text.
fn widen(one: char) -> char {
    match one {
        '(' => '（',
        ')' => '）',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        ',' => '，',
        _ => one,
    }
}

/// Whether a character is a Chinese one.
pub(super) fn is_han(one: char) -> bool {
    matches!(one, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{20000}'..='\u{323af}')
}

/// Whether a folded character ends a sentence.
pub(super) fn is_stop(one: char) -> bool {
    matches!(one, '。' | '！' | '？')
}

/// Whether white space between the two is layout only: it stays between Latin words and figures.
fn is_layout_space(before: char, after: char) -> bool {
    !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
}

/// Cleans one line of the source and adds it.
pub(super) fn clean(source: &[char], range: Range<usize>, into: &mut Glyphs) {
    let mut index = range.start;
    let mut gap_at: Option<usize> = None;
    let line_start = into.len();
    let get = |at: usize| {
        if at < range.end {
            source.get(at).copied().unwrap_or('\0')
        } else {
            '\0'
        }
    };
    while index < range.end {
        let one = get(index);
        let next = get(index + 1);
        let skip = match one {
            _ if is_space(one) => {
                gap_at.get_or_insert(index);
                1
            }
            _ if is_invisible(one) => 1,
            '*' | '`' => 1,
            '_' if next == '_' => 2,
            '\\' if next.is_ascii_punctuation() => 1,
            '<' if next.is_ascii_alphabetic() || next == '/' || next == '!' => {
                let length = (1..200).find(|step| get(index + step) == '>');
                if length.is_some() {
                    gap_at.get_or_insert(index);
                }
                length.map_or(0, |length| length + 1)
            }
            '&' => entity(&get, index),
            '!' if next == '[' => 1,
            ']' if next == '(' && is_link(&get, index + 2) => (2..2000)
                .find(|step| get(index + step) == ')')
                .map_or(0, |end| end + 1),
            _ => 0,
        };
        if skip > 0 {
            index += skip;
            continue;
        }
        let has_gap = gap_at.is_some() && into.len() > line_start;
        if has_gap {
            let before = into.text.last().copied().unwrap_or('\0');
            if let Some(at) = gap_at.filter(|_| !is_layout_space(narrow(before), narrow(one))) {
                into.push(' ', at, true);
            }
        }
        into.push(one, index, has_gap);
        gap_at = None;
        index += 1;
    }
}

/// White space of any width.
pub(super) fn is_space(one: char) -> bool {
    one.is_whitespace() || matches!(one, '\u{3000}' | '\u{a0}' | '\u{2800}' | '\u{3164}')
}

/// Characters that print nothing.
pub(super) fn is_invisible(one: char) -> bool {
    matches!(
        one,
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}'..='\u{2064}'
            | '\u{202a}'..='\u{202e}' | '\u{fffc}' | '\u{e000}'..='\u{f8ff}'
    ) || (one.is_control() && !one.is_whitespace())
}

fn entity(get: &impl Fn(usize) -> char, index: usize) -> usize {
    let name: String = (1..8)
        .map(|step| get(index + step))
        .take_while(|one| *one != ';')
        .collect();
    let known = [
        "nbsp", "emsp", "ensp", "thinsp", "#160", "#12288", "#xa0", "lrm", "zwnj",
    ];
    if known.contains(&name.as_str()) {
        name.len() + 2
    } else {
        0
    }
}

fn is_link(get: &impl Fn(usize) -> char, index: usize) -> bool {
    let start: String = (0..4).map(|step| get(index + step)).collect();
    start == "http" || start.starts_with('/') || start.starts_with('#')
}
