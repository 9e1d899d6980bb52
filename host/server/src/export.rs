//! Pages as files: what the server would answer to a visitor of whom it knows nothing, written to a
//! folder, for a content delivery network in front of the same server.
//!
//! A page is written with the app's initial state; its `on_load` runs when it has connected. Pages
//! whose routes have arguments stay the server's. Not here: which files there are (`app`, `assets`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, StatusCode};
use ferroflex_session::Script;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tower::ServiceExt as _;

use crate::error::ServerError;
use crate::limits::EXPORTED_BYTES_MAX;
use crate::mount::{Options, Served};
use crate::progress::Peer;
use crate::serve::Life;
use crate::site::{self, Site};

/// What an address cannot hold as it is.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?');

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    /// Pages.
    pub pages: usize,
    /// Other files.
    pub files: usize,
}

/// Writes the pages of all apps that are loaded, and everything that they need, to a folder.
///
/// # Errors
/// When two apps want the same path, a page has a route that cannot be served, the folder cannot be
/// written, or the server has no answer to one of the addresses.
pub async fn export<S: Script>(
    apps: Vec<Served<S>>,
    options: Options,
    folder: &Path,
) -> Result<Exported, ServerError> {
    let shell = Arc::clone(&options.shell);
    let site = Arc::new(Site::new(apps, options, &Life::default())?);
    let mut exported = Exported::default();
    let router = site::router(&site);
    let mut shells = BTreeSet::new();
    for app in site.live() {
        for route in app.fixed_routes() {
            app.prepare_page(&route).await;
            let address = format!("{}{route}", app.base);
            let answer = ask(&router, &address).await?;
            write(folder, &page_file(&address), &answer).await?;
            exported.pages += 1;
        }
        for path in app.file_paths() {
            copy(&router, folder, &format!("{}{path}", app.base)).await?;
            exported.files += 1;
        }
        shells.insert(app.shell_base().to_owned());
    }
    for base in shells {
        for path in shell.paths() {
            copy(&router, folder, &format!("{base}/_shell/{path}")).await?;
            exported.files += 1;
        }
    }
    Ok(exported)
}

/// Writes the file at an address.
async fn copy(router: &Router, folder: &Path, address: &str) -> Result<(), ServerError> {
    let answer = ask(router, &utf8_percent_encode(address, UNSAFE).to_string()).await?;
    write(folder, address.trim_start_matches('/'), &answer).await
}

/// What the server answers to somebody who only might look at it: nothing runs for them.
async fn ask(router: &Router, address: &str) -> Result<Vec<u8>, ServerError> {
    let failed = |reason: String| ServerError::Export {
        address: address.to_owned(),
        reason,
    };
    let mut request = Request::builder()
        .uri(address)
        .header("sec-purpose", HeaderValue::from_static("prefetch"))
        .body(Body::empty())
        .map_err(|error| failed(error.to_string()))?;
    request.extensions_mut().insert(ConnectInfo(Peer::nobody()));
    let Ok(response) = router.clone().oneshot(request).await;
    let is_page_of_errors = address.ends_with("/404") && response.status() == StatusCode::NOT_FOUND;
    if !response.status().is_success() && !is_page_of_errors {
        return Err(failed(format!("the answer is {}", response.status())));
    }
    let body = to_bytes(response.into_body(), EXPORTED_BYTES_MAX).await;
    body.map(|bytes| bytes.to_vec())
        .map_err(|error| failed(error.to_string()))
}

async fn write(folder: &Path, path: &str, content: &[u8]) -> Result<(), ServerError> {
    let file = folder.join(path);
    let failed = |source, path: &Path| ServerError::NotWritten {
        path: PathBuf::from(path),
        source,
    };
    if let Some(parent) = file.parent() {
        let made = tokio::fs::create_dir_all(parent).await;
        made.map_err(|error| failed(error, parent))?;
    }
    let written = tokio::fs::write(&file, content).await;
    written.map_err(|error| failed(error, &file))
}

/// The file of a page, as servers of files look for it.
fn page_file(address: &str) -> String {
    let path = address.trim_matches('/');
    if path == "404" || path.ends_with("/404") {
        return format!("{path}.html");
    }
    Path::new(path).join("index.html").display().to_string()
}

#[cfg(test)]
mod tests {
    use super::page_file;

    #[test]
    fn pages_stand_where_servers_of_files_look_for_them() {
        assert_eq!(page_file("/"), "index.html");
        assert_eq!(page_file("/blog/"), "blog/index.html");
        assert_eq!(page_file("/blog/about"), "blog/about/index.html");
        assert_eq!(page_file("/404"), "404.html");
        assert_eq!(page_file("/blog/404"), "blog/404.html");
    }
}
