//! Reports that are sent back: with what is to be mended, told to whoever wrote them.

use duban_domain::{
    clock::official_day,
    ids::{AccountId, ReportId},
    notification::{NotificationFigures, NotificationKind, Reporter},
    report::{ProgressReport, Returning},
};
use duban_persistence::{StoreError, WriteTx, departments, reports, watched};

use super::{event, gate_of, refused, reviewer};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    notify::{News, tell},
    plans::expect_version,
};

/// Returns a report (退回), naming the cells to mend and by when.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn return_report(
    app: &App,
    call: &Call,
    at: (ReportId, i32),
    returning: Returning,
) -> Result<ReportId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let found = reports::find_many(tx.conn(), &call.who.scope(), &[at.0]).await?;
    let mut report = found.into_iter().next().ok_or(ChangeError::NotFound)?;
    let place = departments::place(tx.conn(), report.key.department).await?;
    let decider = reviewer(call, &place)?;
    expect_version(report.version, at.1)?;
    let gate = gate_of(tx.conn(), &place, report.key.period).await?;
    let today = official_day(tx.now());
    let step = refused(report.send_back((decider, tx.now()), returning, &gate, today))?;
    reports::save(tx, &mut report, Some(&step)).await?;
    tell_authors(tx, &report).await?;
    let event = event("report.returned", &report, Some(&step));
    begun.finish(report.id, [event]).await
}

/// Tells everybody who wrote a report, and whoever they stood in for, what is to be mended.
async fn tell_authors(tx: &WriteTx, report: &ProgressReport) -> Result<(), StoreError> {
    let key = report.key;
    let mut tasks = watched::find_many_unscoped(tx.conn(), &[key.task]).await?;
    let named = departments::find_many(tx.conn(), &[key.department]).await?;
    let (Some(task), Some(remark)) = (tasks.remove(&key.task), report.remark.as_ref()) else {
        return Ok(());
    };
    let kind = NotificationKind::ReportReturned;
    let news = News {
        kind,
        phase: None,
        natural_key: format!("{kind}:{}:{}", report.id.0.simple(), report.version),
        task: Some(key.task),
        notice: None,
        due_on: Some(remark.mend_by),
        figures: NotificationFigures {
            task: task.code,
            title: task.title,
            subject: Some(key.period.to_string()),
            words: Some(remark.words.to_string()),
            reporter: named.into_iter().next().map(|one| Reporter {
                department: one.id,
                code: one.code,
            }),
            ..NotificationFigures::default()
        },
    };
    let authors = report.authors.iter();
    let people: Vec<AccountId> = authors
        .flat_map(|one| [Some(one.account), one.acting_for])
        .flatten()
        .collect();
    tell(tx, [(news, people)]).await?;
    Ok(())
}
