//! Plans of the database, by the code that people know.

use duban_app::{imports, stored::Stored};
use duban_documents::plan::DepartmentRegister;
use duban_domain::plan::issued::Plan;
use duban_gateway::http::client::Language;
use duban_persistence::{Store, StoreError, page::Window, plans};

use crate::{
    console::Failure,
    installation::{Context, everything},
    language::words,
    wording,
};

/// Plans that are looked through at most.
const MOST: u64 = 1_000;

/// A stored plan as it stands now.
#[derive(Debug, Clone)]
pub struct StoredPlan {
    /// Its head.
    pub plan: Plan,
    /// What stands in it, as a reader would have found it, with its links.
    pub stored: Stored,
    /// Its source text.
    pub text: String,
    /// The names of departments that the database knows.
    pub register: DepartmentRegister,
}

/// Which plan is wanted.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    /// The one of that code.
    Code(&'a str),
    /// The one of that year that was brought in last.
    NewestOf(i32),
}

/// Finds the plan and what hangs on it.
///
/// # Errors
///
/// [`Failure`] names the plans that are there.
pub async fn load(context: &Context, wanted: Wanted<'_>) -> Result<StoredPlan, Failure> {
    let language = context.language();
    let store = context.open_store(&context.quiet_config()?).await?;
    match find(&store, wanted).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(codes)) => Err(unknown(language, wanted, &codes)),
        Err(error) => Err(wording::store(language, &error)),
    }
}

/// The plan, or the codes of those that are there.
async fn find(
    store: &Store,
    wanted: Wanted<'_>,
) -> Result<Result<StoredPlan, Vec<String>>, StoreError> {
    let scope = everything(store).await?;
    let window = Window {
        limit: MOST,
        ..Window::default()
    };
    let plans = plans::list(store.read(), &scope, None, &window).await?.rows;
    let is_wanted = |plan: &&Plan| match wanted {
        Wanted::Code(code) => plan.code.eq_ignore_ascii_case(code),
        Wanted::NewestOf(year) => plan.year == year,
    };
    let Some(plan) = plans.iter().find(is_wanted).cloned() else {
        return Ok(Err(plans.into_iter().map(|plan| plan.code).collect()));
    };
    Ok(Ok(StoredPlan {
        stored: Stored::load(store, &scope, &plan).await?,
        text: plans::source_text(store.read(), &plan).await?,
        register: imports::register(store).await?,
        plan,
    }))
}

fn unknown(language: Language, wanted: Wanted<'_>, codes: &[String]) -> Failure {
    let known = match codes {
        [] => words!(
            language,
            "数据库中还没有计划",
            "there is no plan in the database yet"
        ),
        codes => {
            let codes = codes.join("、");
            words!(language, "现有计划：{codes}", "these are there: {codes}")
        }
    };
    Failure::new(match wanted {
        Wanted::Code(code) => words!(
            language,
            "没有文件或计划 {code}；{known}",
            "There is no file or plan {code}; {known}",
        ),
        Wanted::NewestOf(year) => words!(
            language,
            "没有 {year} 年的计划；{known}",
            "There is no plan of {year}; {known}",
        ),
    })
}
