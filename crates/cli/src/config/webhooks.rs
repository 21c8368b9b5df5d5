//! Where changes may be sent.

use duban_app::webhooks::WebhookSettings;
use duban_domain::webhook::Reachable;
use serde::Deserialize;

use super::Problem;

/// This machine itself, which the demo reaches.
const OWN: &str = "127.0.0.0/8, ::1/128";

/// The section `webhooks`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhooksConfig {
    /// Networks (CIDR, separated by commas) that are reached although they are not public.
    pub allowed_networks: String,
}

impl WebhooksConfig {
    pub(super) fn problem(&self) -> Option<Problem> {
        let wrong = Reachable::parse(&self.allowed_networks).err()?;
        let what = format!("{wrong} is no network, such as 10.0.0.0/8");
        Some(Problem::new("webhooks.allowed_networks", what))
    }

    /// What the installation is given; what is no network was refused before.
    pub(super) fn settings(&self, is_demo: bool) -> WebhookSettings {
        let mut reachable = Reachable::parse(&self.allowed_networks).unwrap_or_default();
        if is_demo {
            reachable
                .allowed
                .extend(Reachable::parse(OWN).unwrap_or_default().allowed);
        }
        WebhookSettings { reachable }
    }
}
