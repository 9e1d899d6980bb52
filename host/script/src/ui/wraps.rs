//! `App(app_wraps=…)`: what stands around the content of every page, with what stands beside it.
//!
//! Not here: what that is (`collect`), and the theme, which the shell puts around all.

use std::sync::Arc;

use ferroflex_page::{catalogue::Children, content, node::Node};
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyDictRef};

use super::component;

/// The components, the outermost first.
pub(super) fn read(declared: &PyDictRef, vm: &VirtualMachine) -> PyResult<Vec<Node>> {
    let given = declared.get_item("app_wraps", vm)?;
    vm.extract_elements_with(given.as_object(), |wrap: PyObjectRef| {
        component::node("App(app_wraps=)", &wrap, vm)
    })
}

/// The place of the page and what stands beside it as the last child of the innermost of them, that
/// as the last of the next, and so on.
pub(super) fn around(beside: Vec<Node>, wraps: &[Node]) -> Option<Node> {
    if beside.is_empty() && wraps.is_empty() {
        return None;
    }
    let page = Node::Fragment(std::iter::once(content()).chain(beside).collect());
    let inside_out = wraps.iter().rev();
    Some(inside_out.fold(page, |inner, wrap| with_last(wrap.clone(), inner)))
}

/// A node with another as its last child; beside it where it takes none.
fn with_last(node: Node, child: Node) -> Node {
    match node {
        Node::Element(mut element) if element.entry.children == Children::Any => {
            Arc::make_mut(&mut element).children.push(child);
            Node::Element(element)
        }
        Node::Fragment(mut nodes) => {
            nodes.push(child);
            Node::Fragment(nodes)
        }
        other => Node::Fragment(vec![other, child]),
    }
}
