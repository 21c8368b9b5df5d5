//! Prints what the plan reader finds in a file: `plan_of FILE [--json] [--register]`.

use std::{env, error::Error, fs, io::Write};

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
    testing::sheet_of,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, options @ ..] = arguments.as_slice() else {
        return Err("usage: plan_of FILE [--json] [--register]".into());
    };
    let source = read(file, &fs::read(file)?, &Limits::default())?;
    let register = if options.iter().any(|one| one == "--register") {
        let other_names = vec!["科普部".to_owned()];
        DepartmentRegister::new([("科学技术普及部".to_owned(), other_names)])
    } else {
        DepartmentRegister::default()
    };
    let draft = parse(&source, &register)?;
    let mut out = std::io::stdout().lock();
    if options.iter().any(|one| one == "--json") {
        serde_json::to_writer_pretty(&mut out, &draft)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", sheet_of(&draft))?;
    }
    Ok(())
}
