//! Departments (部门/单位) as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, InputObject, Object, SimpleObject};
use duban_domain::{
    access::{Permission, Place, authorize},
    clock::official_day,
    department as domain,
    ids::DepartmentId,
};
use duban_persistence::{
    departments::{self, DepartmentFilter as StoredFilter},
    tasks::{TaskFilter, TaskOrder},
};

use super::{
    context::request,
    enums::{AssignmentRole, DepartmentKind},
    error::Fault,
    id::{Kind, Named, global, named},
    light::{self, LightCount},
    loaders::{AncestorsOf, ChildrenOf, LightsLedBy, LoadOf, PathOf, Recall, shared},
    page::{self, Args, Conn, LARGEST_PAGE},
    quick::Quick,
    ready::ready,
    report::rates::{ReportingRate, rates_of},
    scalars::{Date, Period},
    task::{Task, list_tasks},
};

/// A responsible unit: department, institution, municipal or county association (部门/单位).
#[derive(Debug, Clone, Description)]
pub struct Department(pub Arc<domain::Department>);

impl From<domain::Department> for Department {
    fn from(one: domain::Department) -> Self {
        Self(Arc::new(one))
    }
}

/// A place on the tile map, counted from 1.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub struct Tile {
    /// From the left.
    column: i32,
    /// From the top.
    row: i32,
}

/// Which departments a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct DepartmentFilter {
    /// Of these kinds.
    kind: Option<Vec<DepartmentKind>>,
    /// Directly below this one, by id or code.
    parent: Option<ID>,
    /// All words occur in code or names.
    text: Option<String>,
}

/// The department that an argument names.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_department(
    ctx: &Context<'_>,
    id: &ID,
) -> Result<Option<Arc<domain::Department>>, Fault> {
    let request = request(ctx);
    match named(Kind::Department, id) {
        Named::Key(key) => Ok(request.load(DepartmentId(key)).await?),
        Named::Code(code) => {
            let db = request.app.store().read();
            let found = || shared(departments::find_by_code_at(db, &request.scope, &code));
            let asked = Recall::DepartmentOf(code.clone());
            Ok(request.loaders().recalled(asked, found).await?)
        }
    }
}

/// A page of the departments that the filter lets through.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_departments(
    ctx: &Context<'_>,
    args: Args,
    filter: Option<DepartmentFilter>,
) -> Result<Conn<Department>, Fault> {
    let window = args.window(ctx, "departments", LARGEST_PAGE)?;
    let filter = filter.unwrap_or_default();
    let parent = match &filter.parent {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let wanted = StoredFilter {
        kinds: filter
            .kind
            .unwrap_or_default()
            .into_iter()
            .map(Into::into)
            .collect(),
        parent,
        text: filter.text,
    };
    let request = request(ctx);
    let db = request.app.store().read();
    let asked = Recall::Departments(wanted.clone(), window.clone());
    let found = || shared(departments::list(db, &request.scope, &wanted, &window));
    let found = request.loaders().recalled(asked, found).await?;
    Ok(page::connection(
        "departments",
        found.map(Department),
        |one| departments::key_of(&one.0),
    ))
}

#[expect(
    clippy::too_many_arguments,
    reason = "a connection has four arguments of its own"
)]
#[Object(use_type_description)]
impl Department {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// The code that people know: `XXB`, `410100`.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// Full name.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Short name, as used in tables.
    fn short_name(&self) -> &str {
        &self.0.short_name
    }

    /// Further names that documents use for it.
    fn other_names(&self) -> &[String] {
        &self.0.other_names
    }

    /// What kind of unit it is.
    fn kind(&self) -> DepartmentKind {
        self.0.kind.into()
    }

    /// Its place on the tile map, where it has one.
    async fn tile(&self) -> Option<Quick<Tile>> {
        self.0.tile.map(|tile| {
            Quick(Tile {
                column: tile.column.into(),
                row: tile.row.into(),
            })
        })
    }

    /// Order among its siblings.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Whether it is one of the venues (科技馆), today or on the day that is read: those are asked for the
    /// figures of metrics whose level is VENUE.
    async fn is_venue(&self, ctx: &Context<'_>) -> bool {
        let day = official_day(request(ctx).moment());
        self.0.venue.is_some_and(|life| life.holds(day))
    }

    /// First day as a venue, where it is or was one.
    fn venue_from(&self) -> Option<Date> {
        self.0.venue.map(|life| Date(life.from))
    }

    /// Last day as a venue, where it is none any more.
    fn venue_to(&self) -> Option<Date> {
        self.0.venue.and_then(|life| life.to).map(Date)
    }

    /// Whether the caller may add units below it, move it, and say whether it is a venue.
    async fn viewer_can_manage(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let who = request.principal()?;
        if !who.holds(Permission::DepartmentManage) {
            return Ok(false);
        }
        let path = request.load(PathOf(self.0.id)).await?;
        let place = Place(path.unwrap_or_default());
        Ok(authorize(who, Permission::DepartmentManage, &place).is_ok())
    }

    /// First day of its existence.
    fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }

    /// Last day, where it was dissolved or merged.
    fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Changes so far, from 1.
    fn version(&self) -> i32 {
        self.0.version
    }

    /// The unit above, today or on the day that is read.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Department, Fault>> {
        let parent = self.0.parent?;
        request(ctx)
            .loader
            .load_one(parent)
            .await
            .map_err(Fault::from)
            .transpose()
            .map(|found| found.map(Department))
    }

    /// The units above, the nearest first.
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Vec<Department>, Fault> {
        let loader = &request(ctx).loader;
        let above = loader
            .load_one(AncestorsOf(self.0.id))
            .await?
            .unwrap_or_default();
        let found = loader.load_many(above.iter().copied()).await?;
        Ok(above
            .iter()
            .filter_map(|id| found.get(id).cloned().map(Department))
            .collect())
    }

    /// The units directly below, in their order.
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Conn<Department>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let below = request(ctx)
            .load(ChildrenOf(self.0.id))
            .await?
            .unwrap_or_default();
        let rows = below.into_iter().map(Department).collect();
        page::slice(&args, "children", rows, LARGEST_PAGE)
    }

    /// How many units are directly below.
    async fn child_count(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        let below = request(ctx)
            .load(ChildrenOf(self.0.id))
            .await?
            .unwrap_or_default();
        Ok(i32::try_from(below.len()).unwrap_or(i32::MAX))
    }

    /// The tasks that it leads or supports, the newest plan first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "In this role only.")] role: Option<AssignmentRole>,
    ) -> Result<Conn<Task>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let filter = TaskFilter {
            department: Some(self.0.id),
            role: role.map(Into::into),
            ..TaskFilter::default()
        };
        list_tasks(ctx, args, &filter, TaskOrder::default()).await
    }

    /// How its reports came in over the last months, the newest first, with everything below it that
    /// the caller may read.
    async fn reporting_rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many months, at most 36.", default = 12)] months: i32,
        #[graphql(desc = "The last month; the one that takes reports now when left out.")]
        until: Option<Period>,
    ) -> Option<Result<Vec<ReportingRate>, Fault>> {
        if let Err(fault) = request(ctx).reveal("Department", "reportingRates") {
            return Some(Err(fault));
        }
        rates_of(ctx, self.0.id, months, until).await.transpose()
    }

    /// The tasks that it leads, by the light that they show.
    async fn by_light(&self, ctx: &Context<'_>) -> Result<Vec<LightCount>, Fault> {
        let loader = &request(ctx).loader;
        let lights = loader.load_one(LightsLedBy(self.0.id)).await?;
        Ok(light::counts(lights.iter().flatten()))
    }

    /// How many tasks it leads.
    async fn lead_count(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        let load = request(ctx)
            .loader
            .load_one(LoadOf(self.0.id))
            .await?
            .unwrap_or_default();
        Ok(i32::try_from(load.lead).unwrap_or(i32::MAX))
    }

    /// How many tasks it supports.
    async fn support_count(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        let load = request(ctx)
            .loader
            .load_one(LoadOf(self.0.id))
            .await?
            .unwrap_or_default();
        Ok(i32::try_from(load.support).unwrap_or(i32::MAX))
    }
}

impl Department {
    fn global_id(&self) -> ID {
        global(Kind::Department, self.0.id.0)
    }
}

ready!(Department, by global_id {
    code,
    name,
    short_name,
    other_names,
    kind,
    position,
    venue_from,
    venue_to,
    valid_from,
    valid_to,
    version
});
