//! Answers that are remembered: what is asked again while nobody has changed anything is not worked out
//! again.
//!
//! An answer is given again to the same caller, for the same operation with the same variables, in the same
//! language, as long as the database says the same version as before the work on it began, and the clock
//! of the installation the same second. The version is read after the question came in, so that no
//! write that was acknowledged by then is missed, whoever made it.

mod question;
mod source;

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use async_graphql::{Response, Value};
use duban_persistence::DataVersion;
use moka::{ops::compute::Op, sync::Cache};
use tokio::sync::OnceCell;

use super::{fault::Fault, measure};
use crate::graphql::text;

pub use question::{Asked, Question};
pub use source::is_of_data;

/// Bytes of an answer that is remembered.
const LONGEST: usize = 256 * 1024;
/// What an answer takes besides its bytes and its question, roughly.
const BESIDES: usize = 512;
/// An answer is not remembered for longer, whatever the clock of the installation does.
const KEPT_FOR: Duration = Duration::from_secs(1);
/// Bytes of questions whose prices are remembered, and of those that are known to be sound.
const PRICED: u64 = 1024 * 1024;

/// When something is asked: the data of then, and the second of the installation's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The version of the data.
    pub version: DataVersion,
    /// Seconds since 1970: lights and deadlines change with the time alone.
    pub second: i64,
}

/// An answer without errors, put into words.
#[derive(Debug)]
pub struct Remembered {
    /// Its data, as JSON.
    pub data: String,
    /// Points that it cost.
    actual: u64,
}

/// What an operation answers.
pub enum Said {
    /// What the executor says of one with errors, and its data as JSON.
    Response(Box<Response>, String),
    /// The words of one without, now or before.
    Words(Arc<Remembered>),
}

impl Said {
    /// Whether it holds no error.
    pub const fn is_ok(&self) -> bool {
        match self {
            Self::Response(response, _) => response.errors.is_empty(),
            Self::Words(_) => true,
        }
    }
}

/// What became of an operation.
pub struct Run {
    /// Its answer, or why it did not run.
    pub result: Result<Said, Fault>,
    /// Points that it cost.
    pub actual: u64,
    /// Whether it was answered without being run.
    pub is_repeated: bool,
}

impl Run {
    /// What the executor says of one that ran, in at most so many bytes.
    pub fn of(response: Response, actual: u64, most: usize) -> Self {
        let is_plain = response.is_ok() && response.http_headers.is_empty();
        let result = match text::to_json(&response.data, most) {
            Err(text::TooLong) => Err(Fault::AnswerTooLarge),
            Ok(data) if is_plain && response.data != Value::Null => {
                Ok(Said::Words(Arc::new(Remembered { data, actual })))
            }
            Ok(data) => Ok(Said::Response(Box::new(response), data)),
        };
        Self {
            result,
            actual,
            is_repeated: false,
        }
    }

    /// One that may not run.
    pub const fn failed(fault: Fault) -> Self {
        Self {
            result: Err(fault),
            actual: 0,
            is_repeated: false,
        }
    }

    fn again(known: Arc<Remembered>) -> Self {
        Self {
            actual: known.actual,
            result: Ok(Said::Words(known)),
            is_repeated: true,
        }
    }

    /// What is to be remembered of it.
    fn to_remember(&self) -> Option<Arc<Remembered>> {
        match &self.result {
            Ok(Said::Words(told)) if told.data.len() <= LONGEST => Some(Arc::clone(told)),
            _ => None,
        }
    }
}

/// The place of one answer: whoever asks while it is worked out waits for it.
struct Slot {
    moment: Moment,
    /// None inside when there is nothing to remember.
    told: OnceCell<Option<Arc<Remembered>>>,
}

impl Slot {
    fn at(moment: Moment) -> Arc<Self> {
        Arc::new(Self {
            moment,
            told: OnceCell::new(),
        })
    }

    fn weight(&self) -> usize {
        let told = self.told.get().and_then(Option::as_ref);
        told.map_or(0, |told| told.data.len()) + BESIDES
    }
}

/// The answers that are remembered, and the prices of what was asked. Cheap to clone.
#[derive(Clone)]
pub struct Memory {
    slots: Option<Cache<Question, Arc<Slot>>>,
    prices: Cache<Arc<Asked>, u64>,
    sound: Cache<Arc<Asked>, ()>,
}

impl Memory {
    /// One of so many bytes; 0: no answer is remembered.
    pub fn of(bytes: u64) -> Self {
        let slots = (bytes > 0).then(|| {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|question: &Question, slot: &Arc<Slot>| {
                    weight(question.length() + slot.weight())
                })
                .time_to_live(KEPT_FOR)
                .build()
        });
        let prices = Cache::builder()
            .max_capacity(PRICED)
            .weigher(|asked: &Arc<Asked>, _: &u64| weight(asked.length() + BESIDES))
            .build();
        let sound = Cache::builder()
            .max_capacity(PRICED)
            .weigher(|asked: &Arc<Asked>, (): &()| weight(asked.length() + BESIDES))
            .build();
        Self {
            slots,
            prices,
            sound,
        }
    }

    /// Whether answers are remembered.
    pub const fn is_on(&self) -> bool {
        self.slots.is_some()
    }

    /// What is asked is priced once: the price follows from the question alone.
    ///
    /// # Errors
    ///
    /// Those of the pricing, which are not remembered.
    pub fn price<E>(
        &self,
        asked: Option<&Arc<Asked>>,
        price: impl FnOnce() -> Result<u64, E>,
    ) -> Result<u64, E> {
        let Some(asked) = asked else {
            return price();
        };
        if let Some(known) = self.prices.get(asked) {
            return Ok(known);
        }
        let price = price()?;
        self.prices.insert(Arc::clone(asked), price);
        Ok(price)
    }

    /// Whether what is asked was run before without a fault: that it keeps to the rules of the language
    /// follows from the question alone.
    pub fn is_sound(&self, asked: Option<&Arc<Asked>>) -> bool {
        asked.is_some_and(|asked| self.sound.contains_key(asked))
    }

    /// Remembers that what is asked was run without a fault.
    pub fn found_sound(&self, asked: Option<&Arc<Asked>>) {
        if let Some(asked) = asked {
            self.sound.insert(Arc::clone(asked), ());
        }
    }

    /// What is remembered of a moment, or what the work comes to. Those who ask the same at the same time
    /// wait for the first of them; where that comes to nothing that can be shared, each works for himself.
    pub async fn recall(
        &self,
        asked: Option<(Question, Moment)>,
        work: impl Future<Output = Run>,
    ) -> Run {
        let (Some(slots), Some((question, moment))) = (&self.slots, asked) else {
            return work.await;
        };
        let slot = slot_of(slots, &question, moment);
        let mut work = pin!(work);
        let mut own = None;
        let known = {
            let (first, own) = (work.as_mut(), &mut own);
            let run = || async move {
                let run = first.await;
                let told = run.to_remember();
                *own = Some(run);
                told
            };
            slot.told.get_or_init(run).await.clone()
        };
        match (own, known) {
            (None, Some(known)) => {
                metrics::counter!(measure::ANSWERS_REPEATED).increment(1);
                Run::again(known)
            }
            (own, known) => {
                metrics::counter!(measure::ANSWERS_WORKED_OUT).increment(1);
                if known.is_some() {
                    weigh(slots, question, &slot);
                }
                match own {
                    Some(run) => run,
                    None => work.await,
                }
            }
        }
    }
}

/// The place of an answer at a moment. A later one takes the place of an earlier one; whoever comes late
/// with an earlier one has a place of his own.
fn slot_of(slots: &Cache<Question, Arc<Slot>>, question: &Question, moment: Moment) -> Arc<Slot> {
    if let Some(slot) = slots.get(question)
        && slot.moment == moment
    {
        return slot;
    }
    let is_later = |slot: &Arc<Slot>| {
        let (held, now) = (slot.moment, moment);
        (now.version, now.second) > (held.version, held.second)
    };
    let entry = slots.entry_by_ref(question);
    let slot = entry
        .or_insert_with_if(|| Slot::at(moment), is_later)
        .into_value();
    if slot.moment == moment {
        slot
    } else {
        Slot::at(moment)
    }
}

/// A place is as heavy as what was put there since.
fn weigh(slots: &Cache<Question, Arc<Slot>>, question: Question, slot: &Arc<Slot>) {
    slots.entry(question).and_compute_with(|held| match held {
        Some(held) if Arc::ptr_eq(held.value(), slot) => Op::Put(Arc::clone(slot)),
        _ => Op::Nop,
    });
}

fn weight(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
