//! What a handler takes, and the arguments of an event turned into that.
//!
//! Browsers send text where Python wants numbers; what can be converted without doubt is, the rest
//! is refused before the handler runs, with the parameter's name.

use ferroflex_session::Refusal;
use ferroflex_state::{Value, wire};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyType};
use serde_json::Value as Json;

use crate::{
    convert::from_json,
    live::registry::{each, parts},
};

/// The parameters of a handler, without the state instance.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    listed: Vec<Parameter>,
    required: usize,
    accepts_more: bool,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    kind: Kind,
}

/// What an annotation asks for, as far as it is checked here.
#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Any,
    None,
    Bool,
    Int,
    Float,
    Str,
    List,
    Dict,
    OneOf(Vec<Kind>),
}

impl Parameters {
    /// Reads what `state.py` tells of a function: `([(name, annotation, optional)], accepts_more)`.
    pub(crate) fn read(described: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        let [listed, accepts_more] = parts(described, vm)?;
        let mut parameters = Self {
            accepts_more: accepts_more.try_into_value(vm)?,
            ..Self::default()
        };
        for entry in each(&listed, vm)? {
            let [name, annotation, optional] = parts(&entry, vm)?;
            let kind = Kind::of(&annotation, vm)?;
            parameters.listed.push(Parameter {
                name: name.try_into_value(vm)?,
                kind,
            });
            if !optional.try_into_value::<bool>(vm)? {
                parameters.required += 1;
            }
        }
        Ok(parameters)
    }

    /// Whether so many arguments can be given.
    pub(crate) fn check_count(&self, handler: &str, given: usize) -> Result<(), Refusal> {
        let fits = given >= self.required && (self.accepts_more || given <= self.listed.len());
        if fits {
            return Ok(());
        }
        Err(Refusal::WrongArgumentCount {
            handler: handler.to_owned(),
            expected: self.described(),
            given,
        })
    }

    fn described(&self) -> String {
        let most = self.listed.len();
        match (self.required, most, self.accepts_more) {
            (0, 0, false) => "no arguments".to_owned(),
            (1, 1, false) => "1 argument".to_owned(),
            (least, most, false) if least == most => format!("{most} arguments"),
            (least, most, false) => format!("{least} to {most} arguments"),
            (1, _, true) => "1 argument or more".to_owned(),
            (least, _, true) => format!("{least} arguments or more"),
        }
    }

    /// The Python arguments.
    pub(crate) fn convert(
        &self,
        handler: &str,
        args: &[Json],
        vm: &VirtualMachine,
    ) -> Result<Vec<PyObjectRef>, Refusal> {
        self.check_count(handler, args.len())?;
        args.iter()
            .enumerate()
            .map(|(index, arg)| self.one(handler, index, arg, vm))
            .collect()
    }

    fn one(
        &self,
        handler: &str,
        index: usize,
        arg: &Json,
        vm: &VirtualMachine,
    ) -> Result<PyObjectRef, Refusal> {
        let refuse = |name: &str, expected: String| Refusal::WrongArgument {
            handler: handler.to_owned(),
            position: index + 1,
            name: name.to_owned(),
            expected,
            given: kind_of(arg).to_owned(),
        };
        let parameter = self.listed.get(index);
        let name = parameter.map_or("", |parameter| parameter.name.as_str());
        let kind = parameter.map_or(&Kind::Any, |parameter| &parameter.kind);
        let fitting = kind
            .fit(arg)
            .ok_or_else(|| refuse(name, kind.to_string()))?;
        from_json(&fitting, vm).map_err(|_| refuse(name, kind.to_string()))
    }
}

impl Kind {
    fn of(annotation: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        if vm.is_none(annotation) {
            return Ok(Self::Any);
        }
        let origin = vm.get_attribute_opt(annotation, "__origin__")?;
        let class = origin.as_deref().unwrap_or(annotation);
        if let Some(class) = class.downcast_ref::<PyType>()
            && let Some(kind) = Self::of_class(class, vm)
        {
            return Ok(kind);
        }
        let name = annotation.class().name().to_string();
        if name.contains("Union") {
            let members = each(&*annotation.get_attr("__args__", vm)?, vm)?;
            let kinds = members.iter().map(|member| Self::of_member(member, vm));
            return kinds.collect::<PyResult<_>>().map(Self::OneOf);
        }
        Ok(Self::Any)
    }

    fn of_member(annotation: &PyObject, vm: &VirtualMachine) -> PyResult<Self> {
        if annotation.is(vm.ctx.none.class()) {
            Ok(Self::None)
        } else {
            Self::of(annotation, vm)
        }
    }

    fn of_class(class: &rustpython_vm::Py<PyType>, vm: &VirtualMachine) -> Option<Self> {
        let types = &vm.ctx.types;
        [
            (types.bool_type, Self::Bool),
            (types.int_type, Self::Int),
            (types.float_type, Self::Float),
            (types.str_type, Self::Str),
            (types.list_type, Self::List),
            (types.dict_type, Self::Dict),
        ]
        .into_iter()
        .find_map(|(known, kind)| class.is(known).then_some(kind))
    }

    /// The argument as this kind of value; none when it is not one.
    fn fit(&self, arg: &Json) -> Option<Json> {
        match (self, arg) {
            (Self::Any, _)
            | (Self::None, Json::Null)
            | (Self::Bool, Json::Bool(_))
            | (Self::Str, Json::String(_))
            | (Self::List, Json::Array(_))
            | (Self::Dict, Json::Object(_)) => Some(arg.clone()),
            (Self::Bool, Json::String(text)) => text.parse().ok().map(Json::Bool),
            (Self::Str, Json::Number(number)) => Some(Json::String(number.to_string())),
            (Self::Int, _) => integer(arg),
            (Self::Float, _) => float(arg),
            (Self::OneOf(kinds), _) => {
                let exact = kinds.iter().find(|kind| kind.is_exactly(arg));
                exact.map_or_else(
                    || kinds.iter().find_map(|kind| kind.fit(arg)),
                    |_| Some(arg.clone()),
                )
            }
            _ => None,
        }
    }

    fn is_exactly(&self, arg: &Json) -> bool {
        match (self, arg) {
            (Self::Int, Json::Number(number)) => number.is_i64() || number.is_u64(),
            (Self::Float, Json::Number(number)) => number.is_f64(),
            (Self::None, Json::Null)
            | (Self::Bool, Json::Bool(_))
            | (Self::Str, Json::String(_))
            | (Self::List, Json::Array(_))
            | (Self::Dict, Json::Object(_)) => true,
            _ => false,
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            Self::Any => "anything",
            Self::None => "None",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::List => "list",
            Self::Dict => "dict",
            Self::OneOf(kinds) => {
                let names: Vec<String> = kinds.iter().map(ToString::to_string).collect();
                return f.write_str(&names.join(" | "));
            }
        };
        f.write_str(name)
    }
}

fn integer(arg: &Json) -> Option<Json> {
    match arg {
        Json::Number(number) if number.is_i64() || number.is_u64() => Some(arg.clone()),
        Json::Number(number) => whole(number.as_f64()?),
        Json::String(text) => text.trim().parse::<i64>().ok().map(Json::from),
        Json::Object(_) => {
            let value = wire::read_value(arg.clone());
            matches!(value, Value::Int(_) | Value::BigInt(_)).then(|| arg.clone())
        }
        _ => None,
    }
}

/// The largest integer that a double holds without a gap below it.
const WHOLE_MAX: f64 = 9_007_199_254_740_991.0;

#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be whole and within the range"
)]
fn whole(number: f64) -> Option<Json> {
    let fits = number.fract() == 0.0 && number.abs() <= WHOLE_MAX;
    fits.then(|| Json::from(number as i64))
}

fn float(arg: &Json) -> Option<Json> {
    match arg {
        Json::Number(number) => number.as_f64().map(Json::from),
        Json::String(text) => text
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
            .map(Json::from),
        Json::Object(_) => {
            let value = wire::read_value(arg.clone());
            matches!(value, Value::Float(_)).then(|| arg.clone())
        }
        _ => None,
    }
}

fn kind_of(arg: &Json) -> &'static str {
    match arg {
        Json::Null => "None",
        Json::Bool(_) => "bool",
        Json::Number(number) if number.is_f64() => "float",
        Json::Number(_) => "int",
        Json::String(_) => "str",
        Json::Array(_) => "list",
        Json::Object(_) => "dict",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fits(kind: &Kind, arg: &Json, expected: Json) {
        assert_eq!(kind.fit(arg), Some(expected), "{kind} of {arg}");
    }

    #[test]
    fn text_becomes_the_number_that_it_writes() {
        fits(&Kind::Int, &json!("12"), json!(12));
        fits(&Kind::Int, &json!(" -3 "), json!(-3));
        fits(&Kind::Int, &json!(4.0), json!(4));
        fits(&Kind::Float, &json!("1.5"), json!(1.5));
        fits(&Kind::Float, &json!(2), json!(2.0));
        fits(&Kind::Bool, &json!("true"), json!(true));
        fits(&Kind::Str, &json!(7), json!("7"));
    }

    #[test]
    fn what_is_not_one_is_refused() {
        for arg in [
            json!("abc"),
            json!(null),
            json!([1]),
            json!(1.5),
            json!(true),
            json!(""),
        ] {
            assert_eq!(Kind::Int.fit(&arg), None, "{arg}");
        }
        assert_eq!(Kind::Float.fit(&json!("nan")), None);
        assert_eq!(Kind::Str.fit(&json!({})), None);
        assert_eq!(Kind::Bool.fit(&json!(1)), None);
        assert_eq!(Kind::List.fit(&json!("x")), None);
    }

    #[test]
    fn a_union_takes_what_fits_exactly_before_what_can_be_converted() {
        let kind = Kind::OneOf(vec![Kind::Int, Kind::Str, Kind::None]);
        fits(&kind, &json!("12"), json!("12"));
        fits(&kind, &json!(12), json!(12));
        fits(&kind, &json!(null), json!(null));
        assert_eq!(kind.fit(&json!([])), None);
    }
}
