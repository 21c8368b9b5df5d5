//! The body of a document to lines: paragraphs, runs, lists, text boxes.

use super::{
    super::{
        BombSign, Limits, ReadError,
        container::short,
        xml::{Element, Ns, Xml},
    },
    numbering::{Counters, Numbering},
    styles::{NumPr, Styles},
};

/// Reads the body; one value reads one document.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) xml: Xml<'a>,
    styles: &'a Styles,
    numbering: &'a Numbering,
    counters: Counters<'a>,
    max_text: usize,
    /// Bytes of text so far; also tells whether one of two alternatives said anything.
    written: usize,
    /// Text of paragraphs whose mark was deleted: it belongs to the next paragraph.
    carry: String,
    /// Inside a run that does not print.
    hidden: bool,
    /// How many tables are open.
    pub(super) tables: usize,
}

/// A paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    style: Option<String>,
    numbering: NumPr,
    mark_deleted: bool,
    text: String,
    /// Lines of text boxes anchored here; they follow the paragraph.
    boxes: Vec<String>,
    /// Field codes.
    codes: String,
}

impl<'a> Body<'a> {
    /// Prepares to read a main document part.
    pub(super) fn new(
        xml: Xml<'a>,
        styles: &'a Styles,
        numbering: &'a Numbering,
        limits: &Limits,
    ) -> Self {
        let counters = Counters::new(numbering);
        Self {
            xml,
            styles,
            numbering,
            counters,
            max_text: limits.max_text,
            written: 0,
            carry: String::new(),
            hidden: false,
            tables: 0,
        }
    }

    /// The text of the whole document, one paragraph or table row a line.
    pub(super) fn read(mut self) -> Result<String, ReadError> {
        let mut lines = Vec::new();
        if self.xml.next_child()?.is_some() {
            self.blocks(&mut lines)?;
        }
        Ok(lines.join("\n"))
    }

    /// Reads what stands between paragraphs: more paragraphs, tables, and wrappers of them.
    pub(super) fn blocks(&mut self, lines: &mut Vec<String>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.next_child()? {
            self.block(&element, lines)?;
        }
        self.flush(lines);
        Ok(())
    }

    /// Ends a paragraph whose mark was deleted where nothing follows it.
    pub(super) fn flush(&mut self, lines: &mut Vec<String>) {
        if !self.carry.is_empty() {
            lines.push(std::mem::take(&mut self.carry));
        }
    }

    /// Reads one element that stands between paragraphs.
    pub(super) fn block(
        &mut self,
        element: &Element<'_>,
        lines: &mut Vec<String>,
    ) -> Result<(), ReadError> {
        if is_alternative(element) {
            return self.alternatives(lines, Self::blocks);
        }
        match element.word() {
            "p" => self.paragraph(lines),
            "tbl" => {
                self.flush(lines);
                self.table(lines)
            }
            "altChunk" => Err(ReadError::EmbeddedObject {
                part: "altChunk".to_owned(),
            }),
            "background" | "del" | "moveFrom" | "sectPr" | "sdtPr" | "sdtEndPr" => self.xml.skip(),
            _ => self.blocks(lines),
        }
    }

    /// Takes the first of the alternatives that says anything, so that nothing is read twice.
    fn alternatives<T>(
        &mut self,
        into: &mut T,
        read: fn(&mut Self, &mut T) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let before = self.written;
        while self.xml.next_child()?.is_some() {
            if self.written > before {
                self.xml.skip()?;
            } else {
                read(self, into)?;
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, lines: &mut Vec<String>) -> Result<(), ReadError> {
        let outside = std::mem::take(&mut self.hidden);
        let carried = std::mem::take(&mut self.carry);
        let mut paragraph = Paragraph::default();
        let mut label = None;
        while let Some(element) = self.xml.next_child()? {
            if element.word() == "pPr" {
                self.paragraph_properties(&mut paragraph)?;
                continue;
            }
            if label.is_none() {
                label = Some(self.label(&paragraph));
            }
            self.inline(&element, &mut paragraph)?;
        }
        let label = label.unwrap_or_else(|| self.label(&paragraph));
        self.hidden = outside;
        refuse_exchange(&paragraph.codes)?;
        let style = paragraph.style.as_deref().unwrap_or_default();
        let mut text = label + &carried + &paragraph.text;
        if paragraph.mark_deleted {
            std::mem::swap(&mut self.carry, &mut text);
        } else if !self.styles.is_contents(style) {
            lines.push(text);
        }
        lines.append(&mut paragraph.boxes);
        Ok(())
    }

    /// The number that the paragraph's list prints before it.
    fn label(&mut self, paragraph: &Paragraph) -> String {
        if paragraph.mark_deleted {
            return String::new();
        }
        let style = paragraph
            .style
            .as_deref()
            .or_else(|| self.styles.default_id());
        let of_style = style.and_then(|style| self.styles.numbering(style));
        let own = &paragraph.numbering;
        let (list, by_style) = match (own.list, of_style) {
            (Some(list), _) => (list, None),
            (None, Some((numbering, owner))) => match numbering.list {
                Some(list) => (list, Some((numbering, owner))),
                None => return String::new(),
            },
            (None, None) => return String::new(),
        };
        let of_style = || {
            let (numbering, owner) = by_style?;
            let level = self.numbering.level_of_style(list, style.unwrap_or(&owner));
            let level = level.or_else(|| self.numbering.level_of_style(list, &owner));
            level.or_else(|| usize::try_from(numbering.level?).ok())
        };
        let level = own
            .level
            .and_then(|level| usize::try_from(level).ok())
            .or_else(of_style);
        let label = self
            .counters
            .next(list, level.unwrap_or(0))
            .unwrap_or_default();
        self.written += label.len();
        label
    }

    fn paragraph_properties(&mut self, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        while let Some(element) = self.xml.next_child()? {
            match element.word() {
                "pStyle" => paragraph.style = element.attr("val"),
                "numPr" => {
                    paragraph.numbering = NumPr::read(&mut self.xml)?;
                    continue;
                }
                "rPr" => {
                    while let Some(mark) = self.xml.next_child()? {
                        paragraph.mark_deleted |= matches!(mark.word(), "del" | "moveFrom");
                        self.xml.skip()?;
                    }
                    continue;
                }
                _ => {}
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    fn inlines(&mut self, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        while let Some(element) = self.xml.next_child()? {
            self.inline(&element, paragraph)?;
        }
        Ok(())
    }

    fn inline(
        &mut self,
        element: &Element<'_>,
        paragraph: &mut Paragraph,
    ) -> Result<(), ReadError> {
        if is_alternative(element) {
            return self.alternatives(paragraph, Self::inlines);
        }
        if element.ns == Ns::Math && element.name() == "t" {
            return self.characters(paragraph, true);
        }
        match element.word() {
            "r" => {
                let outside = self.hidden;
                self.inlines(paragraph)?;
                self.hidden = outside;
                return Ok(());
            }
            "rPr" => return self.run_properties(),
            "t" => {
                let keep = element.attr("space").as_deref() == Some("preserve");
                return self.characters(paragraph, keep);
            }
            "instrText" => {
                paragraph.codes += &self.xml.text()?;
                return Ok(());
            }
            "fldSimple" => {
                refuse_exchange(&element.attr("instr").unwrap_or_default())?;
                return self.inlines(paragraph);
            }
            "txbxContent" => return self.text_box(paragraph),
            "fldChar" if element.attr("fldCharType").as_deref() == Some("begin") => {
                paragraph.codes.push('\n');
            }
            "tab" | "ptab" => self.push("\t", paragraph)?,
            "br" | "cr" => self.push("\n", paragraph)?,
            "noBreakHyphen" => self.push("-", paragraph)?,
            "sym" => {
                let symbol = symbol(element);
                self.push(&symbol, paragraph)?;
            }
            "del" | "moveFrom" | "pPrChange" | "rPrChange" | "sdtPr" | "sdtEndPr" | "rubyPr"
            | "rt" | "delText" | "delInstrText" | "fldData" | "softHyphen" => {}
            _ => return self.inlines(paragraph),
        }
        self.xml.skip()
    }

    fn text_box(&mut self, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        let mut lines = Vec::new();
        let outside = std::mem::take(&mut self.hidden);
        self.blocks(&mut lines)?;
        self.hidden = outside;
        lines.retain(|line| !line.trim().is_empty());
        paragraph.boxes.append(&mut lines);
        Ok(())
    }

    fn run_properties(&mut self) -> Result<(), ReadError> {
        while let Some(element) = self.xml.next_child()? {
            if element.word() == "vanish" {
                self.hidden = element.is_on();
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    /// The characters of a `w:t`; line ends inside it are mere spaces of the XML.
    fn characters(&mut self, paragraph: &mut Paragraph, keep: bool) -> Result<(), ReadError> {
        let text = self.xml.text()?;
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let text = if keep {
            text.as_str()
        } else {
            text.trim_matches(blank)
        };
        if text.contains(char::is_control) {
            let clean: String = text
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            return self.push(&clean, paragraph);
        }
        self.push(text, paragraph)
    }

    fn push(&mut self, text: &str, paragraph: &mut Paragraph) -> Result<(), ReadError> {
        if self.hidden {
            return Ok(());
        }
        paragraph.text.push_str(text);
        self.count(text.len())
    }

    /// Counts text against the limit.
    pub(super) fn count(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.written += bytes;
        if self.written <= self.max_text {
            return Ok(());
        }
        let count = |bytes| u64::try_from(bytes).unwrap_or(u64::MAX);
        let (figure, limit) = (count(self.written), count(self.max_text));
        Err(ReadError::ZipBomb {
            sign: BombSign::Text,
            figure,
            limit,
        })
    }
}

fn is_alternative(element: &Element<'_>) -> bool {
    element.ns == Ns::Compat && element.name() == "AlternateContent"
}

/// Fields that run another program (DDE) are refused wherever they stand.
fn refuse_exchange(codes: &str) -> Result<(), ReadError> {
    let found = codes.lines().map(str::trim).find(|code| {
        let word = code.split_whitespace().next().unwrap_or_default();
        word.eq_ignore_ascii_case("DDE") || word.eq_ignore_ascii_case("DDEAUTO")
    });
    found.map_or(Ok(()), |code| {
        Err(ReadError::ExternalLink {
            target: short(code),
        })
    })
}

/// A character of a symbol font. Those that plans use have a Unicode sign of their own; others
/// keep their place in the private area, where symbol fonts live.
fn symbol(element: &Element<'_>) -> String {
    let code = element
        .attr("char")
        .and_then(|code| u32::from_str_radix(&code, 16).ok());
    let Some(code) = code else {
        return String::new();
    };
    let font = element.attr("font").unwrap_or_default();
    let low = if (0xF000..=0xF0FF).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    let sign = match (font.as_str(), low) {
        ("Wingdings", 0x81..=0x8A) => char::from_u32(low - 0x81 + u32::from('①')),
        ("Wingdings", 0x8C..=0x95) => char::from_u32(low - 0x8C + u32::from('❶')),
        ("Wingdings", 0xFC) => Some('✓'),
        ("Wingdings", 0xFE) => Some('☑'),
        ("Wingdings", 0x6F | 0xA8) => Some('□'),
        ("Wingdings", 0x6E) => Some('■'),
        ("Wingdings", 0x6C) => Some('●'),
        ("Wingdings" | "Symbol", 0xB7) => Some('•'),
        ("Symbol", 0x20..=0x7E) => char::from_u32(low),
        _ => char::from_u32(code),
    };
    sign.filter(|sign| !sign.is_control())
        .map(String::from)
        .unwrap_or_default()
}
