//! The columns of feeds. Names stay: reports of others are built on them.

use duban_documents::write::{FeedColumn, FeedKind};

const fn column(name: &'static str, kind: FeedKind) -> FeedColumn {
    FeedColumn { name, kind }
}

pub(super) const MEASUREMENTS: &[FeedColumn] = &[
    column("metric_code", FeedKind::Text),
    column("metric_name", FeedKind::Text),
    column("unit", FeedKind::Text),
    column("department_code", FeedKind::Text),
    column("department_name", FeedKind::Text),
    column("period", FeedKind::Text),
    column("first_day", FeedKind::Day),
    column("last_day", FeedKind::Day),
    column("value", FeedKind::Figure),
    column("base", FeedKind::Figure),
    column("kind", FeedKind::Text),
    column("channel", FeedKind::Text),
    column("revision", FeedKind::Number),
    column("recorded_at", FeedKind::Instant),
    column("verified_at", FeedKind::Instant),
    column("plan_code", FeedKind::Text),
    column("task_code", FeedKind::Text),
];

pub(super) const FIGURES: &[FeedColumn] = &[
    column("metric_code", FeedKind::Text),
    column("metric_name", FeedKind::Text),
    column("unit", FeedKind::Text),
    column("department_code", FeedKind::Text),
    column("department_name", FeedKind::Text),
    column("period", FeedKind::Text),
    column("first_day", FeedKind::Day),
    column("last_day", FeedKind::Day),
    column("value", FeedKind::Figure),
    column("value_to_date", FeedKind::Figure),
    column("expected", FeedKind::Number),
    column("on_time", FeedKind::Number),
    column("late", FeedKind::Number),
    column("missing", FeedKind::Number),
    column("not_applicable", FeedKind::Number),
    column("waiting", FeedKind::Number),
    column("plan_code", FeedKind::Text),
    column("task_code", FeedKind::Text),
];
