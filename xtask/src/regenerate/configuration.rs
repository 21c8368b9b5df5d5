//! `docs/configuration.md`, written from the commented defaults.

use std::fmt::Write;

use anyhow::{Context, Result, bail};

/// A setting as the file of defaults has it.
#[derive(Debug, PartialEq, Eq)]
struct Setting {
    /// Empty above the first section.
    section: String,
    key: String,
    default: String,
    meaning: String,
}

const OPENING: &str = "# Configuration

<!-- Written by `cargo xtask regenerate` from crates/cli/config.default.toml. -->

Settings are read once, at the start, in this order; what comes later goes before:

1. the defaults below;
2. the file of `--config FILE`, which states only what differs;
3. variables of the environment, `DUBAN_`, the section, two underscores, the key;
4. flags of the command.

A key that is not listed is refused, and so is a value that makes no sense; the message names the key
and where it stands.
";

/// The page for the text of `config.default.toml`.
///
/// # Errors
///
/// A line that is neither comment, section nor `key = value`, or a setting without a comment.
pub fn page(defaults: &str) -> Result<String> {
    let mut page = OPENING.to_owned();
    let mut section = None;
    for setting in settings(defaults)? {
        if section.as_ref() != Some(&setting.section) {
            page.push_str(&heading(&setting.section));
            section = Some(setting.section.clone());
        }
        writeln!(
            page,
            "| `{}` | `{}` | `{}` | {} |",
            setting.key,
            setting.default,
            setting.variable(),
            setting.meaning.replace('|', "\\|"),
        )?;
    }
    Ok(page)
}

fn heading(section: &str) -> String {
    let title = match section {
        "" => "Above the sections".to_owned(),
        section => format!("`[{section}]`"),
    };
    format!("\n## {title}\n\n| key | default | variable | meaning |\n| --- | --- | --- | --- |\n")
}

impl Setting {
    fn variable(&self) -> String {
        let path = match self.section.as_str() {
            "" => self.key.clone(),
            section => format!("{}__{}", section.replace('.', "__"), self.key),
        };
        format!("DUBAN_{}", path.to_ascii_uppercase())
    }
}

fn settings(defaults: &str) -> Result<Vec<Setting>> {
    let mut found = Vec::new();
    let mut section = String::new();
    let mut comment = Vec::new();
    for line in defaults.lines().map(str::trim) {
        if line.is_empty() {
            comment.clear();
        } else if let Some(words) = line.strip_prefix('#') {
            comment.push(words.trim());
        } else if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            name.clone_into(&mut section);
            comment.clear();
        } else {
            let (key, default) = line
                .split_once(" = ")
                .with_context(|| format!("not a setting on one line: {line}"))?;
            if comment.is_empty() {
                bail!("{key} has no comment above it");
            }
            found.push(Setting {
                section: section.clone(),
                key: key.to_owned(),
                default: default.to_owned(),
                meaning: comment.join(" "),
            });
            comment.clear();
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_takes_the_comment_above_it() -> Result<()> {
        let defaults = "# About the file.\n\n# A switch.\ndemo = false\n\n[server]\n# Where to\n# listen.\nbind = \"x\"\n";

        let page = page(defaults)?;

        assert!(
            page.contains("| `demo` | `false` | `DUBAN_DEMO` | A switch. |"),
            "{page}"
        );
        assert!(
            page.contains("| `bind` | `\"x\"` | `DUBAN_SERVER__BIND` | Where to listen. |"),
            "{page}"
        );
        Ok(())
    }

    #[test]
    fn a_setting_without_a_comment_is_refused() {
        assert!(page("demo = false\n").is_err());
        assert!(page("# Words.\nseveral = [\n").is_ok());
        assert!(page("# Words.\n\"continued\",\n").is_err());
    }
}
