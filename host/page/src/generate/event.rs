//! Event triggers to handlers.

use super::Generator;
use crate::{
    PageError,
    catalogue::TriggerSpec,
    emit::{self, Emitter, Reading},
    expr::Expr,
    javascript,
    node::{Action, Callback, CommandValue, Trigger},
};

/// The opening of a page, which gives its handlers no arguments.
pub static ON_LOAD: TriggerSpec = TriggerSpec {
    name: "on_load",
    javascript: "onLoad",
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
    /// Writes a handler: a constant of the module, or in place where it reads a row's names.
    pub(super) fn handler(
        &mut self,
        spec: &'static TriggerSpec,
        trigger: &Trigger,
        afterwards: Afterwards,
    ) -> Result<String, PageError> {
        let steps = self.actions(spec, &trigger.actions)?;
        if afterwards == Afterwards::Reset {
            self.core.insert("resetForm");
        }
        let function = function(steps, afterwards);
        let options = options(spec, trigger);
        let in_row = trigger.actions.iter().any(reads_local);
        if in_row && options.is_empty() {
            return Ok(function);
        }
        self.core.insert("event");
        let options = if options.is_empty() {
            String::new()
        } else {
            format!(", {}", javascript::object(options.into_iter()))
        };
        let handler = format!("event({function}{options})");
        let timed = trigger.throttle_ms.is_some() || trigger.debounce_ms.is_some();
        Ok(match (in_row, timed) {
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

    /// Exports what happens when the page is opened, if anything does.
    pub(super) fn load(&mut self, on_load: &Trigger) -> Result<(), PageError> {
        let steps = self.actions(&ON_LOAD, &on_load.actions)?;
        if !steps.is_empty() {
            let body = texts(steps).join(";\n  ");
            self.hoisted
                .push(format!("\nexport function onLoad() {{\n  {body};\n}}"));
        }
        Ok(())
    }

    fn actions(
        &mut self,
        spec: &'static TriggerSpec,
        actions: &[Action],
    ) -> Result<Vec<Step>, PageError> {
        let written = actions.iter().map(|action| self.action(spec, action));
        written.collect()
    }

    fn action(&mut self, spec: &'static TriggerSpec, action: &Action) -> Result<Step, PageError> {
        let sends = matches!(action, Action::Handler { .. });
        let text = match action {
            Action::Choose {
                test,
                then,
                otherwise,
            } => return self.action_choice(spec, test, [then, otherwise]),
            Action::Handler { handler, args } => {
                let number = self.names.handler(handler)?;
                let mut written = Vec::with_capacity(args.len());
                for arg in args {
                    written.push(self.event_emitter(spec).text(arg)?);
                }
                self.core.insert("send");
                format!("send({number}, {})", javascript::array(written))
            }
            Action::Command(entries) => self.command(spec, entries)?,
            Action::ToggleColorMode => {
                self.core.insert("toggleColorMode");
                "toggleColorMode()".to_owned()
            }
        };
        Ok(Step { text, sends })
    }

    /// Writes a command; its callbacks are functions.
    fn command(
        &mut self,
        spec: &'static TriggerSpec,
        entries: &[(String, CommandValue)],
    ) -> Result<String, PageError> {
        let mut written = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let text = match value {
                CommandValue::Value(value) => self.event_emitter(spec).text(value)?,
                CommandValue::Callback(callback) => self.callback(spec, callback)?,
            };
            written.push((name.as_str(), text));
        }
        self.core.insert("command");
        Ok(format!(
            "command({})",
            javascript::object(written.into_iter())
        ))
    }

    fn callback(
        &mut self,
        spec: &'static TriggerSpec,
        callback: &Callback,
    ) -> Result<String, PageError> {
        let steps = texts(self.actions(spec, &callback.actions)?);
        let given = callback.given.as_deref().unwrap_or_default();
        Ok(match steps.as_slice() {
            [] => "() => {}".to_owned(),
            [only] => format!("({given}) => {only}"),
            steps => format!("({given}) => {{ {} }}", steps.join("; ")),
        })
    }

    /// Writes a choice between actions, `undefined` where there is none.
    fn action_choice(
        &mut self,
        spec: &'static TriggerSpec,
        test: &Expr,
        branches: [&[Action]; 2],
    ) -> Result<Step, PageError> {
        let mut written = self.event_emitter(spec).truth(test)?.into_test();
        let mut sends = false;
        for (sign, actions) in [" ? ", " : "].into_iter().zip(branches) {
            let mut steps = self.actions(spec, actions)?;
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

    fn event_emitter(&mut self, spec: &'static TriggerSpec) -> Emitter<'_> {
        let mut emitter = self.emitter(Reading::Now);
        emitter.event = spec.args;
        emitter.color_mode = None;
        emitter
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

/// The event's name, where the calls read it.
fn parameter(calls: &str) -> &'static str {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    if calls
        .split(|letter| !is_word(letter))
        .any(|word| word == "e")
    {
        "(e)"
    } else {
        "()"
    }
}

fn options(spec: &TriggerSpec, trigger: &Trigger) -> Vec<(&'static str, String)> {
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
        Action::Choose {
            test,
            then,
            otherwise,
        } => emit::reads_local(test) || then.iter().chain(otherwise).any(reads_local),
    }
}
