//! The lines of the source: their marks stripped, pages and tables told from text.

use std::{collections::HashMap, ops::Range};

use super::glyphs::{Glyphs, clean, is_invisible, is_space};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Nothing but white space.
    Blank,
    /// A form feed.
    PageBreak,
    /// A page number, running head, or rule: printed on every page, part of no sentence.
    PageFurniture,
    /// A row of a table with `|`.
    PipeRow,
    /// A row of cells between tabs.
    TabRow,
    /// Inside an HTML table.
    HtmlTable,
    /// Running text.
    Text,
}

/// One line of the source.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub kind: LineKind,
    /// The whole line without its end.
    pub range: Range<usize>,
    /// Without indentation and Markdown marks.
    pub body: Range<usize>,
    /// Level of a Markdown heading, 0 for none.
    pub heading: u8,
}

/// Cuts the source into lines.
pub(super) fn lines(source: &[char]) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, &one) in source.iter().enumerate() {
        if matches!(
            one,
            '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{2028}' | '\u{2029}' | '\u{85}'
        ) {
            found.push(line(source, start..index));
            if one == '\u{c}' {
                let range = index..index + 1;
                found.push(Line {
                    kind: LineKind::PageBreak,
                    body: range.end..range.end,
                    range,
                    heading: 0,
                });
            }
            start = index + 1;
        }
    }
    found.push(line(source, start..source.len()));
    mark_html_tables(source, &mut found);
    mark_pages(source, &mut found);
    found
}

fn line(source: &[char], range: Range<usize>) -> Line {
    let get = |at: usize| {
        if at < range.end {
            source.get(at).copied().unwrap_or('\0')
        } else {
            '\0'
        }
    };
    let blank = |at: usize| is_space(get(at)) || is_invisible(get(at));
    let mut start = range.start;
    let mut end = range.end;
    while start < end && blank(start) {
        start += 1;
    }
    while end > start && blank(end - 1) {
        end -= 1;
    }
    let mut heading = 0;
    let mut kind = if start == end {
        LineKind::Blank
    } else {
        LineKind::Text
    };
    // Marks may nest: a quoted list item with a heading.
    for _ in 0..6 {
        let one = get(start);
        let hashes = (0..6).take_while(|step| get(start + step) == '#').count();
        let skip = if hashes > 0 {
            heading = u8::try_from(hashes).unwrap_or(6);
            hashes
        } else if one == '>' || (matches!(one, '-' | '*' | '+' | '•') && is_space(get(start + 1)))
        {
            1
        } else {
            break;
        };
        start += skip;
        while start < end && blank(start) {
            start += 1;
        }
    }
    if heading > 0 {
        while end > start && (get(end - 1) == '#' || blank(end - 1)) {
            end -= 1;
        }
    }
    if kind == LineKind::Text {
        kind = kind_of(source.get(start..end).unwrap_or_default());
    }
    Line {
        kind,
        body: start..end,
        range,
        heading,
    }
}

/// What a line with something on it is, by its characters alone.
fn kind_of(body: &[char]) -> LineKind {
    let is_rule = body.len() >= 3
        && body
            .iter()
            .all(|one| matches!(one, '-' | '*' | '_' | '=' | '—' | '─' | ' '));
    let count = |mark: char| body.iter().filter(|one| **one == mark).count();
    if is_rule || body.is_empty() {
        LineKind::PageFurniture
    } else if count('|') >= 2 {
        LineKind::PipeRow
    } else if count('\t') >= 2 {
        LineKind::TabRow
    } else {
        LineKind::Text
    }
}

fn mark_html_tables(source: &[char], lines: &mut [Line]) {
    let mut inside = false;
    for line in lines.iter_mut() {
        let text: String = source
            .get(line.body.clone())
            .unwrap_or_default()
            .iter()
            .map(char::to_ascii_lowercase)
            .collect();
        let opens = text.contains("<table");
        let closes = text
            .rfind("</table")
            .is_some_and(|at| !text[at..].contains("<table"));
        if inside || opens {
            line.kind = LineKind::HtmlTable;
        }
        inside = (inside || opens) && !closes;
    }
    // A table that never closes is believed only as far as the file goes; nothing else to do.
}

fn mark_pages(source: &[char], lines: &mut [Line]) {
    let texts: Vec<Option<String>> = lines
        .iter()
        .map(|line| {
            let short = line.kind == LineKind::Text && line.body.len() <= 40;
            short.then(|| {
                let mut glyphs = Glyphs::default();
                clean(source, line.body.clone(), &mut glyphs);
                glyphs.refold();
                glyphs.fold.iter().filter(|one| !is_space(**one)).collect()
            })
        })
        .collect();
    let edge = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_none_or(|line| {
            !matches!(
                line.kind,
                LineKind::Text | LineKind::PipeRow | LineKind::TabRow
            )
        })
    };
    let is_break = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_some_and(|line| line.kind == LineKind::PageBreak)
    };
    let mut running: HashMap<&str, usize> = HashMap::new();
    for (index, text) in texts.iter().enumerate() {
        if let Some(text) = text.as_deref()
            && (is_break(index.checked_sub(1)) || is_break(Some(index + 1)))
        {
            *running.entry(text).or_default() += 1;
        }
    }
    let furniture: Vec<usize> = texts
        .iter()
        .enumerate()
        .filter(|(index, text)| {
            let Some(text) = text.as_deref() else {
                return false;
            };
            let before = index.checked_sub(1);
            let after = Some(index + 1);
            if is_page_number(text) {
                return true;
            }
            let bare = text.len() <= 3 && text.chars().all(|one| one.is_ascii_digit());
            let alone = edge(before) && edge(after);
            let at_break = is_break(before) || is_break(after);
            (bare && (alone || at_break))
                || (at_break && running.get(text).is_some_and(|times| *times >= 3))
        })
        .map(|(index, _)| index)
        .collect();
    for index in furniture {
        if let Some(line) = lines.get_mut(index) {
            line.kind = LineKind::PageFurniture;
        }
    }
}

/// — 3 —, - 3 -, ·3·, 第3页, 第3页共9页, 3/9, Page 3 of 9.
fn is_page_number(text: &str) -> bool {
    let dash = |one: char| matches!(one, '-' | '—' | '–' | '―' | '－' | '─' | '·' | '~' | '一');
    let trimmed = text.trim_matches(dash);
    let digits = |text: &str| {
        !text.is_empty() && text.len() <= 4 && text.chars().all(|one| one.is_ascii_digit())
    };
    if trimmed.len() < text.len() && digits(trimmed) && text.ends_with(dash) {
        return true;
    }
    if let Some((page, total)) = text.split_once('/') {
        return digits(page) && digits(total);
    }
    let lower = text.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("page") {
        let (page, total) = rest.split_once("of").unwrap_or((rest, "1"));
        return digits(page) && digits(total);
    }
    let Some(rest) = text.strip_prefix('第') else {
        return false;
    };
    let Some((page, rest)) = rest.split_once('页') else {
        return false;
    };
    let rest = rest.trim_matches(['，', '、', '/', '（', '）', '·', '|']);
    let total = rest
        .strip_prefix('共')
        .and_then(|rest| rest.strip_suffix('页'));
    digits(page) && (rest.is_empty() || total.is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for text in [
            "—3—",
            "-3-",
            "－12－",
            "第3页",
            "第3页共9页",
            "3/9",
            "Page3of9",
            "·5·",
        ] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["3项", "第3页的表", "2025年", "一3", "—培训3次—"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
