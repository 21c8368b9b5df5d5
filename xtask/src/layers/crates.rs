//! Which crate may depend on which, ours and others'.

use std::collections::BTreeSet;

use cargo_metadata::Metadata;

/// A crate of the workspace and the names it depends on, for building, running or testing.
pub struct Member {
    name: String,
    dependencies: BTreeSet<String>,
}

/// Our crates, each with those of ours it may know. What is not here may know all.
const OURS: [(&str, &[&str]); 8] = [
    ("duban-domain", &[]),
    // Programs of others know the API alone.
    ("duban-example", &[]),
    // For the canonical forms of audit events alone, which never change.
    ("duban-migrations", &["duban-domain"]),
    ("duban-documents", &["duban-domain"]),
    ("duban-persistence", &["duban-domain"]),
    (
        "duban-app",
        &["duban-domain", "duban-documents", "duban-persistence"],
    ),
    (
        "duban-gateway",
        &[
            "duban-domain",
            "duban-documents",
            "duban-persistence",
            "duban-app",
        ],
    ),
    (
        "duban-cli",
        &[
            "duban-domain",
            "duban-documents",
            "duban-persistence",
            "duban-app",
            "duban-gateway",
            "duban-migrations",
        ],
    ),
];

/// Outside the layers: they may know every crate of ours.
const FREE: [&str; 2] = ["duban-tests", "duban-xtask"];

/// Crates of others that belong to some of ours alone.
const FOREIGN: [(&[&str], &[&str]); 7] = [
    (
        &["sea-orm", "sqlx", "sea-query"],
        &["duban-persistence", "duban-migrations", "duban-tests"],
    ),
    (&["rusqlite"], &["duban-persistence"]),
    (&["sea-orm-migration"], &["duban-migrations"]),
    (
        &[
            "async-graphql",
            "async-graphql-parser",
            "async-graphql-value",
            "axum",
            "tower-http",
            "rust-embed",
        ],
        &["duban-gateway", "duban-tests"],
    ),
    (
        &["zip", "quick-xml", "lopdf", "encoding_rs"],
        &["duban-documents"],
    ),
    (&["parquet"], &["duban-documents", "duban-tests"]),
    (
        &["anyhow", "clap", "figment"],
        &["duban-cli", "duban-tests", "duban-xtask"],
    ),
];

/// What the rules may not know: they have no I/O, no clock, no chance, and are not asynchronous.
const NOT_IN_DOMAIN: [&str; 5] = ["tokio", "futures-util", "getrandom", "reqwest", "tracing"];

/// The workspace as cargo tells it.
pub fn members(metadata: &Metadata) -> Vec<Member> {
    metadata
        .workspace_packages()
        .into_iter()
        .map(|package| Member {
            name: package.name.to_string(),
            dependencies: package
                .dependencies
                .iter()
                .map(|d| d.name.clone())
                .collect(),
        })
        .collect()
}

/// One sentence for each dependency that a rule refuses.
pub fn breaches(members: &[Member]) -> Vec<String> {
    let names: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    members
        .iter()
        .flat_map(|member| {
            own(member, &names)
                .into_iter()
                .chain(foreign(member))
                .chain(domain(member))
        })
        .collect()
}

fn own(member: &Member, names: &BTreeSet<&str>) -> Vec<String> {
    let name = member.name.as_str();
    if FREE.contains(&name) {
        return Vec::new();
    }
    let Some((_, known)) = OURS.iter().find(|(crate_name, _)| *crate_name == name) else {
        return vec![format!(
            "{name}: no layer is given for this crate, in xtask/src/layers/crates.rs"
        )];
    };
    let of_ours = |dependency: &&String| names.contains(dependency.as_str());
    member
        .dependencies
        .iter()
        .filter(of_ours)
        .filter(|dependency| !known.contains(&dependency.as_str()))
        .map(|dependency| {
            format!("{name}: may not depend on {dependency}, a layer it does not know")
        })
        .collect()
}

fn foreign(member: &Member) -> Vec<String> {
    FOREIGN
        .iter()
        .filter(|(_, homes)| !homes.contains(&member.name.as_str()))
        .flat_map(|(guarded, homes)| {
            guarded
                .iter()
                .filter(|guarded| member.dependencies.contains(**guarded))
                .map(move |guarded| {
                    let homes = homes.join(", ");
                    format!("{}: {guarded} belongs to {homes}", member.name)
                })
        })
        .collect()
}

fn domain(member: &Member) -> Vec<String> {
    if member.name != "duban-domain" {
        return Vec::new();
    }
    NOT_IN_DOMAIN
        .iter()
        .filter(|refused| member.dependencies.contains(**refused))
        .map(|refused| format!("duban-domain: {refused} has no place among the rules"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, dependencies: &[&str]) -> Member {
        Member {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn the_way_up_is_open() {
        let members = [
            member("duban-domain", &["time"]),
            member("duban-persistence", &["duban-domain", "sea-orm"]),
            member("duban-app", &["duban-persistence", "tokio"]),
            member("duban-tests", &["duban-migrations", "sea-orm"]),
        ];

        assert_eq!(breaches(&members), Vec::<String>::new());
    }

    #[test]
    fn the_way_down_is_closed() {
        let members = [
            member("duban-domain", &["duban-persistence", "tokio"]),
            member("duban-persistence", &["axum"]),
            member("duban-migrations", &["duban-persistence"]),
            member("duban-cli", &["sea-orm"]),
        ];

        let found = breaches(&members);

        assert_eq!(found.len(), 5, "{found:#?}");
    }

    #[test]
    fn a_crate_without_a_layer_is_refused() {
        let found = breaches(&[member("duban-utils", &[])]);

        assert_eq!(found.len(), 1, "{found:#?}");
    }
}
