//! Reading plans: gold documents of many shapes, whole and damaged, and what holds for any text.

mod damage;
mod facts;
mod founding;
mod gold;
mod hostile;
mod ordinals;
mod spans;
mod word_tables;

use duban_documents::source::SourceText;

fn source(text: &str) -> SourceText {
    SourceText {
        file: "plan.md".to_owned(),
        sha256: String::new(),
        text: text.to_owned(),
    }
}
