//! How the server bears load: `cargo bench -p duban-tests --bench overload -- [load] [connections] [events]`.
//!
//! `load` measures what the server can do and then asks for five times as much: how long the admitted
//! requests take beside what they take alone, how many are turned away, and how long that takes.
//! `connections` opens 10,000 idle connections and 2,000 that drip, and asks somebody in between.
//! `events` subscribes 10,000 sockets to one event. Without a word all three.
//!
//! Callers and subscribers have a process of their own, so that what is printed is the memory of the server;
//! they share its processors. Prints and judges nothing: times belong to a machine.

#[path = "overload/callers.rs"]
mod callers;
#[path = "overload/subscribers.rs"]
mod subscribers;

use std::{
    env,
    error::Error,
    fs,
    io::{self, Write},
    thread,
    time::{Duration, Instant},
};

use duban_gateway::http::{HttpSettings, Limits};
use duban_tests::{Backend, Content, Person, TestApp};
use serde_json::{Value, json};

use callers::{Callers, Times};
use subscribers::Subscribers;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many times as much as the server can do is asked of it.
const TIMES: u64 = 5;
/// Connections that lie idle, and those that drip.
const IDLE: usize = 10_000;
const SLOW: usize = 2_000;
/// Sockets that are told of one event.
const SUBSCRIBERS: usize = 10_000;
/// Descriptors that are left to everything else.
const SPARE: usize = 500;

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
/// A page of work: tasks with their lights.
const PAGE: &str = "{ tasks(first: 20) { totalCount edges { node { id code title state deadline \
                    light { colour } lead { shortName } } } } }";

type Done<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Done {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [word, url, wanted] = words.as_slice()
        && word == subscribers::WORD
    {
        raise_descriptors();
        return subscribers::run(url, wanted.parse()?).await;
    }
    if let [word, address] = words.as_slice()
        && word == callers::WORD
    {
        raise_descriptors();
        return callers::run(address.parse()?).await;
    }
    let known = ["load", "connections", "events"];
    let is_named = words.iter().any(|word| known.contains(&word.as_str()));
    let wanted = |part: &str| !is_named || words.iter().any(|word| word == part);
    let backend = if words.iter().any(|one| one == "postgres") {
        Backend::Postgres
    } else {
        Backend::Sqlite
    };
    let descriptors = raise_descriptors();
    let mut out = io::stdout().lock();
    writeln!(out, "{backend:?}, {descriptors} descriptors, {}", memory())?;
    let app = TestApp::start_with(backend, Content::Plan2025, limited).await;
    if wanted("load") {
        load(&mut out, &app).await?;
    }
    if wanted("connections") {
        connections(&mut out, &app, descriptors).await?;
    }
    if wanted("events") {
        events(&mut out, &app, descriptors).await?;
    }
    Ok(())
}

/// The limits as shipped, but for what is counted of one principal or one address: all callers are one.
fn limited(settings: &mut HttpSettings) {
    let mut limits = Limits::default();
    limits.purses.people.per_second = 1_000_000_000;
    limits.purses.at_once = 100_000;
    limits.connections.strangers = 0;
    limits.connections.most = 100_000;
    limits.sockets = 100_000;
    // What is measured is work.
    limits.answers = 0;
    settings.limits = limits;
}

/// As many descriptors as the system allows; how many that are.
#[cfg(unix)]
fn raise_descriptors() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Where that is refused, what there was stays.
    let _ = setrlimit(Resource::Nofile, limit);
    let now = getrlimit(Resource::Nofile).current;
    now.map_or(usize::MAX, |now| usize::try_from(now).unwrap_or(usize::MAX))
}

#[cfg(not(unix))]
fn raise_descriptors() -> usize {
    2_000
}

/// What the process holds in memory now, where the system says so.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let resident = resident.map_or("unknown", str::trim);
    format!("resident {resident}")
}

fn request(person: &Person, query: &str) -> String {
    let body = json!({ "query": query }).to_string();
    let token = person.token();
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

async fn load(out: &mut impl Write, app: &TestApp) -> Done {
    let viewer = app.viewer().await;
    let mut callers = Callers::begin(app.address(), &request(&viewer, PAGE))?;
    let mut unloaded = callers.alone()?;
    writeln!(out, "alone: {}", unloaded.told())?;
    let count = thread::available_parallelism()?.get() * 2;
    let rate = callers.capacity(count)?;
    writeln!(out, "capacity: {rate} requests/s of {count} callers")?;
    let mut ended = callers.flood(rate * TIMES)?;
    let (admitted, refused) = (ended.admitted.len(), ended.refused.len());
    let share = share(refused, admitted + refused);
    let ratio = ended.admitted.at(990) / unloaded.at(990).max(0.001);
    let ratio_then = ended.admitted_then.at(990) / unloaded.at(990).max(0.001);
    writeln!(
        out,
        "{TIMES} times that: admitted {}",
        ended.admitted.told()
    )?;
    writeln!(
        out,
        "  p99 {ratio:.1} times the unloaded one; {ratio_then:.1} times once the first second was over"
    )?;
    writeln!(out, "  refused {share}%: {}", ended.refused.told())?;
    writeln!(
        out,
        "  {} odd, {} asked late, {}",
        ended.odd,
        ended.late,
        memory()
    )?;
    let healthy = viewer.send(viewer.get("/healthz")).await;
    writeln!(out, "  /healthz {}", healthy.status())?;
    Ok(())
}

fn share(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0)
}

async fn connections(out: &mut impl Write, app: &TestApp, descriptors: usize) -> Done {
    let viewer = app.viewer().await;
    let mut asking = Callers::begin(app.address(), &request(&viewer, PAGE))?;
    let mut before = asking.alone()?;
    writeln!(out, "nobody else: {}, {}", before.told(), memory())?;
    let most = descriptors.saturating_sub(SPARE);
    let slow = SLOW.min(most / 6);
    let idle = IDLE.min(most - slow);
    let mut lying = Callers::begin(app.address(), HEALTH)?;
    lying.lie(idle)?;
    lying.drip(slow)?;
    let mut beside = asking.alone()?;
    writeln!(
        out,
        "{idle} idle, {slow} slow: {}, {}",
        beside.told(),
        memory()
    )?;
    let mut lasted = lying.cut_off()?;
    writeln!(out, "the slow ones were cut off: {}", lasted.told())?;
    let alive = lying.wake()?;
    writeln!(out, "{alive} of the idle ones are answered")?;
    Ok(())
}

async fn events(out: &mut impl Write, app: &TestApp, descriptors: usize) -> Done {
    let officer = app.officer().await;
    let people = [app.viewer().await, app.viewer().await, app.leader().await];
    let tokens: Vec<&str> = people.iter().map(Person::token).collect();
    let wanted = SUBSCRIBERS.min(descriptors.saturating_sub(SPARE));
    let (before, began) = (memory(), Instant::now());
    let subscribers = Subscribers::begin(&app.url("/graphql/ws"), wanted, &tokens).await?;
    let seconds = began.elapsed().as_secs_f64();
    writeln!(
        out,
        "{wanted} subscribers in {seconds:.1} s; the server alone: {before}, then {}",
        memory()
    )?;
    let (began, told) = (Instant::now(), subscribers::now());
    change(&officer).await?;
    let changed = began.elapsed().as_secs_f64() * 1_000.0;
    let heard = subscribers.told().await?;
    let after = |at: u64| Duration::from_micros(at.saturating_sub(told));
    let mut times = heard.into_iter().map(after).collect::<Times>();
    let last = times.at(1_000);
    writeln!(
        out,
        "changed in {changed:.0} ms; told {}, the last after {last:.0} ms, {}",
        times.told(),
        memory()
    )?;
    Ok(())
}

/// Changes one task.
async fn change(officer: &Person) -> Done {
    let found = officer
        .ask("{ task(id: \"2025-17\") { id version } }")
        .await;
    let row = json!({
        "taskId": found.text("/task/id"),
        "expectedVersion": found.number("/task/version"),
        "deadline": "2025-12-31",
    });
    let fields = "rows { userErrors { code } }";
    let handed = officer
        .change("handOutTasks", json!({ "rows": [row] }), fields)
        .await;
    match handed.at("/handOutTasks/rows/0/userErrors") {
        Value::Array(errors) if errors.is_empty() => Ok(()),
        _ => Err(format!("{handed:?}").into()),
    }
}
