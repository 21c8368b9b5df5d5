//! `/exports/…`: what one may read, as files.
//!
//! `ledger?plan=&format=&asOf=` the supervision ledger of the tasks that the caller may read, narrowed by
//! `section`, `department`, `role`, `kind`, `state`, `light` (several with commas) and `text`;
//! `figures?plan=&department=&until=&format=&asOf=` the figures of a plan month by month.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::{ConnectInfo, Path, Request, State},
    response::Response,
};
use duban_app::{
    App,
    change::Call,
    exports::{self, FiguresAsked, LedgerAsked},
};
use duban_domain::{
    access::{Permission, Principal},
    clock::{end_of, official_day},
    ids::{DepartmentId, PlanId, SectionId},
    light::Colour,
    period::Period,
    plan::draft::AssignmentRole,
    task::{TaskKind, TaskState},
};
use duban_persistence::{Origin, codes, plans, tasks::TaskFilter};
use time::Date;

use super::{
    GatewayState,
    client::{ClientInfo, Language},
    door,
    fault::Fault,
    file::{File, Format, Problem, Query, blocking},
    graphql::authenticate_from,
    layers::RequestId,
    overload::Priority,
    purse::Flat,
};
use crate::{
    graphql::{
        id::{Kind, Named, decode as decode_id, named},
        scalars,
    },
    wording::sentence,
};

/// How long a file may take to be made.
const TIME: Duration = Duration::from_mins(1);

/// What narrows a ledger.
const OF_LEDGER: [&str; 10] = [
    "plan",
    "section",
    "department",
    "role",
    "kind",
    "state",
    "light",
    "text",
    "format",
    "asOf",
];

/// What narrows figures.
const OF_FIGURES: [&str; 5] = ["plan", "department", "until", "format", "asOf"];

/// Answers `GET /exports/…`.
pub async fn exports_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(what): Path<String>,
    request: Request,
) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    let language = Language::of(headers);
    let make = async {
        let _slot = door::enter(&state, Priority::Files).await?;
        let hops = state.settings.trusted_proxy_hops;
        let client = ClientInfo::of(headers, peer, hops, state.cookies());
        let who = authenticate_from(&state, headers, client.address)
            .await?
            .ok_or(Problem::SignedOut)?;
        let _spent = door::pay(&state, (&who, client.address), Flat::Table).await?;
        let query = Query::of(uri).ok_or(Problem::Malformed("QUERY_MALFORMED"))?;
        let origin = Origin {
            address: Some(client.address),
            request: request_id.parse().ok(),
        };
        let desk = Desk {
            app: &state.app,
            call: Call {
                origin,
                ..Call::once(who.as_ref().clone())
            },
            who,
        };
        match what.as_str() {
            "ledger" => desk.ledger(&query).await,
            "figures" => desk.figures(&query).await,
            _ => Err(Problem::Unknown),
        }
    };
    let late = |_| Err(Problem::Request(Fault::TimedOut));
    let answer = tokio::time::timeout(TIME, make).await;
    match answer.unwrap_or_else(late) {
        Ok(file) => file.send(),
        Err(problem) => problem.answer(language, &request_id),
    }
}

/// Who asks for an export.
struct Desk<'a> {
    app: &'a App,
    who: Arc<Principal>,
    call: Call,
}

impl Desk<'_> {
    async fn ledger(&self, query: &Query) -> Result<File, Problem> {
        if !query.has_only(&OF_LEDGER) {
            return Err(Problem::Malformed("QUERY_MALFORMED"));
        }
        // Before anything is looked up: whoever reads no tasks learns nothing of plans either.
        exports::may_export(&self.who, Permission::TaskRead)?;
        let format = query.format()?;
        let as_of = day_of(query)?;
        let asked = LedgerAsked {
            filter: self.filter(query, as_of).await?,
            as_of,
            format: format.name(),
        };
        // The ledger is an official form in Chinese, whoever asks for it.
        let say = |code: &str, figures: &[(&'static str, String)]| {
            sentence(Language::Chinese, code, figures)
        };
        let export = exports::ledger_for(self.app, &self.call, &asked, &say).await?;
        let ledger = export.content;
        match format {
            Format::Workbook => {
                let bytes = blocking(move || exports::ledger_workbook(&ledger)).await?;
                Ok(File::workbook(&export.name, "ledger.xlsx", bytes))
            }
            Format::Csv(charset) => {
                let bytes = blocking(move || {
                    let (header, rows) = exports::ledger_table(&ledger);
                    exports::csv(&header, &rows, charset)
                });
                Ok(File::csv(&export.name, charset, bytes.await?))
            }
        }
    }

    async fn figures(&self, query: &Query) -> Result<File, Problem> {
        if !query.has_only(&OF_FIGURES) {
            return Err(Problem::Malformed("QUERY_MALFORMED"));
        }
        exports::may_export(&self.who, Permission::MetricRead)?;
        let format = query.format()?;
        let as_of = day_of(query)?;
        let until = query.text("until").map(|text| {
            let month = text.parse::<Period>();
            month.map_err(|_| Problem::Malformed("PERIOD_MALFORMED"))
        });
        let plan = self.plan(query, as_of).await?;
        let asked = FiguresAsked {
            plan: plan.ok_or(Problem::Malformed("PLAN_MISSING"))?,
            department: self.department(query).await?,
            until: until.transpose()?,
            as_of,
            format: format.name(),
        };
        let export = exports::figures_for(self.app, &self.call, &asked).await?;
        let table = export.content;
        match format {
            Format::Workbook => {
                let bytes = blocking(move || exports::table_workbook(&table)).await?;
                Ok(File::workbook(&export.name, "figures.xlsx", bytes))
            }
            Format::Csv(charset) => {
                let bytes = blocking(move || exports::csv(&table.header(), &table.rows, charset));
                Ok(File::csv(&export.name, charset, bytes.await?))
            }
        }
    }

    async fn filter(&self, query: &Query, as_of: Option<Date>) -> Result<TaskFilter, Problem> {
        let role = query.text("role").map(|text| match text {
            "LEAD" => Ok(AssignmentRole::Lead),
            "SUPPORT" => Ok(AssignmentRole::Support),
            _ => Err(Problem::Malformed("QUERY_MALFORMED")),
        });
        let section = query.id("section").map(|id| match decode_id(&id) {
            Some((Kind::Section, key)) => Ok(SectionId(key)),
            _ => Err(Problem::Unknown),
        });
        Ok(TaskFilter {
            plan: self.plan(query, as_of).await?,
            section: section.transpose()?,
            department: self.department(query).await?,
            role: role.transpose()?,
            kinds: listed(query, "kind", TaskKind::parse)?,
            states: listed(query, "state", TaskState::parse)?,
            lights: listed(query, "light", Colour::parse)?,
            text: query.text("text").map(str::to_owned),
            ..TaskFilter::default()
        })
    }

    /// The plan that is named; one out of scope looks like none.
    async fn plan(&self, query: &Query, as_of: Option<Date>) -> Result<Option<PlanId>, Problem> {
        let Some(id) = query.id("plan") else {
            return Ok(None);
        };
        match named(Kind::Plan, &id) {
            Named::Key(key) => Ok(Some(PlanId(key))),
            Named::Code(code) => {
                let store = self.app.store();
                let today = official_day(store.clock().now());
                let mut scope = self.who.scope();
                scope.as_of = as_of.filter(|day| *day < today).map(end_of);
                let found = plans::find_by_code(store.read(), &scope, &code).await?;
                Ok(Some(found.ok_or(Problem::Unknown)?.id))
            }
        }
    }

    async fn department(&self, query: &Query) -> Result<Option<DepartmentId>, Problem> {
        let Some(id) = query.id("department") else {
            return Ok(None);
        };
        match named(Kind::Department, &id) {
            Named::Key(key) => Ok(Some(DepartmentId(key))),
            Named::Code(code) => {
                let db = self.app.store().read();
                let found = codes::departments(db, std::slice::from_ref(&code)).await?;
                let found = found.into_values().next();
                Ok(Some(found.ok_or(Problem::Unknown)?))
            }
        }
    }
}

/// The day as of which everything is read.
fn day_of(query: &Query) -> Result<Option<Date>, Problem> {
    let day = query.text("asOf").map(scalars::day_of);
    day.map(|day| day.ok_or(Problem::Malformed("QUERY_MALFORMED")))
        .transpose()
}

/// Values with commas between.
fn listed<T>(
    query: &Query,
    name: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Problem> {
    let words = query.text(name).unwrap_or_default().split(',');
    let words = words.map(str::trim).filter(|one| !one.is_empty());
    words
        .map(|one| parse(one).ok_or(Problem::Malformed("QUERY_MALFORMED")))
        .collect()
}
