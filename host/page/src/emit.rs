//! Expressions to JavaScript: plain JavaScript where the types make it right, else calls of the
//! runtime's `py`, which has Python's meaning.
//!
//! Not here: elements and components (`generate`).

mod access;
mod code;
mod operators;
#[cfg(test)]
mod tests;
mod text;
mod traverse;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Names, PageError,
    catalogue::ArgSpec,
    expr::{Expr, ExprKind, FieldRef, LocalId, contains},
    javascript,
};

/// How tightly a written expression binds, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// `a ? b : c` and arrow functions.
    Conditional,
    /// `a || b`.
    Or,
    /// `a && b`.
    And,
    /// `a === b`.
    Equality,
    /// `a < b`.
    Relational,
    /// `a + b`.
    Additive,
    /// `a * b`.
    Multiplicative,
    /// `!a`.
    Unary,
    /// `a.b`, `a(b)` and whatever cannot be taken apart.
    Member,
}

/// A written expression.
#[derive(Debug, Clone)]
pub(crate) struct Js {
    text: String,
    level: Level,
}

impl Js {
    fn new(text: impl Into<String>, level: Level) -> Self {
        Self {
            text: text.into(),
            level,
        }
    }

    fn member(text: impl Into<String>) -> Self {
        Self::new(text, Level::Member)
    }

    /// The text as an operand of an operator of `level`.
    fn within(self, level: Level) -> String {
        if self.level >= level {
            self.text
        } else {
            format!("({})", self.text)
        }
    }

    /// The text where any expression may stand.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// The text as the test of a choice.
    pub(crate) fn into_test(self) -> String {
        self.within(Level::Or)
    }

    /// The text as the body of an arrow function, where a brace would open a block.
    pub(crate) fn into_body(self) -> String {
        if self.text.starts_with('{') {
            format!("({})", self.text)
        } else {
            self.text
        }
    }
}

/// How state is read where an expression stands.
#[derive(Debug)]
pub(crate) enum Reading<'a> {
    /// In a selector, which is given the substates as `$`.
    Selector(&'a mut BTreeSet<usize>),
    /// When an event fires.
    Now,
    /// In a component or a row: computed by a selector, read from a name.
    Selected(&'a mut Selection),
}

/// What a component or a loop selects from the state, and the names under which it reads it.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// The substates read.
    pub(crate) states: BTreeSet<usize>,
    /// The selected expressions, written.
    pub(crate) values: Vec<String>,
    /// Whether they stand in the array `v` of a row rather than in names of their own.
    pub(crate) row: bool,
    /// Whether names of the author's stand beside them, which are rarely a letter and a number.
    pub(crate) beside_hooks: bool,
}

impl Selection {
    /// The selection of a loop, whose rows read it from `v`.
    pub(crate) fn for_rows() -> Self {
        Self {
            row: true,
            ..Self::default()
        }
    }

    fn add(&mut self, value: String) -> String {
        let known = self.values.iter().position(|selected| *selected == value);
        let position = known.unwrap_or(self.values.len());
        if known.is_none() {
            self.values.push(value);
        }
        if self.row {
            format!("v[{position}]")
        } else {
            self.name(position)
        }
    }

    /// The name of the value at `position`: a letter, later a letter and a number. No other name
    /// of a module is such a letter, or has an underscore.
    pub(crate) fn name(&self, position: usize) -> String {
        const LETTERS: &[u8] = b"abcdfgjklmnoqrstuwxyz";
        let skipped = if self.beside_hooks { LETTERS.len() } else { 0 };
        let position = position + skipped;
        let letter = char::from(LETTERS[position % LETTERS.len()]);
        match position / LETTERS.len() {
            0 => letter.to_string(),
            round => format!("{letter}_{round}"),
        }
    }
}

/// The names that `foreach` bound.
pub(crate) type Locals = BTreeMap<LocalId, String>;

/// Writes the expressions of one place.
#[derive(Debug)]
pub(crate) struct Emitter<'a> {
    /// Numbers of states and handlers.
    pub(crate) names: &'a Names,
    /// What the module imports from the runtime.
    pub(crate) core: &'a mut BTreeSet<&'static str>,
    /// The numbers of the handlers that the module sends events to.
    pub(crate) sent: &'a mut BTreeSet<usize>,
    /// How state is read here.
    pub(crate) reading: Reading<'a>,
    /// The names bound here.
    pub(crate) locals: &'a Locals,
    /// What the event gives, where there is one.
    pub(crate) event: ArgSpec,
    /// The name that holds the colour mode, where there is one.
    pub(crate) color_mode: Option<&'static str>,
}

/// Writes an expression that stands alone, as the selector of a component computes it: it reads the
/// state as `$` and Python's meaning as `py`.
///
/// # Errors
/// When it reads what the names do not have, or what only a place in a page has.
pub fn expression(expr: &Expr, names: &Names) -> Result<String, PageError> {
    let mut emitter = Emitter {
        names,
        core: &mut BTreeSet::new(),
        sent: &mut BTreeSet::new(),
        reading: Reading::Selector(&mut BTreeSet::new()),
        locals: &Locals::new(),
        event: &[],
        color_mode: None,
    };
    emitter.text(expr)
}

impl Emitter<'_> {
    /// Writes an expression.
    pub(crate) fn write(&mut self, expr: &Expr) -> Result<Js, PageError> {
        if self.selects(expr) {
            return self.select(|selector| selector.write(expr));
        }
        match &*expr.kind {
            ExprKind::Literal(value) => Ok(literal(value)),
            ExprKind::Field(field) => self.write_field(field),
            ExprKind::Local(id) => self
                .locals
                .get(id)
                .map(Js::member)
                .ok_or(PageError::UnboundLocal),
            ExprKind::EventArg(index) => self.write_event_arg(*index),
            ExprKind::List(items) => {
                let written: Result<Vec<_>, _> = items.iter().map(|item| self.text(item)).collect();
                Ok(Js::member(javascript::array(written?)))
            }
            ExprKind::Dict(entries) => self.write_dict(entries),
            ExprKind::Format(parts) => self.write_format(parts),
            ExprKind::Unary(operator, operand) => self.write_unary(*operator, operand),
            ExprKind::Binary(operator, left, right) => self.write_binary(*operator, left, right),
            ExprKind::Attribute(of, name) => self.write_attribute(of, name),
            ExprKind::Index(of, index) => self.write_index(of, index),
            ExprKind::Slice {
                of,
                start,
                stop,
                step,
            } => self.write_slice(of, [start.as_ref(), stop.as_ref(), step.as_ref()]),
            ExprKind::Method { of, method, args } => self.write_method(of, *method, args),
            ExprKind::Cond(test, then, otherwise) => {
                let test = self.truth(test)?;
                self.write_choice(test, then, otherwise)
            }
            ExprKind::Match(subject, cases, default) => self.write_match(subject, cases, default),
            ExprKind::ColorMode(light, dark) => {
                let mode = self.color_mode.ok_or(PageError::UnboundColorMode)?;
                if let Some((true, false)) = light.constant_truth().zip(dark.constant_truth()) {
                    return Ok(Js::new(format!("{mode} === \"light\""), Level::Equality));
                }
                let test = Js::new(format!("{mode} === \"light\""), Level::Equality);
                self.write_choice(test, light, dark)
            }
            ExprKind::Traverse {
                of,
                traversal,
                item,
                body,
            } => self.write_traverse(of, *traversal, *item, body),
            ExprKind::Reduce {
                of,
                total,
                item,
                body,
                initial,
            } => self.write_reduce(of, (*total, *item), body, initial.as_ref()),
            ExprKind::Code(code) => self.write_code(code),
            ExprKind::Handler(trigger) => {
                let function = self.write_handler(trigger)?;
                Ok(Js::new(function, Level::Conditional))
            }
            ExprKind::Raw(name) if javascript::is_identifier(name) => Ok(Js::member(&**name)),
            ExprKind::Raw(source) => Ok(Js::member(format!("({source})"))),
        }
    }

    /// Writes an expression where any expression may stand.
    pub(crate) fn text(&mut self, expr: &Expr) -> Result<String, PageError> {
        self.write(expr).map(Js::into_text)
    }

    /// Whether an expression is computed by the selector of the component or loop around it.
    pub(crate) fn selects(&self, expr: &Expr) -> bool {
        matches!(self.reading, Reading::Selected(_)) && is_selectable(expr)
    }

    /// Has the selector compute something, and writes the name under which it is read.
    pub(crate) fn select(
        &mut self,
        write: impl FnOnce(&mut Emitter<'_>) -> Result<Js, PageError>,
    ) -> Result<Js, PageError> {
        let mut states = BTreeSet::new();
        let mut selector = Emitter {
            names: self.names,
            core: self.core,
            sent: self.sent,
            reading: Reading::Selector(&mut states),
            locals: self.locals,
            event: self.event,
            color_mode: self.color_mode,
        };
        let value = write(&mut selector)?;
        let Reading::Selected(selection) = &mut self.reading else {
            return Ok(value);
        };
        selection.states.extend(states);
        Ok(Js::member(selection.add(value.into_text())))
    }

    fn write_field(&mut self, field: &FieldRef) -> Result<Js, PageError> {
        let (state, number) = self.names.field(field)?;
        let all = match &mut self.reading {
            Reading::Selector(states) => {
                states.insert(state);
                "$"
            }
            Reading::Now | Reading::Selected(_) => {
                self.core.insert("now");
                "now()"
            }
        };
        Ok(Js::member(format!("{all}[{state}][{number}]")))
    }

    fn write_event_arg(&mut self, index: usize) -> Result<Js, PageError> {
        let given = self.event.len();
        let arg = self
            .event
            .get(index)
            .ok_or(PageError::UnboundEventArg { index, given })?;
        let helper = ["formData", "keyEvent", "pointerEvent"];
        self.core.extend(
            helper
                .into_iter()
                .filter(|name| arg.javascript.starts_with(name)),
        );
        // A choice or a comparison is put in parentheses wherever it is an operand.
        let operator = arg.javascript.contains(' ');
        let level = if operator {
            Level::Conditional
        } else {
            Level::Member
        };
        Ok(Js::new(arg.javascript, level))
    }

    fn write_dict(&mut self, entries: &[(String, Expr)]) -> Result<Js, PageError> {
        let mut written = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            written.push((name.as_str(), self.text(value)?));
        }
        Ok(Js::member(javascript::object(written.into_iter())))
    }

    /// Writes a call of one of `py`'s functions.
    fn call<'e>(
        &mut self,
        function: &str,
        args: impl IntoIterator<Item = &'e Expr>,
    ) -> Result<Js, PageError> {
        let written: Result<Vec<_>, _> = args.into_iter().map(|arg| self.text(arg)).collect();
        Ok(self.call_written(function, &written?))
    }

    fn call_written(&mut self, function: &str, args: &[String]) -> Js {
        self.core.insert("py");
        Js::member(format!("py.{function}({})", args.join(", ")))
    }

    fn write_choice(&mut self, test: Js, then: &Expr, otherwise: &Expr) -> Result<Js, PageError> {
        let test = test.within(Level::Or);
        let then = self.write(then)?.within(Level::Or);
        let otherwise = self.text(otherwise)?;
        Ok(Js::new(
            format!("{test} ? {then} : {otherwise}"),
            Level::Conditional,
        ))
    }

    fn write_match(
        &mut self,
        subject: &Expr,
        cases: &[(Vec<Expr>, Expr)],
        default: &Expr,
    ) -> Result<Js, PageError> {
        if !is_cheap(subject) {
            let argument = self.text(subject)?;
            let bound = Expr::new(ExprKind::Raw("_".into()), subject.ty.clone());
            let chain = self.write_match(&bound, cases, default)?.into_text();
            return Ok(Js::member(format!("((_) => {chain})({argument})")));
        }
        let mut chain = String::new();
        for (patterns, result) in cases {
            let test = self.matches(subject, patterns)?.within(Level::Or);
            let result = self.write(result)?.within(Level::Or);
            chain.extend([&test, " ? ", &result, " : "]);
        }
        chain.push_str(&self.text(default)?);
        Ok(Js::new(chain, Level::Conditional))
    }

    /// Writes whether the subject equals one of the patterns.
    fn matches(&mut self, subject: &Expr, patterns: &[Expr]) -> Result<Js, PageError> {
        let mut tests = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            tests.push(self.equals(subject, pattern)?);
        }
        Ok(match tests.len() {
            0 => Js::member("false"),
            1 => tests.remove(0),
            _ => {
                let parts: Vec<_> = tests
                    .into_iter()
                    .map(|test| test.within(Level::And))
                    .collect();
                Js::new(parts.join(" || "), Level::Or)
            }
        })
    }
}

/// A written constant; a negative number is an operator applied to a number.
fn literal(value: &ferroflex_state::Value) -> Js {
    let text = javascript::value(value);
    let level = if text.starts_with('-') || text.starts_with("new ") {
        Level::Unary
    } else {
        Level::Member
    };
    Js { text, level }
}

/// Whether a selector can compute the expression: it reads state, and nothing that only its place
/// knows. A list or dictionary is not selected as a whole, it would be a new one every time.
fn is_selectable(expr: &Expr) -> bool {
    let rebuilt = matches!(&*expr.kind, ExprKind::List(_) | ExprKind::Dict(_));
    !rebuilt && reads_any_state(expr) && !contains(expr, &is_bound_to_place)
}

fn reads_any_state(expr: &Expr) -> bool {
    contains(expr, &|part, _| matches!(&*part.kind, ExprKind::Field(_)))
}

/// Whether the part can be computed only where it stands. `bound` are the names that the expression
/// itself binds.
fn is_bound_to_place(part: &Expr, bound: &[LocalId]) -> bool {
    match &*part.kind {
        ExprKind::Local(id) => !bound.contains(id),
        ExprKind::EventArg(_) | ExprKind::Raw(_) | ExprKind::Code(_) | ExprKind::ColorMode(..) => {
            true
        }
        _ => false,
    }
}

/// Whether writing the expression several times costs nothing.
fn is_cheap(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Attribute(of, _) => is_cheap(of),
        ExprKind::Literal(_) | ExprKind::Field(_) | ExprKind::Local(_) | ExprKind::Raw(_) => true,
        _ => false,
    }
}

/// Whether a constant, as far as the browser's state goes: nothing in it can change.
pub(crate) fn is_static(expr: &Expr) -> bool {
    !reads_any_state(expr) && !contains(expr, &is_bound_to_place)
}

/// Whether the expression reads a name that `foreach` bound.
pub(crate) fn reads_local(expr: &Expr) -> bool {
    contains(expr, &|part, bound| match &*part.kind {
        ExprKind::Local(id) => !bound.contains(id),
        _ => false,
    })
}

/// Whether the expression depends on the colour mode.
pub(crate) fn reads_color_mode(expr: &Expr) -> bool {
    contains(expr, &|part, _| {
        matches!(&*part.kind, ExprKind::ColorMode(..))
    })
}
