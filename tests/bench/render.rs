//! What pages rendered by the server cost: their requests once they are kept, those with a state that
//! nobody had before, and beside them those of a small file.
//!
//! Not here: what rendering itself takes, which is measured without a server between
//! (`host/render/examples/measure.rs`).

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::ferroflex::{FerroflexLink, FerroflexSite, binary};
use crate::scenario::Call;
use crate::startup::{Running, start};

/// How long a page may take until it is kept.
const READY_MAX: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// What the description of a rendered page has.
const RENDERED: &str = "\"rendered\":true";
/// The state whose handler is called.
const STATE: &str = "CounterState";

/// What is started, and how many requests are made.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The Ferroflex binary; without it the one beside this program
    #[arg(long, default_value_os_t = binary(), hide_default_value = true)]
    server: PathBuf,
    /// The app, with the state of apps/counter.py
    #[arg(default_value = "apps/counter.py")]
    app: PathBuf,
    /// How many requests of each kind
    #[arg(long, default_value_t = 1_000)]
    times: usize,
    /// How many of them with a state that is rendered for the first time
    #[arg(long, default_value_t = 200)]
    states: u64,
}

/// The figures, in milliseconds.
#[derive(Debug, Serialize)]
pub(crate) struct Rendered {
    app: PathBuf,
    html_bytes: usize,
    milliseconds_until_kept: f64,
    milliseconds_page: f64,
    milliseconds_new_state: f64,
    milliseconds_file: f64,
}

/// Starts the binary, waits until the front page is kept, and asks for it again and again.
pub(crate) async fn render(options: &Options) -> Result<Rendered> {
    let (running, url) = start(&options.server, &options.app)?;
    let began = Instant::now();
    let agent = ureq::Agent::new_with_defaults();
    let page = format!("{url}/");
    let html_bytes = wait_until_rendered(&agent, &page)?;
    let milliseconds_until_kept = milliseconds(began);
    let milliseconds_page = median(&agent, &page, options.times)?;
    let milliseconds_new_state = new_states(&agent, &url, options.states).await?;
    let file = format!("{url}/_app/names.json");
    let milliseconds_file = median(&agent, &file, options.times)?;
    drop::<Running>(running);
    Ok(Rendered {
        app: options.app.clone(),
        html_bytes,
        milliseconds_until_kept,
        milliseconds_page,
        milliseconds_new_state,
        milliseconds_file,
    })
}

/// The figures for a person.
pub(crate) fn table(figures: &Rendered) -> String {
    format!(
        "{}: {} bytes of HTML, kept {:.0} ms after the start; a request for the page {:.3} ms, \
         with a state that nobody had before {:.3} ms, for a small file {:.3} ms (medians)\n",
        figures.app.display(),
        figures.html_bytes,
        figures.milliseconds_until_kept,
        figures.milliseconds_page,
        figures.milliseconds_new_state,
        figures.milliseconds_file
    )
}

fn wait_until_rendered(agent: &ureq::Agent, url: &str) -> Result<usize> {
    let deadline = Instant::now() + READY_MAX;
    while Instant::now() < deadline {
        let page = text(agent, url)?;
        if page.contains(RENDERED) {
            return Ok(page.len());
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
    bail!("{url} is not rendered after {} s", READY_MAX.as_secs())
}

fn median(agent: &ureq::Agent, url: &str, times: usize) -> Result<f64> {
    let mut found = Vec::with_capacity(times);
    for _ in 0..times.max(1) {
        let began = Instant::now();
        text(agent, url)?;
        found.push(milliseconds(began));
    }
    Ok(middle(found))
}

/// Counts in one session, and has its page reloaded after each step.
async fn new_states(agent: &ureq::Agent, url: &str, states: u64) -> Result<f64> {
    let site = FerroflexSite::fetch(url).await?;
    let mut link = FerroflexLink::open(&site, STATE).await?;
    let cookies = link.cookies()?;
    let mut found = Vec::new();
    for count in 1..=states.max(1) {
        let call = Call {
            handler: "increment",
            arguments: Vec::new(),
            effect: Some(json!(count)),
        };
        link.call(&call).await?;
        let began = Instant::now();
        let request = agent.get(format!("{url}/")).header("cookie", &cookies);
        let page = request.call()?.body_mut().read_to_string()?;
        found.push(milliseconds(began));
        ensure!(page.contains(RENDERED), "a page was left to the browser");
        ensure!(
            page.contains(&format!(">{count}<")),
            "the page does not show {count}"
        );
    }
    Ok(middle(found))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// The median.
fn middle(mut found: Vec<f64>) -> f64 {
    found.sort_by(f64::total_cmp);
    found[found.len() / 2]
}

fn text(agent: &ureq::Agent, url: &str) -> Result<String> {
    Ok(agent.get(url).call()?.body_mut().read_to_string()?)
}
