//! Event triggers to handlers.

use super::Generator;
use crate::{
    PageError,
    catalogue::TriggerSpec,
    emit::{self, Emitter, Reading},
    javascript,
    node::{Action, Trigger},
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

impl Generator<'_> {
    /// Writes a handler: a constant of the module, or in place where it reads a row's names.
    pub(super) fn handler(
        &mut self,
        spec: &'static TriggerSpec,
        trigger: &Trigger,
        afterwards: Afterwards,
    ) -> Result<String, PageError> {
        let mut calls = Vec::with_capacity(trigger.actions.len());
        for action in &trigger.actions {
            calls.push(self.action(spec, action)?);
        }
        if afterwards == Afterwards::Reset {
            self.core.insert("resetForm");
        }
        let function = function(&calls, afterwards);
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
        let calls = on_load
            .actions
            .iter()
            .map(|action| self.action(&ON_LOAD, action));
        let calls = calls.collect::<Result<Vec<_>, _>>()?;
        if !calls.is_empty() {
            let body = calls.join(";\n  ");
            self.hoisted
                .push(format!("\nexport function onLoad() {{\n  {body};\n}}"));
        }
        Ok(())
    }

    fn action(&mut self, spec: &'static TriggerSpec, action: &Action) -> Result<String, PageError> {
        match action {
            Action::Handler { handler, args } => {
                let number = self.names.handler(handler)?;
                let mut written = Vec::with_capacity(args.len());
                for arg in args {
                    written.push(self.event_emitter(spec).text(arg)?);
                }
                self.core.insert("send");
                Ok(format!("send({number}, {})", javascript::array(written)))
            }
            Action::Command(entries) => {
                let mut written = Vec::with_capacity(entries.len());
                for (name, value) in entries {
                    written.push((name.as_str(), self.event_emitter(spec).text(value)?));
                }
                self.core.insert("command");
                Ok(format!(
                    "command({})",
                    javascript::object(written.into_iter())
                ))
            }
            Action::ToggleColorMode => {
                self.core.insert("toggleColorMode");
                Ok("toggleColorMode()".to_owned())
            }
        }
    }

    fn event_emitter(&mut self, spec: &'static TriggerSpec) -> Emitter<'_> {
        let mut emitter = self.emitter(Reading::Now);
        emitter.event = spec.args;
        emitter.color_mode = None;
        emitter
    }
}

/// The function around the calls; it gives the id of the last event sent.
fn function(calls: &[String], afterwards: Afterwards) -> String {
    let is_sent = |call: &String| call.starts_with("send(");
    let mut steps = calls.to_vec();
    steps.extend((afterwards == Afterwards::Reset).then(|| "resetForm(e)".to_owned()));
    let last = steps.len().saturating_sub(1);
    match (steps.as_slice(), steps.iter().rposition(is_sent)) {
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
        Action::Command(entries) => entries.iter().any(|(_, value)| emit::reads_local(value)),
        Action::ToggleColorMode => false,
    }
}
