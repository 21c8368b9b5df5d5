//! English: spreadsheets.

/// Patterns by code.
pub(super) const PATTERNS: &[(&str, &str)] = &[
    (
        "EXPORT_TOO_LARGE",
        "{rows} rows are too many; at most {most} go into one export. Narrow it down.",
    ),
    (
        "FIGURE_APPROXIMATE",
        "“{value}” is approximate. Write the exact figure.",
    ),
    (
        "FIGURE_EXPONENT",
        "“{value}” is in scientific notation. Write the figure out.",
    ),
    (
        "FIGURE_GROUPING",
        "The thousands of “{value}” are parted in the wrong places. Check it.",
    ),
    (
        "FIGURE_UNIT_DIFFERS",
        "The figure is in “{found}”, and the metric counts in “{unit}”. Write it in that unit.",
    ),
    ("FORMAT_UNKNOWN", "The format is xlsx, csv or csv-gb18030."),
    (
        "IMPORTS_TOO_MANY",
        "{most} large files of yours are being taken. Wait until one of them is done.",
    ),
    (
        "IMPORT_SENDER_GONE",
        "The account of the sender is disabled, so the rest was not taken. Somebody with the right must send it again.",
    ),
    (
        "IMPORT_TOKEN_ENDED",
        "The token that the file was sent with has ended or was taken back, so the rest was not taken. Send it again with one that is in force.",
    ),
    ("PLAN_MISSING", "Say which plan with the parameter plan."),
    (
        "QUERY_MALFORMED",
        "The parameters of the address are malformed.",
    ),
    (
        "SHEET_BLANK_KEEPS",
        "The cell is blank, so what was said stays. If nothing happened, write 0.",
    ),
    (
        "SHEET_CODE_MISSING",
        "The row has figures and no code of a metric. Add the code.",
    ),
    (
        "SHEET_DATE_FOR_FIGURE",
        "The cell holds a date. Set its format to General or Text and type the figure again.",
    ),
    (
        "SHEET_DEPARTMENT_UNKNOWN",
        "“{department}” is neither the unit of the form nor one below it. Write its code, such as 410102.",
    ),
    (
        "SHEET_DOUBLE_COLUMN",
        "Two columns hold the same field ({field}). Keep one.",
    ),
    (
        "SHEET_DOUBLE_ROW",
        "The metric stands in row {row} already. Keep one row.",
    ),
    (
        "SHEET_EVIDENCE_ASKED",
        "This metric asks for evidence, and a spreadsheet carries no files. The figure is kept as a draft; attach the files on the page of monthly reports and submit it there.",
    ),
    (
        "SHEET_FIGURE_MISSING",
        "There is a base or a list of things, and no figure. Add it.",
    ),
    (
        "SHEET_FIGURE_WHERE_NOT_APPLICABLE",
        "The row says “not applicable” and a figure. Keep one of them.",
    ),
    (
        "SHEET_FORMULA",
        "A formula stands here; the {value} that it showed was taken. Please check it.",
    ),
    (
        "SHEET_FORMULA_BROKEN",
        "The formula has no result ({error}). Type the figure.",
    ),
    (
        "SHEET_HAS_ERRORS",
        "There are {rows} errors, and nothing was taken. Mend them and send the file again, or take the good rows only.",
    ),
    (
        "SHEET_MERGED",
        "The cell is merged with others, so its row is unclear. Unmerge it.",
    ),
    (
        "SHEET_METRIC_UNKNOWN",
        "There is no metric with the code “{metric}”, or you may not see it.",
    ),
    (
        "SHEET_NOTHING_MEANT",
        "A dash or “none” says nothing. Write 0 if nothing happened, or mark the row as not applicable.",
    ),
    (
        "SHEET_NOTHING_NEW",
        "The file says nothing new: its rows are blank or say what is said already.",
    ),
    (
        "SHEET_NOT_A_VERSION",
        "“{value}” is no version. Leave that column as it is.",
    ),
    (
        "SHEET_NOT_A_WORKBOOK",
        "The file is named .xlsx but holds no workbook. Save it as .xlsx in a spreadsheet program, or name a table in text .csv.",
    ),
    (
        "SHEET_NOT_YES_OR_NO",
        "“{value}” is neither yes nor no. Choose from the list.",
    ),
    (
        "SHEET_NO_HEADER",
        "No headings were found. The table needs a column of metric codes and one of figures.",
    ),
    (
        "SHEET_OTHER_PERIOD",
        "The file is about {period}, and {asked} was chosen. Check both.",
    ),
    (
        "SHEET_OTHER_UNIT",
        "The file is of the unit {unit}, and {asked} was chosen. Check both.",
    ),
    (
        "SHEET_PLAN_CHANGED",
        "The metrics have changed since the form was downloaded. Download it again.",
    ),
    (
        "SHEET_ROW_CHANGED",
        "The figure has changed since the form was downloaded. Download it again and look at the new one.",
    ),
    (
        "SHEET_ROW_HIDDEN",
        "The row is hidden. Show it, look at it and send the file again.",
    ),
    (
        "SHEET_STAMP_DAMAGED",
        "The stamp of the form is damaged. Download the form again.",
    ),
    (
        "SHEET_STAMP_FORGED",
        "The stamp is not the one that this installation gave the form. Download the form again.",
    ),
    (
        "SHEET_TOO_MANY_ROWS",
        "There are {rows} rows; at most {most} go at once. Take it in as a large file on the page of spreadsheets, or split it by unit.",
    ),
    (
        "SHEET_UNDONE_ALREADY",
        "The spreadsheet was taken back already.",
    ),
    (
        "SHEET_UNDO_VERIFIED",
        "{rows} of its figures are verified, so it cannot be taken back as a whole. Correct them one by one.",
    ),
    (
        "SHEET_UNKNOWN_COLUMN",
        "The column “{header}” is not known and was left out. Say what it means if it matters.",
    ),
    (
        "SHEET_UPLOAD_UNKNOWN",
        "The uploaded file is not there; it may be older than a day. Upload it again.",
    ),
    (
        "SHEET_VALUE_AND_TOTAL",
        "Give the figure of the month or the running total; the other is derived.",
    ),
    (
        "UPLOAD_BYTES_FULL",
        "Your uploads take {kept} MiB, and with this one they would take more than {most} MiB. Uploads are kept for a day; send it later.",
    ),
    (
        "UPLOAD_FILES_FULL",
        "You have {kept} uploads and may keep {most} at once. Uploads are kept for a day; send it later.",
    ),
];
