//! From settings to an open installation, with messages that say what to do first.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use duban_app::{App, OpenError, SystemClock};
use duban_domain::access::{Coverage, Scope};
use duban_domain::clock::Clock;
use duban_gateway::http::client::Language;
use duban_migrations::Step;
use duban_persistence::{Store, StoreError, departments};

use crate::{
    config::{Config, LogConfig},
    console::{Console, Failure},
    language::words,
    logging, wording,
};

/// Where the settings are.
#[derive(Debug, Clone, Default, Args)]
pub struct SettingsArgs {
    /// Settings file; without one the defaults hold, then the environment (`DUBAN_…`), then flags
    #[arg(long, global = true, value_name = "FILE", env = "DUBAN_CONFIG")]
    config: Option<PathBuf>,
    /// Database, in place of the setting database.url
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
}

/// What every command is given.
#[derive(Debug, Clone)]
pub struct Context {
    /// How to speak.
    pub console: Console,
    /// Where the settings are.
    pub settings: SettingsArgs,
}

impl Context {
    /// The language of the user.
    pub const fn language(&self) -> Language {
        self.console.language
    }

    /// Reads the settings; flags of the command go before everything else.
    ///
    /// # Errors
    ///
    /// [`Failure`] names the faulty key.
    pub fn config(
        &self,
        flags: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Config, Failure> {
        let language = self.language();
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let database = self
            .settings
            .database
            .clone()
            .map(|url| ("database.url", url));
        Config::load(
            self.settings.config.as_deref(),
            environment,
            database.into_iter().chain(flags),
        )
        .map_err(|error| {
            Failure::new(words!(
                language,
                "配置有误：{error}",
                "The settings are wrong: {error}",
            ))
        })
    }

    /// The settings, with only warnings logged: for commands that speak to a person.
    ///
    /// # Errors
    ///
    /// [`Failure`] names the faulty key.
    pub fn quiet_config(&self) -> Result<Config, Failure> {
        let config = self.config([])?;
        let quiet = LogConfig {
            filter: "warn".to_owned(),
            ..config.log.clone()
        };
        logging::begin(&quiet).map_err(|error| Failure::new(error.to_string()))?;
        Ok(config)
    }

    /// Opens the installation whose schema is there.
    ///
    /// # Errors
    ///
    /// [`Failure`] says what to run first.
    pub async fn open(&self, config: &Config) -> Result<App, Failure> {
        self.need_schema(config).await?;
        self.open_migrated(config, Arc::new(SystemClock)).await
    }

    /// Opens the installation; the caller has seen to its schema.
    ///
    /// # Errors
    ///
    /// [`Failure`] names what cannot be had.
    pub async fn open_migrated(
        &self,
        config: &Config,
        clock: Arc<dyn Clock>,
    ) -> Result<App, Failure> {
        let language = self.language();
        App::open(config.app(), clock)
            .await
            .map_err(|error| match error {
                OpenError::Store(error) => wording::store(language, &error),
                OpenError::Key(error) => Failure::new(words!(
                    language,
                    "签名密钥不可用（identity.key_file）：{error}",
                    "The signing key cannot be had (identity.key_file): {error}",
                )),
                OpenError::Mail(error) => Failure::new(words!(
                    language,
                    "邮件服务器的设置不可用（mail）：{error}",
                    "The mail server cannot be used as set (mail): {error}",
                )),
            })
    }

    /// Opens the database alone, its schema being there.
    ///
    /// # Errors
    ///
    /// [`Failure`] says what to run first.
    pub async fn open_store(&self, config: &Config) -> Result<Store, Failure> {
        self.need_schema(config).await?;
        Store::open(&config.store(), Arc::new(SystemClock))
            .await
            .map_err(|error| wording::store(self.language(), &error))
    }

    /// Every step of the schema; never makes a database.
    ///
    /// # Errors
    ///
    /// [`Failure`] when there is no database.
    pub async fn steps(&self, config: &Config) -> Result<Vec<Step>, Failure> {
        let language = self.language();
        if let Some(path) = database_file(config).filter(|path| !path.exists()) {
            let path = path.display();
            return Err(Failure::new(words!(
                language,
                "没有数据库文件 {path}；先运行 duban migrate 和 duban seed（或 duban serve --demo）",
                "There is no database file {path}; run duban migrate and duban seed first (or duban serve --demo)",
            )));
        }
        let store = config.store();
        let db = Store::open_for_migration(&store)
            .await
            .map_err(|error| wording::store(language, &error))?;
        duban_migrations::steps(&db)
            .await
            .map_err(|error| wording::store(language, &StoreError::Database(error)))
    }

    async fn need_schema(&self, config: &Config) -> Result<(), Failure> {
        let missing = self
            .steps(config)
            .await?
            .iter()
            .filter(|step| !step.is_applied)
            .count();
        if missing == 0 {
            return Ok(());
        }
        Err(Failure::new(words!(
            self.language(),
            "数据库结构缺 {missing} 步，先运行 duban migrate",
            "The database lacks {missing} steps of its schema; run duban migrate first",
        )))
    }

    /// Brings the database to the newest schema, made when missing.
    ///
    /// # Errors
    ///
    /// [`Failure`] with what the database says.
    pub async fn migrate(&self, config: &Config) -> Result<(), Failure> {
        let language = self.language();
        if let Some(folder) = database_file(config).as_deref().and_then(Path::parent) {
            fs::create_dir_all(folder).map_err(|error| {
                let folder = folder.display();
                Failure::new(words!(
                    language,
                    "无法创建数据库目录 {folder}：{error}",
                    "The folder {folder} of the database cannot be made: {error}",
                ))
            })?;
        }
        let db = Store::open_for_migration(&config.store())
            .await
            .map_err(|error| wording::store(language, &error))?;
        duban_migrations::migrate(&db)
            .await
            .map_err(|error| wording::store(language, &StoreError::Database(error)))
    }
}

/// The file of an SQLite database.
pub fn database_file(config: &Config) -> Option<PathBuf> {
    let place = config.database.url.strip_prefix("sqlite://")?;
    let path = place
        .split('?')
        .next()
        .filter(|path| !path.is_empty() && *path != ":memory:")?;
    Some(PathBuf::from(path))
}

/// The scope of the operator at the command line, who has the database in hand anyway.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn everything(store: &Store) -> Result<Scope, StoreError> {
    let roots: BTreeSet<_> = departments::roots(store.read())
        .await?
        .into_iter()
        .map(|one| one.id)
        .collect();
    Ok(Scope {
        places: roots.clone(),
        places_subtree: roots.clone(),
        drafts_subtree: roots.clone(),
        reports: Coverage {
            subtree: roots,
            ..Coverage::default()
        },
        ..Scope::default()
    })
}
