//! Routes: what an app writes (`/post/[id]`), which addresses belong to it, and which of several
//! routes an address leads to.
//!
//! `tests/routes.json` says by example what is meant; the shell's own table of routes reads the
//! same file. Not here: what is served at a route.

mod table;

pub use table::RouteTable;

use std::fmt;

use crate::PageError;

/// The one argument that takes the rest of a path; Reflex knows no other name for it.
const SPLAT: &str = "splat";

/// What a route is called whose page is shown where nothing is found.
pub const NOT_FOUND: &str = "/404";

/// A route that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// With a leading slash and without one at the end.
    text: String,
    segments: Vec<Segment>,
}

/// One part of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// `about`: itself.
    Static(String),
    /// `[id]`: one part of a path.
    Required(String),
    /// `[[id]]`: one part of a path or none.
    Optional(String),
    /// `[[...splat]]`: all further parts of a path, or none.
    Rest,
}

/// What an argument of a route holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteArgument {
    /// One part of the path, decoded.
    Text(String),
    /// Several of them.
    List(Vec<String>),
}

impl Route {
    /// Reads a route as an app writes it, with or without slashes around; `index` is `/`.
    ///
    /// # Errors
    /// [`PageError::Route`] for what Reflex refuses as well.
    pub fn parse(given: &str) -> Result<Self, PageError> {
        let inner = given.trim_matches('/');
        if inner.is_empty() || inner == "index" {
            let (text, segments) = ("/".to_owned(), Vec::new());
            return Ok(Self { text, segments });
        }
        let parsed: Result<Vec<_>, String> = inner.split('/').map(segment).collect();
        let checked = parsed.and_then(|segments| check(&segments).map(|()| segments));
        let segments = checked.map_err(|problem| PageError::Route {
            route: given.to_owned(),
            problem,
        })?;
        let text = format!("/{inner}");
        Ok(Self { text, segments })
    }

    /// The route in the one form in which it is written everywhere: `/`, `/post/[id]`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of its arguments, each with whether it is a list.
    pub fn arguments(&self) -> impl Iterator<Item = (&str, bool)> {
        self.segments.iter().filter_map(Segment::argument)
    }

    /// Whether it stands for several addresses.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.arguments().next().is_some()
    }

    /// Whether the same addresses belong to both: they differ in the names of arguments at most.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |(one, other): (&Segment, &Segment)| match (one, other) {
            (Segment::Static(one), Segment::Static(other)) => one == other,
            _ => one.rank() == other.rank(),
        };
        self.segments.len() == other.segments.len()
            && self.segments.iter().zip(&other.segments).all(same)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Segment {
    fn argument(&self) -> Option<(&str, bool)> {
        match self {
            Self::Static(_) => None,
            Self::Required(name) | Self::Optional(name) => Some((name, false)),
            Self::Rest => Some((SPLAT, true)),
        }
    }

    /// The smaller, the fewer parts of paths it fits.
    fn rank(&self) -> u8 {
        match self {
            Self::Static(_) => 0,
            Self::Required(_) => 1,
            Self::Optional(_) => 2,
            Self::Rest => 3,
        }
    }
}

fn segment(part: &str) -> Result<Segment, String> {
    let Some(inner) = part.strip_prefix('[').and_then(|it| it.strip_suffix(']')) else {
        return fixed(part);
    };
    let optional = inner.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let name = optional.unwrap_or(inner);
    if name.starts_with("...") {
        return match optional {
            Some("...splat") => Ok(Segment::Rest),
            _ => Err(format!(
                "{part} is none of Reflex's arguments; the rest of a path is [[...{SPLAT}]]"
            )),
        };
    }
    if !is_identifier(name) {
        return Err(format!(
            "the name of the argument {part} is no identifier: letters, digits and underscores, \
             not beginning with a digit"
        ));
    }
    let name = name.to_owned();
    Ok(match optional {
        Some(_) => Segment::Optional(name),
        None => Segment::Required(name),
    })
}

fn fixed(part: &str) -> Result<Segment, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if part.is_empty() {
        return Err("it has an empty part; write one slash between two parts".to_owned());
    }
    if !part.bytes().all(allowed) {
        return Err(format!(
            "{part:?} may hold letters, digits, hyphens and underscores, or be an argument as a \
             whole: [name]"
        ));
    }
    Ok(Segment::Static(part.to_owned()))
}

/// What is wrong with the parts together.
fn check(segments: &[Segment]) -> Result<(), String> {
    let names = || segments.iter().filter_map(Segment::argument);
    for (place, (name, _)) in names().enumerate() {
        if names().skip(place + 1).any(|(other, _)| other == name) {
            return Err(format!("the argument {name} stands in it twice"));
        }
    }
    let earlier = segments
        .split_last()
        .map_or(segments, |(_, earlier)| earlier);
    if earlier.contains(&Segment::Rest) {
        return Err(format!("[[...{SPLAT}]] must be its last part"));
    }
    Ok(())
}

/// Whether it can be the name of a field: ASCII alone, as Reflex has it.
fn is_identifier(name: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(part)
        && name
            .bytes()
            .next()
            .is_some_and(|byte| !byte.is_ascii_digit())
}
