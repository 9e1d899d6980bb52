//! Attributes, indexes, slices and methods.

use ferroflex_state::Value;

use super::{Emitter, Js, Level};
use crate::{
    PageError,
    expr::{Expr, Method},
    javascript,
    types::Type,
};

/// What every JavaScript object answers to: asked of a dictionary, the runtime has to look
/// whether the dictionary itself has the key.
const INHERITED: &[&str] = &[
    "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__",
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
    "toString", "valueOf",
];

impl Emitter<'_> {
    pub(super) fn write_attribute(&mut self, of: &Expr, name: &str) -> Result<Js, PageError> {
        if INHERITED.contains(&name) {
            let of = self.text(of)?;
            return Ok(self.call_written("attr", &[of, javascript::string(name)]));
        }
        // What may be null has no fields: nothing is asked of it.
        let certain = matches!(of.ty, Type::Object(_) | Type::Dict(..));
        let of = self.write(of)?.within(Level::Member);
        Ok(Js::member(match (certain, javascript::is_identifier(name)) {
            (true, true) => format!("{of}.{name}"),
            (false, true) => format!("{of}?.{name}"),
            (true, false) => format!("{of}[{}]", javascript::string(name)),
            (false, false) => format!("{of}?.[{}]", javascript::string(name)),
        }))
    }

    pub(super) fn write_index(&mut self, of: &Expr, index: &Expr) -> Result<Js, PageError> {
        match index.constant() {
            Some(Value::Str(name)) if of.ty != Type::Str => self.write_attribute(of, name),
            Some(Value::Int(position)) if of.ty.is_array() => {
                let of = self.write(of)?.within(Level::Member);
                let last = |position: &i64| Js::member(format!("{of}.at({position})"));
                let plain = || Js::member(format!("{of}[{position}]"));
                Ok(if *position < 0 { last(position) } else { plain() })
            }
            _ => self.call("index", [of, index]),
        }
    }

    pub(super) fn write_slice(
        &mut self,
        of: &Expr,
        bounds: [Option<&Expr>; 3],
    ) -> Result<Js, PageError> {
        let given = bounds.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
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
                let of = self.write(of)?.within(Level::Member);
                return Ok(Js::member(format!("{of}.length")));
            }
            Method::IsNone => return self.write_null_test(of, "=="),
            Method::IsNotNone => return self.write_null_test(of, "!="),
            Method::Bool if of.ty == Type::Bool => return self.write(of),
            Method::Str | Method::ToString if of.ty == Type::Str => return self.write(of),
            Method::ToFloat | Method::ToInt if of.ty == Type::Int => return self.write(of),
            _ => {}
        }
        self.call(function(method), std::iter::once(of).chain(args))
    }
}

/// The function of `py` that does what the method does.
fn function(method: Method) -> &'static str {
    match method {
        Method::Bool => "truth",
        Method::ToString => "json",
        Method::ToInt => "int",
        Method::ToFloat => "float",
        other => other.name(),
    }
}
