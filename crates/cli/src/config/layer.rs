//! The environment and the flags as layers of settings.

use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map, Value},
};

const PREFIX: &str = "DUBAN_";
/// Between section and key in the name of a variable.
const BETWEEN: &str = "__";

/// Settings that stand in no section, so that their variables have no two underscores.
const BARE: [&str; 6] = [
    "demo",
    "demo_story",
    "demo_clock",
    "demo_day",
    "nats_url",
    "nats_stream",
];

/// Name of the layer made of the environment.
pub const ENVIRONMENT: &str = "environment";
/// Name of the layer made of flags.
pub const FLAGS: &str = "flags";

/// Settings as pairs of key and value.
pub struct Layer {
    name: &'static str,
    values: Dict,
}

impl Layer {
    /// The variables that name a setting. `DUBAN_` variables without two underscores belong to
    /// scripts and tests, but for the settings that stand in no section.
    pub fn environment(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = variables.into_iter().filter_map(|(name, value)| {
            let key = name.strip_prefix(PREFIX)?.to_ascii_lowercase();
            (BARE.contains(&key.as_str()) || key.contains(BETWEEN))
                .then(|| (key.replace(BETWEEN, "."), value))
        });
        Self::of(ENVIRONMENT, pairs)
    }

    /// Flags of the command line, by the key that each stands for.
    pub fn flags(flags: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self::of(
            FLAGS,
            flags
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value)),
        )
    }

    fn of(name: &'static str, pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut values = Dict::new();
        for (key, text) in pairs {
            let path: Vec<&str> = key.split('.').collect();
            put(&mut values, &path, scalar(&text));
        }
        Self { name, values }
    }
}

/// A setting is a switch, a number or text; nothing else is read into a text.
fn scalar(text: &str) -> Value {
    if let Ok(switch) = text.parse::<bool>() {
        Value::from(switch)
    } else if let Ok(number) = text.parse::<i64>() {
        Value::from(number)
    } else {
        Value::from(text)
    }
}

fn put(values: &mut Dict, path: &[&str], value: Value) {
    let [first, rest @ ..] = path else { return };
    if rest.is_empty() {
        values.insert((*first).to_owned(), value);
        return;
    }
    let section = values
        .entry((*first).to_owned())
        .or_insert_with(|| Value::from(Dict::new()));
    if let Value::Dict(_, inner) = section {
        put(inner, rest, value);
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Map::from([(Profile::Default, self.values.clone())]))
    }
}

/// The variable that stands for a key.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', BETWEEN).to_ascii_uppercase())
}
