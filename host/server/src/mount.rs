//! The apps that the server is given, loaded or failed.
//!
//! Not here: how they are loaded, and how they are served (`app`, `site`).

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ferroflex_page::{LoadItem, Names};
use ferroflex_session::{Hub, Script};
use ferroflex_state::Value;

use crate::api::Api;
use crate::render::Renderer;
use crate::shell::Shell;

/// Asked by `/healthz` what there is to tell of an app's script host.
pub type HealthProbe = Arc<dyn Fn() -> serde_json::Value + Send + Sync>;

/// An app to be served.
pub enum Served<S: Script> {
    /// It was loaded.
    Live(Box<Mount<S>>),
    /// It was not; its place tells why.
    Failed(FailedApp),
}

impl<S: Script> Served<S> {
    /// The app's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Live(mount) => &mount.name,
            Self::Failed(failed) => &failed.name,
        }
    }

    /// The path under which it is served.
    #[must_use]
    pub fn base(&self) -> &str {
        match self {
            Self::Live(mount) => &mount.base,
            Self::Failed(failed) => &failed.base,
        }
    }
}

/// An app that was loaded.
pub struct Mount<S: Script> {
    /// Its name, as the index page shows it.
    pub name: String,
    /// The path under which it is served: empty, or such as `/todo` or `/todo/v2`.
    pub base: String,
    /// The title that the index page shows.
    pub title: String,
    /// Its sessions; their build is the pages' build.
    pub hub: Arc<Hub<S>>,
    /// Its pages.
    pub pages: Vec<ServedPage>,
    /// The numbers of its fields.
    pub names: Names,
    /// Whether its pages show something of who is at the other end, such as the address, so that
    /// none is delivered without a session.
    pub shows_visitor: bool,
    /// The table of names, as JSON text.
    pub names_json: String,
    /// The state of a fresh session, as JSON text.
    pub initial_state_json: String,
    /// That text's `state_hash`.
    pub state_hash: String,
    /// The fields that browsers keep, as JSON text; none when there are none.
    pub stored_json: Option<String>,
    /// Those of them that come with every request, in cookies: substate and field.
    pub cookie_fields: Vec<(u32, u32)>,
    /// Whether some of them come with no request, so that a session's state is whole only when the
    /// browser has said hello.
    pub needs_browser: bool,
    /// `light`, `dark` or `system`.
    pub color_mode: String,
    /// What stands around all of its pages.
    pub frame: Frame,
    /// Its place in the web.
    pub site: SiteOptions,
    /// The folder whose files are served as they are.
    pub assets_dir: Option<PathBuf>,
    /// Files elsewhere that are served too: the path below the base, and the file.
    pub shared_assets: Vec<(String, PathBuf)>,
    /// Modules of the app's own that its pages may import: specifier and address.
    pub modules: Vec<(String, String)>,
    /// What makes HTML of its pages; without one browsers render them.
    pub renderer: Option<Arc<dyn Renderer>>,
    /// What `/healthz` tells of the script host.
    pub health: Option<HealthProbe>,
    /// Its own HTTP endpoints, and what lives as long as the server.
    pub api: Option<Arc<dyn Api>>,
}

/// One page of an app.
#[derive(Debug, Clone)]
pub struct ServedPage {
    /// The path below the app's base, such as `/`, `/items` or `/items/[id]`; `/404` is shown
    /// where there is no page.
    pub route: String,
    /// What it says of itself in the document's head, for the initial state.
    pub head: PageHead,
    /// The same for another state, where it depends on that.
    pub head_for: Option<HeadFor>,
    /// The page's module, served at `<base>/_app/<path>`.
    pub module: AppFile,
    /// The page's stylesheet, served beside it.
    pub stylesheet: Option<AppFile>,
    /// The specifiers that the module imports.
    pub specifiers: Vec<String>,
    /// Whether it has Radix components, and so needs their stylesheet.
    pub needs_radix: bool,
    /// What happens when it is opened.
    pub load: Vec<LoadItem>,
}

/// What a page says of itself in the document's head.
#[derive(Debug, Clone, Default)]
pub struct PageHead {
    /// The document's title.
    pub title: String,
    /// The document's description.
    pub description: Option<String>,
    /// Further elements.
    pub meta: Vec<HeadElement>,
}

/// Tells a page's head for the values of a state, one list of field values a substate.
#[derive(Clone)]
pub struct HeadFor(pub Arc<dyn ToHead>);

/// What tells a head.
pub trait ToHead: Fn(&[Value]) -> PageHead + Send + Sync {}

impl<Function: Fn(&[Value]) -> PageHead + Send + Sync> ToHead for Function {}

impl fmt::Debug for HeadFor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("HeadFor")
    }
}

/// An app's place in the web, as it is told to robots.
#[derive(Debug, Clone, Default)]
pub struct SiteOptions {
    /// The part of its base that it was given, and does not know of.
    pub place: String,
    /// Whether the rest of its base is a prefix of its author's. A proxy may pass nothing else on,
    /// so that its pages find the shell below it.
    pub has_prefix: bool,
    /// Scheme and host under which the public reaches it, where they are not those of the request.
    pub deploy_url: Option<String>,
    /// What its `sitemap.xml` lists; none when it has none.
    pub sitemap: Option<Vec<SitemapEntry>>,
    /// Whether it tells its routes to who asks.
    pub tells_routes: bool,
}

/// An address in a sitemap.
#[derive(Debug, Clone, Default)]
pub struct SitemapEntry {
    /// A path below the place, or a whole address.
    pub location: String,
    /// When what stands there was changed last.
    pub last_modified: Option<String>,
    /// How often it changes.
    pub change_frequency: Option<String>,
    /// How much it counts beside the others, from 0 to 1.
    pub priority: Option<String>,
}

/// What stands around all pages of an app.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Whether the browser's own look is taken from elements.
    pub reset: bool,
    /// The stylesheet of Radix's components, as far as the app uses them.
    pub radix: Option<AppFile>,
    /// Tailwind's stylesheet, with the classes that the app uses.
    pub tailwind: Option<AppFile>,
    /// Addresses of the author's stylesheets.
    pub stylesheets: Vec<String>,
    /// Addresses of further stylesheets, which those import.
    pub imported_stylesheets: Vec<String>,
    /// Further elements of the head.
    pub head: Vec<HeadElement>,
    /// Attributes of the document's root element, `lang` among them.
    pub root_attributes: Vec<(String, String)>,
}

/// An element of the document's head.
#[derive(Debug, Clone)]
pub struct HeadElement {
    /// Its tag.
    pub tag: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// Its text, not escaped.
    pub text: String,
}

/// A generated file, whose name carries its content's hash.
#[derive(Debug, Clone)]
pub struct AppFile {
    /// Its name, such as `index-9f86d081.js`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// An app that could not be loaded.
#[derive(Debug, Clone, Default)]
pub struct FailedApp {
    /// Its name.
    pub name: String,
    /// The path at which it would be served.
    pub base: String,
    /// What kind of failure it is, such as `syntax error`.
    pub kind: String,
    /// What happened.
    pub message: String,
    /// The file in which it happened.
    pub file: Option<String>,
    /// The line in that file, from 1.
    pub line: Option<u32>,
    /// Source around that line: numbers and texts.
    pub source: Vec<(u32, String)>,
    /// The whole traceback.
    pub trace: Option<String>,
}

/// Who looks at what is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Environment {
    /// The app's author: failures are shown with their source.
    #[default]
    Development,
    /// The public: failures are not explained.
    Production,
}

/// Who is told the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Nobody.
    Nobody,
    /// Programs of this machine, unless they ask for somebody else: the metrics tell of the app.
    #[default]
    Local,
    /// Whoever asks.
    Anyone,
}

/// How to serve.
#[derive(Clone)]
pub struct Options {
    /// Who looks.
    pub environment: Environment,
    /// Origins besides the server's own whose pages may open sockets, such as
    /// `https://app.example.com`.
    pub allowed_origins: Vec<String>,
    /// How many proxies before the server are trusted: how far `X-Forwarded-*` are believed.
    pub trusted_hops: usize,
    /// Who is told the metrics, which are recorded after [`crate::record`].
    pub metrics_for: Audience,
    /// How long the server goes on after it was asked to stop, while `/readyz` says that it is
    /// leaving.
    pub notice: Duration,
    /// The React shell.
    pub shell: Arc<dyn Shell>,
}
