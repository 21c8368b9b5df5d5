//! Tokens of page contents and of character maps, which share one syntax.

/// A piece of the syntax.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// A number; never infinite.
    Number(f64),
    /// The bytes of a string, literal or hexadecimal.
    Text(Vec<u8>),
    /// A name without its slash.
    Name(Vec<u8>),
    /// `[`
    Open,
    /// `]`
    Close,
    /// Anything else: operators, `<<`, `>>`, braces.
    Word(&'a [u8]),
}

/// Reads tokens one by one; any bytes give tokens, and each byte is looked at a bounded number of
/// times.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    rest: &'a [u8],
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of the bytes.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Passes the data of an inline image, after its `ID`.
    pub(super) fn skip_image(&mut self) {
        let end = self.rest.windows(4).position(|window| {
            matches!(window, [before, b'E', b'I', after] if is_space(*before) && is_space(*after))
        });
        self.rest = end
            .and_then(|at| self.rest.get(at + 3..))
            .unwrap_or_default();
    }

    fn skip_space(&mut self) {
        loop {
            match self.rest {
                [b'%', ..] => {
                    let line = self
                        .rest
                        .iter()
                        .take_while(|byte| !matches!(byte, b'\n' | b'\r'));
                    let length = line.count();
                    self.rest = self.rest.get(length..).unwrap_or_default();
                }
                [byte, rest @ ..] if is_space(*byte) => self.rest = rest,
                _ => return,
            }
        }
    }

    /// The literal string after its opening parenthesis.
    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut open = 1_usize;
        while let [byte, rest @ ..] = self.rest {
            self.rest = rest;
            match byte {
                b'(' => open += 1,
                b')' if open == 1 => break,
                b')' => open -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(*byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let [byte, rest @ ..] = self.rest else {
            return;
        };
        self.rest = rest;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.rest = rest.strip_prefix(b"\n").unwrap_or(rest),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = byte - b'0';
                for _ in 0..2 {
                    let [digit @ b'0'..=b'7', rest @ ..] = self.rest else {
                        break;
                    };
                    self.rest = rest;
                    code = code.wrapping_mul(8).wrapping_add(digit - b'0');
                }
                text.push(code);
            }
            _ => text.push(*byte),
        }
    }

    /// The hexadecimal string after its opening bracket.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut half = None;
        while let [byte, rest @ ..] = self.rest {
            self.rest = rest;
            if *byte == b'>' {
                break;
            }
            let Some(digit) = hex(*byte) else {
                continue;
            };
            match half.take() {
                None => half = Some(digit),
                Some(high) => text.push(high * 16 + digit),
            }
        }
        if let Some(high) = half {
            text.push(high * 16);
        }
        text
    }

    fn regular(&mut self) -> &'a [u8] {
        let length = self
            .rest
            .iter()
            .take_while(|byte| is_regular(**byte))
            .count();
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        word
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        let mut rest = self.regular();
        while let [byte, after @ ..] = rest {
            rest = after;
            if let (b'#', [high, low, after @ ..]) = (byte, after)
                && let (Some(high), Some(low)) = (hex(*high), hex(*low))
            {
                name.push(high * 16 + low);
                rest = after;
            } else {
                name.push(*byte);
            }
        }
        name
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let whole = self.rest;
        let [byte, rest @ ..] = whole else {
            return None;
        };
        self.rest = rest;
        Some(match (byte, rest) {
            (b'(', _) => Token::Text(self.literal()),
            (b'<', [b'<', after @ ..]) => {
                self.rest = after;
                Token::Word(b"<<")
            }
            (b'<', _) => Token::Text(self.hexadecimal()),
            (b'[', _) => Token::Open,
            (b']', _) => Token::Close,
            (b'/', _) => Token::Name(self.name()),
            (byte, _) if !is_regular(*byte) => Token::Word(whole.get(..1).unwrap_or_default()),
            _ => {
                self.rest = whole;
                let word = self.regular();
                number(word).map_or(Token::Word(word), Token::Number)
            }
        })
    }
}

fn number(word: &[u8]) -> Option<f64> {
    let figure = word
        .iter()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.'));
    let text = std::str::from_utf8(word).ok().filter(|_| figure)?;
    Some(
        text.parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
            .unwrap_or(0.0),
    )
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    let mark = matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    );
    !mark && !is_space(byte)
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Token};

    #[test]
    fn every_form_of_token_is_read() {
        let tokens: Vec<Token<'_>> =
            Lexer::new(b"/F#41 -1.5 (a\\(b(c)\\101) <4E0> [ << Tj % note\n T*").collect();
        assert_eq!(
            tokens,
            [
                Token::Name(b"FA".to_vec()),
                Token::Number(-1.5),
                Token::Text(b"a(b(c)A".to_vec()),
                Token::Text(vec![0x4E, 0x00]),
                Token::Open,
                Token::Word(b"<<"),
                Token::Word(b"Tj"),
                Token::Word(b"T*"),
            ]
        );
    }
}
