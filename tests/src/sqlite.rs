//! SQLite: a test gets a copy of a file that is filled once for each build of the tests.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, Database};

use crate::{database::Content, template};

const PREFIX: &str = "duban-tests-";

/// The address of a file.
pub fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// Puts a database with this content at a path.
pub async fn copy(content: Content, to: &Path) {
    let name = match content {
        Content::Nothing => return,
        Content::Organisation => "organisation.db",
        Content::Plan2025 => "plan.db",
    };
    let folder = std::env::temp_dir().join(format!("{PREFIX}{}", template::key()));
    let template = folder.join(name);
    if !template.exists() {
        make(&folder).await;
    }
    fs::copy(&template, to).expect("a copy of the template");
}

/// Fills the templates, unless another process did so while this one waited.
async fn make(folder: &Path) {
    fs::create_dir_all(folder).expect("the folder of the templates");
    let lock = File::create(folder.join("lock")).expect("the lock of the templates");
    lock.lock().expect("the lock of the templates");
    let (organisation, plan) = (folder.join("organisation.db"), folder.join("plan.db"));
    if organisation.exists() && plan.exists() {
        return;
    }
    sweep(folder);
    let working = tempfile::tempdir().expect("a temporary folder");
    let database = working.path().join("making.db");
    template::fill_organisation(&url(&database), working.path()).await;
    snapshot(&database, &organisation).await;
    template::fill_plan(&url(&database), working.path()).await;
    snapshot(&database, &plan).await;
}

/// One whole file of a database, whatever its journal holds; there at once or not at all.
async fn snapshot(database: &Path, to: &Path) {
    let part = to.with_extension("part");
    fs::remove_file(&part).ok();
    let db = Database::connect(url(database))
        .await
        .expect("the template");
    db.execute_unprepared(&format!("VACUUM INTO '{}'", part.display()))
        .await
        .expect("a snapshot of the template");
    db.close().await.expect("the end of a connection");
    fs::rename(&part, to).expect("the snapshot in its place");
}

/// Removes the templates of builds that are long gone.
fn sweep(own: &Path) {
    let stale = |path: &PathBuf| {
        let age = path.metadata().and_then(|about| about.modified());
        age.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > template::STALE))
    };
    let folders = fs::read_dir(std::env::temp_dir()).into_iter().flatten();
    folders
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        .map(|entry| entry.path())
        .filter(|path| path != own && stale(path))
        .for_each(|path| {
            fs::remove_dir_all(path).ok();
        });
}
