//! Spreadsheets: what is written is read again, what is foreign is read exactly, what is hostile is refused.

mod foreign;
mod hostile;
mod mapping;
mod printed;
mod round_trip;

use std::io::{Cursor, Read};

use duban_documents::{
    read::{Limits, ReadError, read_sheets},
    sheet::{Book, Form, Mapping, Saying, Stamp},
    write::{Needs, Template, TemplateRow},
};
use duban_domain::quantity::Figure;
use time::macros::date;
use zip::ZipArchive;

fn book(bytes: &[u8]) -> Book {
    read_sheets(bytes, &Limits::default()).expect("the file is read")
}

fn refusal(bytes: &[u8]) -> ReadError {
    read_sheets(bytes, &Limits::default()).expect_err("the file is refused")
}

/// The first sheet of a file as a form.
fn form(bytes: &[u8]) -> Form {
    Form::read(&book(bytes).sheets[0], &Mapping::default())
}

fn figure(text: &str) -> Figure {
    text.parse().expect("a figure")
}

fn row(metric: &str, said: Saying) -> TemplateRow {
    let needs = match &said {
        Saying::OfPeriod { base: Some(_), .. } => Needs::Base,
        Saying::OfPeriod { things, .. } if !things.is_empty() => Needs::Things,
        _ => Needs::Figure,
    };
    TemplateRow {
        metric: metric.to_owned(),
        department: String::new(),
        task: "科普专家服务团".to_owned(),
        name: "科普活动场次".to_owned(),
        unit: "场".to_owned(),
        target: "不少于 10000 场".to_owned(),
        year_so_far: Some(figure("1250.5")),
        said,
        reason: None,
        version: 2,
        needs,
    }
}

fn template(rows: Vec<TemplateRow>) -> Template {
    let stamped = rows
        .iter()
        .map(|one| (one.metric.clone(), "hn-zz".to_owned(), one.version));
    Template {
        title: "某市科协 2025年3月 填报表".to_owned(),
        remark: "请于4月9日前填报。没有发生填 0，空白表示未报。".to_owned(),
        made_on: date!(2025 - 04 - 01),
        stamp: Stamp {
            department: "hn-zz".to_owned(),
            period: "2025-03".to_owned(),
            plan: "hncast-2025:7".to_owned(),
            rows: stamped.collect(),
        },
        rows,
    }
}

/// A part of a written workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut entry = archive.by_name(name).expect("the part is there");
    entry.read_to_string(&mut text).expect("the part is text");
    text
}

/// The codes of what is wrong with the only row, and what it says.
fn only(form: &Form, unit: &str) -> (Option<Saying>, Vec<(String, &'static str)>) {
    let (said, findings) = form.entries[0].said(unit);
    let told = findings.iter().map(|one| {
        let at = one.at.map(|at| at.to_string()).unwrap_or_default();
        (at, one.code)
    });
    (said, told.collect())
}
