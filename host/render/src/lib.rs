//! JavaScript without a browser, in QuickJS: page modules to HTML, and the Tailwind engine.
//!
//! The only crate that names QuickJS. Not here: what a page module is (`ferroflex-page`), the shell's
//! modules that it imports (`ferroflex-shell`), and who asks for what (`ferroflex`, the binary).

mod engine;
mod error;
pub mod limits;
mod renderer;
mod tailwind;
mod worker;

pub use engine::{Engine, Modules};
pub use error::RenderError;
pub use renderer::{AppRenderer, Renderer};
pub use tailwind::Tailwind;
