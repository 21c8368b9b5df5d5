//! `duban doctor`: whether the installation is fit, and what to mend where it is not.

use std::{fs, path::Path, sync::Arc};

use clap::Args;
use duban_app::{
    SystemClock,
    identity::{OidcFound, OidcProblem, OidcSettings, examine_provider},
};
use duban_domain::clock::Clock;
use duban_gateway::http::client::Language;
use duban_persistence::{Store, calendar, departments};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    commands::Format,
    config::Config,
    console::{Console, Exit, Failure, Outcome},
    installation::Context,
    language::words,
    ready,
    render::Table,
};

/// The year before which a clock is surely wrong: that of the first plan.
const FIRST_YEAR: i32 = 2025;

/// Check settings, database, schema, key file, clock, calendar and the provider of sign-in, and say what to mend
///
/// With --ready only that running server is asked, without settings or database: for health checks
/// of containers.
///
/// Exit codes: 0 fit (perhaps with remarks), or ready; 1 something is to be mended, or not ready;
/// 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Ask a running server whether it is ready, such as <http://127.0.0.1:8080/readyz>
    #[arg(long, value_name = "URL")]
    ready: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Health {
    Good,
    Remark,
    Bad,
}

#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    health: Health,
    detail: String,
}

impl Check {
    fn new(name: &'static str, health: Health, detail: String) -> Self {
        Self {
            name,
            health,
            detail,
        }
    }

    fn bad(name: &'static str, failure: Failure) -> Self {
        let detail = match failure {
            Failure::Said { message, .. } => message,
            Failure::OutputClosed => String::new(),
        };
        Self::new(name, Health::Bad, detail)
    }
}

/// Runs the command.
///
/// # Errors
///
/// Standard output cannot be written, or the server that was asked is not ready.
pub async fn run(context: &Context, args: &DoctorArgs) -> Outcome {
    let language = context.language();
    if let Some(url) = &args.ready {
        ready::ask(url).map_err(|error| {
            Failure::new(words!(
                language,
                "{url} 未就绪：{error}",
                "{url} is not ready: {error}",
            ))
        })?;
        context
            .console
            .print(&words!(language, "已就绪", "ready"))?;
        return Ok(Exit::Done);
    }
    let checks = examine(context).await;
    print(context.console, &checks, args.format)?;
    let is_bad = checks.iter().any(|check| check.health == Health::Bad);
    Ok(if is_bad { Exit::Failed } else { Exit::Done })
}

async fn examine(context: &Context) -> Vec<Check> {
    let language = context.language();
    let now = SystemClock.now();
    let mut checks = Vec::new();
    let config = match context.quiet_config() {
        Ok(config) => config,
        Err(failure) => {
            checks.push(Check::bad("settings", failure));
            checks.push(clock(now, language));
            return checks;
        }
    };
    let bind = config.server.bind;
    checks.push(Check::new(
        "settings",
        Health::Good,
        words!(language, "可用；监听 {bind}", "usable; listens on {bind}"),
    ));
    checks.push(key_file(&config.identity.key_file, language));
    checks.push(clock(now, language));
    if let Some(provider) = config.provider() {
        checks.push(sign_on(provider, language).await);
    }
    checks.extend(database(context, &config, now).await);
    checks
}

async fn database(context: &Context, config: &Config, now: OffsetDateTime) -> Vec<Check> {
    let language = context.language();
    let steps = match context.steps(config).await {
        Ok(steps) => steps,
        Err(failure) => return vec![Check::bad("database", failure)],
    };
    let reached = words!(language, "可以连接", "answers");
    let mut checks = vec![Check::new("database", Health::Good, reached)];
    let (all, missing) = (
        steps.len(),
        steps.iter().filter(|step| !step.is_applied).count(),
    );
    if missing > 0 {
        checks.push(Check::new(
            "schema",
            Health::Bad,
            words!(
                language,
                "缺 {missing} 步（共 {all} 步），请运行 duban migrate",
                "lacks {missing} of {all} steps; run duban migrate",
            ),
        ));
        return checks;
    }
    let newest = words!(language, "最新（{all} 步）", "newest ({all} steps)");
    checks.push(Check::new("schema", Health::Good, newest));
    match Store::open(&config.store(), Arc::new(SystemClock)).await {
        Ok(store) => checks.extend(data(&store, now, language).await),
        Err(error) => checks.push(Check::new("database", Health::Bad, error.to_string())),
    }
    checks
}

async fn data(store: &Store, now: OffsetDateTime, language: Language) -> Vec<Check> {
    let year = now.year();
    let calendar = match calendar::load(store.read()).await {
        Ok(calendar) if calendar.knows_year(year) => Check::new(
            "calendar",
            Health::Good,
            words!(
                language,
                "已有 {year} 年工作日",
                "knows the working days of {year}"
            ),
        ),
        Ok(_) => Check::new(
            "calendar",
            Health::Remark,
            words!(
                language,
                "没有 {year} 年的节假日和调休，只按周末计算；请运行 duban seed，或升级到含该年日历的版本",
                "does not know the holidays of {year} and counts by weekday; run duban seed, or upgrade to a version with that year",
            ),
        ),
        Err(error) => Check::new("calendar", Health::Bad, error.to_string()),
    };
    let organisation = match departments::roots(store.read()).await {
        Ok(roots) if roots.is_empty() => Check::new(
            "organisation",
            Health::Bad,
            words!(
                language,
                "没有任何单位，请运行 duban seed",
                "there is no department; run duban seed"
            ),
        ),
        Ok(roots) => {
            let names: Vec<_> = roots.into_iter().map(|one| one.name).collect();
            Check::new("organisation", Health::Good, names.join("、"))
        }
        Err(error) => Check::new("organisation", Health::Bad, error.to_string()),
    };
    vec![calendar, organisation]
}

/// Whether people can sign in at the organisation's own provider.
async fn sign_on(settings: OidcSettings, language: Language) -> Check {
    let name = "single sign-on";
    let (issuer, client) = (settings.issuer.clone(), settings.client_id.clone());
    let back = settings.redirect_url.clone();
    let problem = match examine_provider(settings).await {
        Ok(OidcFound {
            keys,
            is_redirect_sure: true,
        }) => {
            let detail = words!(
                language,
                "{issuer} 可用（签名密钥 {keys} 个），回调地址 {back}",
                "{issuer} can be used ({keys} keys) and sends people back to {back}",
            );
            return Check::new(name, Health::Good, detail);
        }
        Ok(OidcFound { .. }) => {
            let detail = words!(
                language,
                "{issuer} 可以连接，但未能确认它登记了回调地址 {back}，请核对",
                "{issuer} answers; whether it knows the redirect address {back} could not be told: look there",
            );
            return Check::new(name, Health::Remark, detail);
        }
        Err(problem) => problem,
    };
    let detail = match problem {
        OidcProblem::Unreachable(why) => words!(
            language,
            "读不到 {issuer} 的配置或密钥：{why}；请检查 oidc.issuer 和网络",
            "what {issuer} publishes cannot be read: {why}; look at oidc.issuer and the network",
        ),
        OidcProblem::OtherIssuer(stated) => words!(
            language,
            "该处自称 {stated}，与 oidc.issuer（{issuer}）不一致，须逐字相同",
            "it names itself {stated}, and oidc.issuer is {issuer}: they must be the same to the letter",
        ),
        OidcProblem::NoKeys => words!(
            language,
            "{issuer} 没有公布可用的签名密钥（RS256、ES256 或 EdDSA）",
            "{issuer} publishes no key for RS256, ES256 or EdDSA",
        ),
        OidcProblem::RedirectRefused(what) => words!(
            language,
            "{issuer} 不接受客户端 {client} 或回调地址 {back}（{what}）：请在该处登记此回调地址，并核对 oidc.client_id、oidc.scopes 和 server.public_url",
            "{issuer} does not take the client {client} or the redirect address {back} ({what}): register that address there, and look at oidc.client_id, oidc.scopes and server.public_url",
        ),
    };
    Check::new(name, Health::Bad, detail)
}

fn key_file(path: &Path, language: Language) -> Check {
    let name = "key file";
    let shown = path.display();
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let detail = words!(
                language,
                "{shown} 尚不存在，首次启动时生成",
                "{shown} is not there yet and will be made at the first start",
            );
            return Check::new(name, Health::Good, detail);
        }
        Err(error) => return Check::new(name, Health::Bad, format!("{shown}: {error}")),
    };
    match others_bits(&metadata) {
        0 => Check::new(
            name,
            Health::Good,
            words!(
                language,
                "{shown} 仅属主可读",
                "{shown} is readable by its owner alone"
            ),
        ),
        mode => Check::new(
            name,
            Health::Bad,
            words!(
                language,
                "{shown} 对他人开放（权限位 {mode:03o}），请运行 chmod 600 {shown}",
                "{shown} is open to others (mode bits {mode:03o}); run chmod 600 {shown}",
            ),
        ),
    }
}

/// What the file's mode gives to others than its owner.
#[cfg(unix)]
fn others_bits(metadata: &fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077
}

/// Other systems keep no such bits.
#[cfg(not(unix))]
fn others_bits(_: &fs::Metadata) -> u32 {
    0
}

fn clock(now: OffsetDateTime, language: Language) -> Check {
    let whole = now.replace_nanosecond(0).unwrap_or(now);
    let shown = whole.format(&Rfc3339).unwrap_or_else(|_| whole.to_string());
    if now.year() < FIRST_YEAR {
        let detail = words!(
            language,
            "{shown} 早于 {FIRST_YEAR} 年，请校时",
            "{shown} is before {FIRST_YEAR}; set the clock",
        );
        return Check::new("clock", Health::Bad, detail);
    }
    Check::new("clock", Health::Good, shown)
}

fn print(console: Console, checks: &[Check], format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return console.print_json(&checks);
    }
    let language = console.language;
    let mut table = Table::with_header([
        words!(language, "结果", "result"),
        words!(language, "检查", "check"),
        words!(language, "说明", "detail"),
    ]);
    for check in checks {
        let health = match check.health {
            Health::Good => words!(language, "正常", "good"),
            Health::Remark => words!(language, "注意", "remark"),
            Health::Bad => words!(language, "须修复", "mend"),
        };
        table.add([health, check.name.to_owned(), check.detail.clone()]);
    }
    console.print(&table.lines(0))
}
