//! Fonts of a PDF: bytes of a string to characters and widths.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_16BE};
use lopdf::{Dictionary, Document, Object};
use unicode_normalization::UnicodeNormalization;

use super::cmap::{CMap, value};

/// Bytes that a map inside a font may unpack to.
const MAX_MAP: usize = 8 * 1024 * 1024;
/// Widths that one font may state.
const MAX_WIDTHS: usize = 70_000;

/// One code of a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    /// What it says; `None` when no table of the file tells.
    pub(super) text: Option<String>,
    /// Its advance in thousandths of the font size.
    pub(super) width: f64,
    /// Whether word spacing is added to it.
    pub(super) is_space: bool,
}

/// How the codes of a composite font are cut and, without a map to Unicode, decoded.
#[derive(Debug)]
enum Coding {
    /// One byte each, with the text of each.
    Single(Vec<Option<String>>),
    /// Two bytes each, by glyph.
    Pairs,
    /// A predefined map of a national character set.
    Charset(&'static Encoding),
    /// A map in the file.
    Map(CMap),
}

/// A font, ready to decode.
#[derive(Debug)]
pub(super) struct Font {
    coding: Coding,
    to_unicode: Option<CMap>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    /// Written downwards.
    pub(super) vertical: bool,
}

impl Font {
    /// Reads a font dictionary; whatever is missing falls back to something usable.
    pub(super) fn read(document: &Document, font: &Dictionary) -> Self {
        let to_unicode = stream(document, font, b"ToUnicode").map(|bytes| CMap::read(&bytes));
        let kind = font
            .get_deref(b"Subtype", document)
            .and_then(Object::as_name);
        if kind.is_ok_and(|kind| kind == b"Type0") {
            Self::composite(document, font, to_unicode)
        } else {
            Self::simple(document, font, to_unicode)
        }
    }

    fn composite(document: &Document, font: &Dictionary, to_unicode: Option<CMap>) -> Self {
        let encoding = font.get_deref(b"Encoding", document);
        let name = encoding.and_then(Object::as_name).unwrap_or_default();
        let coding = match charset(name) {
            Some(encoding) => Coding::Charset(encoding),
            None => stream(document, font, b"Encoding")
                .map_or(Coding::Pairs, |bytes| Coding::Map(CMap::read(&bytes))),
        };
        let descendants = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array);
        let descendant = descendants
            .ok()
            .and_then(|array| document.dereference(array.first()?).ok())
            .and_then(|(_, object)| object.as_dict().ok());
        let default_width = descendant
            .and_then(|d| number(document, d, b"DW"))
            .unwrap_or(1000.0);
        let widths = descendant
            .map(|d| glyph_widths(document, d))
            .unwrap_or_default();
        Self {
            coding,
            to_unicode,
            widths,
            default_width,
            vertical: name.ends_with(b"-V"),
        }
    }

    fn simple(document: &Document, font: &Dictionary, to_unicode: Option<CMap>) -> Self {
        let table = font.get_font_encoding_with_limit(document, MAX_MAP).ok();
        let text = |byte: u8| {
            let text = table.as_ref()?.bytes_to_string(&[byte]).ok()?;
            (!text.is_empty()).then_some(text)
        };
        // Where glyphs are drawings and a map names some, the names of the others mean nothing.
        let drawn = font
            .get_deref(b"Subtype", document)
            .and_then(Object::as_name);
        let mapped = to_unicode.is_some() && drawn.is_ok_and(|kind| kind == b"Type3");
        let table_of = |byte| if mapped { None } else { text(byte) };
        let coding = Coding::Single((0..=u8::MAX).map(table_of).collect());
        let first = number(document, font, b"FirstChar").unwrap_or(0.0);
        let first = format!("{first:.0}").parse().unwrap_or(0_u32);
        let array = font
            .get_deref(b"Widths", document)
            .and_then(Object::as_array);
        let array = array.map(Vec::as_slice).unwrap_or_default();
        // Glyphs of a Type 3 font are drawn in a space of their own.
        let scale = matrix_scale(document, font) * 1000.0;
        let widths = (first..)
            .zip(array.iter().take(256))
            .filter_map(|(code, width)| Some((code, as_number(document, width)? * scale)))
            .collect();
        Self {
            coding,
            to_unicode,
            widths,
            default_width: 500.0,
            vertical: false,
        }
    }

    /// Decodes a string.
    pub(super) fn codes<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = Code> + 'f {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let length = self.length(rest).clamp(1, rest.len());
            let (code, after) = rest.split_at(length);
            rest = after;
            Some(self.code(code))
        })
    }

    fn length(&self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or(0);
        match &self.coding {
            Coding::Single(_) => 1,
            Coding::Pairs => 2,
            Coding::Map(map) => map.length(bytes).unwrap_or(2),
            Coding::Charset(encoding) if *encoding == UTF_16BE => {
                if (0xD8..0xDC).contains(&first) {
                    4
                } else {
                    2
                }
            }
            Coding::Charset(encoding) if *encoding == GB18030 => match bytes {
                [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, ..] => 4,
                [0x81..=0xFE, ..] => 2,
                _ => 1,
            },
            Coding::Charset(encoding) if *encoding == SHIFT_JIS => {
                if matches!(first, 0x81..=0x9F | 0xE0..=0xFC) {
                    2
                } else {
                    1
                }
            }
            Coding::Charset(_) => 1 + usize::from(first >= 0x81),
        }
    }

    fn code(&self, bytes: &[u8]) -> Code {
        let code = value(bytes);
        let mapped = self.to_unicode.as_ref().and_then(|map| map.text(code));
        let text = mapped.or_else(|| match &self.coding {
            Coding::Single(table) => table.get(usize::try_from(code).ok()?).cloned().flatten(),
            Coding::Charset(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(std::borrow::Cow::into_owned),
            Coding::Pairs | Coding::Map(_) => None,
        });
        let glyph = match &self.coding {
            Coding::Single(_) | Coding::Pairs => Some(code),
            Coding::Map(map) => map.glyph(code),
            Coding::Charset(_) => None,
        };
        let half = glyph.is_none() && bytes.len() == 1;
        let fallback = if half { 500.0 } else { self.default_width };
        let width = glyph
            .and_then(|glyph| self.widths.get(&glyph).copied())
            .unwrap_or(fallback);
        Code {
            text: text.map(tidy),
            width,
            is_space: bytes == b" ",
        }
    }
}

/// The predefined maps of Chinese, Japanese and Korean fonts (ISO 32000-1, table 118) whose codes
/// are those of a character set.
fn charset(name: &[u8]) -> Option<&'static Encoding> {
    let name = std::str::from_utf8(name).ok()?;
    let has = |piece| name.contains(piece);
    if has("UCS2") || has("UTF16") {
        Some(UTF_16BE)
    } else if has("GBK") || has("GB-EUC") || has("GBpc") {
        Some(GB18030)
    } else if has("B5") {
        Some(BIG5)
    } else if has("RKSJ") {
        Some(SHIFT_JIS)
    } else if has("KSC") {
        Some(EUC_KR)
    } else {
        None
    }
}

fn stream(document: &Document, from: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    let stream = from
        .get_deref(key, document)
        .and_then(Object::as_stream)
        .ok()?;
    stream.get_plain_content_with_limit(MAX_MAP).ok()
}

fn as_number(document: &Document, object: &Object) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    let number = f64::from(object.as_float().ok()?);
    number.is_finite().then_some(number)
}

fn number(document: &Document, from: &Dictionary, key: &[u8]) -> Option<f64> {
    as_number(document, from.get(key).ok()?)
}

fn matrix_scale(document: &Document, font: &Dictionary) -> f64 {
    let matrix = font
        .get_deref(b"FontMatrix", document)
        .and_then(Object::as_array)
        .ok();
    matrix
        .and_then(|array| as_number(document, array.first()?))
        .unwrap_or(0.001)
}

/// The `W` array: `first [w w w]` or `first last w`.
fn glyph_widths(document: &Document, font: &Dictionary) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let array = font.get_deref(b"W", document).and_then(Object::as_array);
    let mut rest = array.map(Vec::as_slice).unwrap_or_default();
    let code = |object: &Object| {
        let (_, object) = document.dereference(object).ok()?;
        object
            .as_i64()
            .ok()
            .and_then(|code| u32::try_from(code).ok())
    };
    while let [start, second, after @ ..] = rest {
        rest = after;
        let stated = document
            .dereference(second)
            .ok()
            .and_then(|(_, list)| list.as_array().ok());
        let Some(start) = code(start) else {
            continue;
        };
        if let Some(stated) = stated {
            let each = (start..).zip(stated).take(MAX_WIDTHS);
            widths.extend(each.filter_map(|(at, w)| Some((at, as_number(document, w)?))));
        } else if let [width, after @ ..] = after {
            rest = after;
            let (end, width) = (code(second).unwrap_or(start), as_number(document, width));
            let end = end.min(start.saturating_add(0xFFFF));
            widths.extend((start..=end).filter_map(|at| Some((at, width?))));
        }
        if widths.len() > MAX_WIDTHS {
            break;
        }
    }
    widths
}

/// Fonts share one glyph between a character and its radical, compatibility or variant form, and
/// writers of PDF pick either; this takes the character that people type.
fn tidy(text: String) -> String {
    let odd = |c: char| {
        matches!(c, '\u{2010}'..='\u{2fdf}' | '\u{3400}'..='\u{4dbf}' | '\u{5c23}' | '\u{6236}'
            | '\u{301c}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}')
            || is_dropped(c)
    };
    if !text.contains(odd) {
        return text;
    }
    let kept = text.chars().filter(|&c| !is_dropped(c));
    kept.flat_map(|c| typed(c).chars().collect::<Vec<char>>())
        .collect()
}

fn is_dropped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// The typed form of a character: a compatibility form that Unicode itself unfolds, else the
/// partner in a table of the forms that fonts for Chinese share with their characters.
fn typed(c: char) -> String {
    const PAIRS: &str = "⺁厂⺅亻⺇几⺉刂⺌小⺎兀⺏尢⺐尢⺒巳⺓幺⺕彐⺖忄⺘扌⺙攵⺛旡⺝月⺟母⺠民⺡氵⺢水⺣灬⺦丬⺨犭⺫目⺬示⺭礻⺯糸⺰纟⺱罓⺶羊⺷羊⺺肀⺻聿⺼肉⺽臼⺾艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻐钅⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟饣⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟〜～∕／‵｀戶户㬵胶尣尢";
    if c == '⸺' {
        return "——".to_owned();
    }
    let folds =
        matches!(c, '\u{2329}' | '\u{232a}' | '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{fb06}');
    let folded: String = if folds {
        c.nfkc().collect()
    } else {
        c.to_string()
    };
    let mut signs = PAIRS.chars();
    while let (Some(form), Some(sign)) = (signs.next(), signs.next()) {
        if folded.starts_with(form) {
            return sign.to_string();
        }
    }
    folded
}
