//! Sheets as facts by field, and how two sheets compare: precision and recall of each field.

use std::collections::{BTreeMap, HashMap};

/// Facts of a sheet: the field, and the fact with what it is about.
pub(crate) type Facts = Vec<(&'static str, String)>;

/// What a gold file judges. Fields outside are neither asked for nor counted against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judges {
    pub structure: bool,
    pub deadlines: bool,
    pub metrics: bool,
}

impl Judges {
    /// From the first line of a gold file: `judges: structure deadlines metrics`.
    pub fn of(gold: &str) -> Self {
        let line = gold.lines().next().unwrap_or_default();
        let words = line
            .strip_prefix("judges:")
            .expect("a gold file starts with what it judges");
        let has = |word| words.split_whitespace().any(|one| one == word);
        Self {
            structure: has("structure"),
            deadlines: has("deadlines"),
            metrics: has("metrics"),
        }
    }

    fn takes(self, field: &str) -> bool {
        match field.split('.').next() {
            Some("deadline") => self.deadlines,
            Some("metric") => self.metrics,
            _ => self.structure,
        }
    }
}

/// The facts of a sheet that are judged.
pub(crate) fn facts(sheet: &str, judges: Judges) -> Facts {
    let mut reader = Reader::default();
    for line in sheet.lines().filter(|line| !line.trim().is_empty()) {
        reader.line(line);
    }
    reader
        .found
        .into_iter()
        .filter(|(field, _)| judges.takes(field))
        .collect()
}

#[derive(Default)]
struct Reader {
    found: Facts,
    plans: usize,
    /// What the lines under way are about: a plan or a task of it.
    about: String,
    metrics: usize,
}

impl Reader {
    fn add(&mut self, field: &'static str, fact: &str) {
        let fact = format!("{} {}", self.about, folded(fact));
        self.found.push((field, fact));
    }

    fn line(&mut self, line: &str) {
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        match word {
            "judges:" => {}
            "title:" => self.add("title", rest),
            "issuer:" => self.add("issuer", rest),
            "number:" => self.add("number", rest),
            "year:" => self.add("year", rest),
            "issued:" => self.add("issued", rest),
            "recipients:" => {
                for one in rest.split(" | ") {
                    self.add("recipient", one);
                }
            }
            "plan" => {
                self.about = format!("plan {}", self.plans);
                self.plans += 1;
                let (kind, title) = rest.split_once(' ').unwrap_or((rest, ""));
                self.add("plan.kind", kind);
                self.add("plan.title", title);
            }
            "§" => {
                let (place, title) = rest.split_once(" | ").expect("a chapter has a title");
                self.about = format!("plan {}", self.plans - 1);
                self.add("section.place", place);
                self.add("section.title", &format!("{place} {title}"));
            }
            "@" => {
                let (place, title) = rest.split_once(" | ").expect("a task has a title");
                self.about = format!("plan {} task {}", self.plans - 1, folded(place));
                self.add("task.place", "");
                self.add("task.title", title);
            }
            "targets" => self.about = format!("plan {} targets", self.plans - 1),
            "warning" => {
                "warning".clone_into(&mut self.about);
                let is_metric = rest.starts_with("NUMBER_NOT_TAKEN");
                let is_date = rest.starts_with("DATE_NOT_TAKEN");
                let field = match (is_metric, is_date) {
                    (true, _) => "metric.warning",
                    (_, true) => "deadline.warning",
                    _ => "warning",
                };
                self.add(field, rest);
            }
            _ => self.of_task(word, rest),
        }
    }

    fn of_task(&mut self, word: &str, rest: &str) {
        match word {
            "=" => self.add("task.text", rest),
            ">" => {
                let names: Vec<&str> = rest.split(" | ").collect();
                for name in &names {
                    self.add("department.name", name.trim_end_matches('*'));
                    self.add("department.role", name);
                }
                self.add("department.order", rest);
            }
            "+" => {
                for flag in rest.split(' ') {
                    self.add("department.flag", flag);
                }
            }
            "!" => {
                let (date, words) = rest.split_once(" | ").unwrap_or((rest, ""));
                self.add("deadline.date", date);
                self.add("deadline.words", words);
            }
            "#" => self.metric(rest),
            _ => panic!("not a line of a sheet: {word} {rest}"),
        }
    }

    fn metric(&mut self, rest: &str) {
        let mut parts = rest.split('|').map(str::trim);
        let figure = parts.next().unwrap_or_default();
        self.add("metric.figure", figure);
        let fields = [
            "metric.subject",
            "metric.by",
            "metric.flags",
            "metric.phrase",
        ];
        for (field, value) in fields.into_iter().zip(parts) {
            self.add(field, &format!("{figure} {value}"));
        }
        self.metrics += 1;
    }
}

/// One width of letters, digits and marks, no white space: what damage to a copy may change.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .filter(|one| !one.is_whitespace())
        .map(|one| match one {
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(one) - 0xfee0).expect("a letter of ASCII")
            }
            '。' => '.',
            '“' | '”' => '"',
            _ => one,
        })
        .collect()
}

/// How many facts of a field are right, were found, and are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    pub right: usize,
    pub found: usize,
    pub asked: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    pub fn recall(self) -> f64 {
        ratio(self.right, self.asked)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand facts")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// Scores by field, with what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub fields: BTreeMap<&'static str, Score>,
    /// Lines for the reader of a failure.
    pub wrong: Vec<String>,
}

impl Scores {
    /// Compares what was found with the gold; `label` says of what, in the list of what is wrong.
    pub fn add(&mut self, label: &str, found: &Facts, gold: &Facts) {
        let mut left: HashMap<&(&'static str, String), usize> = HashMap::new();
        for fact in gold {
            *left.entry(fact).or_default() += 1;
            self.fields.entry(fact.0).or_default().asked += 1;
        }
        for fact in found {
            let score = self.fields.entry(fact.0).or_default();
            score.found += 1;
            match left.get_mut(fact).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    score.right += 1;
                }
                None => self.wrong.push(format!("{label}: + {} {}", fact.0, fact.1)),
            }
        }
        for (fact, count) in left.into_iter().filter(|(_, count)| *count > 0) {
            self.wrong
                .push(format!("{label}: - {} {} ({count})", fact.0, fact.1));
        }
        self.wrong.sort();
    }

    /// The table of the scores.
    pub fn table(&self) -> String {
        let line = |(field, score): (&&str, &Score)| {
            format!(
                "{field:18} precision {:.4} recall {:.4} of {}",
                score.precision(),
                score.recall(),
                score.asked
            )
        };
        self.fields.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The worst precision or recall of any field.
    pub fn worst(&self) -> f64 {
        self.fields
            .values()
            .map(|score| score.precision().min(score.recall()))
            .fold(1.0, f64::min)
    }
}
