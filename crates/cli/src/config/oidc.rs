//! Sign-in at the organisation's own provider.

use std::{fs, path::PathBuf};

use duban_app::identity::OidcSettings;
use serde::Deserialize;
use time::Duration;
use zeroize::Zeroizing;

use super::{Problem, secret::Secret};

/// Where the provider sends people back to, on this server.
const CALLBACK: &str = "/oidc/callback";

/// The section `oidc`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// The provider, as it names itself; empty for none.
    pub issuer: String,
    /// We, as the provider knows us.
    pub client_id: String,
    /// What proves it; empty for a public client, or where a file holds it.
    pub client_secret: Secret,
    /// The file that holds it instead.
    pub client_secret_file: PathBuf,
    /// What is asked for.
    pub scopes: String,
    /// The claim that names the login of the account.
    pub account_claim: String,
    /// Values of `amr` and `acr` that count as the second factor, separated by commas.
    pub second_factor_values: String,
    /// What the button says in Chinese.
    pub name_zh: String,
    /// What the button says in English.
    pub name_en: String,
}

impl OidcConfig {
    pub(super) fn problem(&self, is_demo: bool) -> Option<Problem> {
        if self.issuer.is_empty() {
            return None;
        }
        let wrong = |key, what: &str| Some(Problem::new(key, what));
        if !OidcSettings::may_ask(&self.issuer, is_demo) {
            let what = "it is not https:// (http:// on this machine in the demo alone)";
            return wrong("oidc.issuer", what);
        }
        if self.client_id.is_empty() {
            return wrong("oidc.client_id", "it is empty, and oidc.issuer is not");
        }
        if !self.scopes.split_whitespace().any(|one| one == "openid") {
            return wrong("oidc.scopes", "openid is not among them");
        }
        if self.account_claim.is_empty() {
            return wrong("oidc.account_claim", "it is empty");
        }
        if self.name_zh.trim().is_empty() {
            return wrong("oidc.name_zh", "it is empty");
        }
        if self.name_en.trim().is_empty() {
            return wrong("oidc.name_en", "it is empty");
        }
        self.secret_problem()
    }

    fn secret_problem(&self) -> Option<Problem> {
        let file = &self.client_secret_file;
        if file.as_os_str().is_empty() {
            return None;
        }
        if !self.client_secret.is_empty() {
            let what = "oidc.client_secret is set too: one of them";
            return Some(Problem::new("oidc.client_secret_file", what));
        }
        let what = match fs::read_to_string(file) {
            Ok(text) if text.trim().is_empty() => "the file is empty".to_owned(),
            Ok(_) => return None,
            Err(error) => error.to_string(),
        };
        Some(Problem::new("oidc.client_secret_file", what))
    }

    /// What the installation is given; a file that cannot be read was refused before.
    pub(super) fn settings(
        &self,
        reached_at: &str,
        most_age: Duration,
        is_demo: bool,
    ) -> Option<OidcSettings> {
        if self.issuer.is_empty() {
            return None;
        }
        let values = self.second_factor_values.split(',').map(str::trim);
        let scopes: Vec<&str> = self.scopes.split_whitespace().collect();
        Some(OidcSettings {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: Some(self.secret()).filter(|secret| !secret.is_empty()),
            scopes: scopes.join(" "),
            account_claim: self.account_claim.clone(),
            factor_ways: values
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
                .collect(),
            name_chinese: self.name_zh.trim().to_owned(),
            name_english: self.name_en.trim().to_owned(),
            redirect_url: format!("{reached_at}{CALLBACK}"),
            may_be_plain: is_demo,
            most_age,
        })
    }

    fn secret(&self) -> Zeroizing<String> {
        if self.client_secret_file.as_os_str().is_empty() {
            return self.client_secret.reveal();
        }
        let text = Zeroizing::new(fs::read_to_string(&self.client_secret_file).unwrap_or_default());
        Zeroizing::new(text.trim().to_owned())
    }
}
