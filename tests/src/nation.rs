//! A whole country made up for measuring (生成): the provincial association of the seeds becomes one of 32
//! provinces below a national one, with cities and counties, some 3,200 units in all. Codes begin with G.

use duban_persistence::{Store, StoreError};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};

use crate::Database;

/// How many units are made beside those of the seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nation {
    /// Provinces, that of the seeds apart.
    pub provinces: u64,
    /// Cities of each of them.
    pub cities: u64,
    /// Counties over all cities, those of the seeds with them.
    pub counties: u64,
}

impl Default for Nation {
    /// 32 provinces, 328 cities and some 2,840 counties: about 3,200 associations.
    fn default() -> Self {
        Self {
            provinces: 31,
            cities: 10,
            counties: 2_680,
        }
    }
}

/// What a generated county's code begins with.
pub const COUNTIES: &str = "GX";

/// A connection that makes things beside the use cases.
///
/// # Errors
///
/// [`StoreError`] when the database cannot be reached.
pub async fn beside(database: &Database) -> Result<DatabaseConnection, StoreError> {
    Store::open_for_migration(&database.settings()).await
}

impl Nation {
    /// Makes it, and the plans the nation's.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn make(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for sql in self.statements(db.get_database_backend()) {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    fn statements(self, backend: DbBackend) -> Vec<String> {
        let id = match backend {
            DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        let units = |(prefix, kind, count): (&str, &str, u64)| {
            format!(
                "WITH RECURSIVE number(n) AS
                   (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
                 INSERT INTO department (id, code, name, short_name, other_names, kind, position,
                   valid_from, search, version)
                 SELECT {id}, '{prefix}' || n, '生成' || n, '生成' || n, '[]', '{kind}', n,
                   '2024-01-01', '', 1 FROM number"
            )
        };
        // A unit stands below the one of the places above that its own place comes to.
        let below = |(prefix, above): (&str, &str)| {
            format!(
                "INSERT INTO department_parent (id, department_id, parent_id, valid_from)
                 SELECT {id}, d.id, above.id, '2024-01-01'
                 FROM department d
                 JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY code) - 1 AS place,
                         COUNT(*) OVER () AS places
                       FROM department WHERE {above}) above
                   ON above.place = d.position % above.places
                 WHERE d.code LIKE '{prefix}%'"
            )
        };
        let cities = self.provinces * self.cities;
        vec![
            units(("GN", "PROVINCIAL_ASSOCIATION", 1)),
            units(("GP", "PROVINCIAL_ASSOCIATION", self.provinces)),
            units(("GC", "MUNICIPAL_ASSOCIATION", cities)),
            units((COUNTIES, "COUNTY_ASSOCIATION", self.counties)),
            below(("GP", "code = 'GN1'")),
            below(("GC", "code LIKE 'GP%'")),
            below((COUNTIES, "kind = 'MUNICIPAL_ASSOCIATION'")),
            format!(
                "INSERT INTO department_parent (id, department_id, parent_id, valid_from)
                 SELECT {id}, old.id, nation.id, '2024-01-01'
                 FROM department old, department nation
                 WHERE old.code = 'HNAST' AND nation.code = 'GN1'"
            ),
            "DELETE FROM department_closure".to_owned(),
            "WITH RECURSIVE path(ancestor, descendant, depth) AS
               (SELECT id, id, 0 FROM department
                UNION ALL
                SELECT p.parent_id, path.descendant, path.depth + 1
                FROM path JOIN department_parent p ON p.department_id = path.ancestor
                WHERE p.valid_to IS NULL)
             INSERT INTO department_closure (ancestor_id, descendant_id, depth)
             SELECT ancestor, descendant, depth FROM path"
                .to_owned(),
            "UPDATE plan SET department_id = (SELECT id FROM department WHERE code = 'GN1')"
                .to_owned(),
            "ANALYZE".to_owned(),
        ]
    }
}
