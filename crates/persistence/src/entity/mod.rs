//! One file a table; private to this crate, converted to domain types at its edge.

#![expect(
    missing_docs,
    reason = "columns are named in the migrations and meant in the domain"
)]

pub mod account;
pub mod assignment;
pub mod audit_event;
pub mod audit_head;
pub mod calendar_day;
pub mod clause;
pub mod department;
pub mod department_closure;
pub mod department_parent;
pub mod idempotency_record;
pub mod metric;
pub mod metric_overlap;
pub mod milestone;
pub mod plan;
pub mod plan_source;
pub mod plan_warning;
pub mod refresh_token;
pub mod role;
pub mod role_grant;
pub mod role_permission;
pub mod section;
pub mod session;
pub mod sign_in_failure;
pub mod task;
pub mod task_link;
pub mod unresolved_department;
pub mod upload;
