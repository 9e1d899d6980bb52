//! The operations that turn one state of a substate into the next, and their application.

use crate::value::position_of_name;
use crate::{Dict, DictKey, PatchError, Path, Step, Value, wire};

/// One change of a substate. Paths are read after the operations before it were applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Put `value` at `path`, replacing what stood there or adding a key.
    Set {
        /// The place.
        path: Path,
        /// The new value.
        value: Value,
    },
    /// Remove the dictionary key that `path` ends in.
    Delete {
        /// The place.
        path: Path,
    },
    /// In the list at `path`, replace `remove` elements from `index` on by `insert`.
    Splice {
        /// The list.
        path: Path,
        /// The first element concerned.
        index: usize,
        /// How many elements go.
        remove: usize,
        /// What comes in their place.
        insert: Vec<Value>,
    },
    /// In the list at `path`, take `count` elements out at `from` and put them back at `to`,
    /// `to` counted after they were taken out.
    Move {
        /// The list.
        path: Path,
        /// Where they stood.
        from: usize,
        /// How many there are.
        count: usize,
        /// Where they go.
        to: usize,
    },
    /// Append `text` to the string at `path`.
    Append {
        /// The string.
        path: Path,
        /// What is added at its end.
        text: String,
    },
}

impl Op {
    /// The place that the operation changes.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Set { path, .. }
            | Self::Delete { path }
            | Self::Splice { path, .. }
            | Self::Move { path, .. }
            | Self::Append { path, .. } => path,
        }
    }
}

/// Applies one operation to a substate, which is the list of its fields' values.
///
/// What a client does, here for tests, tools and stores: a key that is new becomes a string.
///
/// # Errors
///
/// When the path leads nowhere or the value there is of another kind. The substate is unchanged.
pub fn apply(root: &mut Value, op: &Op) -> Result<(), PatchError> {
    match op {
        Op::Set { path, value } => set(root, path, value),
        Op::Delete { path } => delete(root, path),
        Op::Splice {
            path,
            index,
            remove,
            insert,
        } => {
            let list = list_at(root, path)?;
            let end = run_end(path, list, *index, *remove)?;
            list.splice(*index..end, insert.iter().cloned());
            Ok(())
        }
        Op::Move {
            path,
            from,
            count,
            to,
        } => move_run(list_at(root, path)?, path, *from, *count, *to),
        Op::Append { path, text } => match value_at(root, path)? {
            Value::Str(string) => {
                string.push_str(text);
                Ok(())
            }
            other => Err(wrong_kind(path, "a string", other)),
        },
    }
}

fn set(root: &mut Value, path: &[Step], value: &Value) -> Result<(), PatchError> {
    let (last, parents) = path.split_last().ok_or(PatchError::EmptyPath)?;
    let parent = value_at(root, parents)?;
    match last {
        Step::Index(_) => *child(parent, last, parents)? = value.clone(),
        Step::Name(name) => {
            let dict = dict_of(parent, parents)?;
            match position_of_name(dict, name) {
                Some(position) => dict[position] = value.clone(),
                None => drop(dict.insert(DictKey::Str(name.clone()), value.clone())),
            }
        }
    }
    Ok(())
}

fn delete(root: &mut Value, path: &[Step]) -> Result<(), PatchError> {
    let (last, parents) = path.split_last().ok_or(PatchError::EmptyPath)?;
    let parent = value_at(root, parents)?;
    let Step::Name(name) = last else {
        return Err(wrong_kind(path, "a key to delete", parent));
    };
    let dict = dict_of(parent, parents)?;
    let position = position_of_name(dict, name).ok_or_else(|| no_such_key(parents, name))?;
    dict.shift_remove_index(position);
    Ok(())
}

fn move_run(
    list: &mut [Value],
    path: &[Step],
    from: usize,
    count: usize,
    to: usize,
) -> Result<(), PatchError> {
    let end = run_end(path, list, from, count)?;
    let landing = run_end(path, list, to, count)?;
    if to < from {
        list[to..end].rotate_right(count);
    } else {
        list[from..landing].rotate_left(count);
    }
    Ok(())
}

/// The end of a run, when the list is long enough.
fn run_end(path: &[Step], list: &[Value], index: usize, count: usize) -> Result<usize, PatchError> {
    let end = index.saturating_add(count);
    if end <= list.len() {
        Ok(end)
    } else {
        Err(out_of_range(path, end, list.len()))
    }
}

fn value_at<'a>(root: &'a mut Value, path: &[Step]) -> Result<&'a mut Value, PatchError> {
    let mut value = root;
    for (depth, step) in path.iter().enumerate() {
        value = child(value, step, &path[..depth])?;
    }
    Ok(value)
}

fn child<'a>(
    parent: &'a mut Value,
    step: &Step,
    path: &[Step],
) -> Result<&'a mut Value, PatchError> {
    match step {
        Step::Index(index) => {
            let list = list_of(parent, path)?;
            let length = list.len();
            list.get_mut(*index)
                .ok_or_else(|| out_of_range(path, *index, length))
        }
        Step::Name(name) => {
            let dict = dict_of(parent, path)?;
            match position_of_name(dict, name) {
                Some(position) => Ok(&mut dict[position]),
                None => Err(no_such_key(path, name)),
            }
        }
    }
}

fn list_at<'a>(root: &'a mut Value, path: &[Step]) -> Result<&'a mut Vec<Value>, PatchError> {
    if path.is_empty() {
        return Err(PatchError::EmptyPath);
    }
    list_of(value_at(root, path)?, path)
}

fn list_of<'a>(value: &'a mut Value, path: &[Step]) -> Result<&'a mut Vec<Value>, PatchError> {
    match value {
        Value::List(list) | Value::Tuple(list) | Value::Set(list) => Ok(list),
        other => Err(wrong_kind(path, "a list", other)),
    }
}

fn dict_of<'a>(value: &'a mut Value, path: &[Step]) -> Result<&'a mut Dict, PatchError> {
    match value {
        Value::Dict(dict) | Value::Object { fields: dict, .. } => Ok(dict),
        other => Err(wrong_kind(path, "a dictionary", other)),
    }
}

fn wrong_kind(path: &[Step], expected: &'static str, found: &Value) -> PatchError {
    PatchError::WrongKind {
        path: wire::path_text(path),
        expected,
        found: found.kind(),
    }
}

fn out_of_range(path: &[Step], index: usize, length: usize) -> PatchError {
    PatchError::OutOfRange {
        path: wire::path_text(path),
        index,
        length,
    }
}

fn no_such_key(path: &[Step], name: &str) -> PatchError {
    PatchError::NoSuchKey {
        path: wire::path_text(path),
        name: name.to_owned(),
    }
}
