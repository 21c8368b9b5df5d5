//! The policy table: who may read or call each coordinate of the schema. What has no row is denied.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use duban_domain::access::{Permission, Principal};

use super::guard::SchemaIndex;

/// The table as shipped with the binary.
const TABLE: &str = include_str!("../../../../policy.csv");

const COLUMNS: [&str; 5] = [
    "coordinate",
    "permission",
    "scope",
    "participation",
    "masking",
];
const SCOPES: [&str; 6] = ["NONE", "NOTICE", "OWN", "PLAN", "REPORT", "TREE"];
const PARTICIPATIONS: [&str; 4] = ["NONE", "LEAD", "SUPPORT", "LEAD+SUPPORT"];

/// What a coordinate asks of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: anybody may.
    Public,
    /// To be signed in.
    SignedIn,
    /// To hold the permission somewhere; where is decided on the rows.
    Permission(Permission),
}

impl Need {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "PUBLIC" => Some(Self::Public),
            "SIGNED_IN" => Some(Self::SignedIn),
            name => Permission::parse(name).map(Self::Permission),
        }
    }

    /// Whether the caller meets it.
    pub fn is_met_by(self, who: Option<&Principal>) -> bool {
        match self {
            Self::Public => true,
            Self::SignedIn => who.is_some(),
            Self::Permission(permission) => who.is_some_and(|who| who.holds(permission)),
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("PUBLIC"),
            Self::SignedIn => f.write_str("SIGNED_IN"),
            Self::Permission(permission) => permission.fmt(f),
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What the caller must hold.
    pub need: Need,
    /// Whether a caller without it gets null with an error from the resolver, and not a refusal
    /// of the whole request.
    pub is_masked: bool,
}

/// Every row, by type and field.
#[derive(Debug, Clone)]
pub struct Policy {
    rules: BTreeMap<String, BTreeMap<String, Rule>>,
}

impl Policy {
    /// The table shipped with the binary.
    ///
    /// # Errors
    ///
    /// Every fault of the table, each with its line.
    pub fn shipped() -> Result<Self, Vec<String>> {
        Self::parse(TABLE)
    }

    /// Reads a table in CSV.
    ///
    /// # Errors
    ///
    /// Every fault of the table, each with its line.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut faults = Vec::new();
        match reader.headers() {
            Ok(headers) if headers.iter().eq(COLUMNS) => {}
            _ => {
                return Err(vec![format!(
                    "policy.csv: the columns are {}",
                    COLUMNS.join(",")
                )]);
            }
        }
        let mut rules: BTreeMap<String, BTreeMap<String, Rule>> = BTreeMap::new();
        let mut previous = String::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    faults.push(format!("policy.csv: {error}"));
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            match read_row(&record) {
                Err(fault) => faults.push(format!("policy.csv line {line}: {fault}")),
                Ok((parent, field, rule)) => {
                    let coordinate = format!("{parent}.{field}");
                    if coordinate <= previous {
                        faults.push(format!(
                            "policy.csv line {line}: {coordinate} repeats or is out of order"
                        ));
                    }
                    previous = coordinate;
                    rules
                        .entry(parent.to_owned())
                        .or_default()
                        .insert(field.to_owned(), rule);
                }
            }
        }
        if faults.is_empty() {
            Ok(Self { rules })
        } else {
            Err(faults)
        }
    }

    /// The row of a coordinate.
    pub fn rule(&self, parent: &str, field: &str) -> Option<Rule> {
        self.rules.get(parent)?.get(field).copied()
    }

    /// Whether the caller meets the row of a coordinate; false when there is none.
    ///
    /// Resolvers of masked fields ask this before they answer.
    pub fn permits(&self, parent: &str, field: &str, who: Option<&Principal>) -> bool {
        self.rule(parent, field)
            .is_some_and(|rule| rule.need.is_met_by(who))
    }

    /// Compares the table with the schema.
    ///
    /// # Errors
    ///
    /// A sentence for each coordinate without a row and each row without a coordinate.
    pub fn check_against(&self, index: &SchemaIndex) -> Result<(), Vec<String>> {
        let wanted = index.coordinates();
        let present: BTreeSet<String> = self
            .rules
            .iter()
            .flat_map(|(parent, fields)| {
                fields.keys().map(move |field| format!("{parent}.{field}"))
            })
            .collect();
        let faults: Vec<String> = wanted
            .difference(&present)
            .map(|coordinate| format!("policy.csv has no row for {coordinate}"))
            .chain(present.difference(&wanted).map(|coordinate| {
                format!("policy.csv has a row for {coordinate}, which the schema lacks")
            }))
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }
}

fn read_row(record: &csv::StringRecord) -> Result<(&str, &str, Rule), String> {
    let cell = |number: usize| record.get(number).unwrap_or_default();
    let coordinate = cell(0);
    let Some((parent, field)) = coordinate.split_once('.') else {
        return Err(format!(
            "{coordinate:?} is no coordinate of the form Type.field"
        ));
    };
    let need = Need::parse(cell(1))
        .ok_or_else(|| format!("{coordinate}: there is no permission {:?}", cell(1)))?;
    if !SCOPES.contains(&cell(2)) {
        return Err(format!(
            "{coordinate}: scope is one of {}",
            SCOPES.join(", ")
        ));
    }
    if !PARTICIPATIONS.contains(&cell(3)) {
        return Err(format!(
            "{coordinate}: participation is one of {}",
            PARTICIPATIONS.join(", ")
        ));
    }
    let is_masked = match cell(4) {
        "" => false,
        "MASK" => true,
        other => {
            return Err(format!(
                "{coordinate}: masking is empty or MASK, not {other:?}"
            ));
        }
    };
    Ok((parent, field, Rule { need, is_masked }))
}

/// Checks the shipped table against the schema; the server does not start when it fails.
///
/// # Errors
///
/// Every fault of the table, every coordinate without a row, every row without a coordinate.
pub fn check(sdl: &str) -> Result<(), Vec<String>> {
    let index = SchemaIndex::parse(sdl).map_err(|error| vec![error.to_string()])?;
    Policy::shipped()?.check_against(&index)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "coordinate,permission,scope,participation,masking\n";

    fn faults(rows: &str) -> Vec<String> {
        Policy::parse(&format!("{HEAD}{rows}"))
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn the_shipped_table_covers_the_contract() {
        let sdl = include_str!("../../../../schema.graphql");
        assert_eq!(check(sdl), Ok(()));
    }

    #[test]
    fn a_coordinate_without_a_row_and_a_row_without_a_coordinate_are_named() {
        let table = format!("{HEAD}Query.gone,PUBLIC,NONE,NONE,\nQuery.here,PUBLIC,NONE,NONE,\n");
        let index = SchemaIndex::parse("type Query { here: Int fresh: Int }").unwrap();
        let faults = Policy::parse(&table)
            .unwrap()
            .check_against(&index)
            .unwrap_err();
        assert_eq!(
            faults,
            [
                "policy.csv has no row for Query.fresh",
                "policy.csv has a row for Query.gone, which the schema lacks"
            ]
        );
    }

    #[test]
    fn each_fault_of_a_row_is_named_with_its_line() {
        assert!(
            faults("Query.a,plan.fly,NONE,NONE,\n")[0]
                .contains("line 2: Query.a: there is no permission")
        );
        assert!(faults("Query.a,PUBLIC,MOON,NONE,\n")[0].contains("scope is one of"));
        assert!(faults("Query.a,PUBLIC,NONE,ALL,\n")[0].contains("participation is one of"));
        assert!(faults("Query.a,PUBLIC,NONE,NONE,HIDE\n")[0].contains("masking is empty or MASK"));
        assert!(faults("Query,PUBLIC,NONE,NONE,\n")[0].contains("no coordinate"));
        assert!(
            faults("Query.b,PUBLIC,NONE,NONE,\nQuery.a,PUBLIC,NONE,NONE,\n")[0]
                .contains("out of order")
        );
    }
}
