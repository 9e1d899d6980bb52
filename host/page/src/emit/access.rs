//! Attributes, indexes, slices and methods.

use ferroflex_state::Value;

use super::{Emitter, Js, Level};
use crate::{
    PageError,
    expr::{Expr, ExprKind, Method},
    javascript,
    types::Type,
};

/// What every JavaScript object answers to: asked of a dictionary, the runtime has to look
/// whether the dictionary itself has the key.
const INHERITED: &[&str] = &[
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

impl Emitter<'_> {
    pub(super) fn write_attribute(&mut self, of: &Expr, name: &str) -> Result<Js, PageError> {
        if INHERITED.contains(&name) {
            let of = self.text(of)?;
            return Ok(self.call_written("attr", &[of, javascript::string(name)]));
        }
        let (of, dot) = self.write_receiver(of)?;
        Ok(Js::member(match (dot, javascript::is_identifier(name)) {
            (dot, true) => format!("{of}{dot}{name}"),
            (".", false) => format!("{of}[{}]", javascript::string(name)),
            (dot, false) => format!("{of}{dot}[{}]", javascript::string(name)),
        }))
    }

    /// Writes what a field or an item is taken of, and how. A row's item is there; anything else
    /// may be null for a moment, when a part of the page is about to go, whatever its type says.
    fn write_receiver(&mut self, of: &Expr) -> Result<(String, &'static str), PageError> {
        let is_there = matches!(&*of.kind, ExprKind::Local(_)) && !matches!(of.ty, Type::Union(_));
        let written = self.write(of)?.within(Level::Member);
        Ok((written, if is_there { "." } else { "?." }))
    }

    pub(super) fn write_index(&mut self, of: &Expr, index: &Expr) -> Result<Js, PageError> {
        match index.constant() {
            Some(Value::Str(name)) if of.ty != Type::Str => self.write_attribute(of, name),
            Some(Value::Int(position)) if of.ty.is_array() => {
                let (of, dot) = self.write_receiver(of)?;
                Ok(Js::member(match (*position < 0, dot) {
                    (true, dot) => format!("{of}{dot}at({position})"),
                    (false, ".") => format!("{of}[{position}]"),
                    (false, dot) => format!("{of}{dot}[{position}]"),
                }))
            }
            _ => self.call("index", [of, index]),
        }
    }

    pub(super) fn write_slice(
        &mut self,
        of: &Expr,
        bounds: [Option<&Expr>; 3],
    ) -> Result<Js, PageError> {
        let given = bounds
            .iter()
            .rposition(Option::is_some)
            .map_or(0, |last| last + 1);
        let mut args = vec![self.text(of)?];
        for bound in &bounds[..given] {
            let written = bound.map(|bound| self.text(bound)).transpose()?;
            args.push(written.unwrap_or_else(|| "null".to_owned()));
        }
        Ok(self.call_written("slice", &args))
    }

    pub(super) fn write_method(
        &mut self,
        of: &Expr,
        method: Method,
        args: &[Expr],
    ) -> Result<Js, PageError> {
        match method {
            Method::Length if of.ty.is_array() => {
                let (of, dot) = self.write_receiver(of)?;
                return Ok(Js::member(format!("{of}{dot}length")));
            }
            Method::IsNone => return self.write_null_test(of, "=="),
            Method::IsNotNone => return self.write_null_test(of, "!="),
            Method::JsType => {
                let of = self.write(of)?.within(Level::Unary);
                return Ok(Js::new(format!("typeof {of}"), Level::Unary));
            }
            Method::Str | Method::Format if of.ty.without_none() == Type::Float => {
                return self.call(float_function(method), std::iter::once(of).chain(args));
            }
            Method::Keys | Method::Items => return self.write_keys(of, method),
            Method::Bool if of.ty == Type::Bool => return self.write(of),
            Method::Str | Method::ToString if of.ty == Type::Str => return self.write(of),
            Method::ToFloat | Method::ToInt if of.ty == Type::Int => return self.write(of),
            _ => {}
        }
        self.call(function(method), std::iter::once(of).chain(args))
    }

    /// Writes keys or items: keys are strings in the browser, where the type says that they are
    /// numbers they become such again.
    fn write_keys(&mut self, of: &Expr, method: Method) -> Result<Js, PageError> {
        let mut args = vec![self.text(of)?];
        match of.ty.key().map(|key| key.without_none()) {
            Some(Type::Int) => args.push("py.int".to_owned()),
            Some(Type::Float) => args.push("py.float".to_owned()),
            _ => {}
        }
        Ok(self.call_written(method.name(), &args))
    }
}

/// The function of `py` that writes a float.
fn float_function(method: Method) -> &'static str {
    match method {
        Method::Format => "floatFormat",
        _ => "floatStr",
    }
}

/// The function of `py` that does what the method does.
fn function(method: Method) -> &'static str {
    match method {
        Method::Bool => "truth",
        Method::ToString => "json",
        Method::ToInt => "int",
        Method::ToFloat => "float",
        Method::Format => "format",
        Method::Round => "round",
        other => other.name(),
    }
}
