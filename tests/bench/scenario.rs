//! The scenarios: which handlers are called with which arguments, and what must come of it.
//!
//! The counterpart of `apps/bench.py`. Nothing here knows how a call reaches a server.

use std::str::FromStr;

use anyhow::{Result, bail};
use serde_json::{Value, json};

/// How many changes one step of `stream` and `async-stream` yields.
const STREAM_LENGTH: u64 = 100;
/// The length to which the list of `todo-1000` is cut back.
const LIST_LENGTH: u64 = 1000;
/// The length at which it is cut back.
const LIST_LENGTH_MAX: u64 = 1100;
/// The rows of `table`.
const TABLE_ROWS: u64 = 1000;
/// Neighbouring steps change rows far apart; no divisor of the number of rows.
const TABLE_STRIDE: u64 = 377;

/// One scenario, measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    /// One number counts up.
    Counter,
    /// One item is appended to a list of 1,000.
    Todo1000,
    /// One cell of 1,000 rows of 5 is set.
    Table,
    /// One field of 10 substates of 20 fields is set.
    Wide,
    /// A computed var follows a field.
    Computed,
    /// One event, 100 yields.
    Stream,
    /// One number counts up in an async handler that never waits.
    Async,
    /// One number counts up in an async handler after a wait of 10 ms.
    Sleep,
    /// One event, 100 yields of an async generator.
    AsyncStream,
}

/// One event: the handler's own name, its arguments, and the value that the client must receive
/// before the event counts as done.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The name of the handler in the scenario's state class.
    pub(crate) handler: &'static str,
    /// Names and values; one dialect sends them by position, the other by name.
    pub(crate) arguments: Vec<(&'static str, Value)>,
    /// A value that occurs in what the server sends, and occurred in nothing before it.
    pub(crate) effect: Option<Value>,
}

impl Call {
    /// Puts the state up, before anything is measured.
    pub(crate) fn prepare() -> Self {
        Self {
            handler: "prepare",
            arguments: Vec::new(),
            effect: None,
        }
    }
}

impl Scenario {
    /// All, in the order in which they are run.
    pub(crate) const ALL: [Self; 9] = [
        Self::Counter,
        Self::Todo1000,
        Self::Table,
        Self::Wide,
        Self::Computed,
        Self::Stream,
        Self::Async,
        Self::Sleep,
        Self::AsyncStream,
    ];

    /// The name on the command line and in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Todo1000 => "todo-1000",
            Self::Table => "table",
            Self::Wide => "wide",
            Self::Computed => "computed",
            Self::Stream => "stream",
            Self::Async => "async",
            Self::Sleep => "sleep",
            Self::AsyncStream => "async-stream",
        }
    }

    /// The state class in the app.
    pub(crate) fn state(self) -> &'static str {
        match self {
            Self::Counter => "CounterState",
            Self::Todo1000 => "TodoState",
            Self::Table => "TableState",
            Self::Wide => "WideState0",
            Self::Computed => "ComputedState",
            Self::Stream => "StreamState",
            Self::Async => "AsyncState",
            Self::Sleep => "SleepState",
            Self::AsyncStream => "AsyncStreamState",
        }
    }

    /// The step that is measured; `number` counts from 1 in each client.
    pub(crate) fn step(self, number: u64) -> Call {
        let (arguments, effect) = match self {
            Self::Counter | Self::Wide | Self::Async | Self::Sleep => (Vec::new(), json!(number)),
            Self::Todo1000 => (vec![("text", json!(task(number)))], json!(task(number))),
            Self::Table => {
                let row = number * TABLE_STRIDE % TABLE_ROWS;
                (
                    vec![("row", json!(row)), ("price", json!(price(number)))],
                    json!(price(number)),
                )
            }
            Self::Computed => (Vec::new(), json!(label(number))),
            Self::Stream | Self::AsyncStream => (Vec::new(), json!(number * STREAM_LENGTH)),
        };
        Call {
            handler: "step",
            arguments,
            effect: Some(effect),
        }
    }

    /// Asks for the app's own account of what `steps` steps have led to. An event that was lost,
    /// run twice or applied halfway makes the account differ.
    pub(crate) fn check(self, steps: u64) -> Call {
        let summary = match self {
            Self::Counter => format!("count {steps}"),
            Self::Todo1000 => {
                let length = LIST_LENGTH + steps % (LIST_LENGTH_MAX - LIST_LENGTH);
                format!("length {length}, last {}", task(steps))
            }
            Self::Table => format!("rows {TABLE_ROWS}, highest {}", price(steps)),
            Self::Wide => format!("field {steps}"),
            Self::Computed => format!("label {}", label(steps)),
            Self::Stream => format!("position {}", steps * STREAM_LENGTH),
            Self::Async => format!("async count {steps}"),
            Self::Sleep => format!("sleep count {steps}"),
            Self::AsyncStream => format!("async position {}", steps * STREAM_LENGTH),
        };
        Call {
            handler: "check",
            arguments: Vec::new(),
            effect: Some(json!(summary)),
        }
    }
}

/// What `--scenario` names: one, several with commas between, or `all`.
#[derive(Debug, Clone)]
pub(crate) struct Selection(pub(crate) Vec<Scenario>);

impl FromStr for Selection {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == "all" {
            return Ok(Self(Scenario::ALL.to_vec()));
        }
        text.split(',').map(find).collect::<Result<_>>().map(Self)
    }
}

fn find(name: &str) -> Result<Scenario> {
    if let Some(scenario) = Scenario::ALL
        .into_iter()
        .find(|scenario| scenario.name() == name)
    {
        return Ok(scenario);
    }
    let names = Scenario::ALL.map(Scenario::name).join(", ");
    bail!("no scenario is called {name:?}; there are {names} and all")
}

/// Whether `value` is, or holds at any depth, `wanted`.
pub(crate) fn holds(value: &Value, wanted: &Value) -> bool {
    value == wanted
        || match value {
            Value::Array(items) => items.iter().any(|item| holds(item, wanted)),
            Value::Object(entries) => entries.values().any(|entry| holds(entry, wanted)),
            _ => false,
        }
}

fn task(number: u64) -> String {
    format!("task number {number}")
}

/// Above every initial price, and growing: the last one written is the highest.
fn price(number: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a run has far fewer than 2^52 steps"
    )]
    let number = number as f64;
    number + 1000.25
}

fn label(number: u64) -> String {
    format!("{} is twice {number}", number * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_one_several_and_all() {
        let several: Selection = "counter,stream".parse().unwrap();
        assert_eq!(several.0, [Scenario::Counter, Scenario::Stream]);
        assert_eq!("all".parse::<Selection>().unwrap().0, Scenario::ALL);
        let error = "count".parse::<Selection>().unwrap_err().to_string();
        assert!(error.contains("todo-1000"), "{error}");
    }

    #[test]
    fn the_list_is_expected_to_be_cut_back() {
        let summary = |steps| Scenario::Todo1000.check(steps).effect.unwrap();
        assert_eq!(summary(99), "length 1099, last task number 99");
        assert_eq!(summary(100), "length 1000, last task number 100");
    }

    #[test]
    fn a_value_is_found_at_any_depth() {
        let delta = json!({"state": {"rows": [{"price": 1001.25}]}});
        assert!(holds(&delta, &json!(1001.25)));
        assert!(!holds(&delta, &json!(1002.25)));
    }
}
