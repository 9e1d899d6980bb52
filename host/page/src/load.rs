//! What happens when a page is opened, as far as it can be told without a browser: its events and
//! commands with the values that the state gives them.
//!
//! Not here: the same for the browser, which is the module's `onLoad` (`generate`), and running
//! anything of it (the session).

use ferroflex_state::wire::write_value;
use serde_json::Value as Json;

use crate::{
    Names, PageError,
    evaluate::{Lookup, evaluate, evaluate_truth},
    expr::Expr,
    node::{Action, CommandValue},
};

/// One thing that happens when a page is opened, in the order of `on_load`.
#[derive(Debug, Clone)]
pub enum LoadItem {
    /// A handler runs.
    Handler {
        /// Its number.
        handler: u32,
        /// Its arguments.
        args: Vec<Expr>,
    },
    /// The browser is asked for something: the command's entries.
    Command(Vec<(String, Expr)>),
    /// One or the other happens, by what the state says.
    Choose {
        /// What decides.
        test: Expr,
        /// What happens when it is true.
        then: Vec<LoadItem>,
        /// What happens when it is not.
        otherwise: Vec<LoadItem>,
    },
    /// Only a browser can do it: what follows from a command, a function of the browser's.
    Browser,
}

/// What an item comes to with the values of a state.
#[derive(Debug, Clone, PartialEq)]
pub enum LoadStep {
    /// A handler runs.
    Event {
        /// Its number.
        handler: u32,
        /// Its arguments, in the wire protocol's form.
        args: Vec<Json>,
    },
    /// A command, in the wire protocol's form.
    Command(Json),
}

/// What the items come to, item by item. It ends before the first one that is the browser's: the
/// rest is left to it, so that the order stays.
#[must_use]
pub fn load_steps(items: &[LoadItem], state: &impl Lookup) -> Vec<Vec<LoadStep>> {
    items.iter().map_while(|item| steps(item, state)).collect()
}

fn steps(item: &LoadItem, state: &impl Lookup) -> Option<Vec<LoadStep>> {
    Some(match item {
        LoadItem::Handler { handler, args } => {
            let args = args.iter().map(|argument| json(argument, state));
            let (handler, args) = (*handler, args.collect::<Option<_>>()?);
            vec![LoadStep::Event { handler, args }]
        }
        LoadItem::Command(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| Some((name.clone(), json(value, state)?)));
            vec![LoadStep::Command(Json::Object(
                entries.collect::<Option<_>>()?,
            ))]
        }
        LoadItem::Choose {
            test,
            then,
            otherwise,
        } => {
            let holds = evaluate_truth(test, state).ok()?;
            let chosen = if holds { then } else { otherwise };
            let steps = chosen.iter().map(|item| steps(item, state));
            steps.collect::<Option<Vec<_>>>()?.concat()
        }
        LoadItem::Browser => return None,
    })
}

/// The value on the wire, if it can be told without a browser.
fn json(expr: &Expr, state: &impl Lookup) -> Option<Json> {
    let mut text = Vec::new();
    write_value(&evaluate(expr, state).ok()?, &mut text);
    serde_json::from_slice(&text).ok()
}

/// The items of a page's `on_load`.
///
/// # Errors
/// When the names do not have a handler.
pub(crate) fn load_items(actions: &[Action], names: &Names) -> Result<Vec<LoadItem>, PageError> {
    actions
        .iter()
        .map(|action| load_item(action, names))
        .collect()
}

fn load_item(action: &Action, names: &Names) -> Result<LoadItem, PageError> {
    Ok(match action {
        Action::Handler { handler, args } => match u32::try_from(names.handler(handler)?) {
            Ok(handler) => LoadItem::Handler {
                handler,
                args: args.clone(),
            },
            Err(_) => LoadItem::Browser,
        },
        Action::Command(entries) => {
            let plain = entries.iter().map(|(name, value)| match value {
                CommandValue::Value(value) => Some((name.clone(), value.clone())),
                CommandValue::Callback(_) => None,
            });
            let plain: Option<_> = plain.collect();
            plain.map_or(LoadItem::Browser, LoadItem::Command)
        }
        Action::Choose {
            test,
            then,
            otherwise,
        } => LoadItem::Choose {
            test: test.clone(),
            then: load_items(then, names)?,
            otherwise: load_items(otherwise, names)?,
        },
        Action::ToggleColorMode | Action::Call(..) => LoadItem::Browser,
    })
}
