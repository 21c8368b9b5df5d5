//! What the layers below are given.

use std::{sync::Arc, time::Duration as StdDuration};

use duban_app::{
    AppSettings, CALLS_TOGETHER, IMPORT_PART_ROWS, SystemStopwatch,
    identity::{IdentitySettings, OidcSettings},
    notify::NotifySettings,
};
use duban_gateway::http::{Company, HttpSettings, Trusted};
use duban_persistence::StoreSettings;
use time::Duration;

use super::Config;

/// Short enough that nobody works on with a right that another server took away.
const PRINCIPAL_AGE: StdDuration = StdDuration::from_secs(1);

impl Config {
    /// Settings of the installation.
    pub fn app(&self) -> AppSettings {
        AppSettings {
            store: self.store(),
            identity: IdentitySettings {
                key_file: self.identity.key_file.clone(),
                factor_key_file: self.identity.sealing_key(),
                administrators_need_factor: self.identity.administrators_need_second_factor,
                approvals_need_factor: self.identity.approvals_need_second_factor,
                access_token: Duration::minutes(self.identity.access_token_minutes.into()),
                idle: Duration::minutes(self.identity.session_idle_minutes.into()),
                absolute: Duration::hours(self.identity.session_hours.into()),
                is_demo: self.demo,
                sessions_per_account: self.identity.sessions_per_account,
                principal_age: PRINCIPAL_AGE,
                oidc: self.provider(),
            },
            audit: self.audit.beside(&self.identity.key_file),
            notify: NotifySettings {
                public_url: self.server.reached_at(),
                mail: self.mail.server(),
                rules: self.jobs.rules(),
                escalation: self.jobs.escalation(),
            },
            calls_together: CALLS_TOGETHER,
            import_part_rows: IMPORT_PART_ROWS,
            uploads: self.uploads.limits(),
            webhooks: self.webhooks.settings(self.demo),
        }
    }

    /// Settings of the organisation's own provider of sign-in; none without one.
    pub fn provider(&self) -> Option<OidcSettings> {
        self.oidc.settings(
            &self.server.reached_at(),
            Duration::hours(self.identity.session_hours.into()),
            self.demo,
        )
    }

    /// Settings of the database alone, for migrations.
    pub fn store(&self) -> StoreSettings {
        StoreSettings {
            url: self.database.url.clone(),
            write_connections: self.database.write_connections,
            read_connections: self.database.read_connections,
        }
    }

    /// Settings of the server.
    pub fn http(&self) -> HttpSettings {
        HttpSettings {
            bind: self.server.bind,
            public_url: self.server.reached_at(),
            trusted_proxy_hops: self.server.trusted_proxy_hops,
            is_introspection_public: self.server.introspection_public,
            is_metrics_public: self.server.metrics_public,
            drain_notice: StdDuration::from_millis(self.server.drain_notice_ms),
            batched_operations: self.server.batched_operations,
            operations: self.server.operations.into(),
            trusted: Trusted::shipped(),
            limits: self.limits.limits(self.server.trusted_proxy_hops),
            stopwatch: Arc::new(SystemStopwatch::default()),
            is_sending: self.jobs.enabled,
            company: match self.nats_url.as_str() {
                "" => Company::Alone,
                _ => Company::OneOfSeveral,
            },
        }
    }
}
