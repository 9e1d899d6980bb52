//! The HTTP and WebSocket server: pages, assets, sockets, health.
//!
//! It knows no Python: what runs an app's handlers is any [`ferroflex_session::Script`], and the
//! React shell is any [`Shell`]; the command line brings them together.
//!
//! Not here: what a session does with a frame (`ferroflex-session`), what a page module contains
//! (`ferroflex-page`), configuration (the command line).
//!
//! - [`serve`]: runs until it is told to stop.
//! - [`Mount`], [`FailedApp`], [`Served`]: the apps that it is given.
//! - [`Api`]: an app's own HTTP endpoints.
//! - [`record`]: begins to measure, for `/metrics`.
//! - [`limits`]: every limit, with its reason.

mod api;
mod app;
mod assets;
mod caller;
mod cookies;
mod error;
mod export;
mod exposition;
mod files;
mod forwarded;
mod health;
mod html;
pub mod limits;
mod mount;
mod moved_shell;
mod origin;
mod pack;
mod pages_file;
mod progress;
mod ready;
mod render;
mod security;
mod serve;
mod shell;
mod site;
mod site_files;
mod socket;
mod upload;
mod visit;

pub use api::{Api, ApiRequest, Exchange, Received};
pub use error::ServerError;
pub use export::{Exported, export};
pub use exposition::record;
pub use mount::{
    AppFile, Audience, Environment, FailedApp, Frame, HeadElement, HeadFor, HealthProbe, Mount,
    Options, PageHead, Served, ServedPage, SiteOptions, SitemapEntry, ToHead,
};
pub use render::{NotRendered, Renderer, Rendering};
pub use serve::serve;
pub use shell::{Shell, ShellFile};
