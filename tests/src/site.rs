//! What a client reads of a served app before it connects: the page, and the table of names.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::socket::{Socket, get, get_as_browser};

/// What is read once from a served app.
#[derive(Debug, Clone)]
pub struct Site {
    /// Scheme and host, as a page's `Origin` header has them.
    pub origin: String,
    /// The address of the app's socket.
    pub socket_url: String,
    /// The build of the app.
    pub build: String,
    /// The hash of the state that the page is delivered with.
    pub hash: Value,
    /// The name that the browser was given with the page.
    pub browser: Option<String>,
    names: Names,
}

/// The JSON in the page's `<script id="ferroflex">`, as far as it is needed here.
#[derive(Deserialize)]
struct Page {
    build: String,
    #[serde(default)]
    hash: Value,
}

#[derive(Debug, Clone, Deserialize)]
struct Names {
    build: String,
    /// State classes, each with its fields.
    #[serde(default)]
    states: Vec<(String, Vec<String>)>,
    handlers: Vec<String>,
}

impl Site {
    /// Reads the page and the names of the app at `url`, such as `http://127.0.0.1:3000/bench`.
    ///
    /// # Errors
    /// When the app is not there or its parts do not fit.
    pub async fn fetch(url: &str) -> Result<Self> {
        let base = url.trim_end_matches('/').to_owned();
        let (html, browser) = get_as_browser(format!("{base}/")).await?;
        let names = get(format!("{base}/_app/names.json")).await?;
        let site = Self::new(&base, &html, &names)?;
        Ok(Self { browser, ..site })
    }

    /// Connects as a page in the browser that was given the page.
    ///
    /// # Errors
    /// As [`Socket::connect`].
    pub async fn connect(&self) -> Result<Socket> {
        Socket::connect_as(&self.socket_url, &self.origin, self.browser.as_deref()).await
    }

    fn new(base: &str, html: &str, names: &str) -> Result<Self> {
        let page: Page = serde_json::from_str(page_json(html)?).context("the page's JSON")?;
        let names: Names = serde_json::from_str(names).context("names.json")?;
        ensure!(
            page.build == names.build,
            "the page is of build {}, names.json of build {}",
            page.build,
            names.build
        );
        let Some(address) = base.strip_prefix("http://") else {
            bail!("the URL must begin with http://");
        };
        let host = address.split('/').next().unwrap_or(address);
        Ok(Self {
            origin: format!("http://{host}"),
            socket_url: format!("ws://{address}/_socket"),
            build: page.build,
            hash: page.hash,
            browser: None,
            names,
        })
    }

    /// The number of a handler, by the last two parts of its name: `CounterState.step`.
    ///
    /// # Errors
    /// When there is none.
    pub fn handler(&self, name: &str) -> Result<usize> {
        let end = format!(".{name}");
        self.names
            .handlers
            .iter()
            .position(|handler| handler.ends_with(&end))
            .with_context(|| format!("names.json has no handler …{end}; is this the right app?"))
    }

    /// The numbers of a state class and of a field of it: `CounterState.count`.
    ///
    /// # Errors
    /// When there is none.
    pub fn field(&self, name: &str) -> Result<(usize, usize)> {
        let (class, field) = name.split_once('.').context("a field is Class.field")?;
        let end = format!(".{class}");
        let mut states = self.names.states.iter().enumerate();
        states
            .find(|(_, (full, _))| full.ends_with(&end))
            .and_then(|(number, (_, fields))| {
                Some((number, fields.iter().position(|own| own == field)?))
            })
            .with_context(|| format!("names.json has no field …{end}.{field}"))
    }
}

fn page_json(html: &str) -> Result<&str> {
    let inner = html
        .split_once("id=\"ferroflex\"")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</script>"));
    Ok(inner
        .context("the page has no <script id=\"ferroflex\">; is this a Ferroflex app?")?
        .0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r#"<html><script type="application/json" id="ferroflex">{"build": "b1",
        "hash": "h"}</script><div id="root"></div>"#;

    #[test]
    fn reads_the_page_and_the_names() {
        let names = r#"{"build": "b1",
            "states": [["x.State", []], ["bench.CounterState", ["count"]]],
            "handlers": ["x", "bench.CounterState.step"]}"#;
        let site = Site::new("http://localhost:3000/bench", HTML, names).unwrap();
        assert_eq!(site.socket_url, "ws://localhost:3000/bench/_socket");
        assert_eq!(site.origin, "http://localhost:3000");
        assert_eq!(site.handler("CounterState.step").unwrap(), 1);
        assert!(site.handler("WideState.step").is_err());
        assert_eq!(site.field("CounterState.count").unwrap(), (1, 0));
        assert!(site.field("CounterState.other").is_err());
    }

    #[test]
    fn refuses_names_of_another_build() {
        let names = r#"{"build": "b2", "handlers": []}"#;
        let error = Site::new("http://localhost:3000", HTML, names).unwrap_err();
        assert!(error.to_string().contains("build b2"), "{error}");
    }
}
