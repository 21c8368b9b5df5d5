//! The form of a unit for a period, filled with what was said already.

use std::collections::HashMap;

use duban_documents::{
    sheet::{Saying, Stamp},
    write::{self, Charset, Needs, Template, TemplateRow, WriteError},
};
use duban_domain::{
    access::Principal,
    clock::official_day,
    ids::TaskId,
    measurement::{Entry, Measurement, MeasurementKey, MeasurementState, Reading, Running, Slot},
    metric::{Metric, Target, TimeAggregation, TreeAggregation},
    period::{Cadence, Period},
    quantity::{Comparator, Figure},
};
use duban_persistence::{Connection, StoreError, calendar, measurements, report_rules, tasks};
use time::Date;

use super::{Asked, ROWS_MOST, questions::Questions};
use crate::{App, change::ChangeError};

/// For what the stamp of a form is signed.
pub(super) const PURPOSE: &str = "sheet form 1";

/// A form that can be written as a file.
pub struct Form {
    template: Template,
    app: App,
    /// What to call the file, without its ending.
    pub name: String,
}

impl Form {
    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.template.rows.len()
    }

    /// The form as a workbook, with its signed stamp; not for the async threads.
    ///
    /// # Errors
    ///
    /// [`WriteError`], for a text that no cell holds.
    pub fn workbook(&self) -> Result<Vec<u8>, WriteError> {
        let key = self.app.audit().key();
        write::template(&self.template, |payload| key.sign(PURPOSE, payload))
    }

    /// The same rows as a table in text.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when the rows cannot be written.
    pub fn csv(&self, charset: Charset) -> Result<Vec<u8>, WriteError> {
        write::csv(&self.template.header(), &self.template.table(), charset)
    }
}

/// The form of a unit for a period (填报表), with everything below that is asked and where the caller
/// records; filled with what was recorded.
///
/// # Errors
///
/// [`ChangeError`] when the caller does not record there, or the form would be too long.
pub async fn form_of(app: &App, who: &Principal, asked: Asked) -> Result<Form, ChangeError> {
    let db = app.store().read();
    let questions = Questions::of(db, who, asked).await?;
    if questions.pairs().len() > ROWS_MOST {
        return Err(too_many(questions.pairs().len()));
    }
    let places = questions
        .pairs()
        .iter()
        .map(|(metric, department)| MeasurementKey {
            metric: *metric,
            department: *department,
            period: asked.period,
        });
    let places: Vec<MeasurementKey> = places.collect();
    let keys = places
        .iter()
        .flat_map(|key| up_to(key.period).map(move |period| MeasurementKey { period, ..*key }));
    let said = measurements::at_unscoped(db, &keys.collect::<Vec<_>>()).await?;
    let slots: HashMap<MeasurementKey, Slot> = said
        .into_iter()
        .map(|(key, revisions)| (key, Slot::new(key, revisions)))
        .collect();
    let titles = titles_of(db, who, &questions).await?;
    let calendar = calendar::load(db).await?;
    let due = report_rules::schedule(db).await?;
    let due = due.window(asked.period, &calendar).due_on;
    let metrics = questions.by_key();
    let rows: Vec<TemplateRow> = places
        .iter()
        .filter_map(|key| {
            let metric = metrics.get(&key.metric)?;
            let title = metric.task.and_then(|task| titles.get(&task));
            Some(row((metric, title), (&questions, &slots), *key))
        })
        .collect();
    let unit = &questions.unit;
    let month = words_of(asked.period);
    let stamped = rows.iter().zip(&places).filter_map(|(row, key)| {
        let unit = questions.unit_of(key.department)?;
        Some((row.metric.clone(), unit.code.clone(), row.version))
    });
    let template = Template {
        title: format!("{} {month}指标数据填报表", unit.name),
        remark: remark(due),
        made_on: official_day(app.store().clock().now()),
        stamp: Stamp {
            department: unit.code.clone(),
            period: asked.period.to_string(),
            plan: questions.tag(),
            rows: stamped.collect(),
        },
        rows,
    };
    Ok(Form {
        name: format!("{}{month}指标数据填报表", unit.short_name),
        template,
        app: app.clone(),
    })
}

fn remark(due: Date) -> String {
    format!(
        "请于{}年{}月{}日前填报。没有发生填 0，空白表示未报；本月数与累计数只填一个；更正已报数据须写更正理由。",
        due.year(),
        u8::from(due.month()),
        due.day()
    )
}

/// The code and title of each task that a figure is promised by.
async fn titles_of(
    db: &impl Connection,
    who: &Principal,
    questions: &Questions,
) -> Result<HashMap<TaskId, String>, StoreError> {
    let metrics = questions.metrics.iter();
    let tasks: Vec<TaskId> = metrics.filter_map(|one| one.task).collect();
    let found = tasks::find_many(db, &who.scope(), &tasks).await?;
    let titles = found
        .into_iter()
        .map(|task| (task.id, format!("{} {}", task.code, task.title)));
    Ok(titles.collect())
}

pub(super) fn too_many(rows: usize) -> ChangeError {
    ChangeError::Invalid {
        path: "uploadId",
        code: "SHEET_TOO_MANY_ROWS",
        figures: vec![("rows", rows.to_string()), ("most", ROWS_MOST.to_string())],
    }
}

fn row(
    (metric, title): (&Metric, Option<&String>),
    (questions, slots): (&Questions, &HashMap<MeasurementKey, Slot>),
    key: MeasurementKey,
) -> TemplateRow {
    let slot = slots.get(&key);
    let unit = questions.unit_of(key.department);
    let unit = unit.filter(|_| questions.has_units_below());
    TemplateRow {
        metric: metric.code.clone(),
        department: unit.map_or_else(String::new, |one| {
            format!("{} {}", one.code, one.short_name)
        }),
        task: title.cloned().unwrap_or_default(),
        name: metric.name.clone(),
        unit: metric.target.unit.clone(),
        target: words_of_target(&metric.target),
        year_so_far: so_far(metric, slots, key),
        said: slot.and_then(shown).map_or(Saying::Nothing, saying_of),
        reason: None,
        version: slot.and_then(Slot::latest).map_or(0, |one| one.revision),
        needs: match metric.tree_aggregation {
            one if one.has_base() => Needs::Base,
            TreeAggregation::Distinct => Needs::Things,
            _ => Needs::Figure,
        },
    }
}

/// The revision that a form shows: the newest one, unless it was refused or taken back.
pub(super) fn shown(slot: &Slot) -> Option<&Measurement> {
    let latest = slot.latest()?;
    match latest.state {
        MeasurementState::Rejected | MeasurementState::Withdrawn => slot.said(),
        _ => Some(latest),
    }
}

/// What a revision says, as a row says it.
pub(super) fn saying_of(one: &Measurement) -> Saying {
    match (&one.reading, one.entry) {
        (Reading::NotApplicable, _) => Saying::NotApplicable,
        (_, Entry::RunningTotal(total)) => Saying::RunningTotal(total),
        (Reading::Amount(amount), Entry::OfPeriod) => Saying::OfPeriod {
            value: amount.things.is_empty().then_some(amount.value),
            base: amount.base,
            things: amount.things.iter().map(ToString::to_string).collect(),
        },
    }
}

/// What the earlier months add up to, where months add up and any was said.
fn so_far(
    metric: &Metric,
    slots: &HashMap<MeasurementKey, Slot>,
    key: MeasurementKey,
) -> Option<Figure> {
    if metric.time_aggregation != TimeAggregation::Sum {
        return None;
    }
    let earlier = up_to(key.period).filter(|period| *period < key.period);
    let said: Vec<Figure> = earlier
        .filter_map(|period| slots.get(&MeasurementKey { period, ..key })?.said())
        .filter_map(|one| Some(one.reading.amount()?.value))
        .collect();
    if said.is_empty() {
        return None;
    }
    Running::after(said).ok().map(|running| running.before)
}

/// The months of the year up to and with this one; of another cadence the period alone.
fn up_to(period: Period) -> impl Iterator<Item = Period> {
    let is_monthly = period.cadence() == Cadence::Monthly;
    std::iter::successors(Some(period), move |one| {
        let before = one.previous();
        (is_monthly && before.year() == period.year()).then_some(before)
    })
}

/// A period in words: 2025年3月.
pub(crate) fn words_of(period: Period) -> String {
    match period.cadence() {
        Cadence::Monthly => {
            let day = period.first_day();
            format!("{}年{}月", day.year(), u8::from(day.month()))
        }
        _ => period.to_string(),
    }
}

/// A target in words: 不少于 40 场.
pub(crate) fn words_of_target(target: &Target) -> String {
    let (value, unit) = (target.value, &target.unit);
    let word = match target.comparator {
        Comparator::AtLeast => "不少于",
        Comparator::MoreThan => "超过",
        Comparator::AtMost => "不超过",
        Comparator::Equal => "为",
        Comparator::Reach => "达到",
        Comparator::About => "约",
        Comparator::Done => return "是否完成（完成填 1）".to_owned(),
    };
    format!("{word} {value} {unit}").trim_end().to_owned()
}
