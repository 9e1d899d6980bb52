//! The two scripts, and the commands that run them.
//!
//! Not here: what they answer (`parse`), and that a server may not know them (`link`).

use redis::{Cmd, Pipeline, Script};

use crate::limits::RING_FRAMES_MAX;
use crate::store::Write;

/// What is done to a session, each in one round trip.
pub(super) struct Scripts {
    claim: Source,
    save: Source,
}

/// A script, and the name under which a server that has loaded it knows it.
struct Source {
    text: &'static str,
    hash: String,
}

impl Source {
    fn new(text: &'static str) -> Self {
        let hash = Script::new(text).get_hash().to_owned();
        Self { text, hash }
    }

    fn run(&self, keys: &[[String; 2]]) -> Cmd {
        let mut command = redis::cmd("EVALSHA");
        command
            .arg(&self.hash)
            .arg(2 * keys.len())
            .arg(keys.as_flattened());
        command
    }
}

impl Scripts {
    pub(super) fn new() -> Self {
        Self {
            claim: Source::new(include_str!("claim.lua")),
            save: Source::new(include_str!("save.lua")),
        }
    }

    /// Makes a server know them.
    pub(super) fn load(&self) -> Pipeline {
        let mut pipeline = Pipeline::with_capacity(2);
        for source in [&self.claim, &self.save] {
            pipeline.cmd("SCRIPT").arg("LOAD").arg(source.text);
        }
        pipeline
    }

    pub(super) fn claim(&self, keys: &[String; 2], instance: &str, from: Option<&str>) -> Cmd {
        let mut command = self.claim.run(std::slice::from_ref(keys));
        command.arg(instance).arg(from.unwrap_or_default());
        command
    }

    /// Saves what stands together: each write with its keys. `order` counts an instance's writes,
    /// so that of two that are under way the server tells which one is newer.
    pub(super) fn save(
        &self,
        keys: &[[String; 2]],
        writes: &[&Write],
        instance: &str,
        order: u64,
    ) -> Cmd {
        let mut command = self.save.run(keys);
        command.arg(instance).arg(order).arg(RING_FRAMES_MAX);
        for write in writes {
            one(&mut command, write);
        }
        command
    }
}

fn one(command: &mut Cmd, write: &Write) {
    command
        .arg(write.generation)
        .arg(flag(write.is_whole))
        .arg(write.holds.map_or("", flag))
        .arg(flag(write.release))
        // Zero would remove the record.
        .arg(write.kept_s.max(1))
        .arg(&write.head[..])
        .arg(frame_id(write.frames_from.saturating_add(1)));
    fields(command, write);
    frames(command, write);
}

/// A frame's id in a stream: ids have two parts, the sequence number is the second one.
pub(super) fn frame_id(number: u64) -> String {
    format!("0-{number}")
}

fn flag(is_set: bool) -> &'static str {
    if is_set { "1" } else { "0" }
}

/// A field's key in the record, apart from the record's own ones.
fn field_key(name: &str) -> String {
    format!("f:{name}")
}

fn fields(command: &mut Cmd, write: &Write) {
    let (set, removed): (Vec<_>, Vec<_>) =
        write.fields.iter().partition(|(_, bytes)| bytes.is_some());
    command.arg(set.len());
    for (name, bytes) in set {
        command.arg(field_key(name)).arg(bytes.as_deref());
    }
    command.arg(removed.len());
    for (name, _) in removed {
        command.arg(field_key(name));
    }
}

/// All of them: the script cuts off what is not kept.
fn frames(command: &mut Cmd, write: &Write) {
    command.arg(write.frames.len());
    for (number, bytes) in &write.frames {
        command.arg(frame_id(*number)).arg(&bytes[..]);
    }
}
