//! Fields that the browser keeps: in cookies, in its local or its session storage.
//!
//! The browser writes them itself when they change. Here is the way back: cookies are taken from
//! the request's headers when a session begins, the rest from what hello and later frames tell.
//! Not here: how defaults declare it (`reflex.storage`), and what the shell does.

use std::sync::Arc;

use ferroflex_session::{Storage, Visit};
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};
use serde_json::Value as Json;

use super::{
    class::StateClass,
    object::{StateObject, starting_value},
    registry::parts,
    session::Live,
};
use crate::{arguments::Parameters, convert::to_value};

/// The field of the root state that tells whether what only the browser knows is there.
const IS_HYDRATED: &str = "is_hydrated";

/// Where the browser keeps a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// In a cookie, which requests bring.
    Cookie,
    /// In its local storage.
    Local,
    /// In its session storage.
    Session,
}

/// A field that the browser keeps, as pages describe it to the shell.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredField {
    /// The number of its state class.
    pub substate: u32,
    /// Its number there.
    pub field: u32,
    /// Where it is kept.
    pub area: Area,
    /// `in`, `name`, and the options that were given.
    pub options: Json,
}

/// What a state class knows of a field of its that the browser keeps.
#[derive(Debug)]
pub(crate) struct Stored {
    area: Area,
    name: String,
    options: Json,
    /// What the field takes, as its setter would.
    parameters: Parameters,
}

impl Stored {
    /// Reads what `storage.py` tells of a field: `(area, options, parameters)` or None.
    pub(super) fn read(described: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Self>> {
        if vm.is_none(described) {
            return Ok(None);
        }
        let [area, options, parameters] = parts(described, vm)?;
        let area = match area.try_into_value::<String>(vm)?.as_str() {
            "cookie" => Area::Cookie,
            "local" => Area::Local,
            _ => Area::Session,
        };
        let mut text = Vec::new();
        ferroflex_state::wire::write_value(&to_value(&options, vm)?.value, &mut text);
        let options: Json = serde_json::from_slice(&text).unwrap_or_default();
        Ok(Some(Self {
            area,
            name: options["name"].as_str().unwrap_or_default().to_owned(),
            options,
            parameters: Parameters::read(&parameters, vm)?,
        }))
    }
}

/// The fields of all classes that the browser keeps.
pub(crate) fn described(classes: &[Arc<StateClass>]) -> Vec<StoredField> {
    let fields = classes.iter().flat_map(|class| {
        stored(class).map(|(field, stored)| StoredField {
            substate: class.number,
            field,
            area: stored.area,
            options: stored.options.clone(),
        })
    });
    fields.collect()
}

fn stored(class: &StateClass) -> impl Iterator<Item = (u32, &Stored)> {
    let fields = (0..).zip(&class.fields);
    fields.filter_map(|(number, field)| Some((number, field.stored.as_ref()?)))
}

fn is_kept_by_browser(class: &StateClass) -> bool {
    stored(class).any(|(_, stored)| stored.area != Area::Cookie)
}

/// Gives a new session's fields what the request's cookies say. Where the browser has something
/// that no request brings, the session is not hydrated yet.
pub(super) fn begin(live: &Live, visit: &Visit, vm: &VirtualMachine) -> PyResult<()> {
    if live
        .states()
        .iter()
        .any(|state| is_kept_by_browser(&state.class))
    {
        hydrate(live, false, vm)?;
    }
    for state in live.states() {
        for (field, stored) in stored(&state.class) {
            let cookie = (stored.area == Area::Cookie).then(|| cookie(visit, &stored.name));
            if let Some(text) = cookie.flatten() {
                take(state, (field, stored), &text, vm)?;
            }
        }
    }
    Ok(())
}

/// Takes over what the browser says that it keeps. Hello's `visit` brings the cookies that scripts
/// cannot read.
pub(crate) fn take_over(
    live: &Live,
    storage: &Storage,
    visit: Option<&Visit>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    for (&(substate, number), text) in storage.values() {
        let state = live.state(substate);
        let field = state.and_then(|state| state.class.fields.get(number as usize));
        let (Some(state), Some(stored)) = (state, field.and_then(|field| field.stored.as_ref()))
        else {
            tracing::warn!("the browser keeps no field {substate}.{number}; a client says it does");
            continue;
        };
        let from_headers = || {
            let visit = visit.filter(|_| stored.area == Area::Cookie)?;
            cookie(visit, &stored.name)
        };
        match text.clone().or_else(from_headers) {
            Some(text) => take(state, (number, stored), &text, vm)?,
            None => restart(state, number, vm)?,
        }
    }
    hydrate(live, true, vm)
}

fn hydrate(live: &Live, hydrated: bool, vm: &VirtualMachine) -> PyResult<()> {
    let Some(root) = live.state(0) else {
        return Ok(());
    };
    root.as_object()
        .set_attr(IS_HYDRATED, vm.ctx.new_bool(hydrated), vm)
}

/// Gives a field what is stored; a text that is none of its type is passed over.
fn take(
    state: &rustpython_vm::Py<StateObject>,
    (number, stored): (u32, &Stored),
    text: &str,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let place = || {
        format!(
            "{}.{}",
            state.class.full_name, state.class.fields[number as usize].name
        )
    };
    let convert = |value: Json| stored.parameters.convert(&place(), &[value], vm);
    let parsed = || serde_json::from_str(text).ok().map(convert);
    match convert(text.into()).or_else(|refusal| parsed().unwrap_or(Err(refusal))) {
        Ok(mut values) => match values.pop() {
            Some(value) => StateObject::write(state, number, value, vm),
            None => Ok(()),
        },
        Err(refusal) => {
            tracing::warn!("what the browser keeps is not taken over: {refusal}");
            Ok(())
        }
    }
}

/// Gives a field of which the browser keeps nothing its starting value.
fn restart(
    state: &rustpython_vm::Py<StateObject>,
    number: u32,
    vm: &VirtualMachine,
) -> PyResult<()> {
    match starting_value(&state.class.fields[number as usize], vm)? {
        Some(value) => StateObject::write(state, number, value, vm),
        None => Ok(()),
    }
}

/// The text of the cookie of that name. The first of several counts, which is the one of the
/// longest path.
fn cookie(visit: &Visit, name: &str) -> Option<String> {
    let headers = visit
        .headers
        .iter()
        .filter(|(header, _)| header == "cookie");
    let mut cookies = headers.flat_map(|(_, value)| value.split(';'));
    cookies.find_map(|cookie| {
        let (known, value) = cookie.split_once('=')?;
        let value = value.trim();
        let quoted = value
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        (known.trim() == name).then(|| percent_decoded(quoted.unwrap_or(value)))
    })
}

/// The text with its `%xx` decoded, or as it is where that gives no text.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if let (b'%', Some(byte)) = (first, after.get(..2).and_then(hexadecimal)) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The number that two digits stand for; signs are none.
fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16);
    let numbers = digits.iter().map(digit).collect::<Option<Vec<_>>>()?;
    let number = numbers.iter().fold(0, |number, digit| number * 16 + digit);
    u8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(cookies: &str) -> Visit {
        let headers = [("accept", "*/*"), ("cookie", cookies)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Visit {
            headers: headers.into(),
            ..Visit::default()
        }
    }

    #[test]
    fn cookies_are_found_by_name() {
        let visit = visit("a=1; theme=dark;x=\"in quotes\"; theme=light; odd; e=; eq=a=b");
        let found = |name| cookie(&visit, name);
        assert_eq!(found("theme").as_deref(), Some("dark"));
        assert_eq!(found("x").as_deref(), Some("in quotes"));
        assert_eq!(found("e").as_deref(), Some(""));
        assert_eq!(found("eq").as_deref(), Some("a=b"));
        assert_eq!(found("odd"), None);
        assert_eq!(found("hem"), None);
    }

    #[test]
    fn what_is_no_encoding_stays() {
        assert_eq!(percent_decoded("gr%C3%BC%C3%9Fe%20%26%3B"), "grüße &;");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%4"), "%zz%4");
        assert_eq!(percent_decoded("%+1"), "%+1");
        assert_eq!(percent_decoded("%FF"), "%FF");
        assert_eq!(percent_decoded("a+b"), "a+b");
    }
}
