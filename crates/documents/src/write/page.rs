//! The look that our workbooks share: fonts, paper, headings on each page.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};
use time::Date;

use super::WriteError;

const BODY_FONT: &str = "宋体";
const HEAD_FONT: &str = "黑体";

/// A3 in the numbering of office programs.
const A3: u8 = 8;

/// A workbook that is made on a day, so that the same content gives the same bytes.
pub(super) fn workbook(title: &str, made_on: Date) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    let year = u16::try_from(made_on.year()).unwrap_or(1900);
    let day = ExcelDateTime::from_ymd(year, u8::from(made_on.month()), made_on.day())?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&day),
    );
    Ok(workbook)
}

/// The title over a table.
pub(super) fn title() -> Format {
    Format::new()
        .set_font_name(HEAD_FONT)
        .set_font_size(18)
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// A line of small print under the title.
pub(super) fn remark() -> Format {
    Format::new()
        .set_font_name(BODY_FONT)
        .set_font_size(10)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// The heading of a column.
pub(super) fn heading() -> Format {
    cell()
        .set_font_name(HEAD_FONT)
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0x00DD_E6F0))
}

/// A cell of the table.
pub(super) fn cell() -> Format {
    Format::new()
        .set_font_name(BODY_FONT)
        .set_font_size(10)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x0080_8080))
}

/// Sets a sheet up for A3 across, one page wide, its first rows on each page.
pub(super) fn print(
    sheet: &mut Worksheet,
    header: u32,
    (last_row, last_column): (u32, u16),
) -> Result<(), WriteError> {
    sheet
        .set_paper_size(A3)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C— &P —&R共 &N 页")
        .set_repeat_rows(0, header)?
        .set_print_area(0, 0, last_row, last_column)?
        .set_freeze_panes(header.saturating_add(1), 1)?;
    Ok(())
}

/// A number of rows or columns as the writer of workbooks counts them.
pub(super) fn row_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The column of an index.
pub(super) fn column_number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
