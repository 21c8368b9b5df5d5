//! Those who stay. Whether each still may is found out for all of them together: every moment, when an act
//! of this server says that somebody may have lost the right, and when an event is to be told.

use std::{
    collections::HashMap,
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use duban_app::{
    App,
    bus::{Bus, Listener},
    identity::{Admission, Gone, Identity},
};
use duban_domain::{access::Principal, event::DomainEvent};
use tokio::{
    sync::{oneshot, watch},
    time::{Instant, sleep, sleep_until},
};

/// Between two looks at everybody, however much is done to accounts.
const PAUSE: Duration = Duration::from_millis(300);

/// Who a caller is at the moment of a look, or why nobody.
pub type Looked = Result<Arc<Principal>, Away>;

/// Why somebody may not stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// The right has ended.
    Lost,
    /// The server stops, or cannot find out.
    Stopped,
}

impl From<Gone> for Away {
    fn from(gone: Gone) -> Self {
        match gone {
            Gone::Ended => Self::Lost,
            Gone::Unknown => Self::Stopped,
        }
    }
}

/// Everybody who stays with this server. Cheap to clone.
#[derive(Clone)]
pub struct Attendance(Arc<Inner>);

struct Inner {
    identity: Identity,
    bus: Bus,
    /// How often everybody is looked at.
    every: Duration,
    is_draining: Arc<AtomicBool>,
    held: Mutex<Held>,
}

type Telling = watch::Sender<Option<Away>>;

#[derive(Default)]
struct Held {
    /// Those who stay; those that have left are forgotten with the next look.
    present: HashMap<Admission, Weak<Telling>>,
    is_watching: bool,
    /// Who waits for the look that comes next.
    asking: HashMap<Admission, Vec<oneshot::Sender<Looked>>>,
    is_looking: bool,
}

/// One connection that stays.
pub struct Attendee {
    attendance: Attendance,
    admission: Admission,
    told: watch::Receiver<Option<Away>>,
    /// Held by all connections of the same admission, and by nobody else.
    _telling: Arc<Telling>,
}

impl Attendance {
    /// Nobody yet; everybody will be looked at so often.
    pub fn new(app: &App, every: Duration, is_draining: Arc<AtomicBool>) -> Self {
        Self(Arc::new(Inner {
            identity: app.identity().clone(),
            bus: app.bus().clone(),
            every,
            is_draining,
            held: Mutex::default(),
        }))
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes somebody in who was let in.
    pub fn join(&self, admission: Admission) -> Attendee {
        let mut held = self.held();
        let known = held.present.get(&admission).and_then(Weak::upgrade);
        let telling = known.unwrap_or_else(|| {
            let telling = Arc::new(Telling::new(None));
            held.present.insert(admission, Arc::downgrade(&telling));
            telling
        });
        let is_first = !mem::replace(&mut held.is_watching, true);
        drop(held);
        if is_first {
            super::spawn(self.clone().watch());
        }
        Attendee {
            attendance: self.clone(),
            admission,
            told: telling.subscribe(),
            _telling: telling,
        }
    }

    /// Who a caller is now: the look begins after it was asked for, and is one with that of all who ask
    /// meanwhile.
    pub async fn look(&self, admission: Admission) -> Looked {
        self.ask(admission).await.unwrap_or(Err(Away::Stopped))
    }

    fn ask(&self, admission: Admission) -> oneshot::Receiver<Looked> {
        let (sender, receiver) = oneshot::channel();
        let is_first = {
            let mut held = self.held();
            held.asking.entry(admission).or_default().push(sender);
            !mem::replace(&mut held.is_looking, true)
        };
        if is_first {
            super::spawn(self.clone().answer());
        }
        receiver
    }

    /// Answers until nobody asks any more.
    async fn answer(self) {
        let _ends = Ends(&self, |held| {
            held.is_looking = false;
            held.asking.clear();
        });
        loop {
            let mut asking = {
                let mut held = self.held();
                let asking = mem::take(&mut held.asking);
                if asking.is_empty() {
                    // Said under the lock: whoever asks next begins anew.
                    held.is_looking = false;
                    return;
                }
                asking
            };
            let admissions: Vec<Admission> = asking.keys().copied().collect();
            for (admission, found) in self.0.identity.readmit_all(&admissions).await {
                let found = found.map_err(Away::from);
                for sender in asking.remove(&admission).unwrap_or_default() {
                    // Whoever has gone meanwhile need not know.
                    let _ = sender.send(found.clone());
                }
            }
        }
    }

    /// Looks at everybody again and again, until nobody is there.
    async fn watch(self) {
        let _ends = Ends(&self, |held| held.is_watching = false);
        let mut listener = self.0.bus.listen();
        loop {
            let began = Instant::now();
            tokio::select! {
                () = sleep(self.0.every) => {}
                () = loss(&mut listener) => sleep_until(began + PAUSE).await,
            }
            let present: Vec<Admission> = {
                let mut held = self.held();
                held.present.retain(|_, telling| telling.strong_count() > 0);
                if held.present.is_empty() {
                    held.is_watching = false;
                    return;
                }
                held.present.keys().copied().collect()
            };
            if self.0.is_draining.load(Ordering::Relaxed) {
                for admission in present {
                    self.send_away(admission, Away::Stopped);
                }
                continue;
            }
            for (admission, found) in self.0.identity.readmit_all(&present).await {
                if let Err(gone) = found {
                    self.send_away(admission, gone.into());
                }
            }
        }
    }

    /// Tells all connections of an admission to end; one that comes later is looked at anew.
    fn send_away(&self, admission: Admission, why: Away) {
        let telling = self.held().present.remove(&admission);
        if let Some(telling) = telling.and_then(|one| one.upgrade()) {
            telling.send_replace(Some(why));
        }
    }
}

impl Attendee {
    /// Who was let in.
    pub const fn admission(&self) -> Admission {
        self.admission
    }

    /// Who the caller is now.
    pub async fn look(&self) -> Looked {
        self.attendance.look(self.admission).await
    }

    /// Waits until the caller may not stay any more.
    pub async fn sent_away(&mut self) -> Away {
        match self.told.wait_for(Option::is_some).await {
            Ok(why) => why.unwrap_or(Away::Stopped),
            Err(_) => Away::Stopped,
        }
    }
}

/// Takes back that a task runs when it dies, so that another one does.
struct Ends<'a>(&'a Attendance, fn(&mut Held));

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.1)(&mut self.0.held());
        }
    }
}

/// Waits for an act by which somebody may have lost a right, or so many that one may have been among them.
async fn loss(listener: &mut Listener) {
    while let Ok(events) = listener.next().await {
        if events.iter().any(|event| is_loss(event)) {
            return;
        }
    }
}

fn is_loss(event: &DomainEvent) -> bool {
    let kind = event.object_type.as_ref();
    let is_of_identity = matches!(kind, "Account" | "ApiToken" | "Session");
    is_of_identity && !matches!(event.action.as_ref(), "session.started" | "session.proven")
}
