//! What copying and layout do to a paper: wraps, page breaks, widths of marks, headings, spaces.

/// A damaged text whose characters know where they came from.
#[derive(Debug, Clone)]
pub(crate) struct Damaged {
    /// Each character with its place in the original; none where damage put it.
    pub letters: Vec<(char, Option<usize>)>,
}

/// A kind of damage.
type Damage = fn(&str) -> Damaged;

/// All kinds by name. Each is the same on every run.
pub(crate) const KINDS: &[(&str, Damage)] = &[
    ("wrapped at 28", |text| Damaged::of(text).wrapped(28)),
    ("wrapped at 41", |text| Damaged::of(text).wrapped(41)),
    ("wrapped at 28, no blank lines", |text| {
        Damaged::of(text)
            .indented()
            .without_blank_lines()
            .wrapped(28)
    }),
    ("wrapped at 37, no blank lines, no indents", |text| {
        Damaged::of(text).without_blank_lines().wrapped(37)
    }),
    ("pages — 3 —", |text| {
        Damaged::of(text).paged(400, |page| format!("— {page} —"))
    }),
    ("pages -3-", |text| {
        Damaged::of(text).paged(233, |page| format!("-{page}-"))
    }),
    ("pages 3", |text| {
        Damaged::of(text).paged(311, |page| page.to_string())
    }),
    ("pages 第3页 共9页", |text| {
        Damaged::of(text).paged(277, |page| format!("第{page}页 共99页"))
    }),
    ("half width", |text| Damaged::of(text).half_width(false)),
    ("half width and spaces", |text| {
        Damaged::of(text).half_width(true)
    }),
    ("no headings", |text| Damaged::of(text).headings(|_| 0)),
    ("uneven headings", |text| {
        Damaged::of(text).headings(|line| line * 7 % 5)
    }),
    ("spaces around digits", |text| {
        Damaged::of(text).spaced_digits()
    }),
    ("full-width digits", |text| {
        Damaged::of(text).full_width_digits()
    }),
    ("no blank lines", |text| {
        Damaged::of(text).without_blank_lines()
    }),
    ("wrapped on pages", |text| {
        Damaged::of(text)
            .wrapped(33)
            .paged(350, |page| format!("— {page} —"))
    }),
    ("everything", |text| {
        Damaged::of(text)
            .half_width(false)
            .headings(|line| line * 5 % 4)
            .spaced_digits()
            .wrapped(36)
            .paged(290, |page| format!("- {page} -"))
    }),
];

impl Damaged {
    /// The original.
    pub fn of(text: &str) -> Self {
        let letters = text.chars().enumerate().map(|(at, one)| (one, Some(at)));
        Self {
            letters: letters.collect(),
        }
    }

    /// As text.
    pub fn text(&self) -> String {
        self.letters.iter().map(|(one, _)| *one).collect()
    }

    fn lines(&self) -> Vec<Vec<(char, Option<usize>)>> {
        let lines = self.letters.split(|(one, _)| *one == '\n');
        lines.map(<[_]>::to_vec).collect()
    }

    fn by_lines(
        &self,
        mut change: impl FnMut(usize, Vec<(char, Option<usize>)>, &mut Vec<(char, Option<usize>)>),
    ) -> Self {
        let mut letters = Vec::new();
        for (index, line) in self.lines().into_iter().enumerate() {
            if index > 0 {
                letters.push(('\n', None));
            }
            change(index, line, &mut letters);
        }
        Self { letters }
    }

    /// Lines cut at a column, as in a mail or a text made from a PDF. Tables stay.
    fn wrapped(&self, width: usize) -> Self {
        self.by_lines(|_, line, into| {
            let is_table = line.iter().any(|(one, _)| matches!(one, '|' | '<' | '\t'));
            let indent = line.iter().take_while(|(one, _)| *one == ' ').count();
            for (column, letter) in line.into_iter().enumerate() {
                if column > indent && (column - indent) % width == 0 && !is_table {
                    into.push(('\n', None));
                }
                into.push(letter);
            }
        })
    }

    /// A blank line, a page number and a blank line after every so many characters, wherever in a
    /// sentence that is. Tables are not cut inside a row.
    fn paged(&self, every: usize, number: impl Fn(usize) -> String) -> Self {
        let (mut page, mut since) = (1, 0);
        self.by_lines(|_, line, into| {
            let is_table = line.iter().any(|(one, _)| matches!(one, '|' | '<' | '\t'));
            let length = line.len();
            for (column, letter) in line.into_iter().enumerate() {
                since += 1;
                // Printers break no page inside an ordinal or behind the first word.
                let may = column >= 12 && column + 3 < length && !is_table;
                if since >= every && may {
                    let text = format!("\n\n{}\n\n", number(page));
                    into.extend(text.chars().map(|one| (one, None)));
                    (page, since) = (page + 1, 0);
                }
                into.push(letter);
            }
        })
    }

    /// Marks of half width, some with a space behind them.
    fn half_width(&self, spaced: bool) -> Self {
        let mut letters = Vec::new();
        for (one, at) in &self.letters {
            let narrow = match one {
                '，' => ',',
                '；' => ';',
                '：' => ':',
                '（' => '(',
                '）' => ')',
                '。' => '.',
                other => *other,
            };
            letters.push((narrow, *at));
            if spaced && narrow != *one && matches!(narrow, ',' | ';' | ':' | '.') {
                letters.push((' ', None));
            }
        }
        Self { letters }
    }

    /// Markdown headings given another level, or none.
    fn headings(&self, level: impl Fn(usize) -> usize) -> Self {
        self.by_lines(|index, line, into| {
            let hashes = line.iter().take_while(|(one, _)| *one == '#').count();
            if hashes == 0 {
                into.extend(line);
                return;
            }
            let level = level(index);
            into.extend(std::iter::repeat_n(('#', None), level));
            let skip = hashes + usize::from(level == 0);
            into.extend(line.into_iter().skip(skip));
        })
    }

    /// A space on both sides of every number, and behind ordinals.
    fn spaced_digits(&self) -> Self {
        let mut letters: Vec<(char, Option<usize>)> = Vec::new();
        for &(one, at) in &self.letters {
            let before = letters.last().map_or('\n', |(before, _)| *before);
            let is_han = |one: char| ('\u{4e00}'..='\u{9fff}').contains(&one);
            if (is_han(before) && one.is_ascii_digit()) || (before.is_ascii_digit() && is_han(one))
            {
                letters.push((' ', None));
            }
            letters.push((one, at));
        }
        Self { letters }
    }

    fn full_width_digits(&self) -> Self {
        let wide = |one: char| match one.to_digit(10) {
            Some(digit) => char::from_u32(0xff10 + digit).unwrap_or(one),
            None => one,
        };
        Self {
            letters: self
                .letters
                .iter()
                .map(|(one, at)| (wide(*one), *at))
                .collect(),
        }
    }

    /// Two wide spaces before each paragraph, as printed.
    fn indented(&self) -> Self {
        self.by_lines(|_, line, into| {
            let plain = line
                .first()
                .is_some_and(|(one, _)| !matches!(one, '#' | '|' | '<'));
            if plain {
                into.extend([('\u{3000}', None), ('\u{3000}', None)]);
            }
            into.extend(line);
        })
    }

    fn without_blank_lines(&self) -> Self {
        let mut letters = Vec::new();
        for line in self.lines() {
            if line.iter().any(|(one, _)| !one.is_whitespace()) {
                letters.extend(line);
                letters.push(('\n', None));
            }
        }
        Self { letters }
    }
}
