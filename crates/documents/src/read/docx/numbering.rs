//! Lists: the numbers that Word prints and the file does not hold.

use std::collections::{HashMap, HashSet};

use super::{
    super::{
        ReadError,
        xml::{Ns, Xml},
    },
    number_format,
    styles::Styles,
};

/// Levels of a list (17.9.6).
const LEVELS: usize = 9;
/// Characters of one level's text; Word allows 31 or so, a hostile file any number.
const MAX_LEVEL_TEXT: usize = 64;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// What is printed, with `%1` to `%9` for the counters.
    text: String,
    /// After which level (from 1) the counter starts again; 0 never, `None` after any higher one.
    restart: Option<i64>,
    /// Whether something parts the number from the text.
    spaced: bool,
    /// Whether all counters print in figures.
    legal: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            restart: None,
            spaced: true,
            legal: false,
            style: None,
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Abstract {
    levels: HashMap<usize, Level>,
    link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    base: i64,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    lists: HashMap<i64, List>,
}

impl Numbering {
    /// Reads numbering.xml from its start.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        if xml.next_child()?.is_none() {
            return Ok(numbering);
        }
        while let Some(element) = xml.next_child()? {
            match element.word() {
                "abstractNum" => {
                    let id = element.number("abstractNumId").unwrap_or(-1);
                    numbering.abstracts.insert(id, Abstract::read(xml)?);
                }
                "num" => {
                    let id = element.number("numId").unwrap_or(-1);
                    numbering.lists.insert(id, List::read(xml)?);
                }
                _ => xml.skip()?,
            }
        }
        Ok(numbering)
    }

    /// Follows the lists that take their levels from a list style.
    pub(super) fn linked(mut self, styles: &Styles) -> Self {
        let bases: HashMap<i64, i64> = self
            .lists
            .iter()
            .map(|(&id, list)| (id, list.base))
            .collect();
        for list in self.lists.values_mut() {
            let link = self
                .abstracts
                .get(&list.base)
                .and_then(|base| base.link.as_deref());
            let target = link.and_then(|style| styles.numbering(style)?.0.list);
            if let Some(&base) = target.and_then(|id| bases.get(&id)) {
                list.base = base;
            }
        }
        self
    }

    fn level<'s>(&'s self, list: &'s List, level: usize) -> Option<&'s Level> {
        let own = list.levels.get(&level);
        own.or_else(|| self.abstracts.get(&list.base)?.levels.get(&level))
    }

    /// The level of a list that belongs to a style.
    pub(super) fn level_of_style(&self, list: i64, style: &str) -> Option<usize> {
        let base = self.abstracts.get(&self.lists.get(&list)?.base)?;
        let owned = |level: &Level| level.style.as_deref() == Some(style);
        base.levels
            .iter()
            .filter(|(_, level)| owned(level))
            .map(|(&at, _)| at)
            .min()
    }
}

impl Abstract {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut found = Self::default();
        while let Some(element) = xml.next_child()? {
            match element.word() {
                "lvl" => {
                    let at = element.number("ilvl");
                    let level = Level::read(xml)?;
                    if let Some(at) = level_index(at) {
                        found.levels.insert(at, level);
                    }
                    continue;
                }
                "numStyleLink" => found.link = element.attr("val"),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(found)
    }
}

impl List {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut found = Self {
            base: -1,
            ..Self::default()
        };
        while let Some(element) = xml.next_child()? {
            match element.word() {
                "lvlOverride" => {
                    let at = level_index(element.number("ilvl"));
                    found.read_override(xml, at)?;
                    continue;
                }
                "abstractNumId" => found.base = element.number("val").unwrap_or(-1),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(found)
    }

    fn read_override(&mut self, xml: &mut Xml<'_>, at: Option<usize>) -> Result<(), ReadError> {
        while let Some(element) = xml.next_child()? {
            match (element.word(), at) {
                ("startOverride", Some(at)) => {
                    self.starts.insert(at, counter(element.number("val")));
                }
                ("lvl", Some(at)) => {
                    self.levels.insert(at, Level::read(xml)?);
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }
}

impl Level {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut level = Self::default();
        level.read_children(xml)?;
        Ok(level)
    }

    fn read_children(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        while let Some(element) = xml.next_child()? {
            let value = element.attr("val");
            // Formats of newer versions come with a fallback that every reader knows.
            if element.ns == Ns::Compat && element.name() != "Choice" {
                self.read_children(xml)?;
                continue;
            }
            match element.word() {
                "start" => self.start = counter(element.number("val")),
                "numFmt" => self.format = value.unwrap_or_default(),
                "lvlText" => {
                    self.text = value
                        .unwrap_or_default()
                        .chars()
                        .take(MAX_LEVEL_TEXT)
                        .collect();
                }
                "lvlRestart" => self.restart = element.number("val"),
                "suff" => self.spaced = value.as_deref() != Some("nothing"),
                "isLgl" => self.legal = element.is_on(),
                "pStyle" => self.style = value,
                _ => {}
            }
            xml.skip()?;
        }
        Ok(())
    }
}

fn level_index(at: Option<i64>) -> Option<usize> {
    usize::try_from(at?).ok().filter(|&at| at < LEVELS)
}

fn counter(value: Option<i64>) -> u32 {
    value
        .and_then(|value| u32::try_from(value).ok())
        .unwrap_or(0)
        .min(1_000_000)
}

/// Where every list stands while the body is read.
///
/// Lists made from one abstract list share its counters, as in Word; a list that overrides the
/// start does so when it is first used.
#[derive(Debug)]
pub(super) struct Counters<'a> {
    numbering: &'a Numbering,
    values: HashMap<i64, [Option<u32>; LEVELS]>,
    started: HashSet<(i64, usize)>,
}

impl<'a> Counters<'a> {
    /// Counters before the first paragraph.
    pub(super) fn new(numbering: &'a Numbering) -> Self {
        Self {
            numbering,
            values: HashMap::new(),
            started: HashSet::new(),
        }
    }

    /// Counts one paragraph and gives what is printed before it; `None` when the list is unknown
    /// or prints nothing.
    pub(super) fn next(&mut self, list_id: i64, level_at: usize) -> Option<String> {
        let numbering = self.numbering;
        let list = numbering.lists.get(&list_id)?;
        let level = numbering.level(list, level_at)?;
        let start = |at: usize| {
            let own = list.starts.get(&at).copied();
            own.or_else(|| Some(numbering.level(list, at)?.start))
                .unwrap_or(1)
        };
        let values = self.values.entry(list.base).or_insert([None; LEVELS]);
        let fresh = list.starts.contains_key(&level_at) && self.started.insert((list_id, level_at));
        for (at, value) in values.iter_mut().enumerate() {
            if at < level_at {
                *value = value.or_else(|| Some(start(at)));
            } else if at == level_at {
                *value = match value {
                    Some(value) if !fresh => Some(value.saturating_add(1)),
                    _ => Some(start(at)),
                };
            } else if restarts(
                numbering.level(list, at).and_then(|level| level.restart),
                level_at,
            ) {
                *value = None;
            }
        }
        let label = level.label(values, |at| numbering.level(list, at));
        (!label.trim().is_empty()).then_some(label)
    }
}

/// Whether a paragraph of `level` (from 0) makes a deeper level start again.
fn restarts(after: Option<i64>, level: usize) -> bool {
    match after {
        None => true,
        Some(after) => i64::try_from(level).is_ok_and(|level| level < after),
    }
}

impl Level {
    fn label<'l>(
        &self,
        values: &[Option<u32>; LEVELS],
        level: impl Fn(usize) -> Option<&'l Level>,
    ) -> String {
        if self.format == "bullet" {
            return String::new();
        }
        let mut label = String::new();
        let mut rest = self.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest
                .peek()
                .and_then(|next| next.to_digit(10))
                .filter(|&d| d > 0);
            let at = digit.and_then(|digit| usize::try_from(digit).ok());
            let Some(at) = at.filter(|_| c == '%') else {
                label.push(c);
                continue;
            };
            rest.next();
            let at = at - 1;
            let value = values.get(at).copied().flatten().unwrap_or(1);
            let format = level(at).map_or("decimal", |level| level.format.as_str());
            let plain = self.legal && format != "none";
            label += &number_format::format(if plain { "decimal" } else { format }, value);
        }
        let closed = label.ends_with(['、', '．', '）', '。', '：', '】', '〕', ' ']);
        if self.spaced && !closed && !label.is_empty() {
            label.push(' ');
        }
        label
    }
}
