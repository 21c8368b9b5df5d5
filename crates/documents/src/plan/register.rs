//! The department names that the organisation knows.

use std::collections::HashMap;

/// Names of registered departments, each leading to the registered full name.
///
/// An empty register is allowed: names then stay as in the text and none is reported unknown.
#[derive(Debug, Clone, Default)]
pub struct DepartmentRegister {
    full_names: HashMap<String, String>,
}

impl DepartmentRegister {
    /// Takes each department's full name with its other names; the first holder of a name keeps it.
    pub fn new<I, O>(departments: I) -> Self
    where
        I: IntoIterator<Item = (String, O)>,
        O: IntoIterator<Item = String>,
    {
        let mut full_names: HashMap<String, String> = HashMap::new();
        let mut others = Vec::new();
        for (full, other_names) in departments {
            full_names
                .entry(plain(&full))
                .or_insert_with(|| full.clone());
            others.extend(
                other_names
                    .into_iter()
                    .map(|other| (plain(&other), full.clone())),
            );
        }
        for (other, full) in others {
            full_names.entry(other).or_insert(full);
        }
        full_names.remove("");
        Self { full_names }
    }

    /// Whether it knows no name at all.
    pub fn is_empty(&self) -> bool {
        self.full_names.is_empty()
    }

    /// The registered full name of a name in a text.
    pub fn full_name(&self, name: &str) -> Option<&str> {
        self.full_names.get(&plain(name)).map(String::as_str)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|one| !one.is_whitespace()).collect()
}
