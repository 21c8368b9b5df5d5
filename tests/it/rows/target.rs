//! A task of the world, and what part a place takes in it.

use std::collections::BTreeMap;

use super::{promise::Thing, world::OWNER};

/// How the caller's place takes part in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Lead,
    Support,
    None,
}

/// A task with what hangs on it.
#[derive(Debug, Clone, Default)]
pub struct Target {
    pub lead: &'static str,
    pub support: Option<&'static str>,
    pub task: String,
    pub ids: BTreeMap<&'static str, String>,
}

impl Target {
    /// The departments that take part in it.
    pub fn taking_part(&self) -> impl Iterator<Item = &'static str> + use<> {
        [Some(self.lead), self.support].into_iter().flatten()
    }

    /// Whose report it is.
    pub const fn reporter(&self, thing: Thing) -> &'static str {
        match thing {
            Thing::CityReport | Thing::Sheet | Thing::Taken => OWNER,
            _ => self.lead,
        }
    }

    /// The id of something that hangs on it.
    pub fn id(&self, name: &str) -> &str {
        let found = self.ids.get(name);
        found.unwrap_or_else(|| panic!("{name} of {}", self.task))
    }
}
