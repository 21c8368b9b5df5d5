//! The form of a unit for a period (填报表): a row for each metric, only what is asked can be typed.

use duban_domain::quantity::Figure;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, Formula, ProtectionOptions, Workbook,
    Worksheet,
};
use time::Date;

use super::{Content, WriteError, content::put_text, page};
use crate::sheet::{Field, Saying, Stamp, stamp_rows, things_cell};

/// The row of the headings, from 0.
const HEADER: u32 = 2;

/// The columns, as they stand.
const COLUMNS: [(Field, u8); 13] = [
    (Field::Metric, 15),
    (Field::Task, 30),
    (Field::Name, 30),
    (Field::Unit, 9),
    (Field::Target, 16),
    (Field::YearSoFar, 15),
    (Field::Value, 14),
    (Field::RunningTotal, 14),
    (Field::Base, 12),
    (Field::Things, 30),
    (Field::NotApplicable, 9),
    (Field::Reason, 24),
    (Field::Version, 7),
];

/// A form to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What stands over the table.
    pub title: String,
    /// How to fill it, and until when.
    pub remark: String,
    /// The day on which it is made.
    pub made_on: Date,
    /// Its rows.
    pub rows: Vec<TemplateRow>,
    /// From what it is made.
    pub stamp: Stamp,
}

/// A row: one metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// The code of the metric.
    pub metric: String,
    /// The unit that is asked, by code and name; empty where the form is of one unit alone.
    pub department: String,
    /// The task, in words.
    pub task: String,
    /// What is counted.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Comparator and target, in words.
    pub target: String,
    /// What the earlier months of the year add up to.
    pub year_so_far: Option<Figure>,
    /// What was said of the period already.
    pub said: Saying,
    /// The reason that was given.
    pub reason: Option<String>,
    /// The newest revision; 0 where there is none.
    pub version: i32,
    /// What the metric asks for besides the figure.
    pub needs: Needs,
}

/// What a metric asks for besides the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Figure,
    /// A denominator or weight.
    Base,
    /// The things counted.
    Things,
}

impl Template {
    /// The columns as they stand: the units first where the form is of several.
    fn columns(&self) -> Vec<(Field, u8)> {
        let has_units = self.rows.iter().any(|row| !row.department.is_empty());
        let units = has_units.then_some((Field::Department, 20));
        units.into_iter().chain(COLUMNS).collect()
    }

    fn column_of(&self, field: Field) -> u16 {
        let columns = self.columns();
        let at = columns.iter().position(|(one, _)| *one == field);
        page::column_number(at.unwrap_or_default())
    }

    /// The headings, for CSV.
    #[must_use]
    pub fn header(&self) -> Vec<&'static str> {
        let columns = self.columns().into_iter();
        columns.map(|(field, _)| field.title()).collect()
    }

    /// The rows as they stand in the table.
    #[must_use]
    pub fn table(&self) -> Vec<Vec<Content>> {
        let columns = self.columns();
        let cells = |row: &TemplateRow| columns.iter().map(|one| row.content(one.0)).collect();
        self.rows.iter().map(cells).collect()
    }
}

impl TemplateRow {
    fn content(&self, field: Field) -> Content {
        let (value, total, base, things) = match &self.said {
            Saying::Nothing | Saying::NotApplicable => (None, None, None, [].as_slice()),
            Saying::RunningTotal(total) => (None, Some(*total), None, [].as_slice()),
            Saying::OfPeriod {
                value,
                base,
                things,
            } => (*value, None, *base, things.as_slice()),
        };
        match field {
            Field::Metric => Content::text(&self.metric),
            Field::Task => Content::text(&self.task),
            Field::Name => Content::text(&self.name),
            Field::Unit => Content::text(&self.unit),
            Field::Target => Content::text(&self.target),
            Field::YearSoFar => Content::figure(self.year_so_far),
            Field::Value => Content::figure(value),
            Field::RunningTotal => Content::figure(total),
            Field::Base => Content::figure(base),
            Field::Things => Content::text(&things_cell(things)),
            Field::NotApplicable if self.said == Saying::NotApplicable => Content::text("是"),
            Field::Reason => Content::text(self.reason.as_deref().unwrap_or_default()),
            Field::Version => Content::text(&self.version.to_string()),
            Field::Department => Content::text(&self.department),
            Field::NotApplicable | Field::Period => Content::Empty,
        }
    }

    fn is_open(&self, field: Field) -> bool {
        match field {
            Field::Base => self.needs == Needs::Base,
            Field::Things => self.needs == Needs::Things,
            other => other.is_filled(),
        }
    }
}

/// Writes the form as a workbook; `sign` is given the bytes of the stamp and returns its signature.
///
/// # Errors
///
/// [`WriteError`], for a text that no cell holds.
pub fn template(
    form: &Template,
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Vec<u8>, WriteError> {
    let mut workbook = page::workbook(&form.title, form.made_on)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("填报")?;
    head(sheet, form)?;
    let (locked, open) = (
        page::cell().set_background_color(Color::RGB(0x00F2_F2F2)),
        page::cell().set_unlocked(),
    );
    let columns = form.columns();
    for (index, row) in form.rows.iter().enumerate() {
        let at = HEADER + 1 + page::row_number(index);
        for (column, (field, _)) in columns.iter().copied().enumerate() {
            let format = if row.is_open(field) { &open } else { &locked };
            let column = page::column_number(column);
            row.content(field).put(sheet, (at, column), format)?;
        }
    }
    let last = HEADER + page::row_number(form.rows.len()).max(1);
    checks(sheet, form, last)?;
    page::print(sheet, HEADER, (last, form.column_of(Field::Version)))?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    let payload = form.stamp.payload();
    stamp(&mut workbook, &payload, &sign(&payload))?;
    Ok(workbook.save_to_buffer()?)
}

fn head(sheet: &mut Worksheet, form: &Template) -> Result<(), WriteError> {
    let last = form.column_of(Field::Version);
    sheet.merge_range(0, 0, 0, last, "", &page::title())?;
    put_text(sheet, (0, 0), (&form.title, &page::title()))?;
    sheet.merge_range(1, 0, 1, last, "", &page::remark())?;
    put_text(sheet, (1, 0), (&form.remark, &page::remark()))?;
    sheet.set_row_height(0, 30)?.set_row_height(1, 32)?;
    sheet.set_row_height(HEADER, 30)?;
    for (column, (field, width)) in form.columns().into_iter().enumerate() {
        let column = page::column_number(column);
        sheet.set_column_width(column, width)?;
        let format = if field.is_filled() {
            page::heading().set_background_color(Color::RGB(0x00FF_F2CC))
        } else {
            page::heading()
        };
        put_text(sheet, (HEADER, column), (field.title(), &format))?;
    }
    Ok(())
}

/// The drop-down of 不适用, and what the office program says while one types.
fn checks(sheet: &mut Worksheet, form: &Template, last: u32) -> Result<(), WriteError> {
    let first = HEADER + 1;
    let column_of = |field| form.column_of(field);
    let (value, total) = (column_of(Field::Value), column_of(Field::RunningTotal));
    let yes_no = DataValidation::new()
        .allow_list_strings(&["是", "否"])?
        .set_error_title("不适用")?
        .set_error_message("请选“是”或“否”，或留空。")?;
    let column = column_of(Field::NotApplicable);
    sheet.add_data_validation(first, column, last, column, &yes_no)?;
    let row = first + 1;
    let letters = |column: u16| crate::sheet::Address::letters(u32::from(column));
    let (value_cell, total_cell) = (
        format!("{}{row}", letters(value)),
        format!("{}{row}", letters(total)),
    );
    let either = |own: &str, other: &str| {
        DataValidation::new()
            .allow_custom(Formula::new(format!("=OR(${own}=\"\",${other}=\"\")")))
            .set_error_style(DataValidationErrorStyle::Warning)
    };
    let one = either(&value_cell, &total_cell)
        .set_input_title("本月数")?
        .set_input_message("没有发生请填 0；空白表示未报。可写 1.2万、15%。")?
        .set_error_message("本月数和累计数只填一个。")?;
    sheet.add_data_validation(first, value, last, value, &one)?;
    let one = either(&value_cell, &total_cell)
        .set_input_title("累计数")?
        .set_input_message("填本年截至本月的累计，本月数由系统算出。")?
        .set_error_message("本月数和累计数只填一个。")?;
    sheet.add_data_validation(first, total, last, total, &one)?;
    let things = DataValidation::new()
        .allow_any_value()
        .set_input_title("计数对象")?
        .set_input_message("一行一个，或用顿号、分号隔开。")?;
    let column = column_of(Field::Things);
    sheet.add_data_validation(first, column, last, column, &things)?;
    Ok(())
}

/// Adds the hidden sheet with the stamp.
pub(super) fn stamp(
    workbook: &mut Workbook,
    payload: &[u8],
    signature: &[u8],
) -> Result<(), WriteError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(crate::sheet::STAMP_SHEET)?;
    for (index, text) in stamp_rows(payload, signature).iter().enumerate() {
        let cell = (page::row_number(index), 0);
        put_text(sheet, cell, (text, &Format::new()))?;
    }
    sheet.protect();
    sheet.set_very_hidden(true);
    Ok(())
}
