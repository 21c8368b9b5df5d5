//! What a file says: its findings, each on its cell, and its rows, old and new.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use duban_app::sheets::{Asked, Check, CheckedRow, Field, Finding, Mapping, RowOutcome, SheetFile};
use duban_domain::{
    ids::{DepartmentId, UploadId},
    measurement::{self as domain, Entry},
};
use uuid::Uuid;

use crate::{
    graphql::{
        context::{RequestContext, request},
        department::Department,
        error::Fault,
        measurement::enums::{MeasurementState, ReadingKind},
        metric::Metric,
        scalars::{Decimal, Period},
        user_error::{NamedFigure, named},
    },
    http::client::Language,
    wording,
};

/// Rows and findings of an answer; the workbook of `/sheets/errors` has all.
const SHOWN_MOST: usize = 1_000;

/// What a column holds.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_app::sheets::Field")]
pub enum SheetField {
    /// 指标编码.
    Metric,
    /// 任务.
    Task,
    /// 指标名称.
    Name,
    /// 计量单位.
    Unit,
    /// 目标.
    Target,
    /// 截至上月累计.
    YearSoFar,
    /// 本月数.
    Value,
    /// 累计数.
    RunningTotal,
    /// 基数: denominator or weight.
    Base,
    /// 计数对象.
    Things,
    /// 不适用.
    NotApplicable,
    /// 更正理由.
    Reason,
    /// 版本: the newest revision that was read.
    Version,
    /// 填报单位.
    Department,
    /// 填报月份.
    Period,
}

/// Whether a finding stops its row.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_app::sheets::Severity")]
pub enum SheetSeverity {
    /// Worth a look; the row can be taken.
    Warning,
    /// The row is not taken.
    Error,
}

/// What becomes of a row.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_app::sheets::RowOutcome")]
pub enum SheetRowOutcome {
    /// It changes what is said.
    Changes,
    /// It says what is said already, or nothing.
    Unchanged,
    /// It cannot be taken.
    Refused,
}

/// What a heading means, for files that are no forms of ours; remembered for the unit once the file is
/// taken.
#[derive(InputObject, Debug, Clone)]
pub struct SheetColumnInput {
    /// The heading, as it stands in the file.
    heading: String,
    /// What its column holds; left out where it means nothing here.
    field: Option<SheetField>,
}

/// A file and what it is about.
#[derive(InputObject, Debug, Clone)]
#[graphql(name = "PreviewMeasurementSheetInput")]
pub struct SheetInput {
    /// The file, as `POST /uploads` has named it.
    pub upload_id: String,
    /// The unit whose figures it has, with those below, by id or code.
    pub department: ID,
    /// The month.
    pub period: Period,
    /// What headings mean that are not known.
    pub columns: Option<Vec<SheetColumnInput>>,
}

impl SheetInput {
    /// The file, what it is about, and what its headings mean.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn read(
        self,
        request: &RequestContext,
    ) -> Result<(Asked, SheetFile, Option<Mapping>), Fault> {
        let departments = std::iter::once(&self.department);
        let known = request.department_keys(departments).await?;
        let department = known.get(&self.department);
        // An upload of nobody is not found, like one of somebody else.
        let upload = Uuid::try_parse(self.upload_id.trim()).unwrap_or(Uuid::nil());
        let columns = self.columns.map(|columns| {
            let mut mapping = Mapping::default();
            for one in columns {
                mapping.remember(&one.heading, one.field.map(Field::from));
            }
            mapping
        });
        let asked = Asked {
            department: department.unwrap_or(DepartmentId(Uuid::nil())),
            period: self.period.0,
        };
        Ok((asked, SheetFile::Upload(UploadId(upload)), columns))
    }
}

/// Something that is to be said about a cell or the file.
#[derive(SimpleObject, Debug, Clone)]
pub struct SheetFinding {
    /// The cell, such as `G12`; none where it is about the file.
    cell: Option<String>,
    /// The row of the cell, from 1.
    row: Option<i32>,
    /// Whether it stops its row.
    severity: SheetSeverity,
    /// The stable code.
    code: &'static str,
    /// A sentence in the caller's language that says what to mend.
    message: String,
    /// The figures of the sentence.
    figures: Vec<NamedFigure>,
}

impl SheetFinding {
    fn of(language: Language, finding: &Finding) -> Self {
        Self {
            cell: finding.at.map(|at| at.to_string()),
            row: finding.at.and_then(|at| i32::try_from(at.row).ok()),
            severity: finding.severity.into(),
            code: finding.code,
            message: wording::sentence(language, finding.code, &finding.figures),
            figures: named(&finding.figures),
        }
    }
}

/// What is said of a metric, before a file is taken or after.
#[derive(SimpleObject, Debug, Clone)]
pub struct SheetFigure {
    /// What it says.
    kind: ReadingKind,
    /// The figure of the month alone; none where the metric does not apply.
    value: Option<Decimal>,
    /// The denominator of a ratio, or the size by which a mean is weighted.
    base: Option<Decimal>,
    /// The things counted.
    things: Vec<String>,
    /// The running total that was typed, where the figure was derived from one.
    running_total: Option<Decimal>,
    /// Where it stands.
    state: MeasurementState,
    /// Its revision.
    revision: i32,
}

impl From<&domain::Measurement> for SheetFigure {
    fn from(one: &domain::Measurement) -> Self {
        let amount = one.reading.amount();
        let things = amount.map(|amount| amount.things.as_slice());
        let things = things.unwrap_or_default().iter();
        Self {
            kind: one.reading.kind().into(),
            value: amount.map(|amount| Decimal(amount.value)),
            base: amount.and_then(|amount| amount.base).map(Decimal),
            things: things.map(ToString::to_string).collect(),
            running_total: match one.entry {
                Entry::OfPeriod => None,
                Entry::RunningTotal(total) => Some(Decimal(total)),
            },
            state: one.state.into(),
            revision: one.revision,
        }
    }
}

/// A row of a file, old and new.
pub struct SheetRow {
    row: CheckedRow,
    language: Language,
}

/// A row of a file: what is said now, and what it would be.
#[Object]
impl SheetRow {
    /// Its number in the file, from 1.
    async fn row(&self) -> i32 {
        i32::try_from(self.row.row).unwrap_or(i32::MAX)
    }

    /// The code of the metric, as written.
    async fn metric_code(&self) -> &str {
        &self.row.code
    }

    /// The metric, where it is known to the caller.
    async fn metric(&self, ctx: &Context<'_>) -> Option<Result<Metric, Fault>> {
        let found = request(ctx).loader.load_one(self.row.metric?).await;
        let found = found.map(|found| found.map(Metric));
        found.map_err(Fault::from).transpose()
    }

    /// The unit, where it is known.
    async fn department(&self, ctx: &Context<'_>) -> Option<Result<Department, Fault>> {
        let found = request(ctx).loader.load_one(self.row.department?).await;
        let found = found.map(|found| found.map(Department));
        found.map_err(Fault::from).transpose()
    }

    /// What becomes of it.
    async fn outcome(&self) -> SheetRowOutcome {
        self.row.outcome.into()
    }

    /// What is said now.
    async fn before(&self) -> Option<SheetFigure> {
        self.row.before.as_ref().map(SheetFigure::from)
    }

    /// What is said once the row is taken.
    async fn after(&self) -> Option<SheetFigure> {
        self.row.after.as_ref().map(SheetFigure::from)
    }

    /// What is to be said about its cells.
    async fn findings(&self) -> Vec<SheetFinding> {
        let findings = self.row.findings.iter();
        findings
            .map(|one| SheetFinding::of(self.language, one))
            .collect()
    }
}

/// What a heading of a file was taken for.
#[derive(SimpleObject, Debug, Clone)]
pub struct SheetColumn {
    /// The heading, without blanks, marks and what stands in parentheses.
    heading: String,
    /// What its column holds; none where it means nothing here.
    field: Option<SheetField>,
}

/// What a file says, cell by cell and row by row.
#[derive(SimpleObject)]
pub struct MeasurementSheetCheck {
    /// Name of the file.
    file_name: String,
    /// SHA-256 of the file in lower-case hex.
    sha256: String,
    /// Whether it is a form of this installation for this unit and month, with its stamp whole.
    is_stamped: bool,
    /// Whether nothing of it can be taken, whatever its rows say.
    is_blocked: bool,
    /// How many rows change what is said.
    changed: usize,
    /// How many rows say what is said already.
    unchanged: usize,
    /// How many rows cannot be taken.
    refused: usize,
    /// What the headings were taken for.
    columns: Vec<SheetColumn>,
    /// Every finding in the order of the file, at most the first 1,000.
    findings: Vec<SheetFinding>,
    /// The rows that say anything, at most the first 1,000.
    rows: Vec<SheetRow>,
}

impl MeasurementSheetCheck {
    /// What a caller of that language is told.
    #[must_use]
    pub fn of(language: Language, check: Check) -> Self {
        let columns = check.mapping.0.iter();
        let findings = check.all_findings().take(SHOWN_MOST);
        Self {
            is_stamped: check.is_stamped,
            is_blocked: check.is_blocked(),
            changed: check.count(RowOutcome::Changes),
            unchanged: check.count(RowOutcome::Unchanged),
            refused: check.count(RowOutcome::Refused),
            columns: columns
                .map(|(heading, field)| SheetColumn {
                    heading: heading.clone(),
                    field: field.map(SheetField::from),
                })
                .collect(),
            findings: findings
                .map(|one| SheetFinding::of(language, one))
                .collect(),
            file_name: check.file_name,
            sha256: check.sha256,
            rows: check
                .rows
                .into_iter()
                .take(SHOWN_MOST)
                .map(|row| SheetRow { row, language })
                .collect(),
        }
    }
}
