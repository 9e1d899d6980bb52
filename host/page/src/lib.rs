//! Pages, without the Python that makes them and without the browser that shows them: the
//! component tree, expressions over state variables, the component catalogue, styles, and the
//! generation of one ES module and one stylesheet a page.
//!
//! Pure: no I/O, no Python. What a generated module looks like is written in `MODULES.md`.

pub mod catalogue;
mod emit;
mod error;
pub mod evaluate;
mod expand;
pub mod expr;
mod generate;
mod head;
mod icons;
mod javascript;
pub mod limits;
mod load;
mod names;
pub mod node;
mod oddities;
mod page_head;
mod route;
mod style;
mod suggest;
pub mod types;
mod typing;
pub mod words;

pub use emit::expression;
pub use error::PageError;
pub use expand::{Argument, Keywords, OwnElement, create, create_own, takes};
pub use generate::{EVENT_ARGUMENTS, MODULES, Module, ON_LOAD, Page, Used, content, generate};
pub use head::{HeadElement, head_elements};
pub use icons::Icons;
pub use load::{LoadItem, LoadStep, load_steps};
pub use names::{BROWSER, Names};
pub use oddities::{odd_nesting, odd_values};
pub use page_head::{Head, PageHead, StateValues};
pub use route::{NOT_FOUND, Route, RouteArgument, RouteTable};
pub use style::{AppStyle, entries as style_entries};
pub use typing::type_of;
