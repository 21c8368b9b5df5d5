//! Import zones of the web client: `ui, charts, i18n, graphql ← states ← features ← pages ← app`.

use std::{
    ffi::OsStr,
    path::{Component, Path, PathBuf},
};

use anyhow::Result;

use super::length::{read, walk};

/// Where a module of the web client stands.
#[derive(Debug, PartialEq, Eq)]
enum Zone {
    /// Words and formats.
    I18n,
    /// The kit, without GraphQL.
    Ui,
    /// Charts, on the kit.
    Charts,
    /// Typed access to the API.
    Graphql,
    /// How a request fares, in the kit's looks: failed, refused.
    States,
    /// What is shown of one noun.
    Feature(String),
    /// One route.
    Page(String),
    /// Shell and router; and the entry beside the folders.
    App,
}

impl Zone {
    /// The zone of a path below `web/src`; none for a folder that has no zone.
    fn of(path: &Path) -> Option<Self> {
        let mut parts = path.iter().filter_map(OsStr::to_str);
        let first = parts.next()?;
        let second = parts.next();
        match (first, second) {
            ("i18n", _) => Some(Self::I18n),
            ("ui", _) => Some(Self::Ui),
            ("charts", _) => Some(Self::Charts),
            ("graphql", _) => Some(Self::Graphql),
            ("states", _) => Some(Self::States),
            ("features", Some(noun)) => Some(Self::Feature(noun.to_owned())),
            ("pages", Some(page)) => Some(Self::Page(page.to_owned())),
            ("app", _) | (_, None) => Some(Self::App),
            _ => None,
        }
    }

    /// Whether a module of this zone may import one of the other.
    fn may_import(&self, other: &Self) -> bool {
        let kit = matches!(other, Self::I18n | Self::Ui | Self::Charts | Self::Graphql);
        match self {
            Self::I18n => *other == Self::I18n,
            Self::Ui => matches!(other, Self::Ui | Self::I18n),
            Self::Charts => matches!(other, Self::Charts | Self::Ui | Self::I18n),
            Self::Graphql => matches!(other, Self::Graphql | Self::I18n),
            Self::States => kit || other == self,
            Self::Feature(_) => kit || *other == Self::States || other == self,
            Self::Page(_) => {
                kit || matches!(other, Self::States | Self::Feature(_)) || other == self
            }
            Self::App => true,
        }
    }
}

/// One sentence for each import that goes the wrong way.
pub fn breaches(sources: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    walk(sources, &mut |path| {
        let code = path.extension().and_then(OsStr::to_str);
        if !matches!(code, Some("ts" | "tsx")) {
            return Ok(());
        }
        let module = path.strip_prefix(sources).unwrap_or(path);
        found.extend(breaches_of(module, &read(path)?));
        Ok(())
    })?;
    Ok(found)
}

/// The breaches of one module, its path taken from `web/src`.
fn breaches_of(module: &Path, text: &str) -> Vec<String> {
    let shown = module.display();
    let Some(zone) = Zone::of(module) else {
        return vec![format!(
            "web/src/{shown}: no zone is given for this folder, in xtask/src/layers/web.rs"
        )];
    };
    specifiers(text)
        .into_iter()
        .filter_map(|specifier| {
            let target = resolve(module, specifier)?;
            let refused = Zone::of(&target).is_none_or(|other| !zone.may_import(&other));
            refused.then(|| format!("web/src/{shown}: may not import {specifier}"))
        })
        .collect()
}

/// The strings after `from`, `import` and `import(`.
fn specifiers(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in ["from", "import"] {
        for (at, _) in text.match_indices(word) {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.')) {
                continue;
            }
            let after = text.get(at + word.len()..).unwrap_or_default().trim_start();
            let after = after.strip_prefix('(').map_or(after, str::trim_start);
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let Some(quote) = quote else { continue };
            if let Some(specifier) = after.split(quote).nth(1) {
                found.push(specifier);
            }
        }
    }
    found
}

/// The path below `web/src` that a specifier names; none for a package or a file outside.
fn resolve(module: &Path, specifier: &str) -> Option<PathBuf> {
    let (mut path, rest) = if let Some(rest) = specifier.strip_prefix("@/") {
        (PathBuf::new(), rest)
    } else if specifier.starts_with('.') {
        (module.parent()?.to_owned(), specifier)
    } else {
        return None;
    };
    for component in Path::new(rest).components() {
        match component {
            Component::ParentDir if !path.pop() => return None,
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches_in(module: &str, text: &str) -> usize {
        breaches_of(Path::new(module), text).len()
    }

    #[test]
    fn pages_arrange_features_and_the_kit() {
        let text = r#"
            import { createRoute } from "@tanstack/react-router";
            import { TaskRow, TaskRow_task } from "../../features/task/TaskRow";
            import { Card } from "../../ui/Card";
            const Chart = lazy(() => import("./Chart"));
        "#;

        assert_eq!(breaches_in("pages/tasks/TasksPage.tsx", text), 0);
    }

    #[test]
    fn features_and_pages_do_not_know_their_like() {
        let other_feature = r"import {
            PlanTitle,
        } from '../plan/PlanTitle';";
        let other_page = r#"lazy(() => import(
            "../plan/PlanPage"
        ));"#;

        assert_eq!(breaches_in("features/task/TaskRow.tsx", other_feature), 1);
        assert_eq!(breaches_in("pages/tasks/TasksPage.tsx", other_page), 1);
    }

    #[test]
    fn the_kit_knows_no_graphql_and_no_feature() {
        let text = r#"
            import { graphql } from "@/graphql/graphql";
            export { TaskRow } from "../features/task/TaskRow";
            import "./button.css";
        "#;

        assert_eq!(breaches_in("ui/Button.tsx", text), 2);
    }

    #[test]
    fn words_that_only_look_like_imports_are_left() {
        let text =
            r#"const a = "from"; wherefrom("../../app/x"); import.meta.env; Array.from("./x");"#;

        assert_eq!(breaches_in("ui/text.ts", text), 0);
    }

    #[test]
    fn a_folder_without_a_zone_is_refused() {
        assert_eq!(breaches_in("utils/strings.ts", ""), 1);
        assert_eq!(breaches_in("main.tsx", r#"import "./app/App";"#), 0);
    }
}
