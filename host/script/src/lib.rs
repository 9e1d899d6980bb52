//! The script host: apps written in Python, run by RustPython.
//!
//! The only crate that names RustPython. It loads apps from disk, makes their pages' modules, and
//! runs the turns that sessions hand out.
//!
//! - [`discover`], [`load`]: from a path to an [`App`]; [`survey`]: what is to be said of it.
//! - `interpreter`, `threads`: the machinery around Python.
//! - `live`: state classes, their instances, what changed in them.
//! - `ui`: Vars, components and events.
//! - `packages`: what apps import that is neither theirs nor the host's.
//! - `mend`: faults of RustPython, mended from outside; [`mended`] says which.
//! - `rooms`: state that several sessions share.
//! - `asgi`: an app's own HTTP endpoints, and what lives as long as the server.
//! - `keeping`: how the app wants its sessions kept.
//! - `run`, `arguments`, `convert`, `serialize`, `failure`: turns, their arguments, values,
//!   exceptions.

// The native modules' macros expand to code that these lints do not fit.
#![expect(
    unsafe_code,
    reason = "RustPython's Traverse trait is unsafe to implement"
)]

mod app;
mod arguments;
mod asgi;
mod convert;
mod error;
mod event_loop;
mod failure;
mod frame;
mod interpreter;
mod keeping;
mod libraries;
pub mod limits;
mod limits_module;
mod live;
mod load;
mod mend;
mod packages;
mod rooms;
mod run;
mod serialize;
mod source;
mod tailwind;
mod threads;
mod tls;
mod ui;

pub use app::{App, Page};
pub use asgi::{BodyPart, Exchange, Request};
pub use error::ScriptError;
pub use failure::Origin;
pub use frame::{Frame, Stylesheet};
pub use keeping::Keeping;
pub use live::stored::{Area, StoredField};
pub use load::{
    FailureKind, LoadFailure, LoadOptions, LoadWarning, Loaded, PageName, Survey, SurveyedPage,
    load, survey,
};
pub use mend::{Fault, mended};
pub use source::{AppSource, discover};
pub use tailwind::Tailwind;
pub use ui::{Site, SitemapEntry};
