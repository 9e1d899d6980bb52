//! What frames would have done in the browser that no page has applied, and that give way to a full
//! state: their commands and their errors. What they changed is in that state.
//!
//! Not here: when a full state is made (`turns`), and which frames are held (`ring`).

use serde::Deserialize;
use serde_json::Value;

use crate::frame;
use crate::script::{Script, Update};
use crate::session_core::{Applied, Core};
use crate::store::Frame;

/// What is left to be told, in its order.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Unseen {
    commands: Vec<Value>,
    errors: Vec<Failure>,
}

/// An error that nobody was shown.
#[derive(Debug, PartialEq, Deserialize)]
struct Failure {
    code: String,
    message: String,
    trace: Option<String>,
}

/// The parts of a frame that count here.
#[derive(Deserialize)]
#[serde(tag = "t", rename_all = "lowercase")]
enum Part {
    Patch {
        #[serde(default)]
        commands: Vec<Value>,
    },
    Error(Failure),
}

impl Unseen {
    /// Whether there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.errors.is_empty()
    }

    /// Reads it from frames. `in_other_build`: they were made for another build of the app, so that
    /// a command which calls handlers, by numbers, would call others.
    fn of(frames: &[Frame], in_other_build: bool) -> Self {
        let mut unseen = Self::default();
        for (_, frame) in frames {
            match serde_json::from_slice(frame) {
                Ok(Part::Patch { commands }) => unseen.commands.extend(commands),
                Ok(Part::Error(failure)) => unseen.errors.push(failure),
                Err(error) => tracing::error!(%error, "a frame that is held is none"),
            }
        }
        if in_other_build {
            unseen.commands.retain(|command| !calls_handlers(command));
        }
        unseen
    }
}

impl<S: Script> Core<S> {
    /// What the frames that are held would still do, as far as the client is known not to have
    /// applied them.
    pub(crate) fn unseen(&self) -> Unseen {
        let applied = self.attached.as_ref().and_then(|attached| {
            let given = attached.cursor.map(|sequence| Applied {
                sequence,
                in_other_build: false,
            });
            given.or(attached.applied)
        });
        applied.map_or_else(Unseen::default, |applied| {
            let frames = self.ring.held_after(applied.sequence);
            Unseen::of(&frames, applied.in_other_build)
        })
    }

    /// Tells it in frames of their own, which follow the full state.
    pub(crate) fn tell_unseen(&mut self, unseen: Unseen) {
        if !unseen.commands.is_empty() {
            let update = Update {
                commands: unseen.commands,
                ..Update::default()
            };
            self.emit(|sequence| frame::patch(sequence, &update, &[]));
        }
        for failure in &unseen.errors {
            self.emit(|sequence| {
                frame::error(&frame::Error {
                    sequence: Some(sequence),
                    event: None,
                    code: &failure.code,
                    message: &failure.message,
                    trace: failure.trace.as_deref(),
                })
            });
        }
    }
}

/// Whether something in a command calls a handler, as its callbacks do.
fn calls_handlers(value: &Value) -> bool {
    match value {
        Value::Object(parts) => {
            let is_call = parts.get("handler").is_some_and(Value::is_u64);
            is_call && parts.contains_key("args") || parts.values().any(calls_handlers)
        }
        Value::Array(items) => items.iter().any(calls_handlers),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;

    fn frames(texts: &[Value]) -> Vec<Frame> {
        let numbered = (1..).zip(texts);
        numbered
            .map(|(number, text)| (number, Bytes::from(text.to_string())))
            .collect()
    }

    #[test]
    fn commands_and_errors_are_left_of_frames() {
        let toast = json!({"c": "toast", "message": "Saved"});
        let unseen = Unseen::of(
            &frames(&[
                json!({"t": "patch", "seq": 1, "ops": [[0, ["s", [0], 1]]], "ack": [1]}),
                json!({"t": "patch", "seq": 2, "commands": [toast]}),
                json!({"t": "error", "seq": 3, "event": 2, "code": "internal", "message": "no"}),
            ]),
            true,
        );
        assert_eq!(unseen.commands, [toast]);
        let failure = Failure {
            code: "internal".to_owned(),
            message: "no".to_owned(),
            trace: None,
        };
        assert_eq!(unseen.errors, [failure]);
    }

    #[test]
    fn commands_that_call_handlers_belong_to_their_build() {
        let call = json!([{"handler": 3, "args": []}]);
        let asking = json!({"c": "call_script", "code": "1", "callback": call});
        let nested = json!({"c": "toast", "on_action": [asking]});
        let named = json!({"c": "console", "message": {"handler": "mine"}});
        let commands = [asking, nested, named.clone()];
        let patch = frames(&[json!({"t": "patch", "seq": 1, "commands": commands})]);
        assert_eq!(Unseen::of(&patch, true).commands, [named]);
        assert_eq!(Unseen::of(&patch, false).commands, commands);
    }
}
