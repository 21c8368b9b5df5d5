//! The audit trail becomes a chain: every event is bound to all before it, refused acts are events
//! too, and the database refuses to change or remove any.
//!
//! Events from before are chained in their order, as done acts, so the chain has no unguarded part.

use duban_domain::audit::{Chain, Event, Head, Outcome, micros};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, QueryResult, Statement,
    prelude::{Json, TimeDateTimeWithTimeZone, Uuid},
};
use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{drop_tables, index, one_of},
    m20261124_000004_records,
};

const OUTCOMES: &[&str] = &["DONE", "REFUSED"];

/// Events that are copied at a time.
const PAGE: usize = 200;

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        set_aside(manager, &["ix_audit_event_object_type_object_id"]).await?;
        drop_tables(manager, &["audit_head"]).await?;
        events(manager).await?;
        let head = chain(manager).await?;
        heads(manager, head).await?;
        drop_tables(manager, &["audit_event_before"]).await?;
        guard(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = [
            "ix_audit_event_object_type_object_id",
            "ix_audit_event_actor_id_seq",
            "ix_audit_event_occurred_at",
        ];
        set_aside(manager, &indexes).await?;
        drop_tables(manager, &["audit_head"]).await?;
        m20261124_000004_records::audit(manager).await?;
        let db = manager.get_connection();
        db.execute_unprepared(&copy_back(db.get_database_backend()))
            .await?;
        db.execute_unprepared(
            "UPDATE audit_head SET seq = (SELECT COUNT(*) FROM audit_event) WHERE id = 1",
        )
        .await?;
        drop_tables(manager, &["audit_event_before"]).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("DROP FUNCTION audit_event_stays()")
                .await?;
        }
        Ok(())
    }
}

/// Makes way for a table of the same name, whose indexes have the same names too.
async fn set_aside(manager: &SchemaManager<'_>, indexes: &[&str]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for index in indexes {
        db.execute_unprepared(&format!("DROP INDEX {index}"))
            .await?;
    }
    db.execute_unprepared("ALTER TABLE audit_event RENAME TO audit_event_before")
        .await?;
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("ALTER INDEX audit_event_pkey RENAME TO audit_event_before_pkey")
            .await?;
    }
    Ok(())
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_event")
                .col(big_integer("seq").primary_key().take())
                .col(small_integer("format"))
                .col(big_integer("occurred_at"))
                .col(uuid_null("actor_id"))
                .col(uuid_null("on_behalf_of_id"))
                .col(uuid_null("session_id"))
                .col(string_len_null("address", 64))
                .col(uuid_null("request_id"))
                .col(string_len("action", 60))
                .col(string_len("object_type", 40))
                .col(uuid_null("object_id"))
                .col(one_of("outcome", OUTCOMES))
                .col(text("detail"))
                .col(binary_len("hash", 32))
                .to_owned(),
        )
        .await?;
    for columns in [
        &["object_type", "object_id"][..],
        &["actor_id", "seq"],
        &["occurred_at"],
    ] {
        manager.create_index(index("audit_event", columns)).await?;
    }
    Ok(())
}

async fn heads(manager: &SchemaManager<'_>, head: Head) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_head")
                .col(small_integer("id").primary_key().take())
                .col(big_integer("seq"))
                .col(binary_len("hash", 32))
                .to_owned(),
        )
        .await?;
    let insert = Query::insert()
        .into_table("audit_head")
        .columns(["id", "seq", "hash"])
        .values_panic([1_i16.into(), head.seq.into(), head.hash.0.to_vec().into()])
        .to_owned();
    manager.get_connection().execute(&insert).await?;
    Ok(())
}

/// Copies the events from before, each bound to those before it.
async fn chain(manager: &SchemaManager<'_>) -> Result<Head, DbErr> {
    let db = manager.get_connection();
    let backend = db.get_database_backend();
    let mut chain = Chain::after(Head::START);
    let mut last: i64 = 0;
    loop {
        let sql = format!(
            "SELECT seq, occurred_at, actor_id, session_id, action, object_type, object_id, detail
             FROM audit_event_before WHERE seq > {last} ORDER BY seq LIMIT {PAGE}"
        );
        let rows = db
            .query_all_raw(Statement::from_string(backend, sql))
            .await?;
        let Some(end) = rows.last() else {
            return Ok(chain.head());
        };
        last = end.try_get("", "seq")?;
        let mut insert = Query::insert()
            .into_table("audit_event")
            .columns(COLUMNS)
            .to_owned();
        for row in &rows {
            let event = event(row)?;
            let head = chain.append(&event);
            insert.values_panic(values(head, event));
        }
        db.execute(&insert).await?;
    }
}

const COLUMNS: [&str; 11] = [
    "seq",
    "format",
    "occurred_at",
    "actor_id",
    "session_id",
    "action",
    "object_type",
    "object_id",
    "outcome",
    "detail",
    "hash",
];

/// The canonical form of this step.
const FORMAT: i16 = 1;

fn event(row: &QueryResult) -> Result<Event, DbErr> {
    let at: TimeDateTimeWithTimeZone = row.try_get("", "occurred_at")?;
    let actor: Option<Uuid> = row.try_get("", "actor_id")?;
    let session: Option<Uuid> = row.try_get("", "session_id")?;
    let object: Uuid = row.try_get("", "object_id")?;
    let detail: Json = row.try_get("", "detail")?;
    Ok(Event {
        at: micros(at),
        actor,
        on_behalf_of: None,
        session,
        address: None,
        request: None,
        action: row.try_get("", "action")?,
        object_type: row.try_get("", "object_type")?,
        object_id: Some(object),
        outcome: Outcome::Done,
        detail: detail.to_string(),
    })
}

fn values(head: Head, event: Event) -> [Expr; 11] {
    [
        head.seq.into(),
        FORMAT.into(),
        event.at.into(),
        event.actor.into(),
        event.session.into(),
        event.action.into(),
        event.object_type.into(),
        event.object_id.into(),
        event.outcome.name().into(),
        event.detail.into(),
        head.hash.0.to_vec().into(),
    ]
}

/// Refuses every change of what is written, whoever asks.
async fn guard(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let statements: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[
            "CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'audit events are never changed or removed'; END $$",
            "CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
             FOR EACH STATEMENT EXECUTE FUNCTION audit_event_stays()",
        ],
        _ => &[
            "CREATE TRIGGER audit_event_keeps BEFORE UPDATE ON audit_event
             BEGIN SELECT RAISE(ABORT, 'audit events are never changed or removed'); END",
            "CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
             BEGIN SELECT RAISE(ABORT, 'audit events are never changed or removed'); END",
        ],
    };
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Copies what the table from before can hold: done acts, numbered anew without gaps.
fn copy_back(backend: DbBackend) -> String {
    let (at, detail) = match backend {
        DbBackend::Postgres => (
            "TIMESTAMPTZ 'epoch' + occurred_at * INTERVAL '1 microsecond'",
            "CAST(detail AS jsonb)",
        ),
        _ => (
            "strftime('%Y-%m-%dT%H:%M:%S', occurred_at / 1000000, 'unixepoch')
               || printf('.%06dZ', occurred_at % 1000000)",
            "detail",
        ),
    };
    format!(
        "INSERT INTO audit_event (seq, occurred_at, actor_id, session_id, action, object_type,
           object_id, detail)
         SELECT ROW_NUMBER() OVER (ORDER BY seq), {at}, actor_id, session_id, action, object_type,
           object_id, {detail}
         FROM audit_event_before WHERE outcome = 'DONE' AND object_id IS NOT NULL"
    )
}
