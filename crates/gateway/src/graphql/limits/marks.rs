//! Prints the table of prices into the text of the schema, as the directives of the GraphQL Cost Directives
//! draft.

use std::fmt::Write;

use super::{
    DEFAULT_PAGE,
    weights::{
        CONNECTION, FIELDS, GRIDS, MUTATION, PARTS, ROWS, SIZES, SLICED, TEXT, TEXTS, VALUES,
    },
};

/// What the marks mean, at the end of the schema.
const DEFINITIONS: &str = r#""""
What a field, an object or an argument costs, in points (GraphQL Cost Directives, draft). An object
costs 1 unless its type says otherwise; a field's own weight stands in place of its type's. The weight
of an argument or of a member of an input counts where it is given.
"""
directive @cost(weight: String!) on ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT
"""
How many items a list counts for: what a slicing argument says by its number or its own length, else
the assumed size. Sized fields are the lists below that are meant; the lists at the end of a path such as
`rows.cells` hold all together what the slicing arguments say multiplied, where all are given, and at
most the assumed size.
"""
directive @listSize(assumedSize: Int, requireOneSlicingArgument: Boolean = true, sizedFields: [String!], slicingArguments: [String!]) on FIELD_DEFINITION
"#;

/// Where the definitions go.
const BEFORE: &str = "\"Directs the executor to include this field";

/// The text of a schema with its prices marked.
pub fn marked(sdl: &str) -> String {
    let mut printer = Printer::default();
    let mut text = String::with_capacity(sdl.len() + sdl.len() / 8);
    for line in sdl.lines() {
        if line.starts_with(BEFORE) {
            text.push_str(DEFINITIONS);
        }
        let ends = [" {", ","];
        let end = ends.iter().find(|end| line.ends_with(*end));
        let end = end.copied().unwrap_or_default();
        text.push_str(line.strip_suffix(end).unwrap_or(line));
        text.push_str(&printer.marks(line));
        text.push_str(end);
        text.push('\n');
    }
    text
}

/// Where in the text it is.
#[derive(Default)]
struct Printer {
    /// The type around.
    parent: String,
    is_mutation: bool,
    is_input: bool,
    is_description: bool,
    /// The field whose arguments are printed.
    field: Option<String>,
}

impl Printer {
    /// What is to be marked at the end of a line.
    fn marks(&mut self, line: &str) -> String {
        let trimmed = line.trim_start();
        if self.is_description || trimmed.starts_with('"') {
            let is_block = trimmed.starts_with("\"\"\"");
            let is_whole = is_block && trimmed.len() > 3 && trimmed.ends_with("\"\"\"");
            if is_block && !is_whole {
                self.is_description = !self.is_description;
            }
            return String::new();
        }
        let mut words = trimmed.split_whitespace();
        let indent = line.len() - trimmed.len();
        match (indent, words.next()) {
            (0, Some(kind)) => {
                let is_named = ["type", "interface", "input"].contains(&kind);
                let parent = words.next().filter(|_| is_named).unwrap_or_default();
                parent.clone_into(&mut self.parent);
                self.is_mutation = parent == "Mutation";
                self.is_input = kind == "input";
                cost(of_type(parent).filter(|_| kind == "type"))
            }
            (1, Some(_)) if self.is_input => {
                let member = name(trimmed);
                cost(of_text(&format!("{}.{member}", self.parent)))
            }
            (1, Some(_)) => self.field(trimmed),
            (2, Some(_)) => {
                let field = self.field.as_deref().unwrap_or_default();
                let argument = name(trimmed);
                cost(of_text(&format!("{}.{field}.{argument}", self.parent)))
            }
            _ => String::new(),
        }
    }

    /// What is to be marked behind the type of a field, once that is printed.
    fn field(&mut self, line: &str) -> String {
        if line.ends_with('(') {
            self.field = Some(name(line).to_owned());
            return String::new();
        }
        let field = match line.strip_prefix("): ") {
            Some(_) => self.field.take().unwrap_or_default(),
            None => name(line).to_owned(),
        };
        let result = line.rsplit(": ").next().unwrap_or_default();
        let coordinate = format!("{}.{field}", self.parent);
        let own = find(&FIELDS, &coordinate).or(self.is_mutation.then_some(MUTATION));
        cost(own) + &size(&coordinate, result)
    }
}

/// The name that a line begins with.
fn name(line: &str) -> &str {
    let end = line.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

fn find<T: Copy>(table: &[(&str, T)], wanted: &str) -> Option<T> {
    let found = table.iter().find(|(known, _)| *known == wanted);
    found.map(|(_, value)| *value)
}

fn of_type(name: &str) -> Option<u64> {
    if name.ends_with("Connection") {
        Some(CONNECTION)
    } else if name.ends_with("Edge") || VALUES.contains(&name) {
        Some(0)
    } else {
        None
    }
}

fn of_text(coordinate: &str) -> Option<u64> {
    TEXTS.contains(&coordinate).then_some(TEXT)
}

fn cost(weight: Option<u64>) -> String {
    weight.map_or_else(String::new, |weight| {
        format!(" @cost(weight: \"{weight}\")")
    })
}

/// The mark of a list, or of a field that speaks for lists below it.
fn size(coordinate: &str, result: &str) -> String {
    let named = result.trim_end_matches('!');
    if named.ends_with("Connection") {
        return list_size(Some(DEFAULT_PAGE), &["first", "last"], &["edges"]);
    }
    if let Some((_, cells, arguments)) = GRIDS.iter().find(|(known, ..)| *known == coordinate) {
        return list_size(Some(*cells), arguments, &["rows.cells"]);
    }
    if let Some((_, argument, list, assumed)) = PARTS.iter().find(|part| part.0 == coordinate) {
        return list_size(Some(*assumed), &[argument], &[list]);
    }
    if let Some(rows) = find(&ROWS, coordinate) {
        return list_size(None, &[rows], &["rows"]);
    }
    if let Some(argument) = find(&SLICED, coordinate) {
        return list_size(None, &[argument], &[]);
    }
    match find(&SIZES, coordinate) {
        Some(items) => list_size(Some(items), &[], &[]),
        None => String::new(),
    }
}

fn list_size(assumed: Option<u64>, slicing: &[&str], sized: &[&str]) -> String {
    let mut parts = Vec::new();
    if let Some(assumed) = assumed {
        parts.push(format!("assumedSize: {assumed}"));
    }
    if !slicing.is_empty() {
        parts.push("requireOneSlicingArgument: false".to_owned());
    }
    for (argument, names) in [("sizedFields", sized), ("slicingArguments", slicing)] {
        if !names.is_empty() {
            parts.push(format!("{argument}: [{}]", quoted(names)));
        }
    }
    format!(" @listSize({})", parts.join(", "))
}

fn quoted(names: &[&str]) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        let _ = write!(text, "{comma}\"{name}\"");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::{guard::SchemaIndex, schema};

    #[test]
    fn the_text_is_the_same_but_for_its_marks() {
        let bare = "\"About {\ntype Task {\n\t\"One,\n\tid: ID!\n\tsubTasks(\n\t\t\"Rows.\n\t\tfirst: Int,\n\t\tlast: Int\n\t): TaskConnection!\n}\n\n\"\"\"\nWords, of\n\ttype Query {\n\"\"\"\ntype TaskEdge {\n\tnode: Task\n}\n";
        let text = marked(bare);
        assert_eq!(
            text,
            "\"About {\ntype Task {\n\t\"One,\n\tid: ID!\n\tsubTasks(\n\t\t\"Rows.\n\t\tfirst: Int,\n\t\tlast: Int\n\t): TaskConnection! @listSize(assumedSize: 50, requireOneSlicingArgument: false, sizedFields: [\"edges\"], slicingArguments: [\"first\", \"last\"])\n}\n\n\"\"\"\nWords, of\n\ttype Query {\n\"\"\"\ntype TaskEdge @cost(weight: \"0\") {\n\tnode: Task\n}\n"
        );
    }

    #[test]
    fn every_row_of_the_table_is_a_coordinate() {
        let index = SchemaIndex::parse(&schema::sdl()).unwrap();
        let mut lost = Vec::new();
        let fields = FIELDS.iter().chain(&SIZES).map(|one| one.0);
        let lists = SLICED.iter().chain(&ROWS).map(|one| one.0);
        let grids = GRIDS.iter().map(|one| one.0);
        let parts = PARTS.iter().map(|one| one.0);
        for coordinate in fields.chain(lists).chain(grids).chain(parts) {
            let (parent, field) = coordinate.split_once('.').unwrap();
            let entry = index.field(parent, field);
            if entry.is_none_or(|entry| entry.weight.is_none() && entry.size.is_none()) {
                lost.push(coordinate);
            }
        }
        for name in VALUES {
            if !index.is_composite(name) || index.weight(name) != 0 {
                lost.push(name);
            }
        }
        for coordinate in TEXTS {
            let steps: Vec<&str> = coordinate.split('.').collect();
            let is_marked = match steps[..] {
                [input, member] => index.input_weights(input).any(|one| one.0 == member),
                [parent, field, argument] => index
                    .field(parent, field)
                    .is_some_and(|entry| entry.arguments[argument].weight == TEXT),
                _ => false,
            };
            if !is_marked {
                lost.push(coordinate);
            }
        }
        assert_eq!(lost, [""; 0], "not in the schema, or not marked");
    }

    #[test]
    fn every_list_of_objects_has_a_size() {
        let index = SchemaIndex::parse(&schema::sdl()).unwrap();
        let mut unsized_lists: Vec<String> = index
            .fields()
            .filter(|(parent, field, entry)| {
                entry.is_list
                    && index.is_composite(&entry.result)
                    && index.weight(&entry.result) > 0
                    && entry.size.is_none()
                    && !index.is_sized(parent, field)
                    && !index.is_inner(parent, field)
            })
            .map(|(parent, field, _)| format!("{parent}.{field}"))
            .collect();
        unsized_lists.sort();
        assert_eq!(unsized_lists, [""; 0], "a row in weights.rs is missing");
    }
}
