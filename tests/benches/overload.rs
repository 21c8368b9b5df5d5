//! How the server bears load: `cargo bench -p duban-tests --bench overload -- [load] [connections] [events]`.
//!
//! `load` measures what the server can do and then asks for five times as much: how long the admitted
//! requests take beside what they take alone, how many are turned away, and how long that takes.
//! `connections` opens 10,000 idle connections and 2,000 that drip, and asks somebody in between.
//! `events` subscribes 10,000 sockets to one event. Without a word all three.
//!
//! Callers and server share one process and its processors; subscribers have a process of their own, so that
//! what is printed is the memory of the server. Prints and judges nothing: times belong to a machine.

#[path = "overload/subscribers.rs"]
mod subscribers;

use std::{
    env,
    error::Error,
    fs,
    io::{self, Write},
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use duban_gateway::http::{HttpSettings, Limits};
use duban_tests::{Backend, Content, Person, TestApp};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
    time::{sleep, sleep_until},
};

use subscribers::Subscribers;

/// How many times as much as the server can do is asked of it.
const TIMES: u64 = 5;
/// How long each load lasts.
const LASTS: Duration = Duration::from_secs(10);
/// Connections of those who ask.
const CALLERS: usize = 400;
/// Connections that lie idle, and those that drip.
const IDLE: usize = 10_000;
const SLOW: usize = 2_000;
/// Sockets that are told of one event.
const SUBSCRIBERS: usize = 10_000;
/// Descriptors that are left to everything else.
const SPARE: usize = 500;

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
    let app = TestApp::start_with(backend, Content::Plan2025, as_shipped).await;
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
fn as_shipped(settings: &mut HttpSettings) {
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

/// How many of something there may be that takes two descriptors each, ours and the server's.
fn affordable(wanted: usize, descriptors: usize) -> usize {
    wanted.min(descriptors.saturating_sub(SPARE) / 2)
}

/// What the process holds in memory now, where the system says so.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let resident = resident.map_or("unknown", str::trim);
    format!("resident {resident}")
}

/// A connection that asks the same thing again and again.
struct Caller {
    stream: BufReader<TcpStream>,
    request: Arc<str>,
}

impl Caller {
    async fn open(address: SocketAddr, request: Arc<str>) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            request,
        })
    }

    /// Asks and reads the answer to its end; its status.
    async fn ask(&mut self) -> io::Result<u16> {
        self.stream.write_all(self.request.as_bytes()).await?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest
                    .get(..3)
                    .and_then(|code| code.parse().ok())
                    .unwrap_or(0);
            }
            if let Some(stated) = line.strip_prefix("content-length: ") {
                length = stated.parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(status)
    }
}

fn request(person: &Person, query: &str) -> Arc<str> {
    let body = json!({ "query": query }).to_string();
    let token = person.token();
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into()
}

/// How long something took, many times.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn at(&mut self, per_mille: usize) -> f64 {
        self.0.sort_unstable();
        let place = self.0.len() * per_mille / 1_000;
        let found = self.0.get(place.min(self.0.len().saturating_sub(1)));
        found.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }

    fn told(&mut self) -> String {
        let (half, most) = (self.at(500), self.at(990));
        format!("{} times, p50 {half:.2} ms, p99 {most:.2} ms", self.0.len())
    }
}

/// Asks one after another for a while.
async fn alone(app: &TestApp, request: &Arc<str>, lasts: Duration) -> Done<Times> {
    let mut caller = Caller::open(app.address(), Arc::clone(request)).await?;
    let mut times = Times::default();
    let until = Instant::now() + lasts;
    while Instant::now() < until {
        let began = Instant::now();
        let status = caller.ask().await?;
        if status != 200 {
            return Err(format!("alone, and answered {status}").into());
        }
        times.0.push(began.elapsed());
    }
    Ok(times)
}

/// Requests that are answered in a second when so many ask without a pause.
async fn capacity(app: &TestApp, request: &Arc<str>, callers: usize) -> Done<u64> {
    let done = Arc::new(AtomicU64::new(0));
    let until = Instant::now() + LASTS;
    let mut asking = JoinSet::new();
    for _ in 0..callers {
        let mut caller = Caller::open(app.address(), Arc::clone(request)).await?;
        let done = Arc::clone(&done);
        asking.spawn(async move {
            while Instant::now() < until {
                if caller.ask().await.is_ok_and(|status| status == 200) {
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    while asking.join_next().await.is_some() {}
    Ok(done.load(Ordering::Relaxed) / LASTS.as_secs().max(1))
}

/// What became of a load.
#[derive(Default)]
struct Ended {
    admitted: Times,
    refused: Times,
    /// Answered otherwise, or broken off.
    odd: u64,
    /// Asked later than planned, because every caller still waited.
    late: u64,
}

/// Asks so many times a second, whatever becomes of it.
async fn flood(app: &TestApp, request: &Arc<str>, rate: u64) -> Done<Ended> {
    let next = Arc::new(AtomicU64::new(0));
    let began = tokio::time::Instant::now() + Duration::from_millis(200);
    let all = rate.saturating_mul(LASTS.as_secs());
    let mut asking = JoinSet::new();
    for _ in 0..CALLERS {
        let mut caller = Caller::open(app.address(), Arc::clone(request)).await?;
        let next = Arc::clone(&next);
        asking.spawn(async move {
            let mut ended = Ended::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= all {
                    return ended;
                }
                let micros = number.saturating_mul(1_000_000) / rate.max(1);
                let planned = began + Duration::from_micros(micros);
                ended.late += u64::from(planned.elapsed() > Duration::from_millis(20));
                sleep_until(planned).await;
                let asked = Instant::now();
                match caller.ask().await {
                    Ok(200) => ended.admitted.0.push(asked.elapsed()),
                    Ok(429 | 503) => ended.refused.0.push(asked.elapsed()),
                    _ => ended.odd += 1,
                }
            }
        });
    }
    let mut whole = Ended::default();
    while let Some(ended) = asking.join_next().await {
        let ended = ended?;
        whole.admitted.0.extend(ended.admitted.0);
        whole.refused.0.extend(ended.refused.0);
        whole.odd += ended.odd;
        whole.late += ended.late;
    }
    Ok(whole)
}

async fn load(out: &mut impl Write, app: &TestApp) -> Done {
    let viewer = app.viewer().await;
    let request = request(&viewer, PAGE);
    let mut unloaded = alone(app, &request, LASTS / 2).await?;
    writeln!(out, "alone: {}", unloaded.told())?;
    let callers = std::thread::available_parallelism()?.get() * 2;
    let rate = capacity(app, &request, callers).await?;
    writeln!(out, "capacity: {rate} requests/s of {callers} callers")?;
    let mut ended = flood(app, &request, rate * TIMES).await?;
    let (admitted, refused) = (ended.admitted.0.len(), ended.refused.0.len());
    let share = share(refused, admitted + refused);
    let ratio = ended.admitted.at(990) / unloaded.at(990).max(0.001);
    writeln!(
        out,
        "{TIMES} times that: admitted {}",
        ended.admitted.told()
    )?;
    writeln!(out, "  p99 {ratio:.1} times the unloaded one")?;
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
    let request = request(&viewer, PAGE);
    let mut before = alone(app, &request, LASTS / 2).await?;
    writeln!(out, "nobody else: {}, {}", before.told(), memory())?;
    let slow = affordable(SLOW, descriptors / 6);
    let idle = affordable(IDLE, descriptors - descriptors / 6);
    let mut lying = Vec::with_capacity(idle);
    for _ in 0..idle {
        let mut caller = Caller::open(app.address(), health()).await?;
        caller.ask().await?;
        lying.push(caller);
    }
    let mut dripping = JoinSet::new();
    for _ in 0..slow {
        let mut stream = TcpStream::connect(app.address()).await?;
        dripping.spawn(async move {
            let began = Instant::now();
            let said = stream.write_all(b"POST /graphql HTTP/1.1\r\n").await;
            let mut is_heard = said.is_ok();
            while is_heard && began.elapsed() < Duration::from_secs(30) {
                sleep(Duration::from_millis(500)).await;
                is_heard = stream.write_all(b"x: y\r\n").await.is_ok();
            }
            began.elapsed()
        });
    }
    let mut beside = alone(app, &request, LASTS / 2).await?;
    writeln!(
        out,
        "{idle} idle, {slow} slow: {}, {}",
        beside.told(),
        memory()
    )?;
    let mut lasted = Times::default();
    while let Some(time) = dripping.join_next().await {
        lasted.0.push(time?);
    }
    writeln!(out, "the slow ones were cut off: {}", lasted.told())?;
    let mut alive = 0;
    for caller in &mut lying {
        alive += usize::from(caller.ask().await.is_ok_and(|status| status == 200));
    }
    writeln!(out, "{alive} of the idle ones are answered")?;
    Ok(())
}

fn health() -> Arc<str> {
    "GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".into()
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
    let mut times = Times(heard.into_iter().map(after).collect());
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
