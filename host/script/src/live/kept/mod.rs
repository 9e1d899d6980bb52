//! What is kept of a session's state outside the interpreter: one snapshot a field, given when the
//! field changed, and read back when the session comes to life again, here or in another process.
//!
//! - `keep`: from the live state to snapshots; `restore`: back, each field for itself.
//! - `write`, `read`: one value, with everything that makes it what it is for Python.
//! - `class`: classes by name, and those of the standard library that are made by a call.
//! - `schema`: whether two versions of an app declare a field alike.
//!
//! What two fields share, such as one list in both, are two equal things afterwards.
//!
//! Not here: what the browser is sent (`flush`), and where snapshots go (`ferroflex-session`).

mod class;
mod keep;
mod read;
mod restore;
mod schema;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use ferroflex_state::{FieldId, Value, snapshot};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::{class::StateClass, fits::Expected};
use schema::{code_of, schema_of};

/// How a field is known to a store.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// `module.State.field`.
    name: Arc<str>,
    /// What the field is annotated with.
    annotation: Option<PyObjectRef>,
    /// Stands for the annotation: a snapshot of another is not used.
    schema: OnceLock<u64>,
    /// Whether the log has said that what it holds cannot be kept.
    is_told: AtomicBool,
    /// What values are compared with when they are assigned.
    expected: Expected,
}

impl Record {
    /// For a field of the state class with that name.
    pub(super) fn new(class: &str, field: &str, annotation: Option<PyObjectRef>) -> Self {
        Self {
            name: format!("{class}.{field}").into(),
            annotation,
            ..Self::default()
        }
    }

    /// Says, once, when a value that was assigned is not what the annotation says.
    pub(super) fn look_at(&self, value: &PyObject, vm: &VirtualMachine) {
        self.expected.look_at(self, value, vm);
    }

    pub(super) fn annotation(&self) -> Option<&PyObject> {
        self.annotation.as_deref()
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The text in a snapshot; none when it holds anything else.
    pub(crate) fn text(&self, bytes: &[u8]) -> Option<String> {
        match snapshot::decode(bytes, self.schema()).ok()?.pop()? {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The snapshot of a value; none, and a word in the log, when it cannot be kept.
    pub(crate) fn snapshot(&self, value: &PyObject, vm: &VirtualMachine) -> Option<Vec<u8>> {
        let written = write::write(value, vm).and_then(|written| {
            let bytes = snapshot::encode(self.schema(), &[written.value]);
            bytes.map_err(|error| error.to_string())
        });
        match written {
            Ok(bytes) => Some(bytes),
            Err(what) => {
                if !self.is_told.swap(true, Relaxed) {
                    tracing::warn!("{} of a shared state cannot be stored: {what}", self.name);
                }
                None
            }
        }
    }

    /// The value in a snapshot; none, and a word in the log, when it cannot be used.
    pub(crate) fn value(&self, bytes: &[u8], vm: &VirtualMachine) -> Option<PyObjectRef> {
        restore::usable(self, bytes, vm)
    }

    fn schema(&self) -> u64 {
        self.schema.get().copied().unwrap_or_default()
    }
}

/// Finds out what snapshots must fit: to be called when an app, which is in `folder`, is loaded and
/// has no session yet. Annotations may name classes that are defined after the field.
///
/// # Errors
/// None but those of an interpreter that the app has broken.
pub(crate) fn prepare(
    classes: &[Arc<StateClass>],
    folder: &Path,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let code = code_of(folder, vm)?;
    for class in classes {
        class.code.get_or_init(|| code);
        for field in &class.fields {
            let record = &field.record;
            let annotation = record.annotation.as_deref();
            record
                .schema
                .get_or_init(|| annotation.map_or(0, |annotation| schema_of(annotation, vm)));
        }
    }
    Ok(())
}

/// What is known of the snapshots that were given of one session.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Whether any were: the first time all fields are.
    is_begun: bool,
    /// Fields that can change without a hook seeing it, with a hash of the snapshot: they are
    /// written each time and compared.
    unhooked: BTreeMap<FieldId, u64>,
    /// Computed vars of which there is a snapshot, with its hash: one that does not hold any more
    /// has to be taken back.
    computed: BTreeMap<FieldId, u64>,
    /// Fields that hold what cannot be kept.
    unkeepable: BTreeSet<FieldId>,
    /// Names of snapshots that no field has any more.
    dropped: Vec<Arc<str>>,
}

impl Kept {
    /// Whether nothing can have changed unless the journal says so.
    fn is_settled(&self) -> bool {
        self.is_begun && self.unhooked.is_empty() && self.dropped.is_empty()
    }
}

/// Tells snapshots of one process apart. Not for what outlives it.
fn hash_of(snapshot: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    snapshot.hash(&mut hasher);
    hasher.finish()
}
