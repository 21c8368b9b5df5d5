//! Acts that mend a draft, and acts on people and places.

use serde_json::json;

use super::{Asked, Kind, Thing, milestone, of, plan, task};
use crate::rows::{
    promise::Thing::{Account, Department, Everywhere, Place, Private},
    world::OWNER,
};

/// Acts that mend a draft.
pub fn drafting(thing: Thing) -> Vec<Asked> {
    use Kind::Act;
    vec![
        of(Act, ("addMetric", thing), |_, target| {
            json!({ "taskId": target.task, "expectedTaskVersion": 999, "comparator": "AT_LEAST",
                "name": "活动", "unit": "场", "value": "3" })
        }),
        of(
            Act,
            ("addMilestone", thing),
            |_, target| json!({ "taskId": target.task, "expectedTaskVersion": 999, "title": "节点" }),
        ),
        of(Act, ("updateTask", thing), |_, target| {
            task(target, json!({}))
        }),
        of(Act, ("setAssignments", thing), |_, target| {
            task(target, json!({ "lead": "XXB", "support": [] }))
        }),
        of(Act, ("linkKeyTask", thing), |_, target| {
            task(target, json!({ "workPoints": [] }))
        }),
        of(
            Act,
            ("updateMetric", thing),
            |_, target| json!({ "metricId": target.id("metric"), "expectedVersion": 999 }),
        ),
        of(
            Act,
            ("removeMetric", thing),
            |_, target| json!({ "metricId": target.id("metric"), "expectedVersion": 999 }),
        ),
        of(Act, ("updateMilestone", thing), |_, target| {
            milestone(target, json!({}))
        }),
        of(Act, ("removeMilestone", thing), |_, target| {
            milestone(target, json!({}))
        }),
        of(Act, ("updatePlan", thing), |_, target| plan(target)),
        of(Act, ("issuePlan", thing), |_, target| plan(target)),
        of(Act, ("discardPlan", thing), |_, target| plan(target)),
        of(
            Act,
            ("dismissPlanWarning", thing),
            |_, target| json!({ "warningId": target.id("warning") }),
        ),
        of(
            Act,
            ("resolveDepartmentName", thing),
            |_, target| json!({ "planId": target.id("plan"), "name": "没有这个名称", "department": OWNER }),
        ),
    ]
}

/// Acts on accounts of the city.
pub fn managing() -> Vec<Asked> {
    use Kind::Act;
    vec![
        of(
            Act,
            ("disableAccount", Account),
            |world, _| json!({ "accountId": world.city["disabled"] }),
        ),
        of(
            Act,
            ("enableAccount", Account),
            |world, _| json!({ "accountId": world.city["account"] }),
        ),
        of(
            Act,
            ("resetSecondFactor", Account),
            |world, _| json!({ "accountId": world.city["disabled"] }),
        ),
        of(
            Act,
            ("startPasswordReset", Account),
            |world, _| json!({ "accountId": world.city["disabled"] }),
        ),
        of(
            Act,
            ("updateAccount", Account),
            |world, _| json!({ "accountId": world.city["account"], "expectedVersion": 999 }),
        ),
        of(
            Act,
            ("endGrant", Account),
            |world, _| json!({ "grantId": world.city["grant"], "lastDay": "2020-01-01" }),
        ),
        of(Act, ("grantRole", Account), |world, _| {
            json!({ "accountId": world.city["account"], "departmentId": OWNER, "reach": "SELF",
                "role": "LIAISON", "firstDay": "2020-01-01" })
        }),
        of(
            Act,
            ("inviteAccount", Place),
            |_, _| json!({ "departmentId": OWNER, "displayName": "某人", "login": "!" }),
        ),
        of(
            Act,
            ("createServiceAccount", Place),
            |_, _| json!({ "departmentId": OWNER, "displayName": "某程序", "login": "!" }),
        ),
        of(
            Act,
            ("issueApiToken", Account),
            |world, _| json!({ "accountId": world.city["account"], "name": "月报", "scopes": ["READ"] }),
        ),
        of(
            Act,
            ("revokeApiToken", Account),
            |world, _| json!({ "tokenId": world.city["token"] }),
        ),
    ]
}

/// Acts on the webhooks of a program.
pub fn webhooks() -> Vec<Asked> {
    use Kind::Act;
    vec![
        of(
            Act,
            ("createWebhook", Account),
            |world, _| json!({ "accountId": world.city["account"], "name": "推送", "url": "https://hooks.example.org/" }),
        ),
        of(
            Act,
            ("updateWebhook", Account),
            |world, _| json!({ "webhookId": world.city["webhook"], "expectedVersion": 0 }),
        ),
        of(
            Act,
            ("pauseWebhook", Account),
            |world, _| json!({ "webhookId": world.city["webhook"] }),
        ),
        of(
            Act,
            ("resumeWebhook", Account),
            |world, _| json!({ "webhookId": world.city["webhook"] }),
        ),
        of(
            Act,
            ("rotateWebhookSecret", Account),
            |world, _| json!({ "webhookId": world.city["webhook"] }),
        ),
        of(
            Act,
            ("testWebhook", Account),
            |world, _| json!({ "webhookId": world.city["webhook"] }),
        ),
        of(
            Act,
            ("replayWebhookDeliveries", Account),
            |world, _| json!({ "webhookId": world.city["webhook"], "from": "2020-01-01T00:00:00Z", "until": "2020-01-02T00:00:00Z" }),
        ),
        of(
            Act,
            ("removeWebhook", Account),
            |world, _| json!({ "webhookId": world.city["webhook"], "expectedVersion": 0 }),
        ),
    ]
}

/// Acts on what belongs to one person, and on what holds everywhere.
pub fn keeping() -> Vec<Asked> {
    use Kind::Act;
    vec![
        of(
            Act,
            ("createDelegation", Private("grant.manage")),
            |world, _| {
                json!({ "from": world.city["account"], "to": world.city["disabled"],
                "firstDay": "2020-01-01", "lastDay": "2020-01-02", "reason": "无" })
            },
        ),
        of(
            Act,
            ("endSession", Private("account.manage")),
            |world, _| json!({ "sessionId": world.city["session"] }),
        ),
        of(
            Act,
            ("endDelegation", Private("grant.manage")),
            |world, _| json!({ "delegationId": world.city["delegation"] }),
        ),
        of(
            Act,
            ("revokeCalendarFeed", Private("nobody")),
            |world, _| json!({ "feedId": world.city["feed"] }),
        ),
        of(
            Act,
            ("createTask", Department),
            |_, _| json!({ "kind": "MEETING", "owner": OWNER, "lead": OWNER, "source": "会议", "title": " " }),
        ),
        of(
            Act,
            ("updateLightRules", Everywhere),
            |_, _| json!({ "expectedVersion": 999, "rules": [] }),
        ),
        of(
            Act,
            ("updateReportRules", Everywhere),
            |_, _| json!({ "expectedVersion": 999, "rules": [] }),
        ),
        of(
            Act,
            ("loadCalendar", Everywhere),
            |_, _| json!({ "text": "", "isTrial": true }),
        ),
    ]
}
