//! Nodes: text, choices, loops.

use super::{Generator, Place, own::needs_hooks};
use crate::{
    PageError,
    emit::{self, Js, Reading, Selection},
    expr::Expr,
    javascript,
    node::{Element, Foreach, Node},
};

impl Generator<'_> {
    /// Writes a node as a child of another.
    pub(super) fn node(&mut self, node: &Node, place: &mut Place<'_>) -> Result<String, PageError> {
        match node {
            Node::Element(element) => {
                let written = self.element(element, place);
                written.map_err(|error| error.within(element.entry.name))
            }
            Node::Text(text) => self.text(text, place),
            Node::Fragment(nodes) => {
                let children = self.nodes(nodes, place)?;
                Ok(self.fragment(children))
            }
            Node::Cond(test, then, otherwise) => {
                self.choice(&[(test.clone(), (**then).clone())], otherwise, place)
            }
            Node::Match(subject, cases, default) => {
                let case = |(patterns, node): &(Vec<Expr>, Node)| {
                    (Expr::equals_any(subject, patterns), node.clone())
                };
                let cases: Vec<_> = cases.iter().map(case).collect();
                self.choice(&cases, default, place)
            }
            Node::Foreach(foreach) => {
                let written = self.foreach(foreach, place);
                written.map_err(|error| error.within("foreach"))
            }
        }
    }

    /// Writes nodes that stand side by side.
    pub(super) fn nodes(
        &mut self,
        nodes: &[Node],
        place: &mut Place<'_>,
    ) -> Result<Vec<String>, PageError> {
        nodes.iter().map(|node| self.node(node, place)).collect()
    }

    pub(super) fn fragment(&mut self, mut children: Vec<String>) -> String {
        match children.len() {
            0 => "null".to_owned(),
            1 => children.remove(0),
            _ => {
                self.core.insert("Fragment");
                self.call("Fragment", &[], children, None)
            }
        }
    }

    fn text(&mut self, text: &Expr, place: &mut Place<'_>) -> Result<String, PageError> {
        self.part(&[text], place, |generator, reading, _| {
            generator
                .emitter(reading)
                .write_text_node(text)
                .map(Js::into_text)
        })
    }

    /// Writes nodes of which the first is shown whose test is true.
    fn choice(
        &mut self,
        cases: &[(Expr, Node)],
        default: &Node,
        place: &mut Place<'_>,
    ) -> Result<String, PageError> {
        let tests: Vec<&Expr> = cases.iter().map(|(test, _)| test).collect();
        self.part(&tests, place, |generator, mut reading, in_row| {
            let mut chain = String::new();
            for (test, node) in cases {
                let test = generator
                    .emitter(again(&mut reading))
                    .truth(test)?
                    .into_test();
                let shown = generator.branch(node, &mut reading, in_row)?;
                chain.extend([&test, " ? ", &shown, " : "]);
            }
            chain.push_str(&generator.branch(default, &mut reading, in_row)?);
            Ok(if in_row { format!("({chain})") } else { chain })
        })
    }

    /// Writes a branch of a choice: in a row it is a part of the row, on the page it has the
    /// page's components.
    fn branch(
        &mut self,
        node: &Node,
        reading: &mut Reading<'_>,
        in_row: bool,
    ) -> Result<String, PageError> {
        match reading {
            Reading::Selected(selection) if in_row => self.node(node, &mut Place::Row(selection)),
            _ => self.on_page(node),
        }
    }

    /// Writes a node inside a component of the page, where the component's colour mode must not
    /// be read: the node gets a component of its own.
    pub(super) fn on_page(&mut self, node: &Node) -> Result<String, PageError> {
        let outer = std::mem::replace(&mut self.has_color_mode, false);
        let written = self.node(node, &mut Place::Page);
        self.has_color_mode = outer;
        written
    }

    /// Writes something that reads `exprs`: in place where it is constant or in a row, else as a
    /// component of its own, of which the page then holds an element.
    fn part(
        &mut self,
        exprs: &[&Expr],
        place: &mut Place<'_>,
        write: impl FnOnce(&mut Self, Reading<'_>, bool) -> Result<String, PageError>,
    ) -> Result<String, PageError> {
        let moded = exprs.iter().any(|expr| emit::reads_color_mode(expr));
        match place {
            Place::Row(selection) => {
                let wrap = moded && !self.has_color_mode;
                self.has_color_mode |= wrap;
                let outer = self.set_hooks_aside();
                self.add_needs("text", exprs.iter().copied())?;
                let hooks = self.take_hooks(outer);
                let written = write(self, Reading::Selected(selection), true);
                self.has_color_mode &= !wrap;
                let written = self.with_hooks(written?, &hooks);
                Ok(if wrap {
                    self.with_color_mode(&written)
                } else {
                    written
                })
            }
            Place::Page if exprs.iter().all(|expr| emit::is_static(expr)) => {
                write(self, Reading::Selected(&mut Selection::default()), false)
            }
            Place::Page => {
                let name = self.component(moded, "", |generator, selection| {
                    generator.add_needs("text", exprs.iter().copied())?;
                    write(generator, Reading::Selected(selection), false)
                })?;
                Ok(self.call(&name, &[], vec![], None))
            }
        }
    }

    /// Hoists a component that reads the state; gives its name.
    pub(super) fn component(
        &mut self,
        moded: bool,
        parameter: &str,
        write: impl FnOnce(&mut Self, &mut Selection) -> Result<String, PageError>,
    ) -> Result<String, PageError> {
        let mut selection = Selection {
            beside_hooks: self.in_hooks,
            ..Selection::default()
        };
        let outer = std::mem::replace(&mut self.has_color_mode, moded);
        let outer_hooks = self.set_hooks_aside();
        let body = write(self, &mut selection);
        self.has_color_mode = outer;
        let authored = self.take_hooks(outer_hooks);
        let body = body?;
        let name = self.name("C");
        let mut hooks = String::new();
        if !selection.values.is_empty() {
            self.core.insert("useValues");
            let names = (0..selection.values.len()).map(|position| selection.name(position));
            let [names, states] = [javascript::array(names), states(&selection)];
            let values = javascript::array(selection.values);
            hooks = format!("const {names} = useValues({states}, ($) => {values}); ");
        }
        if moded {
            self.core.insert("colorMode");
            hooks.push_str("const mode = colorMode(); ");
        }
        hooks.push_str(&authored);
        self.hoisted.push(format!(
            "function {name}({parameter}) {{ {hooks}return {body}; }}"
        ));
        Ok(name)
    }

    /// Wraps a part of a row that reads the colour mode: a row itself may use no hooks.
    pub(super) fn with_color_mode(&mut self, written: &str) -> String {
        self.core.insert("colorMode");
        let helper = self.helper("Mode", "function Mode(p) { return p.of(colorMode()); }");
        self.call(
            helper,
            &[("of".to_owned(), format!("(mode) => {written}"))],
            vec![],
            None,
        )
    }

    fn foreach(&mut self, each: &Foreach, place: &mut Place<'_>) -> Result<String, PageError> {
        each.iterable.ty.item()?;
        match place {
            Place::Row(selection) if self.in_chart => self.loop_in_chart(each, selection),
            Place::Page if needs_hooks(&each.iterable) => {
                let name = self.component(false, "", |generator, selection| {
                    generator.add_needs("foreach", [&each.iterable])?;
                    generator.nested_loop(each, selection)
                })?;
                Ok(self.call(&name, &[], vec![], None))
            }
            Place::Page => self.top_level_loop(each),
            Place::Row(selection) => self.nested_loop(each, selection),
        }
    }

    /// Hoists a loop as a component of its own.
    fn top_level_loop(&mut self, each: &Foreach) -> Result<String, PageError> {
        let mut of = Selection::default();
        let iterable = self
            .emitter(Reading::Selector(&mut of.states))
            .write(&each.iterable)?;
        let mut outer = Selection::for_rows();
        let (item, index, row, key) = self.row(each, &mut outer)?;
        let of = format!("[{}, ($) => {}]", states(&of), iterable.into_body());
        let mut options = vec![("of", of)];
        let mut parameters = format!("{item}, {index}");
        if !outer.values.is_empty() {
            let reads = states(&outer);
            let values = javascript::array(outer.values);
            options.push(("outer", format!("[{reads}, ($) => {values}]")));
            parameters.push_str(", v");
        }
        options.push(("row", format!("({parameters}) => {row}")));
        options.extend(key.map(|key| ("key", format!("({item}, {index}) => {key}"))));
        self.core.insert("each");
        let name = self.name("F");
        let options = javascript::object(options.into_iter());
        self.hoisted
            .push(format!("const {name} = each({options});"));
        Ok(self.call(&name, &[], vec![], None))
    }

    fn nested_loop(
        &mut self,
        each: &Foreach,
        selection: &mut Selection,
    ) -> Result<String, PageError> {
        let items = self
            .emitter(Reading::Selected(selection))
            .text(&each.iterable)?;
        let (item, index, row, key) = self.row(each, selection)?;
        let row = format!("({item}, {index}) => {row}");
        let mut props = vec![("items".to_owned(), items), ("row".to_owned(), row)];
        props.extend(key.map(|key| ("keyOf".to_owned(), format!("({item}, {index}) => {key}"))));
        self.core.insert("Each");
        Ok(self.call("Each", &props, vec![], None))
    }

    /// Writes one row: the names of its item and its index, the row, and its key if it has one.
    fn row(
        &mut self,
        each: &Foreach,
        selection: &mut Selection,
    ) -> Result<(String, String, String, Option<String>), PageError> {
        let (item, index) = self.bind(each);
        self.depth += 1;
        // The colour mode outside the loop would not reach rows that are not written again.
        let outer = std::mem::replace(&mut self.has_color_mode, false);
        let row = self.node(&each.body, &mut Place::Row(selection));
        let key = key_of(&each.body).map(|key| self.emitter(Reading::Now).write(key));
        self.has_color_mode = outer;
        self.depth -= 1;
        Ok((item, index, row?, key.transpose()?.map(Js::into_body)))
    }

    /// Names a loop's item and its index.
    pub(super) fn bind(&mut self, each: &Foreach) -> (String, String) {
        let number = if self.depth == 0 {
            String::new()
        } else {
            self.depth.to_string()
        };
        let (item, index) = (format!("item{number}"), format!("index{number}"));
        self.locals.insert(each.item, item.clone());
        self.locals.insert(each.index, index.clone());
        (item, index)
    }
}

/// The key that the author gave a row's element.
fn key_of(body: &Node) -> Option<&Expr> {
    match body {
        Node::Element(element) => {
            let element: &Element = element;
            element.key.as_ref()
        }
        Node::Fragment(nodes) => nodes.first().and_then(key_of),
        _ => None,
    }
}

/// The same way of reading, lent once more.
fn again<'s>(reading: &'s mut Reading<'_>) -> Reading<'s> {
    match reading {
        Reading::Selector(states) => Reading::Selector(states),
        Reading::Selected(selection) => Reading::Selected(selection),
        Reading::Now => Reading::Now,
    }
}

/// The numbers of the substates that are read.
fn states(selection: &Selection) -> String {
    javascript::array(selection.states.iter().map(ToString::to_string))
}
