//! `duban plan import`: an issued document becomes a draft plan.

use std::path::PathBuf;

use clap::Args;
use duban_app::{
    App,
    change::Call,
    imports::{self, PlanFile},
};
use duban_domain::{
    access::{Permission, Principal},
    clock::official_day,
    plan::issued::Plan,
};
use duban_gateway::http::client::Language;
use duban_persistence::{
    accounts::{self, Account},
    plans,
};
use serde_json::json;

use crate::{
    commands::Format,
    console::{Console, Exit, Failure, Outcome},
    document::{Document, draft_of},
    installation::Context,
    language::words,
    render, wording,
};

/// Bring an issued document in as a draft plan
///
/// Shows what will be created and asks; then everything is stored in one transaction, or nothing.
/// The same file again says so and changes nothing.
///
/// Exit codes: 0 imported, or there already; 1 refused, nothing was changed; 2 the file cannot be
/// read; 3 no numbered task stands in it; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct PlanImportArgs {
    /// The file; - reads standard input, with --yes
    file: PathBuf,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Account in whose name to import; may be left out when only one account may import
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Mark the plan as demo data
    #[arg(long)]
    demo: bool,
    /// How to print the result; with json the preview goes to standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command.
///
/// # Errors
///
/// The file or the import is refused; nothing was stored then.
pub async fn run(context: &Context, args: &PlanImportArgs) -> Outcome {
    let (console, language) = (context.console, context.language());
    let document = Document::load(&args.file, language)?;
    let source = document.source(language)?;
    let app = context.open(&context.quiet_config()?).await?;
    let who = importer(&app, args.login.as_deref(), language).await?;
    let register = imports::register(app.store())
        .await
        .map_err(|error| wording::store(language, &error))?;
    let failed = |error| wording::import(language, &document.name, &error);
    let draft = draft_of(&source, &register, language)?;
    let known = known(&app, &who, &source.sha256, language).await?;
    if let Some(plan) = known {
        return report(console, args.format, &plan, false);
    }
    let preview = render::draft::text(&draft, &source.text, language);
    match args.format {
        Format::Text => console.print(&preview)?,
        Format::Json => console.note(preview.trim_end()),
    }
    let question = words!(
        language,
        "按以上内容创建一份草案？",
        "Create a draft plan of this?",
    );
    console.need_yes(args.yes, &question)?;
    let call = Call::once(who);
    let file = PlanFile::Bytes {
        name: document.name.clone(),
        bytes: document.bytes.clone(),
    };
    let done = imports::import_plan(&app, &call, file, args.demo)
        .await
        .map_err(failed)?;
    let plan = plans::find(app.store().read(), &call.who.scope(), done.plan)
        .await
        .map_err(|error| wording::store(language, &error))?;
    match plan {
        Some(plan) => report(console, args.format, &plan, done.is_new),
        None => Ok(Exit::Done),
    }
}

fn report(console: Console, format: Format, plan: &Plan, is_new: bool) -> Outcome {
    let Plan { code, title, .. } = plan;
    match format {
        Format::Json => console.print_json(&json!({
            "isNew": is_new,
            "plan": {
                "id": plan.id,
                "code": code,
                "title": title,
                "state": plan.state.name(),
                "year": plan.year,
                "sourceSha256": plan.source_sha256,
            },
        }))?,
        Format::Text if is_new => console.print(&words!(
            console.language,
            "已导入草案 {code}：{title}",
            "Imported as draft plan {code}: {title}",
        ))?,
        Format::Text => console.print(&words!(
            console.language,
            "这份文件已导入过，即计划 {code}：{title}；未作任何更改",
            "This very file is there already, as plan {code}: {title}; nothing was changed",
        ))?,
    }
    Ok(Exit::Done)
}

/// The plan that was made of exactly this file before.
async fn known(
    app: &App,
    who: &Principal,
    sha256: &str,
    language: Language,
) -> Result<Option<Plan>, Failure> {
    let grant = who
        .grants()
        .iter()
        .find(|grant| grant.permissions.contains(&Permission::PlanImport));
    let Some(grant) = grant else { return Ok(None) };
    plans::find_by_source(app.store().read(), &who.scope(), grant.department, sha256)
        .await
        .map_err(|error| wording::store(language, &error))
}

/// The account that is named, or the only one that may import.
async fn importer(
    app: &App,
    login: Option<&str>,
    language: Language,
) -> Result<Principal, Failure> {
    let failed = |error| wording::store(language, &error);
    let today = official_day(app.store().clock().now());
    let holders = accounts::holders_unscoped(app.store().read(), Permission::PlanImport, today)
        .await
        .map_err(failed)?;
    let account = choose(&holders, login, language)?;
    app.identity()
        .principal(account.id, None)
        .await
        .map_err(failed)
}

fn choose<'a>(
    holders: &'a [Account],
    login: Option<&str>,
    language: Language,
) -> Result<&'a Account, Failure> {
    let names = holders
        .iter()
        .map(|one| one.login.as_str())
        .collect::<Vec<_>>()
        .join("、");
    match (login, holders) {
        (_, []) => Err(Failure::new(words!(
            language,
            "没有可导入计划的账号；先创建一个：duban user create LOGIN --name … --department HNAST --role OFFICER --reach SUBTREE",
            "No account may import plans; make one first: duban user create LOGIN --name … --department HNAST --role OFFICER --reach SUBTREE",
        ))),
        (Some(login), _) => {
            holders.iter().find(|one| one.login == login).ok_or_else(|| {
                Failure::new(words!(
                    language,
                    "账号 {login} 不存在、已停用或无权导入；可用：{names}",
                    "The account {login} does not exist, is disabled or may not import; these may: {names}",
                ))
            })
        }
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::new(words!(
            language,
            "有多个账号可以导入，请用 --as 指明：{names}",
            "Several accounts may import; name one with --as: {names}",
        ))),
    }
}
