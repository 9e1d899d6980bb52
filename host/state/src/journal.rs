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

use smallvec::SmallVec;

use crate::Step;

/// How many ways from the fields down to one node are followed. A container that hangs in more
/// places is still sent by the first so many.
pub const WAYS_MAX: usize = 16;

/// How deep a container may stand below its field.
pub const DEPTH_MAX: usize = 64;

/// A field of a substate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// The substate's number.
    pub substate: u32,
    /// The field's number in it.
    pub field: u32,
}

/// A tracked container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// What a container hangs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// It is a field's value.
    Field(FieldId),
    /// It is an element of another container.
    Node(NodeId),
}

/// One way down to a node: the field, then the containers with the hinted step into each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Where it begins.
    pub field: FieldId,
    /// The steps down, the node itself last.
    pub steps: Vec<(Step, NodeId)>,
}

#[derive(Debug, Default)]
struct Node {
    links: SmallVec<[(Parent, Step); 1]>,
    touched: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct FieldMark {
    version: u32,
    touched: bool,
    unsettled: bool,
}

/// The journal of one session.
#[derive(Debug, Default)]
pub struct Journal {
    nodes: Vec<Node>,
    free: Vec<u32>,
    touched_nodes: Vec<NodeId>,
    fields: Vec<Vec<FieldMark>>,
    touched_fields: Vec<FieldId>,
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
        if let Some(index) = self.free.pop() {
            return NodeId(index);
        }
        self.nodes.push(Node::default());
        NodeId(u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX))
    }

    /// Gives the number of a container that is gone back.
    pub fn release(&mut self, node: NodeId) {
        if let Some(entry) = self.nodes.get_mut(node.0 as usize) {
            *entry = Node::default();
            self.free.push(node.0);
        }
    }

    /// Notes that `node` hangs in `parent`, for now at `step`.
    pub fn attach(&mut self, node: NodeId, parent: Parent, step: Step) {
        let Some(entry) = self.nodes.get_mut(node.0 as usize) else {
            return;
        };
        if let Some(link) = entry.links.iter_mut().find(|(known, _)| *known == parent) {
            link.1 = step;
        } else if entry.links.len() < WAYS_MAX {
            entry.links.push((parent, step));
        }
    }

    /// Forgets that `node` hangs in `parent`.
    pub fn detach(&mut self, node: NodeId, parent: Parent) {
        if let Some(entry) = self.nodes.get_mut(node.0 as usize) {
            entry.links.retain(|(known, _)| *known != parent);
        }
    }

    /// Notes that a field was assigned. `settled`: the new value cannot change without another
    /// note (a scalar), so that what was computed from it holds until then.
    pub fn touch_field(&mut self, field: FieldId, settled: bool) {
        let Some(mark) = self.mark(field) else { return };
        mark.version = mark.version.wrapping_add(1);
        mark.unsettled |= !settled;
        if !mark.touched {
            mark.touched = true;
            self.touched_fields.push(field);
        }
    }

    /// Notes that a container's contents were, or may have been, changed. True when this is the
    /// first note since the last flush.
    pub fn touch_node(&mut self, node: NodeId) -> bool {
        match self.nodes.get_mut(node.0 as usize) {
            Some(entry) if !entry.touched => entry.touched = true,
            _ => return false,
        }
        self.touched_nodes.push(node);
        for way in self.ways(node) {
            if let Some(mark) = self.mark(way.field) {
                mark.version = mark.version.wrapping_add(1);
                mark.unsettled = true;
            }
        }
        true
    }

    /// Whether `node` was touched since the last flush.
    #[must_use]
    pub fn is_touched(&self, node: NodeId) -> bool {
        self.nodes
            .get(node.0 as usize)
            .is_some_and(|entry| entry.touched)
    }

    /// Takes the note on `node` back: its contents were sent as part of something larger.
    pub fn settle_node(&mut self, node: NodeId) {
        if let Some(entry) = self.nodes.get_mut(node.0 as usize) {
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

    /// The containers touched since the last flush and not settled since, outer ones first; they
    /// stay touched until [`Journal::settle_node`].
    pub fn take_nodes(&mut self) -> Vec<NodeId> {
        let mut nodes = std::mem::take(&mut self.touched_nodes);
        nodes.retain(|node| self.is_touched(*node));
        nodes.sort_by_cached_key(|node| {
            self.ways(*node)
                .iter()
                .map(|way| way.steps.len())
                .min()
                .unwrap_or(usize::MAX)
        });
        nodes
    }

    /// Gives a field another version without noting it for the flush: what it holds may have
    /// changed in a way that no hook follows.
    pub fn renew(&mut self, field: FieldId) {
        if let Some(mark) = self.mark(field) {
            mark.version = mark.version.wrapping_add(1);
        }
    }

    /// Ends a flush for a field: what is computed from its value from now on holds.
    pub fn settle_field(&mut self, field: FieldId) {
        if let Some(mark) = self.mark(field)
            && mark.unsettled
        {
            mark.unsettled = false;
            mark.version = mark.version.wrapping_add(1);
        }
    }

    /// The ways from the fields down to `node`, at most [`WAYS_MAX`].
    #[must_use]
    pub fn ways(&self, node: NodeId) -> Vec<Way> {
        let mut found = Vec::new();
        let mut tail = Vec::new();
        self.climb(node, &mut tail, &mut found);
        found
    }

    fn climb(&self, node: NodeId, tail: &mut Vec<(Step, NodeId)>, found: &mut Vec<Way>) {
        if tail.len() >= DEPTH_MAX {
            return;
        }
        let Some(entry) = self.nodes.get(node.0 as usize) else {
            return;
        };
        for (parent, step) in &entry.links {
            if found.len() >= WAYS_MAX {
                return;
            }
            tail.push((step.clone(), node));
            match parent {
                Parent::Field(field) => found.push(Way {
                    field: *field,
                    steps: tail.iter().rev().cloned().collect(),
                }),
                Parent::Node(above) => self.climb(*above, tail, found),
            }
            tail.pop();
        }
    }

    fn mark(&mut self, field: FieldId) -> Option<&mut FieldMark> {
        self.fields
            .get_mut(field.substate as usize)?
            .get_mut(field.field as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: FieldId = FieldId {
        substate: 1,
        field: 0,
    };
    const OTHER: FieldId = FieldId {
        substate: 1,
        field: 1,
    };

    fn row_in_list() -> (Journal, NodeId, NodeId) {
        let mut journal = Journal::new(&[0, 2]);
        let list = journal.register();
        let row = journal.register();
        journal.attach(list, Parent::Field(ITEMS), Step::Index(0));
        journal.attach(row, Parent::Node(list), Step::Index(7));
        (journal, list, row)
    }

    #[test]
    fn a_touched_node_is_found_from_its_field() {
        let (mut journal, list, row) = row_in_list();
        assert!(journal.touch_node(row));
        assert!(!journal.touch_node(row), "noted once");
        let ways = journal.ways(row);
        assert_eq!(ways.len(), 1);
        assert_eq!(ways[0].field, ITEMS);
        assert_eq!(
            ways[0].steps,
            vec![(Step::Index(0), list), (Step::Index(7), row)]
        );
    }

    #[test]
    fn what_was_computed_from_a_field_ends_with_a_touch_inside() {
        let (mut journal, _, row) = row_in_list();
        let version = journal.version(ITEMS);
        assert!(journal.holds(ITEMS, version));
        journal.touch_node(row);
        assert!(
            !journal.holds(ITEMS, journal.version(ITEMS)),
            "unsettled until flushed"
        );
        journal.settle_field(ITEMS);
        assert!(journal.holds(ITEMS, journal.version(ITEMS)));
        assert!(!journal.holds(ITEMS, version));
        assert!(
            journal.holds(OTHER, journal.version(OTHER)),
            "another field is not concerned"
        );
    }

    #[test]
    fn a_node_in_two_places_has_two_ways() {
        let (mut journal, list, row) = row_in_list();
        let second = journal.register();
        journal.attach(second, Parent::Field(OTHER), Step::Index(1));
        journal.attach(row, Parent::Node(second), Step::Name("x".into()));
        assert_eq!(journal.ways(row).len(), 2);
        journal.detach(row, Parent::Node(list));
        assert_eq!(journal.ways(row)[0].field, OTHER);
    }

    #[test]
    fn outer_nodes_come_first_and_settled_ones_not_at_all() {
        let (mut journal, list, row) = row_in_list();
        journal.touch_node(row);
        journal.touch_node(list);
        assert_eq!(journal.take_nodes(), vec![list, row]);
        let (mut journal, list, row) = row_in_list();
        journal.touch_node(list);
        journal.touch_node(row);
        journal.settle_node(row);
        assert_eq!(journal.take_nodes(), vec![list]);
    }

    #[test]
    fn a_container_inside_itself_ends() {
        let mut journal = Journal::new(&[0, 1]);
        let list = journal.register();
        journal.attach(list, Parent::Node(list), Step::Index(0));
        assert!(journal.ways(list).is_empty());
        assert!(journal.touch_node(list));
    }
}
