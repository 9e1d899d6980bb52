//! The routes of an app in the order in which they are tried, and the one that an address leads to.

use std::cmp::Ordering;

use super::{Route, RouteArgument, Segment};
use crate::PageError;

/// The routes of an app.
#[derive(Debug, Clone, Default)]
pub struct RouteTable {
    routes: Vec<Route>,
    /// The routes' numbers, the most specific first.
    order: Vec<usize>,
}

impl RouteTable {
    /// The table of an app's routes, which keep their numbers.
    ///
    /// # Errors
    /// [`PageError::SameRoute`] when the same addresses belong to two of them.
    pub fn new(routes: Vec<Route>) -> Result<Self, PageError> {
        for (number, route) in routes.iter().enumerate() {
            if let Some(first) = routes[..number].iter().find(|first| first.is_same(route)) {
                return Err(PageError::SameRoute {
                    first: first.to_string(),
                    second: route.to_string(),
                });
            }
        }
        let mut order: Vec<usize> = (0..routes.len()).collect();
        order.sort_by(|one, other| compare(&routes[*one], &routes[*other]));
        Ok(Self { routes, order })
    }

    /// The routes' numbers, the most specific first.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The routes by their numbers.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The number of the route that a path below the app's base leads to, as the browser writes
    /// it, and the arguments that it has there. One slash at its end does not count.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(usize, Vec<(String, RouteArgument)>)> {
        let inner = path.strip_prefix('/').unwrap_or(path);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let parts: Vec<&str> = if inner.is_empty() && path.len() <= 1 {
            Vec::new()
        } else {
            inner.split('/').collect()
        };
        let found = |number: &usize| {
            let arguments = arguments(&self.routes[*number].segments, &parts)?;
            Some((*number, arguments))
        };
        self.order.iter().find_map(found)
    }
}

/// As Reflex orders them, by how many arguments of each kind they have; where that is the same,
/// what is fixed earlier comes first.
fn compare(one: &Route, other: &Route) -> Ordering {
    let count = |route: &Route, rank: u8| {
        let of_rank = |segment: &&Segment| segment.rank() == rank;
        route.segments.iter().filter(of_rank).count()
    };
    let counts = |route: &Route| [3, 2, 1].map(|rank| count(route, rank));
    let ranks = |route: &Route| route.segments.iter().map(Segment::rank).collect::<Vec<_>>();
    counts(one)
        .cmp(&counts(other))
        .then_with(|| ranks(one).cmp(&ranks(other)))
        .then_with(|| one.text.cmp(&other.text))
}

/// The arguments that the parts of a path give a route; none when it does not fit.
fn arguments(segments: &[Segment], parts: &[&str]) -> Option<Vec<(String, RouteArgument)>> {
    let Some((segment, further)) = segments.split_first() else {
        return parts.is_empty().then(Vec::new);
    };
    let name = segment.argument().map(|(name, _)| name.to_owned());
    let taken = || {
        let (part, rest) = parts.split_first()?;
        let text = Some(decoded(part)).filter(|text| !text.is_empty())?;
        let mut found = arguments(further, rest)?;
        found.insert(0, (name.clone()?, RouteArgument::Text(text)));
        Some(found)
    };
    match segment {
        Segment::Static(text) => {
            let (part, rest) = parts.split_first()?;
            (decoded(part) == *text).then(|| arguments(further, rest))?
        }
        Segment::Required(_) => taken(),
        Segment::Optional(_) => taken().or_else(|| arguments(further, parts)),
        Segment::Rest if parts.is_empty() => Some(Vec::new()),
        Segment::Rest => {
            let list = parts.iter().map(|part| decoded(part)).collect();
            Some(vec![(name?, RouteArgument::List(list))])
        }
    }
}

/// A part of a path without its percent signs, as `decodeURIComponent` gives it; one that is no
/// UTF-8, or not encoded in the right way, stays as it is.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (Some(high), Some(low)) = (rest.next().and_then(digit), rest.next().and_then(digit))
        else {
            return part.to_owned();
        };
        bytes.push(high * 16 + low);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
