//! Methods of values.

use ferroflex_state::{Dict, DictKey, Value};

use super::{
    Size, Spec, access, compare,
    convert::{as_text, entries, items, plain, position, text, truth},
    number::{Number, integer},
    rounding, sequence, words, write,
};
use crate::{PageError, expr::Method, types::Type};

/// A method called on a value.
pub(super) struct Call<'v> {
    pub(super) receiver: &'v Value,
    /// The type of the receiver.
    pub(super) ty: &'v Type,
    pub(super) args: &'v [Value],
    pub(super) size: &'v Size,
}

impl Call<'_> {
    pub(super) fn apply(&self, method: Method) -> Result<Value, PageError> {
        use Method as M;
        let of = self.receiver;
        Ok(match method {
            M::Upper | M::Lower | M::Title | M::Capitalize => Value::Str(self.cased(method)),
            M::Strip => self.stripped([true, true]),
            M::LeftStrip => self.stripped([true, false]),
            M::RightStrip => self.stripped([false, true]),
            M::StartsWith => Value::Bool(as_text(of).starts_with(&*self.text(0))),
            M::EndsWith => Value::Bool(as_text(of).ends_with(&*self.text(0))),
            M::Split => self.split(),
            M::Replace => return self.replace(),
            M::Join => self.join(),
            M::Length => count(length(of)),
            M::Contains => Value::Bool(self.contains()),
            M::Reverse => sequence::slice(of, [None, None, Some(-1)]),
            M::Keys | M::Values | M::Items => self.entries(method),
            M::Get => self.get(),
            M::Merge => self.merge(),
            M::Pluck => self.pluck(),
            M::ToString => Value::Str(write::json(of)),
            M::Str => Value::Str(write::string(of, self.ty)),
            M::Bool => Value::Bool(truth(of)),
            M::Range => return self.range(),
            M::IsNone => Value::Bool(matches!(plain(of), Value::None)),
            M::IsNotNone => Value::Bool(!matches!(plain(of), Value::None)),
            M::ToInt => to_int(of),
            M::ToFloat => to_float(of),
            M::Format => return self.format(),
            M::Round => rounding::round(of, self.argument(0).and_then(position).unwrap_or(0)),
            M::JsType => Value::Str(javascript_type(of).to_owned()),
        })
    }

    /// An argument; one that is None counts as not given.
    fn argument(&self, number: usize) -> Option<&Value> {
        let given = self.args.get(number)?;
        (!matches!(plain(given), Value::None)).then_some(given)
    }

    fn text(&self, number: usize) -> std::borrow::Cow<'_, str> {
        self.args.get(number).map(as_text).unwrap_or_default()
    }

    fn cased(&self, method: Method) -> String {
        let text = as_text(self.receiver);
        match method {
            Method::Upper => text.to_uppercase(),
            Method::Lower => text.to_lowercase(),
            Method::Title => words::title(&text),
            _ => words::capitalize(&text),
        }
    }

    fn stripped(&self, ends: [bool; 2]) -> Value {
        let letters = self.argument(0).map(as_text);
        let text = as_text(self.receiver);
        Value::Str(words::strip(&text, letters.as_deref(), ends).to_owned())
    }

    fn split(&self) -> Value {
        let separator = self.argument(0).map(as_text);
        let most = self.argument(1).and_then(position);
        // A negative number of splits is no limit.
        let most = most.and_then(|most| usize::try_from(most).ok());
        let parts = words::split(&as_text(self.receiver), separator.as_deref(), most);
        Value::List(parts.into_iter().map(Value::Str).collect())
    }

    fn replace(&self) -> Result<Value, PageError> {
        let (text, before, after) = (as_text(self.receiver), self.text(0), self.text(1));
        let places = text.matches(&*before).count();
        self.size
            .add(text.len() + places.saturating_mul(after.len()))?;
        Ok(Value::Str(text.replace(&*before, &after)))
    }

    fn join(&self) -> Value {
        let items = sequence::iterate(self.receiver);
        let texts: Vec<String> = items.iter().map(write::plain_string).collect();
        Value::Str(texts.join(&self.text(0)))
    }

    fn contains(&self) -> bool {
        let Some(item) = self.args.first() else {
            return false;
        };
        if let Some(text) = text(self.receiver) {
            return text.contains(&write::plain_string(item));
        }
        if let Some(field) = self.argument(1).filter(|field| truth(field)) {
            let name = access::key_name(field);
            let has = |element: &Value| {
                let found = entries(element).and_then(|entries| access::entry(entries, &name));
                compare::equal(found.unwrap_or(&Value::None), item)
            };
            return items(self.receiver).is_some_and(|items| items.iter().any(has));
        }
        if let Some(items) = items(self.receiver) {
            return items.iter().any(|element| compare::equal(element, item));
        }
        let name = access::key_name(item);
        entries(self.receiver).is_some_and(|entries| access::entry(entries, &name).is_some())
    }

    fn entries(&self, method: Method) -> Value {
        let empty = Dict::new();
        let entries = entries(self.receiver).unwrap_or(&empty).iter();
        let key = |key: &DictKey| self.key(key);
        Value::List(match method {
            Method::Keys => entries.map(|(name, _)| key(name)).collect(),
            Method::Values => entries.map(|(_, value)| value.clone()).collect(),
            _ => {
                let pair =
                    |(name, value): (&DictKey, &Value)| Value::List(vec![key(name), value.clone()]);
                entries.map(pair).collect()
            }
        })
    }

    /// A key as the browser has it: a string, unless the type says that it is a number.
    fn key(&self, key: &DictKey) -> Value {
        let name = Value::Str(key.name().into_owned());
        match self.ty.key().map(|ty| ty.without_none()) {
            Some(Type::Int) => to_int(&name),
            Some(Type::Float) => to_float(&name),
            _ => name,
        }
    }

    fn get(&self) -> Value {
        let name = self.args.first().map(access::key_name).unwrap_or_default();
        let found = entries(self.receiver).and_then(|entries| access::entry(entries, &name));
        let otherwise = || self.args.get(1).cloned().unwrap_or(Value::None);
        found.cloned().unwrap_or_else(otherwise)
    }

    fn merge(&self) -> Value {
        let mut merged = entries(self.receiver).cloned().unwrap_or_default();
        let other = self.args.first().and_then(entries);
        merged.extend(
            other
                .into_iter()
                .flatten()
                .map(|(key, value)| (key.clone(), value.clone())),
        );
        Value::Dict(merged)
    }

    fn pluck(&self) -> Value {
        let name = self.args.first().map(access::key_name).unwrap_or_default();
        let field = |item: &Value| {
            let found = entries(item).and_then(|entries| access::entry(entries, &name));
            found.cloned().unwrap_or(Value::None)
        };
        let items = sequence::iterate(self.receiver);
        Value::List(items.iter().map(field).collect())
    }

    fn range(&self) -> Result<Value, PageError> {
        let first = position(self.receiver).unwrap_or_default();
        let step = self.args.get(1).and_then(position).unwrap_or(1);
        let end = self.args.first().and_then(position);
        let (start, end) = end.map_or((0, first), |end| (first, end));
        sequence::range([start, end, step], self.size)
    }

    fn format(&self) -> Result<Value, PageError> {
        let text = match Spec::parse(&self.text(0)) {
            Some(spec) => spec.apply(self.receiver, self.ty),
            None => write::string(self.receiver, self.ty),
        };
        self.size.add(text.len())?;
        Ok(Value::Str(text))
    }
}

fn count(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

fn length(value: &Value) -> usize {
    if let Some(text) = text(value) {
        return text.chars().count();
    }
    if let Value::Bytes(bytes) = plain(value) {
        return bytes.len();
    }
    let entries = || entries(value).map(Dict::len);
    items(value)
        .map(<[Value]>::len)
        .or_else(entries)
        .unwrap_or_default()
}

/// `int(value)`: of a text the number that it writes, else NaN.
fn to_int(value: &Value) -> Value {
    let Some(text) = text(value) else {
        return match Number::of(value) {
            Number::Float(number) => rounding::whole(number.trunc()),
            number @ Number::Int(_) => number.into_value(),
        };
    };
    let digits = text.trim().replace('_', "");
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    digits.parse().map_or(Value::Float(f64::NAN), integer)
}

/// `float(value)`: of a text the number that it writes, else NaN.
fn to_float(value: &Value) -> Value {
    Value::Float(match text(value) {
        Some(text) => text.trim().replace('_', "").parse().unwrap_or(f64::NAN),
        None => Number::of(value).float(),
    })
}

/// What `typeof` says of the value in the browser.
fn javascript_type(value: &Value) -> &'static str {
    match plain(value) {
        Value::Bool(_) => "boolean",
        Value::Int(number) if number.unsigned_abs() >= 1 << 53 => "bigint",
        Value::BigInt(_) => "bigint",
        Value::Int(_) | Value::Float(_) => "number",
        Value::Str(_) | Value::Text { .. } => "string",
        _ => "object",
    }
}
