//! Writes a form, a ledger, an error workbook and CSV into a folder, to be looked at in office programs.

use std::{env, error::Error, fs, path::PathBuf};

use duban_documents::{
    read::{Limits, read_sheets},
    sheet::{Address, Saying, Severity, SignedStamp, Stamp},
    write::{
        Charset, Ledger, LedgerRow, Needs, Template, TemplateRow, Told, csv, errors, ledger,
        template,
    },
};
use duban_domain::light::Colour;
use time::macros::date;

#[expect(clippy::too_many_lines, reason = "samples, one after the other")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("usage: sheets_of FOLDER")?);
    let row = |metric: &str, name: &str, needs| TemplateRow {
        metric: metric.to_owned(),
        department: String::new(),
        task: "组建科普专家服务团".to_owned(),
        name: name.to_owned(),
        unit: "场".to_owned(),
        target: "不少于 10000 场".to_owned(),
        year_so_far: "1250".parse().ok(),
        said: Saying::Nothing,
        reason: None,
        version: 0,
        needs,
    };
    let form = Template {
        title: "某市科协 2025年3月 填报表".to_owned(),
        remark: "请于4月9日前填报。没有发生填 0，空白表示未报。".to_owned(),
        made_on: date!(2025 - 04 - 01),
        rows: vec![
            row("2025-19-M2", "科普活动场次", Needs::Figure),
            row("2025-19-M1", "服务团专家", Needs::Things),
            row("2025-13-M1", "科学素质公民比例", Needs::Base),
        ],
        stamp: Stamp {
            department: "410100".to_owned(),
            period: "2025-03".to_owned(),
            plan: "2025".to_owned(),
            rows: vec![("2025-19-M2".to_owned(), "410100".to_owned(), 0)],
        },
    };
    let bytes = template(&form, |_| vec![0; 32])?;
    fs::write(folder.join("form.xlsx"), &bytes)?;
    let table = form.table();
    for (name, charset) in [
        ("form.csv", Charset::Utf8),
        ("form-gb.csv", Charset::Gb18030),
    ] {
        fs::write(folder.join(name), csv(&form.header(), &table, charset)?)?;
    }
    let upload = read_sheets(&bytes, &Limits::default())?;
    let told = Told {
        at: Some(Address { row: 4, column: 6 }),
        severity: Severity::Error,
        code: "FIGURE_APPROXIMATE".to_owned(),
        message: "请填确切的数。".to_owned(),
    };
    let sheet = upload.sheets.first().ok_or("no sheet")?;
    let stamp = SignedStamp::find(&upload)?;
    let bytes = errors(sheet, &[told], stamp.as_ref(), form.made_on)?;
    fs::write(folder.join("errors.xlsx"), bytes)?;
    let bytes = ledger(&Ledger {
        title: "2025年督办台账".to_owned(),
        remark: "截至2025年4月1日".to_owned(),
        made_on: form.made_on,
        rows: vec![LedgerRow {
            code: "2025-19".to_owned(),
            content: "组建科普专家服务团".to_owned(),
            light: Some(Colour::Yellow),
            cumulative: "1250".parse().ok(),
            ..LedgerRow::default()
        }],
    })?;
    fs::write(folder.join("ledger.xlsx"), bytes)?;
    Ok(())
}
