//! The least that a server can do: `cargo bench -p duban-tests --bench plain -- FOLDER [ADDRESS]`.
//!
//! A plain axum handler that takes a POST and answers the bytes of a file of that folder, named by the path,
//! as JSON. `tests/peers` measures Duban beside it. Says where it listens; port 0, unless told otherwise, is
//! any that is free.

use std::{collections::HashMap, env, error::Error, fs, io, io::Write, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::post,
};
use tokio::net::TcpListener;

/// The answers by their names.
type Answers = Arc<HashMap<String, Bytes>>;

const JSON: &str = "application/json; charset=utf-8";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1).filter(|word| word != "--bench");
    let folder = words.next().ok_or("which folder?")?;
    let address = words.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let app = Router::new()
        .route("/{name}", post(answer))
        .with_state(read(&folder)?);
    let listener = TcpListener::bind(address).await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    axum::serve(listener, app).await?;
    Ok(())
}

fn read(folder: &str) -> io::Result<Answers> {
    let mut answers = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        answers.insert(name, Bytes::from(fs::read(entry.path())?));
    }
    Ok(Arc::new(answers))
}

/// Reads what was sent and answers the same bytes whatever that was.
async fn answer(State(all): State<Answers>, Path(name): Path<String>, _sent: Bytes) -> Response {
    match all.get(&name) {
        Some(bytes) => ([(CONTENT_TYPE, JSON)], bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
