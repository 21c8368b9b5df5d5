//! Any bytes as a spreadsheet: cells in order and within limits, or an error; any cells as a form.
#![no_main]

use duban_documents::{
    read::{Limits, read_sheets},
    sheet::{Form, Mapping, SignedStamp},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_unpacked: 8 * 1024 * 1024,
        max_text: 4 * 1024 * 1024,
        max_cells: 100_000,
        ..Limits::default()
    };
    let Ok(book) = read_sheets(bytes, &limits) else {
        return;
    };
    let _ = SignedStamp::find(&book);
    for sheet in &book.sheets {
        assert!(
            sheet
                .rows
                .is_sorted_by(|one, next| one.number < next.number)
        );
        for row in &sheet.rows {
            assert!(row.cells.is_sorted_by(|one, next| one.column < next.column));
        }
        for entry in Form::read(sheet, &Mapping::default()).entries {
            let (said, findings) = entry.said("场");
            assert!(said.is_some() || !findings.is_empty());
        }
    }
});
