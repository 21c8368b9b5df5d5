//! The events of one stream, made as they are asked for.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::body::Body;
use duban_app::identity::Admission;
use futures_util::stream::unfold;
use serde_json::{Value, json};
use tokio::time::{Interval, MissedTickBehavior, interval_at};

use super::reservation::{Command, Opened, Seat};
use crate::http::{
    live::{End, Live, News, Signal},
    prepared::{Place, Prepared},
};

/// How often a line is sent that says nothing, so that nobody between takes the stream for dead.
const BEAT: Duration = Duration::from_secs(12);
/// The line: a comment. It also stands first, as some browsers wait for the first byte.
pub const COMMENT: &str = ":\n\n";

/// What carries the events.
enum Carrier {
    /// One operation has the connection to itself; its events have no id.
    Distinct { _seat: Seat },
    /// Several operations, told apart by their ids.
    Single(Box<Opened>),
}

/// A stream of events.
pub struct Feed {
    live: Live,
    carrier: Carrier,
    beats: Interval,
    ready: VecDeque<String>,
    is_over: bool,
}

enum Step {
    Command(Option<Command>),
    Signal(Signal),
    Beat,
}

impl Feed {
    /// A stream of one operation, which is begun at once.
    pub async fn distinct(
        place: Place,
        (admission, seat): (Admission, Seat),
        prepared: Prepared,
    ) -> Self {
        let carrier = Carrier::Distinct { _seat: seat };
        let mut feed = Self::new(place, admission, carrier);
        let begun = feed.live.begin(String::new(), prepared).await;
        feed.take(begun);
        feed
    }

    /// A stream of the operations that come for a reservation.
    pub fn single(place: Place, opened: Opened) -> Self {
        let admission = opened.reservation.admission;
        Self::new(place, admission, Carrier::Single(Box::new(opened)))
    }

    fn new(place: Place, admission: Admission, carrier: Carrier) -> Self {
        let mut beats = interval_at(tokio::time::Instant::now() + BEAT, BEAT);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            live: Live::new(place, admission),
            carrier,
            beats,
            ready: VecDeque::from([COMMENT.to_owned()]),
            is_over: false,
        }
    }

    /// The events as the body of an answer; the stream ends when nobody reads it any more.
    pub fn into_body(self) -> Body {
        Body::from_stream(unfold(self, |mut feed: Self| async move {
            let event = feed.next().await?;
            Some((Ok::<_, Infallible>(event), feed))
        }))
    }

    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.is_over {
                return None;
            }
            let step = tokio::select! {
                command = command(&mut self.carrier) => Step::Command(command),
                signal = self.live.wait() => Step::Signal(signal),
                _ = self.beats.tick() => Step::Beat,
            };
            match step {
                Step::Command(Some(Command::Begin(id, prepared))) => {
                    let begun = self.live.begin(id, *prepared).await;
                    self.take(begun);
                }
                Step::Command(Some(Command::Stop(id))) => {
                    if self.live.stop(&id) {
                        self.take(Ok(vec![News::Complete(id)]));
                    }
                }
                Step::Command(None) => self.is_over = true,
                Step::Signal(signal) => {
                    let news = self.live.hear(signal).await;
                    self.take(news);
                }
                Step::Beat => self.ready.push_back(COMMENT.to_owned()),
            }
        }
    }

    /// Writes down what is to be told. A lost right is told to every operation and ends them; a stream
    /// that ends otherwise says nothing, so that its client begins anew.
    fn take(&mut self, news: Result<Vec<News>, End>) {
        match news {
            Ok(news) => {
                for one in news {
                    self.write(one);
                }
                let is_distinct = matches!(self.carrier, Carrier::Distinct { .. });
                self.is_over |= is_distinct && self.live.count() == 0;
            }
            Err(End::Lost(errors)) => {
                let mut ids: Vec<_> = self.live.ids().cloned().collect();
                if ids.is_empty() && matches!(self.carrier, Carrier::Distinct { .. }) {
                    ids.push(String::new());
                }
                for id in ids {
                    self.write(News::Error(id, errors.clone()));
                }
                self.is_over = true;
            }
            Err(End::Missed | End::Stopped) => self.is_over = true,
        }
    }

    fn write(&mut self, news: News) {
        match news {
            News::Next(id, payload) => self.next_event(&id, &payload),
            News::Error(id, errors) => {
                self.next_event(&id, &json!({ "errors": errors }).to_string());
                self.complete(&id);
            }
            News::Complete(id) => self.complete(&id),
        }
    }

    fn next_event(&mut self, id: &str, payload: &str) {
        self.ready.push_back(match self.carrier {
            Carrier::Distinct { .. } => next_event(payload),
            Carrier::Single(_) => {
                let id = Value::from(id);
                next_event(&format!(r#"{{"id":{id},"payload":{payload}}}"#))
            }
        });
    }

    fn complete(&mut self, id: &str) {
        self.ready.push_back(match &self.carrier {
            Carrier::Distinct { .. } => complete_event(),
            Carrier::Single(opened) => {
                opened.reservation.free(id);
                format!("event: complete\ndata: {}\n\n", json!({ "id": id }))
            }
        });
    }
}

/// What comes for the stream; for one operation nothing ever does.
async fn command(carrier: &mut Carrier) -> Option<Command> {
    match carrier {
        Carrier::Distinct { .. } => std::future::pending().await,
        Carrier::Single(opened) => opened.commands.recv().await,
    }
}

/// A result as an event; JSON of ours has no line breaks.
pub fn next_event(payload: &str) -> String {
    format!("event: next\ndata: {payload}\n\n")
}

/// The end of the operation as an event; browsers drop one without the field `data`.
pub fn complete_event() -> String {
    "event: complete\ndata:\n\n".to_owned()
}
