//! Those who ask, in a process of their own: so that what they do is none of the server's.

use std::{
    env,
    io::{self, BufRead, BufReader as Lines, Write},
    net::SocketAddr,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
    time::{sleep, sleep_until},
};

use crate::Done;

/// The word by which the program runs as them.
pub const WORD: &str = "callers";
/// How long each load lasts.
const LASTS: Duration = Duration::from_secs(10);
/// How long the flood does: as long as it takes until it is tried whether it is over, and on.
const FLOOD: Duration = Duration::from_secs(30);
/// Connections of those who flood.
const CALLERS: usize = 400;
/// Those who drip give up after this time.
const DRIPS: Duration = Duration::from_secs(30);
/// Until here a server finds out that there is too much to do.
const ONSET: Duration = Duration::from_secs(1);

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

/// How long something took, many times, in microseconds.
#[derive(Default)]
pub struct Times(Vec<u64>);

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(all: I) -> Self {
        let micros = |one: Duration| u64::try_from(one.as_micros()).unwrap_or(u64::MAX);
        Self(all.into_iter().map(micros).collect())
    }
}

impl Times {
    fn push(&mut self, one: Duration) {
        self.0.extend(Self::from_iter([one]).0);
    }

    fn of(told: &Value) -> Self {
        let all = told.as_array().into_iter().flatten();
        Self(all.filter_map(Value::as_u64).collect())
    }

    /// How many.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// What so many of a thousand do not exceed, in milliseconds.
    pub fn at(&mut self, per_mille: usize) -> f64 {
        self.0.sort_unstable();
        let place = self.0.len() * per_mille / 1_000;
        let found = self.0.get(place.min(self.0.len().saturating_sub(1)));
        found.map_or(0.0, |micros| {
            Duration::from_micros(*micros).as_secs_f64() * 1_000.0
        })
    }

    /// In words.
    pub fn told(&mut self) -> String {
        let (half, most) = (self.at(500), self.at(990));
        format!("{} times, p50 {half:.2} ms, p99 {most:.2} ms", self.0.len())
    }
}

/// What became of a flood.
#[derive(Default)]
pub struct Ended {
    /// What was let in.
    pub admitted: Times,
    /// Of that, what was asked after the first second.
    pub admitted_then: Times,
    /// What was turned away.
    pub refused: Times,
    /// Answered otherwise, or broken off.
    pub odd: u64,
    /// Asked later than planned, because every caller still waited.
    pub late: u64,
}

/// The process in which they are.
pub struct Callers {
    child: Child,
    input: ChildStdin,
    out: Lines<ChildStdout>,
}

impl Callers {
    /// Starts it, to ask this.
    pub fn begin(address: SocketAddr, request: &str) -> Done<Self> {
        let mut child = Command::new(env::current_exe()?)
            .args([WORD, &address.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().ok_or("no way in")?;
        writeln!(input, "{}", json!(request))?;
        let out = Lines::new(child.stdout.take().ok_or("no way out")?);
        Ok(Self { child, input, out })
    }

    fn told(&mut self, what: &str, number: u64) -> Done<Value> {
        writeln!(self.input, "{}", json!([what, number]))?;
        let line = tokio::task::block_in_place(|| {
            let mut line = String::new();
            self.out.read_line(&mut line).map(|_| line)
        })?;
        Ok(serde_json::from_str(&line)?)
    }

    /// Asks one after another for a while.
    pub fn alone(&mut self) -> Done<Times> {
        Ok(Times::of(&self.told("alone", 0)?))
    }

    /// Requests that are answered in a second when so many ask without a pause.
    pub fn capacity(&mut self, callers: usize) -> Done<u64> {
        let told = self.told("capacity", u64::try_from(callers)?)?;
        Ok(told.as_u64().ok_or("no capacity")?)
    }

    /// Asks so many times a second, whatever becomes of it.
    pub fn flood(&mut self, rate: u64) -> Done<Ended> {
        let told = self.told("flood", rate)?;
        let times = |name: &str| Times::of(&told[name]);
        let number = |name: &str| told[name].as_u64().unwrap_or(0);
        Ok(Ended {
            admitted: times("admitted"),
            admitted_then: times("admittedThen"),
            refused: times("refused"),
            odd: number("odd"),
            late: number("late"),
        })
    }

    /// Opens so many connections that lie idle.
    pub fn lie(&mut self, count: usize) -> Done {
        self.told("lie", u64::try_from(count)?).map(|_| ())
    }

    /// How many of them are still answered.
    pub fn wake(&mut self) -> Done<u64> {
        Ok(self.told("wake", 0)?.as_u64().unwrap_or(0))
    }

    /// Opens so many connections whose requests never come to an end.
    pub fn drip(&mut self, count: usize) -> Done {
        self.told("drip", u64::try_from(count)?).map(|_| ())
    }

    /// How long each of them lasted.
    pub fn cut_off(&mut self) -> Done<Times> {
        Ok(Times::of(&self.told("cut off", 0)?))
    }
}

impl Drop for Callers {
    fn drop(&mut self) {
        // It ends with its input, too.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs as them: does what the lines that come in say, and answers each with a line.
pub async fn run(address: SocketAddr) -> Done {
    let mut lines = io::stdin().lock().lines();
    let request: String = serde_json::from_str(&lines.next().ok_or("no request")??)?;
    let mut desk = Desk {
        address,
        request: request.into(),
        lying: Vec::new(),
        dripping: JoinSet::new(),
    };
    for line in lines {
        let (what, number): (String, u64) = serde_json::from_str(&line?)?;
        let told = desk.done(&what, number).await?;
        let mut out = io::stdout().lock();
        writeln!(out, "{told}")?;
        out.flush()?;
    }
    Ok(())
}

struct Desk {
    address: SocketAddr,
    request: Arc<str>,
    lying: Vec<Caller>,
    dripping: JoinSet<Duration>,
}

impl Desk {
    async fn done(&mut self, what: &str, number: u64) -> Done<Value> {
        Ok(match what {
            "alone" => json!(self.alone().await?.0),
            "capacity" => json!(self.capacity(number).await?),
            "flood" => {
                let ended = self.flood(number).await?;
                json!({
                    "admitted": ended.admitted.0,
                    "admittedThen": ended.admitted_then.0,
                    "refused": ended.refused.0,
                    "odd": ended.odd,
                    "late": ended.late,
                })
            }
            "lie" => {
                for _ in 0..number {
                    let mut caller = self.caller().await?;
                    caller.ask().await?;
                    self.lying.push(caller);
                }
                json!(number)
            }
            "wake" => {
                let mut alive = 0;
                for caller in &mut self.lying {
                    alive += u64::from(caller.ask().await.is_ok_and(|status| status == 200));
                }
                json!(alive)
            }
            "drip" => {
                for _ in 0..number {
                    let stream = TcpStream::connect(self.address).await?;
                    self.dripping.spawn(drip(stream));
                }
                json!(number)
            }
            "cut off" => {
                let mut lasted = Times::default();
                while let Some(time) = self.dripping.join_next().await {
                    lasted.push(time?);
                }
                json!(lasted.0)
            }
            other => return Err(format!("{other}: not known").into()),
        })
    }

    async fn caller(&self) -> io::Result<Caller> {
        Caller::open(self.address, Arc::clone(&self.request)).await
    }

    async fn alone(&self) -> Done<Times> {
        let mut caller = self.caller().await?;
        let mut times = Times::default();
        let until = Instant::now() + LASTS / 2;
        while Instant::now() < until {
            let began = Instant::now();
            let status = caller.ask().await?;
            if status != 200 {
                return Err(format!("alone, and answered {status}").into());
            }
            times.push(began.elapsed());
        }
        Ok(times)
    }

    async fn capacity(&self, callers: u64) -> Done<u64> {
        let done = Arc::new(AtomicU64::new(0));
        let until = Instant::now() + LASTS;
        let mut asking = JoinSet::new();
        for _ in 0..callers {
            let mut caller = self.caller().await?;
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

    async fn flood(&self, rate: u64) -> Done<Ended> {
        let next = Arc::new(AtomicU64::new(0));
        let began = tokio::time::Instant::now() + Duration::from_millis(200);
        let all = rate.saturating_mul(FLOOD.as_secs());
        let mut asking = JoinSet::new();
        for _ in 0..CALLERS {
            let mut caller = self.caller().await?;
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
                        Ok(200) => {
                            ended.admitted.push(asked.elapsed());
                            if planned > began + ONSET {
                                ended.admitted_then.push(asked.elapsed());
                            }
                        }
                        Ok(429 | 503) => ended.refused.push(asked.elapsed()),
                        _ => ended.odd += 1,
                    }
                }
            });
        }
        let mut whole = Ended::default();
        while let Some(ended) = asking.join_next().await {
            let ended = ended?;
            whole.admitted.0.extend(ended.admitted.0);
            whole.admitted_then.0.extend(ended.admitted_then.0);
            whole.refused.0.extend(ended.refused.0);
            whole.odd += ended.odd;
            whole.late += ended.late;
        }
        Ok(whole)
    }
}

async fn drip(mut stream: TcpStream) -> Duration {
    let began = Instant::now();
    let said = stream.write_all(b"POST /graphql HTTP/1.1\r\n").await;
    let mut is_heard = said.is_ok();
    while is_heard && began.elapsed() < DRIPS {
        sleep(Duration::from_millis(500)).await;
        is_heard = stream.write_all(b"x: y\r\n").await.is_ok();
    }
    began.elapsed()
}
