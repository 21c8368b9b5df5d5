//! Acts in the loop of a task, and on what hangs on it.

use serde_json::json;

use super::{Asked, Kind, Target, Thing, World, milestone, notice, of, task};
use crate::rows::{
    promise::Thing::{CityReport, Department, Issued, Measurement, Notice, Report, Sheet, Taken},
    world::OWNER,
};

/// Acts in the loop of a task, of a plan in force or none.
pub fn handling(thing: Thing) -> Vec<Asked> {
    use Kind::{Act, Rows};
    let reason = |_: &World, target: &Target| task(target, json!({ "reason": "无" }));
    let mut asked: Vec<Asked> = [
        "archiveTask",
        "cancelTask",
        "completeStage",
        "declineTask",
        "reopenTask",
        "resumeTask",
        "submitCompletion",
    ]
    .into_iter()
    .map(|name| of(Act, (name, thing), reason))
    .collect();
    asked.extend([
        of(Act, ("acceptTask", thing), |world, target| {
            let (one, other) = (&world.city["account"], &world.city["disabled"]);
            task(target, json!({ "accountable": one, "substitute": other }))
        }),
        of(Act, ("beginStage", thing), |_, target| task(target, json!({}))),
        of(Act, ("completeTask", thing), |_, target| {
            task(target, json!({ "grade": "GOOD", "reason": "无" }))
        }),
        of(Rows, ("divideTask", thing), |_, target| {
            let part = json!({ "title": "一部分", "lead": "410103", "deadline": "2025-06-30" });
            task(target, json!({ "rows": [part] }))
        }),
        of(Rows, ("handOutTasks", thing), |_, target| {
            json!({ "rows": [task(target, json!({}))] })
        }),
        of(Act, ("proposeAmendment", thing), |_, target| {
            task(target, json!({ "title": "另一个名称", "reason": "无" }))
        }),
        of(Act, ("reassignTask", thing), |_, target| {
            task(target, json!({ "lead": "XXB", "support": [], "reason": "无" }))
        }),
        of(Act, ("returnTask", thing), |_, target| {
            task(target, json!({ "mendBy": "2025-06-30", "reason": "无" }))
        }),
        of(Act, ("suspendTask", thing), |_, target| {
            task(target, json!({ "reviewOn": "2025-06-30", "reason": "无" }))
        }),
        of(Act, ("requestExtension", thing), |_, target| {
            task(target, json!({ "to": "2025-12-30", "reason": "无" }))
        }),
        of(Act, ("overrideLight", thing), |_, target| {
            json!({ "taskId": target.task, "colour": "RED", "until": "2020-01-01", "reason": "无" })
        }),
        of(Act, ("endLightOverride", thing), |_, target| json!({ "taskId": target.task })),
        of(Rows, ("issueNotices", thing), |_, target| {
            // Days that no notice may have.
            let row = json!({ "taskId": target.task, "text": "请说明", "replyWorkingDays": 99 });
            json!({ "rows": [row] })
        }),
    ]);
    asked
}

/// Acts on what hangs on a task in force.
pub fn settling() -> Vec<Asked> {
    use Kind::Act;
    vec![
        of(
            Act,
            ("decideAmendment", Issued),
            |_, target| json!({ "amendmentId": target.id("amendment"), "isApproved": false, "reason": "无" }),
        ),
        of(
            Act,
            ("decideExtension", Issued),
            |_, target| json!({ "extensionId": target.id("extension"), "isApproved": false, "reason": "无" }),
        ),
        of(
            Act,
            ("decideMetricException", Issued),
            |_, target| json!({ "exceptionId": target.id("exception"), "isApproved": false, "reason": "无" }),
        ),
        of(
            Act,
            ("requestMetricException", Issued),
            |_, target| json!({ "metricId": target.id("metric"), "reason": "无" }),
        ),
        of(Act, ("completeMilestone", Issued), |_, target| {
            milestone(target, json!({ "doneOn": "2025-03-30", "evidence": "无" }))
        }),
        of(Act, ("waiveMilestone", Issued), |_, target| {
            milestone(target, json!({ "reason": "无" }))
        }),
        of(Act, ("reopenMilestone", Issued), |_, target| {
            milestone(target, json!({ "reason": "无" }))
        }),
        of(Act, ("closeNotice", Notice), |_, target| {
            notice(target, json!({}))
        }),
        of(Act, ("escalateNotice", Notice), |_, target| {
            notice(target, json!({}))
        }),
        of(Act, ("withdrawNotice", Notice), |_, target| {
            notice(target, json!({ "text": "无" }))
        }),
        of(Act, ("replyNotice", Notice), |_, target| {
            notice(target, json!({ "text": "无" }))
        }),
    ]
}

/// Acts on figures.
pub fn measuring() -> Vec<Asked> {
    use Kind::{Act, Node, Rows};
    vec![
        of(Rows, ("recordMeasurements", Issued), |_, target| {
            // Of a year that the plan is not for.
            let row = json!({ "metric": target.id("metric"), "department": target.lead,
                "period": "2020-01", "value": "1" });
            json!({ "rows": [row] })
        }),
        of(
            Rows,
            ("verifyMeasurements", Measurement),
            |_, target| json!({ "measurementIds": [target.id("measurement")] }),
        ),
        of(Rows, ("rejectMeasurements", Measurement), |_, target| {
            let row = json!({ "measurementId": target.id("measurement"), "reason": "无" });
            json!({ "rows": [row] })
        }),
        of(Act, ("applyMeasurementSheet", Sheet), |_, _| {
            json!({ "uploadId": "none", "department": OWNER, "period": "2025-03",
                "mode": "GOOD_ROWS" })
        }),
        of(
            Act,
            ("startMeasurementImport", Sheet),
            |_, _| json!({ "uploadId": "none", "department": OWNER, "period": "2025-03" }),
        ),
        // It was taken back already.
        of(
            Act,
            ("undoMeasurementSheet", Taken),
            |world, _| json!({ "sheetId": world.city["sheet"], "reason": "无" }),
        ),
        of(
            Act,
            ("allocateMetric", Issued),
            |_, target| json!({ "metric": target.id("metric"), "method": "EVENLY", "shares": [] }),
        ),
        // Nothing was declared that could be taken back.
        of(
            Act,
            ("setMetricCapacity", Issued),
            |_, target| json!({ "metric": target.id("metric"), "department": OWNER, "reason": "无" }),
        ),
        of(
            Node,
            ("Measurement", Measurement),
            |_, target| json!({ "id": target.id("measurement") }),
        ),
    ]
}

/// Acts on progress reports.
pub fn reporting() -> Vec<Asked> {
    use Kind::{Act, Rows};
    vec![
        of(
            Rows,
            ("acceptReports", Report),
            |_, target| json!({ "rows": [{ "reportId": target.id("report"), "expectedVersion": 999 }] }),
        ),
        of(
            Rows,
            ("acceptReports", CityReport),
            |world, _| json!({ "rows": [{ "reportId": world.city_report(), "expectedVersion": 999 }] }),
        ),
        of(Act, ("returnReport", Report), |_, target| {
            json!({ "reportId": target.id("report"), "expectedVersion": 999, "cells": ["PROGRESS"],
                "mendBy": "2025-04-02", "remark": "无" })
        }),
        of(Act, ("returnReport", CityReport), |world, _| {
            json!({ "reportId": world.city_report(), "expectedVersion": 999, "cells": ["PROGRESS"],
                "mendBy": "2025-04-02", "remark": "无" })
        }),
        of(Rows, ("saveReports", Sheet), |world, _| {
            let row = json!({ "taskId": world.city_task(), "expectedVersion": 999 });
            json!({ "department": OWNER, "period": "2025-03", "rows": [row] })
        }),
        of(Rows, ("submitReports", Sheet), |world, _| {
            let row = json!({ "taskId": world.city_task(), "expectedVersion": 999 });
            json!({ "department": OWNER, "period": "2025-03", "rows": [row] })
        }),
        of(
            Act,
            ("reopenPeriod", Department),
            |_, _| json!({ "department": OWNER, "period": "2025-01", "until": "2020-01-01", "reason": "无" }),
        ),
        of(
            Act,
            ("addDepartment", Department),
            |_, _| json!({ "parent": OWNER, "code": " ", "name": "单位", "kind": "PARTNER" }),
        ),
        of(
            Act,
            ("setVenue", Department),
            |_, _| json!({ "department": OWNER, "isVenue": true, "reason": "无", "expectedVersion": 999 }),
        ),
        of(
            Act,
            ("moveDepartment", Department),
            |_, _| json!({ "department": OWNER, "under": OWNER, "from": "2025-03-10", "reason": "无", "expectedVersion": 999 }),
        ),
    ]
}
