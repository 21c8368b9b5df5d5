//! Makes a Word document from a Markdown or text file: `docx_of IN.md OUT.docx`.

use std::{env, error::Error, fs};

use duban_documents::{
    read::{Limits, read},
    testing::docx_of,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [source, target] = arguments.as_slice() else {
        return Err("usage: docx_of IN.md OUT.docx".into());
    };
    let text = read(source, &fs::read(source)?, &Limits::default())?.text;
    let lines: Vec<String> = text
        .lines()
        .map(plain)
        .filter(|line| !line.is_empty())
        .collect();
    fs::write(target, docx_of(&lines.join("\n")))?;
    Ok(())
}

/// The line without marks of headings, emphasis, quotation and escapes.
fn plain(line: &str) -> String {
    let line = line.trim();
    let line = line.trim_start_matches(['#', '>']).trim_start();
    let mut text = line.replace("**", "").replace("__", "");
    for mark in ['.', '*', '_', '#', '(', ')', '[', ']', '-', '+', '!'] {
        text = text.replace(&format!("\\{mark}"), &mark.to_string());
    }
    text
}
