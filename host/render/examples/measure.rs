//! What rendering takes: the start of an engine with a page, and pages whose state is new each time.
//! `cargo run --release -p ferroflex-render --example measure`
//!
//! Not here: the server around it (`ferroflex-bench render`).

use std::{
    error::Error,
    io::{Write as _, stdout},
    sync::Arc,
    time::Instant,
};

use ferroflex_render::Renderer;
use serde_json::{Value as Json, json};

#[path = "../tests/pages/site.rs"]
mod site;

use site::{Site, description};

/// Renders of each page, each with another state.
const TIMES: usize = 101;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let renderer = Renderer::start()?;
    let rows = |count: usize, turn: usize| {
        let row = |id| json!({"id": id, "name": format!("row {id}"), "city": turn});
        json!([[(0..count).map(row).collect::<Vec<_>>()]])
    };
    measure(&renderer, "/counter.js", |turn| json!([[turn]])).await?;
    measure(&renderer, "/table.js", |turn| rows(100, turn)).await
}

async fn measure(
    renderer: &Renderer,
    page: &str,
    state: impl Fn(usize) -> Json,
) -> Result<(), Box<dyn Error>> {
    let app = renderer.app(Arc::new(Site::new()));
    let begun = Instant::now();
    let html = app.prepare(page, description(&state(TIMES))).await?;
    let first_ms = begun.elapsed().as_secs_f64() * 1000.0;
    let mut found = Vec::with_capacity(TIMES);
    for turn in 0..TIMES {
        let description = description(&state(turn));
        let begun = Instant::now();
        app.prepare(page, description).await?;
        found.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    found.sort_by(f64::total_cmp);
    let (median, best) = (found[TIMES / 2], found[0]);
    writeln!(
        stdout(),
        "{page}: engine, modules and first page {first_ms:.0} ms; then median {median:.2} ms, best \
         {best:.2} ms; {} bytes of HTML",
        html.len()
    )?;
    Ok(())
}
