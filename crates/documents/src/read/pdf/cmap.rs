//! Character maps: codes of strings to Unicode (`ToUnicode`) or to glyphs.

use std::collections::HashMap;

use super::lexer::{Lexer, Token};

/// Operands that one section of a map may hold.
const MAX_OPERANDS: usize = 200_000;
/// Characters that one code may stand for: ligatures, not sentences.
const MAX_CHARACTERS: usize = 16;

/// A map as it was written in the file.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Ranges of codes, with their length in bytes.
    spaces: Vec<(usize, u32, u32)>,
    characters: HashMap<u32, String>,
    /// First code, last code, characters of the first; sorted once after reading.
    character_ranges: Vec<(u32, u32, String)>,
    glyph_ranges: Vec<(u32, u32, u32)>,
}

#[derive(Debug)]
enum Operand {
    Code(Vec<u8>),
    Number(u32),
    List(Vec<String>),
}

impl CMap {
    /// Reads a map; what cannot be understood is left out.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands = Vec::new();
        let mut list: Option<Vec<String>> = None;
        for token in Lexer::new(bytes) {
            match token {
                Token::Text(code) => match &mut list {
                    Some(list) => list.push(utf16(&code)),
                    None => operands.push(Operand::Code(code)),
                },
                Token::Number(number) => operands.push(Operand::Number(whole(number))),
                Token::Open => list = Some(Vec::new()),
                Token::Close => operands.extend(list.take().map(Operand::List)),
                Token::Word(word) => {
                    map.section(word, &operands);
                    operands.clear();
                }
                Token::Name(_) => {}
            }
            if operands.len() > MAX_OPERANDS {
                operands.clear();
            }
        }
        map.character_ranges.sort_unstable_by_key(|range| range.0);
        map.glyph_ranges.sort_unstable_by_key(|range| range.0);
        map
    }

    fn section(&mut self, word: &[u8], operands: &[Operand]) {
        match word {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Code(low), Operand::Code(high)] = pair {
                        self.spaces.push((low.len(), value(low), value(high)));
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Code(code), Operand::Code(text)] = pair {
                        self.characters.insert(value(code), utf16(text));
                    }
                }
            }
            b"endbfrange" => operands
                .chunks_exact(3)
                .for_each(|three| self.bf_range(three)),
            b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Code(code), Operand::Number(glyph)] = pair {
                        self.glyph_ranges.push((value(code), value(code), *glyph));
                    }
                }
            }
            b"endcidrange" => {
                for three in operands.chunks_exact(3) {
                    if let [
                        Operand::Code(low),
                        Operand::Code(high),
                        Operand::Number(glyph),
                    ] = three
                    {
                        self.glyph_ranges.push((value(low), value(high), *glyph));
                    }
                }
            }
            _ => {}
        }
    }

    fn bf_range(&mut self, three: &[Operand]) {
        match three {
            [Operand::Code(low), Operand::Code(high), Operand::Code(text)] => {
                self.character_ranges
                    .push((value(low), value(high), utf16(text)));
            }
            [Operand::Code(low), Operand::Code(_), Operand::List(texts)] => {
                for (code, text) in (value(low)..).zip(texts) {
                    self.characters.insert(code, text.clone());
                }
            }
            _ => {}
        }
    }

    /// How many bytes the next code has; `None` when the map does not say.
    pub(super) fn length(&self, bytes: &[u8]) -> Option<usize> {
        (1..=4).find(|&length| {
            let code = bytes.get(..length).map(value);
            code.is_some_and(|code| {
                self.spaces
                    .iter()
                    .take(64)
                    .any(|&(wanted, low, high)| wanted == length && (low..=high).contains(&code))
            })
        })
    }

    /// The characters of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.characters.get(&code) {
            return Some(text.clone());
        }
        let (low, text) = in_range(&self.character_ranges, code, |(low, high, _)| (*low, *high))
            .map(|(low, _, text)| (*low, text))?;
        let mut characters: Vec<char> = text.chars().collect();
        let last = characters.last_mut()?;
        *last = char::from_u32(u32::from(*last).checked_add(code - low)?)?;
        Some(characters.into_iter().collect())
    }

    /// The glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let found = in_range(&self.glyph_ranges, code, |&(low, high, _)| (low, high));
        found.and_then(|&(low, _, glyph)| glyph.checked_add(code - low))
    }
}

/// The range with a code, when ranges are sorted by their first code. Ranges should not overlap;
/// where they do, only the nearest few are looked at.
fn in_range<T>(ranges: &[T], code: u32, ends: impl Fn(&T) -> (u32, u32)) -> Option<&T> {
    let after = ranges.partition_point(|range| ends(range).0 <= code);
    ranges
        .get(..after)?
        .iter()
        .rev()
        .take(8)
        .find(|range| ends(range).1 >= code)
}

/// A code of up to four bytes as a number.
pub(super) fn value(code: &[u8]) -> u32 {
    code.iter()
        .take(4)
        .fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

fn whole(number: f64) -> u32 {
    // Glyph numbers have at most five figures; parsing the printed form needs no cast.
    format!("{number:.0}").parse().unwrap_or(0)
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    let decoded = char::decode_utf16(units.map(u16::from_be_bytes));
    decoded
        .map(|unit| unit.unwrap_or('\u{fffd}'))
        .take(MAX_CHARACTERS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::CMap;

    #[test]
    fn characters_ranges_and_lists_are_found() {
        let map = CMap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0001> <4E00> <0002> <00660069> endbfchar\n\
              2 beginbfrange <0010> <0012> <4E10> <0020> <0021> [<5B66> <4F1A>] endbfrange\n1 begincidrange <00> <7F> 1 endcidrange",
        );
        let texts: Vec<Option<String>> = [1, 2, 0x12, 0x21, 0x13]
            .into_iter()
            .map(|code| map.text(code))
            .collect();
        let wanted = [Some("一"), Some("fi"), Some("丒"), Some("会"), None];
        assert_eq!(texts, wanted.map(|text| text.map(str::to_owned)));
        assert_eq!(map.length(b"\x00\x01"), Some(2));
        assert_eq!(map.glyph(0x41), Some(0x42));
    }
}
