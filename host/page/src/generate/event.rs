//! Event triggers to handlers.

use std::collections::HashSet;

use super::Generator;
use crate::{
    PageError,
    catalogue::TriggerSpec,
    emit::{self, Emitter, Reading},
    expr::Expr,
    javascript,
    node::{Action, Callback, CommandValue, Trigger},
};

/// Options of an event's handler in the browser, each with its value in JavaScript.
type Options = Vec<(&'static str, String)>;

/// The opening of a page, which gives its handlers no arguments.
pub static ON_LOAD: TriggerSpec = TriggerSpec {
    name: "on_load",
    javascript: "onLoad",
    args: &[],
};

/// An event chain that is a value: what calls it is not known.
static VALUE: TriggerSpec = TriggerSpec {
    name: "",
    javascript: "",
    args: &[],
};

/// What a handler does once its events are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Afterwards {
    /// Nothing.
    Nothing,
    /// The form is emptied.
    Reset,
}

/// A written action: an expression.
struct Step {
    text: String,
    /// Whether its value is the event sent, `undefined` when a choice sends none.
    sends: bool,
}

impl Generator<'_> {
    /// Writes a handler: a constant of the module, or in place where it reads names that only its
    /// place knows: a row's, or those of hooks.
    pub(super) fn handler(
        &mut self,
        spec: &'static TriggerSpec,
        trigger: &Trigger,
        afterwards: Afterwards,
    ) -> Result<String, PageError> {
        let (function, options) = self
            .event_emitter(spec)
            .event_function(spec, trigger, afterwards)?;
        let in_row = trigger.actions.iter().any(reads_local);
        if in_row && options.is_empty() {
            return Ok(function);
        }
        let handler = self.event_emitter(spec).event(&function, options);
        let timed = trigger.throttle_ms.is_some() || trigger.debounce_ms.is_some();
        Ok(match (in_row || self.in_hooks, timed) {
            (true, _) => handler,
            (false, false) => self.constant("h", handler),
            // Each has a clock of its own.
            (false, true) => {
                let name = self.name("h");
                self.hoisted.push(format!("const {name} = {handler};"));
                name
            }
        })
    }

    /// Exports what happens when the page is opened, if anything does: from one item on, since the
    /// server may have done the ones before it.
    pub(super) fn load(&mut self, on_load: &Trigger) -> Result<(), PageError> {
        let steps = self.event_emitter(&ON_LOAD).actions(&on_load.actions)?;
        if !steps.is_empty() {
            let items = texts(steps).into_iter().enumerate();
            let items = items.map(|(place, item)| format!("  if (from <= {place}) {item};\n"));
            let body: String = items.collect();
            self.hoisted
                .push(format!("\nexport function onLoad(from = 0) {{\n{body}}}"));
        }
        Ok(())
    }

    fn event_emitter(&mut self, spec: &'static TriggerSpec) -> Emitter<'_> {
        let mut emitter = self.emitter(Reading::Now);
        emitter.event = spec.args;
        emitter.color_mode = None;
        emitter
    }
}

impl Emitter<'_> {
    /// Writes an event chain where a value stands: the function that an event trigger would get.
    pub(crate) fn write_handler(&mut self, trigger: &Trigger) -> Result<String, PageError> {
        let mut emitter = Emitter {
            names: self.names,
            core: self.core,
            sent: self.sent,
            reading: Reading::Now,
            locals: self.locals,
            event: &[],
            color_mode: None,
        };
        let (function, options) = emitter.event_function(&VALUE, trigger, Afterwards::Nothing)?;
        Ok(if options.is_empty() {
            function
        } else {
            emitter.event(&function, options)
        })
    }

    fn event_function(
        &mut self,
        spec: &TriggerSpec,
        trigger: &Trigger,
        afterwards: Afterwards,
    ) -> Result<(String, Options), PageError> {
        let steps = self.actions(&trigger.actions)?;
        if afterwards == Afterwards::Reset {
            self.core.insert("resetForm");
        }
        Ok((function(steps, afterwards), options(spec, trigger)))
    }

    fn event(&mut self, function: &str, options: Options) -> String {
        self.core.insert("event");
        if options.is_empty() {
            return format!("event({function})");
        }
        let options = javascript::object(options.into_iter());
        format!("event({function}, {options})")
    }

    fn actions(&mut self, actions: &[Action]) -> Result<Vec<Step>, PageError> {
        actions.iter().map(|action| self.action(action)).collect()
    }

    fn action(&mut self, action: &Action) -> Result<Step, PageError> {
        let sends = matches!(action, Action::Handler { .. });
        let text = match action {
            Action::Choose {
                test,
                then,
                otherwise,
            } => return self.action_choice(test, [then, otherwise]),
            Action::Handler { handler, args } => {
                let number = self.names.handler(handler)?;
                let mut written = Vec::with_capacity(args.len());
                for arg in args {
                    written.push(self.text(arg)?);
                }
                self.core.insert("send");
                self.sent.insert(number);
                format!("send({number}, {})", javascript::array(written))
            }
            Action::Command(entries) => self.command(entries)?,
            Action::ToggleColorMode => {
                self.core.insert("toggleColorMode");
                "toggleColorMode()".to_owned()
            }
            Action::Call(function, args) => {
                let function = self.text(function)?;
                format!("({function})?.({})", args.join(", "))
            }
        };
        Ok(Step { text, sends })
    }

    /// Writes a command; its callbacks are functions.
    fn command(&mut self, entries: &[(String, CommandValue)]) -> Result<String, PageError> {
        let mut written = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let text = match value {
                CommandValue::Value(value) => self.text(value)?,
                CommandValue::Callback(callback) => self.callback(callback)?,
            };
            written.push((name.as_str(), text));
        }
        self.core.insert("command");
        Ok(format!(
            "command({})",
            javascript::object(written.into_iter())
        ))
    }

    fn callback(&mut self, callback: &Callback) -> Result<String, PageError> {
        let steps = texts(self.actions(&callback.actions)?);
        let given = callback.given.as_deref().unwrap_or_default();
        Ok(match steps.as_slice() {
            [] => "() => {}".to_owned(),
            [only] => format!("({given}) => {only}"),
            steps => format!("({given}) => {{ {} }}", steps.join("; ")),
        })
    }

    /// Writes a choice between actions, `undefined` where there is none.
    fn action_choice(&mut self, test: &Expr, branches: [&[Action]; 2]) -> Result<Step, PageError> {
        let mut written = self.truth(test)?.into_test();
        let mut sends = false;
        for (sign, actions) in [" ? ", " : "].into_iter().zip(branches) {
            let mut steps = self.actions(actions)?;
            sends |= steps.iter().any(|step| step.sends);
            let sent = steps.iter().rposition(|step| step.sends);
            let is_choice = matches!(actions, [Action::Choose { .. }]);
            let branch = match (steps.pop(), steps.is_empty()) {
                (None, _) => "undefined".to_owned(),
                (Some(only), true) if is_choice => format!("({})", only.text),
                (Some(only), true) => only.text,
                // The value is that of the last event sent, though all of them happen.
                (Some(last), false) => {
                    let all = texts(steps).into_iter().chain([last.text]);
                    format!("{}[{}]", javascript::array(all), sent.unwrap_or(0))
                }
            };
            written.extend([sign, &branch]);
        }
        Ok(Step {
            text: written,
            sends,
        })
    }
}

/// The function around the calls; it gives the id of the last event sent.
fn function(calls: Vec<Step>, afterwards: Afterwards) -> String {
    let sent = calls.iter().rposition(|call| call.sends);
    let mut steps = texts(calls);
    steps.extend((afterwards == Afterwards::Reset).then(|| "resetForm(e)".to_owned()));
    let last = steps.len().saturating_sub(1);
    match (steps.as_slice(), sent) {
        ([], _) => "() => {}".to_owned(),
        ([only], _) => format!("{} => {only}", parameter(only)),
        (_, sent) => {
            if let Some(sent) = sent {
                let result = if sent == last {
                    "return "
                } else {
                    "const sent = "
                };
                steps[sent].insert_str(0, result);
                steps.extend((sent != last).then(|| "return sent".to_owned()));
            }
            let body = steps.join("; ");
            format!("{} => {{ {body}; }}", parameter(&body))
        }
    }
}

fn texts(steps: Vec<Step>) -> Vec<String> {
    steps.into_iter().map(|step| step.text).collect()
}

/// What browsers and libraries give an event's function at most. Further arguments are not read.
pub const EVENT_NAMES: [&str; 8] = ["e", "e1", "e2", "e3", "e4", "e5", "e6", "e7"];

/// The event's names, as far as the calls read them.
fn parameter(calls: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let words: HashSet<&str> = calls.split(|letter| !is_word(letter)).collect();
    let read = EVENT_NAMES.iter().rposition(|name| words.contains(name));
    let names = &EVENT_NAMES[..read.map_or(0, |last| last + 1)];
    format!("({})", names.join(", "))
}

fn options(spec: &TriggerSpec, trigger: &Trigger) -> Options {
    let flag = |name, set: bool| set.then(|| (name, "true".to_owned()));
    let number = |name, set: Option<u32>| set.map(|milliseconds| (name, milliseconds.to_string()));
    [
        flag(
            "prevent",
            trigger.prevent_default || spec.name == "on_submit",
        ),
        flag("stop", trigger.stop_propagation),
        number("throttle", trigger.throttle_ms),
        number("debounce", trigger.debounce_ms),
        flag("temporal", trigger.temporal),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn reads_local(action: &Action) -> bool {
    match action {
        Action::Handler { args, .. } => args.iter().any(emit::reads_local),
        Action::Command(entries) => entries.iter().any(|(_, value)| match value {
            CommandValue::Value(value) => emit::reads_local(value),
            CommandValue::Callback(callback) => callback.actions.iter().any(reads_local),
        }),
        Action::ToggleColorMode => false,
        Action::Call(function, _) => emit::reads_local(function),
        Action::Choose {
            test,
            then,
            otherwise,
        } => emit::reads_local(test) || then.iter().chain(otherwise).any(reads_local),
    }
}
