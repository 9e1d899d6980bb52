//! Which fields and containers of one session were touched since the last flush.
//!
//! The script host holds the values; the journal knows only numbers: a **field** is a place in a
//! substate, a **node** stands for one tracked container (list, dictionary, set). A node knows
//! through **links** where it hangs, so that what was touched deep inside is found from above
//! without a walk over everything. The key in a link is a hint: positions shift while a handler
//! runs, and are looked up again when the path is needed.
//!
//! Not here: what changed inside a container. That is found by comparing it with what the client
//! last saw, so that writes which no hook has seen are found as well.

use std::collections::{BTreeSet, HashMap, HashSet};

use smallvec::SmallVec;

use crate::Step;
use crate::limits::WAYS_MAX;

/// How deep a container may stand below its field.
pub const DEPTH_MAX: usize = crate::MAX_DEPTH;

/// A field of a substate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// The substate's number.
    pub substate: u32,
    /// The field's number in it.
    pub field: u32,
}

/// A tracked container. Numbers are used again; the generation tells whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId {
    index: u32,
    generation: u32,
}

/// What a container hangs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parent {
    /// It is a field's value.
    Field(FieldId),
    /// It is an element of another container.
    Node(NodeId),
}

/// What a container hangs in, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it hangs in.
    pub parent: Parent,
    /// Where it was last known to hang there.
    pub hint: Step,
    /// Whether it may hang there in several places.
    pub repeated: bool,
}

/// One way down to a node: the field, then the containers with the link into each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Where it begins.
    pub field: FieldId,
    /// The steps down, the node itself last.
    pub steps: Vec<(Link, NodeId)>,
}

#[derive(Debug, Default)]
struct Node {
    generation: u32,
    links: SmallVec<[Link; 1]>,
    touched: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct FieldMark {
    version: u32,
    touched: bool,
    unsettled: bool,
    unkept: bool,
}

/// The journal of one session.
#[derive(Debug, Default)]
pub struct Journal {
    nodes: Vec<Node>,
    free: Vec<u32>,
    touched_nodes: Vec<NodeId>,
    fields: Vec<Vec<FieldMark>>,
    touched_fields: Vec<FieldId>,
    unsettled_fields: Vec<FieldId>,
    unkept_fields: Vec<FieldId>,
}

impl Journal {
    /// A journal for substates with so many fields each.
    #[must_use]
    pub fn new(field_counts: &[usize]) -> Self {
        Self {
            fields: field_counts
                .iter()
                .map(|&n| vec![FieldMark::default(); n])
                .collect(),
            ..Self::default()
        }
    }

    /// A number for a container that is about to be tracked.
    pub fn register(&mut self) -> NodeId {
        let index = self.free.pop().unwrap_or_else(|| {
            self.nodes.push(Node::default());
            u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
        });
        let generation = self
            .nodes
            .get(index as usize)
            .map_or(0, |entry| entry.generation);
        NodeId { index, generation }
    }

    /// Gives the number of a container that is gone back.
    pub fn release(&mut self, node: NodeId) {
        if let Some(entry) = self.node_mut(node) {
            let generation = entry.generation.wrapping_add(1);
            *entry = Node {
                generation,
                ..Node::default()
            };
            self.free.push(node.index);
        }
    }

    /// Notes that `node` hangs in `parent`, for now at `hint`, perhaps in more places than before.
    pub fn attach(&mut self, node: NodeId, parent: Parent, hint: Step) {
        self.link(node, parent, hint, true);
    }

    /// Notes that `node` hangs in `parent`, where it may have been noted before.
    pub fn reattach(&mut self, node: NodeId, parent: Parent, hint: Step) {
        self.link(node, parent, hint, false);
    }

    fn link(&mut self, node: NodeId, parent: Parent, hint: Step, again: bool) {
        let Some(entry) = self.node(node) else { return };
        if let Some(known) = entry.links.iter().position(|link| link.parent == parent) {
            if let Some(entry) = self.node_mut(node) {
                entry.links[known].hint = hint;
                entry.links[known].repeated |= again;
            }
            return;
        }
        let gone: Vec<Parent> = entry.links.iter().map(|link| link.parent).collect();
        let gone: Vec<Parent> = gone
            .into_iter()
            .filter(|parent| !self.is_there(*parent))
            .collect();
        if let Some(entry) = self.node_mut(node) {
            entry.links.retain(|link| !gone.contains(&link.parent));
            entry.links.push(Link {
                parent,
                hint,
                repeated: false,
            });
        }
    }

    /// Forgets that `node` hangs in `parent`.
    pub fn detach(&mut self, node: NodeId, parent: Parent) {
        if let Some(entry) = self.node_mut(node) {
            entry.links.retain(|link| link.parent != parent);
        }
    }

    /// Notes that a field was assigned. `settled`: the new value cannot change without another
    /// note (a scalar), so that what was computed from it holds until then.
    pub fn touch_field(&mut self, field: FieldId, settled: bool) {
        let Some(mark) = self.mark(field) else { return };
        mark.version = mark.version.wrapping_add(1);
        if !mark.touched {
            mark.touched = true;
            self.touched_fields.push(field);
        }
        self.note_unkept(field);
        if !settled {
            self.unsettle(field);
        }
    }

    /// Notes that a container's contents were, or may have been, changed. True when this is the
    /// first note since the last flush.
    pub fn touch_node(&mut self, node: NodeId) -> bool {
        match self.node_mut(node) {
            Some(entry) if !entry.touched => entry.touched = true,
            _ => return false,
        }
        self.touched_nodes.push(node);
        for field in self.fields_above(node) {
            self.renew(field);
            self.unsettle(field);
        }
        true
    }

    /// Whether `node` was touched since the last flush.
    #[must_use]
    pub fn is_touched(&self, node: NodeId) -> bool {
        self.node(node).is_some_and(|entry| entry.touched)
    }

    /// Takes the note on `node` back: the client has seen its contents.
    pub fn settle_node(&mut self, node: NodeId) {
        if let Some(entry) = self.node_mut(node) {
            entry.touched = false;
        }
    }

    /// Whether something computed from `field` at `version` still holds.
    #[must_use]
    pub fn holds(&self, field: FieldId, version: u32) -> bool {
        self.fields
            .get(field.substate as usize)
            .and_then(|fields| fields.get(field.field as usize))
            .is_some_and(|mark| mark.version == version && !mark.unsettled)
    }

    /// The field's version: another one after every change.
    #[must_use]
    pub fn version(&self, field: FieldId) -> u32 {
        self.fields
            .get(field.substate as usize)
            .and_then(|fields| fields.get(field.field as usize))
            .map_or(0, |mark| mark.version)
    }

    /// Whether anything was noted since the last flush.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.touched_fields.is_empty() && self.touched_nodes.is_empty()
    }

    /// The fields assigned since the last flush, by substate and number; forgets them.
    pub fn take_fields(&mut self) -> Vec<FieldId> {
        let mut fields = std::mem::take(&mut self.touched_fields);
        fields.sort_unstable();
        for field in &fields {
            if let Some(mark) = self.mark(*field) {
                mark.touched = false;
            }
        }
        fields
    }

    /// The containers touched since the last flush, each after all those that it hangs in; they
    /// stay touched until [`Journal::settle_node`].
    pub fn take_nodes(&mut self) -> Vec<NodeId> {
        let mut nodes = std::mem::take(&mut self.touched_nodes);
        nodes.retain(|node| self.is_touched(*node));
        let mut known = HashMap::new();
        nodes.sort_by_cached_key(|node| self.depth(*node, &mut known));
        nodes
    }

    /// The length of the longest way down to `node`.
    fn depth(&self, node: NodeId, known: &mut HashMap<NodeId, usize>) -> usize {
        if let Some(depth) = known.get(&node) {
            return *depth;
        }
        // A container inside itself is met again on the way up.
        known.insert(node, 0);
        let links = self.node(node).map(|entry| entry.links.iter());
        let above = links.into_iter().flatten().map(|link| match link.parent {
            Parent::Field(_) => 0,
            Parent::Node(above) => self.depth(above, known),
        });
        let depth = above.max().unwrap_or(0) + 1;
        known.insert(node, depth);
        depth
    }

    /// Gives a field another version without noting it for the flush: what it holds may have
    /// changed in a way that no hook follows.
    pub fn renew(&mut self, field: FieldId) {
        if let Some(mark) = self.mark(field) {
            mark.version = mark.version.wrapping_add(1);
        }
        self.note_unkept(field);
    }

    /// Notes that what a store keeps of a field may not be what it holds.
    pub fn note_unkept(&mut self, field: FieldId) {
        if let Some(mark) = self.mark(field)
            && !mark.unkept
        {
            mark.unkept = true;
            self.unkept_fields.push(field);
        }
    }

    /// The fields that may have changed since this was last called, each once; forgets them.
    pub fn take_unkept(&mut self) -> Vec<FieldId> {
        let fields = std::mem::take(&mut self.unkept_fields);
        for field in &fields {
            if let Some(mark) = self.mark(*field) {
                mark.unkept = false;
            }
        }
        fields
    }

    fn unsettle(&mut self, field: FieldId) {
        if let Some(mark) = self.mark(field)
            && !mark.unsettled
        {
            mark.unsettled = true;
            self.unsettled_fields.push(field);
        }
    }

    /// Ends a flush: what is computed from the fields' values from now on holds.
    pub fn settle_fields(&mut self) {
        for field in std::mem::take(&mut self.unsettled_fields) {
            if let Some(mark) = self.mark(field) {
                mark.unsettled = false;
                mark.version = mark.version.wrapping_add(1);
            }
        }
    }

    /// The fields that `node` hangs in, however deep.
    #[must_use]
    pub fn fields_above(&self, node: NodeId) -> BTreeSet<FieldId> {
        let (mut fields, mut seen, mut waiting) = (BTreeSet::new(), HashSet::new(), vec![node]);
        while let Some(node) = waiting.pop() {
            let links = self.node(node).map(|entry| entry.links.iter());
            for link in links.into_iter().flatten() {
                match link.parent {
                    Parent::Field(field) => {
                        fields.insert(field);
                    }
                    Parent::Node(above) if seen.insert(above) => waiting.push(above),
                    Parent::Node(_) => {}
                }
            }
        }
        fields
    }

    /// The ways from the fields down to `node`, at most [`WAYS_MAX`].
    #[must_use]
    pub fn ways(&self, node: NodeId) -> Vec<Way> {
        let mut found = Vec::new();
        let mut tail = Vec::new();
        self.climb(node, &mut tail, &mut found);
        found
    }

    fn climb(&self, node: NodeId, tail: &mut Vec<(Link, NodeId)>, found: &mut Vec<Way>) {
        let is_inside_itself = tail.iter().any(|(_, below)| *below == node);
        let Some(entry) = self.node(node) else { return };
        if is_inside_itself || tail.len() >= DEPTH_MAX {
            return;
        }
        for link in &entry.links {
            if found.len() >= WAYS_MAX {
                return;
            }
            tail.push((link.clone(), node));
            match link.parent {
                Parent::Field(field) => found.push(Way {
                    field,
                    steps: tail.iter().rev().cloned().collect(),
                }),
                Parent::Node(above) => self.climb(above, tail, found),
            }
            tail.pop();
        }
    }

    fn is_there(&self, parent: Parent) -> bool {
        match parent {
            Parent::Field(_) => true,
            Parent::Node(node) => self.node(node).is_some(),
        }
    }

    fn node(&self, node: NodeId) -> Option<&Node> {
        let entry = self.nodes.get(node.index as usize)?;
        (entry.generation == node.generation).then_some(entry)
    }

    fn node_mut(&mut self, node: NodeId) -> Option<&mut Node> {
        let entry = self.nodes.get_mut(node.index as usize)?;
        (entry.generation == node.generation).then_some(entry)
    }

    fn mark(&mut self, field: FieldId) -> Option<&mut FieldMark> {
        self.fields
            .get_mut(field.substate as usize)?
            .get_mut(field.field as usize)
    }
}

#[cfg(test)]
mod tests;
