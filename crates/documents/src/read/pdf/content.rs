//! Page contents: which characters stand where.

use std::{collections::HashMap, ops::Range, rc::Rc, time::Instant};

use lopdf::{Dictionary, Document, Error, Object, ObjectId, Stream};

use super::{
    super::{BombSign, Limits, ReadError},
    font::Font,
    lexer::{Lexer, Token},
    matrix::Matrix,
    path::{Path, Rule},
};

/// Operands kept for one operator, and pieces of one array.
const MAX_OPERANDS: usize = 1 << 16;
/// Forms inside forms.
const MAX_FORM_DEPTH: usize = 12;

/// One character, or several that are drawn as one.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Where its text is in [`Page::text`].
    pub(super) text: Range<usize>,
    /// Start of its baseline.
    pub(super) at: (f64, f64),
    /// Advance along the baseline.
    pub(super) advance: (f64, f64),
    /// Height of the font.
    pub(super) size: f64,
}

/// What a page shows, in the order of drawing.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// All characters.
    pub(super) text: String,
    /// Where they stand.
    pub(super) glyphs: Vec<Glyph>,
    /// Straight lines, which may be the rules of tables.
    pub(super) rules: Vec<Rule>,
    /// Glyphs that no table turns into characters.
    pub(super) unknown: usize,
}

#[derive(Debug, Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

#[derive(Debug)]
enum Operand {
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    List(Vec<Operand>),
}

/// Reads the pages of one document and counts what that costs.
#[derive(Debug)]
pub(super) struct Reader<'d> {
    document: &'d Document,
    limits: &'d Limits,
    deadline: Instant,
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    unpacked: u64,
    written: usize,
    steps: u32,
    page: Page,
}

/// The state of one stream of contents while it is read.
#[derive(Debug)]
struct Run<'d> {
    resources: Option<&'d Dictionary>,
    depth: usize,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    path: Path,
}

impl<'d> Reader<'d> {
    /// A reader that gives up at the deadline.
    pub(super) fn new(document: &'d Document, limits: &'d Limits, deadline: Instant) -> Self {
        let fonts = HashMap::new();
        let page = Page::default();
        Self {
            document,
            limits,
            deadline,
            fonts,
            unpacked: 0,
            written: 0,
            steps: 0,
            page,
        }
    }

    /// Reads one page.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<Page, ReadError> {
        self.in_time()?;
        let document = self.document;
        let resources = document
            .get_page_resources(id)
            .ok()
            .and_then(|(direct, ids)| {
                direct.or_else(|| document.get_dictionary(*ids.first()?).ok())
            });
        let budget = self.budget();
        let content = document.get_page_content_with_limit(id, budget);
        let content = self.unpacked(content, budget)?;
        let state = State {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.contents(&content, resources, 0, state)?;
        Ok(std::mem::take(&mut self.page))
    }

    fn budget(&self) -> usize {
        let left = self.limits.max_unpacked.saturating_sub(self.unpacked);
        usize::try_from(left).unwrap_or(usize::MAX)
    }

    /// Counts an unpacked stream; one that does not unpack says nothing.
    fn unpacked(
        &mut self,
        content: lopdf::Result<Vec<u8>>,
        budget: usize,
    ) -> Result<Vec<u8>, ReadError> {
        let content = match content {
            Err(Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                let limit = self.limits.max_unpacked;
                let used = u64::try_from(budget).unwrap_or(u64::MAX);
                let figure = self.unpacked.saturating_add(used);
                return Err(ReadError::ZipBomb {
                    sign: BombSign::Unpacked,
                    figure,
                    limit,
                });
            }
            content => content.unwrap_or_default(),
        };
        self.unpacked += u64::try_from(content.len()).unwrap_or(u64::MAX);
        Ok(content)
    }

    fn step(&mut self) -> Result<(), ReadError> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(1024) {
            self.in_time()
        } else {
            Ok(())
        }
    }

    /// Gives up when the time is over.
    fn in_time(&self) -> Result<(), ReadError> {
        if Instant::now() <= self.deadline {
            return Ok(());
        }
        Err(ReadError::TooComplex {
            seconds: self.limits.max_time.as_secs(),
        })
    }

    fn contents(
        &mut self,
        content: &[u8],
        resources: Option<&'d Dictionary>,
        depth: usize,
        state: State,
    ) -> Result<(), ReadError> {
        let (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut run = Run {
            resources,
            depth,
            state,
            saved: Vec::new(),
            text,
            line,
            path: Path::default(),
        };
        let mut operands = Vec::new();
        let mut list: Option<Vec<Operand>> = None;
        let mut lexer = Lexer::new(content);
        while let Some(token) = lexer.next() {
            self.step()?;
            let operand = match token {
                Token::Number(number) => Operand::Number(number),
                Token::Text(text) => Operand::Text(text),
                Token::Name(name) => Operand::Name(name),
                Token::Open => {
                    list = Some(Vec::new());
                    continue;
                }
                Token::Close => Operand::List(list.take().unwrap_or_default()),
                Token::Word(b"ID") => {
                    lexer.skip_image();
                    operands.clear();
                    continue;
                }
                Token::Word(word) => {
                    self.operator(word, &operands, &mut run)?;
                    operands.clear();
                    continue;
                }
            };
            let into = list.as_mut().unwrap_or(&mut operands);
            if into.len() < MAX_OPERANDS {
                into.push(operand);
            }
        }
        Ok(())
    }

    fn operator(
        &mut self,
        word: &[u8],
        operands: &[Operand],
        run: &mut Run<'d>,
    ) -> Result<(), ReadError> {
        let number = |at: usize| match operands.get(at) {
            Some(Operand::Number(number)) => *number,
            _ => 0.0,
        };
        let state = &mut run.state;
        match word {
            b"q" if run.saved.len() < MAX_OPERANDS => run.saved.push(state.clone()),
            b"Q" => *state = run.saved.pop().unwrap_or_else(|| state.clone()),
            b"cm" => state.ctm = matrix(operands).then(&state.ctm),
            b"BT" => (run.text, run.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => state.character_space = number(0),
            b"Tw" => state.word_space = number(0),
            b"Tz" => state.scale = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Tf" => {
                if let Some(Operand::Name(name)) = operands.first() {
                    state.font = self.font(run.resources, name)?;
                }
                state.size = number(1);
            }
            b"Tm" => (run.text, run.line) = (matrix(operands), matrix(operands)),
            b"Td" => run.new_line(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                run.new_line(number(0), number(1));
            }
            b"T*" => run.new_line(0.0, -run.state.leading),
            b"Tj" | b"TJ" => self.show(operands.first(), run)?,
            b"'" => {
                run.new_line(0.0, -run.state.leading);
                self.show(operands.first(), run)?;
            }
            b"\"" => {
                state.word_space = number(0);
                state.character_space = number(1);
                run.new_line(0.0, -run.state.leading);
                self.show(operands.get(2), run)?;
            }
            b"Do" => {
                if let Some(Operand::Name(name)) = operands.first() {
                    self.form(name, run)?;
                }
            }
            _ => {
                let numbers = operands.iter().filter_map(|operand| match operand {
                    Operand::Number(number) => Some(*number),
                    _ => None,
                });
                let numbers: Vec<f64> = numbers.collect();
                run.path
                    .operator(word, &numbers, &run.state.ctm, &mut self.page.rules);
            }
        }
        Ok(())
    }

    /// The font of this name; each is read once, when it is first used.
    fn font(
        &mut self,
        resources: Option<&'d Dictionary>,
        name: &[u8],
    ) -> Result<Option<Rc<Font>>, ReadError> {
        let found = resource(self.document, resources, b"Font", name);
        let Some(font) = found.and_then(|object| object.as_dict().ok()) else {
            return Ok(None);
        };
        let known = std::ptr::from_ref(font);
        if !self.fonts.contains_key(&known) {
            self.in_time()?;
            self.fonts
                .insert(known, Rc::new(Font::read(self.document, font)));
        }
        Ok(self.fonts.get(&known).cloned())
    }

    /// Draws a form: contents of their own with resources of their own.
    fn form(&mut self, name: &[u8], run: &Run<'d>) -> Result<(), ReadError> {
        let document = self.document;
        let object = resource(document, run.resources, b"XObject", name);
        let Some(stream) = object.and_then(|object| object.as_stream().ok()) else {
            return Ok(());
        };
        if run.depth >= MAX_FORM_DEPTH || !is_form(document, stream) {
            return Ok(());
        }
        let budget = self.budget();
        let content = stream.get_plain_content_with_limit(budget);
        let content = self.unpacked(content, budget)?;
        let own = stream
            .dict
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict);
        let placed = stream
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array);
        let placed = placed.map_or(Matrix::IDENTITY, |array| {
            let numbers = array.iter().filter_map(|number| number.as_float().ok());
            Matrix::from_numbers(numbers.map(f64::from))
        });
        let mut state = run.state.clone();
        state.ctm = placed.then(&state.ctm);
        self.contents(&content, own.ok().or(run.resources), run.depth + 1, state)
    }

    fn show(&mut self, operand: Option<&Operand>, run: &mut Run<'d>) -> Result<(), ReadError> {
        match operand {
            Some(Operand::Text(bytes)) => self.show_text(bytes, run),
            Some(Operand::List(pieces)) => {
                for piece in pieces {
                    match piece {
                        Operand::Text(bytes) => self.show_text(bytes, run)?,
                        Operand::Number(number) => {
                            let back = -number / 1000.0 * run.state.size;
                            run.advance(back);
                        }
                        Operand::Name(_) | Operand::List(_) => {}
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn show_text(&mut self, bytes: &[u8], run: &mut Run<'d>) -> Result<(), ReadError> {
        let Some(font) = run.state.font.clone() else {
            return Ok(());
        };
        for code in font.codes(bytes) {
            self.step()?;
            let drawn = code.width / 1000.0 * run.state.size;
            let state = &run.state;
            let space = if code.is_space { state.word_space } else { 0.0 };
            let step = drawn + state.character_space + space;
            self.glyph(code.text.as_deref(), drawn, run)?;
            run.advance(if font.vertical { state_size(run) } else { step });
        }
        Ok(())
    }

    fn glyph(&mut self, text: Option<&str>, drawn: f64, run: &Run<'_>) -> Result<(), ReadError> {
        let state = &run.state;
        let placed = run.text.then(&state.ctm);
        let start = self.page.text.len();
        self.page.unknown += usize::from(text.is_none());
        self.page.text.push_str(text.unwrap_or("\u{fffd}"));
        let end = self.page.text.len();
        self.written += end - start;
        if self.written > self.limits.max_text {
            let count = |bytes| u64::try_from(bytes).unwrap_or(u64::MAX);
            let (figure, limit) = (count(self.written), count(self.limits.max_text));
            return Err(ReadError::ZipBomb {
                sign: BombSign::Text,
                figure,
                limit,
            });
        }
        let at = placed.point(0.0, state.rise);
        let advance = placed.direction(drawn * state.scale, 0.0);
        let (up_x, up_y) = placed.direction(0.0, state.size);
        let glyph = Glyph {
            text: start..end,
            at,
            advance,
            size: up_x.hypot(up_y),
        };
        let sound = [at.0, at.1, advance.0, advance.1, glyph.size];
        if end > start && sound.iter().all(|number| number.abs() < 1e7) {
            self.page.glyphs.push(glyph);
        }
        Ok(())
    }
}

fn state_size(run: &Run<'_>) -> f64 {
    run.state.size + run.state.character_space
}

impl Run<'_> {
    fn new_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(&self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
        let (x, y) = if vertical {
            (0.0, -by)
        } else {
            (by * self.state.scale, 0.0)
        };
        self.text = Matrix::translation(x, y).then(&self.text);
    }
}

fn matrix(operands: &[Operand]) -> Matrix {
    Matrix::from_numbers(operands.iter().map(|operand| match operand {
        Operand::Number(number) => *number,
        _ => 0.0,
    }))
}

fn resource<'d>(
    document: &'d Document,
    resources: Option<&'d Dictionary>,
    kind: &[u8],
    name: &[u8],
) -> Option<&'d Object> {
    let group = resources?
        .get_deref(kind, document)
        .and_then(Object::as_dict)
        .ok()?;
    group.get_deref(name, document).ok()
}

fn is_form(document: &Document, stream: &Stream) -> bool {
    let kind = stream
        .dict
        .get_deref(b"Subtype", document)
        .and_then(Object::as_name);
    kind.is_ok_and(|kind| kind == b"Form")
}
