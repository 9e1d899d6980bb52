//! Components of an app's own classes, and JavaScript of the author's, in the module of a page.

mod support;

use std::sync::Arc;

use ferroflex_page::{
    Argument, OwnElement, PageError,
    catalogue::Description,
    create_own,
    expr::{Code, CodePart, Expr, ExprKind, Import, Needs},
    generate,
    node::{Action, Additions, Prop, Trigger},
    types::Type,
};
use support::{
    attribute, check, cond, dict, each, icons, keywords, names, number, on, page, rx, state, text,
    trigger, value, yes,
};

fn description(library: Option<&str>, tag: &str) -> Description {
    Description {
        class: tag.to_owned(),
        base: None,
        library: library.map(str::to_owned),
        tag: Some(tag.to_owned()),
        is_default: false,
        alias: None,
        client_only: false,
        triggers: vec![("on_pick".to_owned(), "onPick".to_owned())],
    }
}

fn own<const P: usize, const N: usize>(
    description: Description,
    props: Vec<(&str, Expr)>,
    children: [Argument; P],
    pairs: [(&str, Argument); N],
    additions: Additions,
) -> Argument {
    let prop = |(name, value): (&str, Expr)| (name.to_owned(), Prop::Value(value));
    let own = OwnElement {
        entry: description.entry().expect("an entry"),
        base: None,
        props: props.into_iter().map(prop).collect(),
        spread: vec![],
        additions,
    };
    Argument::Node(create_own(own, children.into(), keywords(pairs)).expect("a node"))
}

fn import(library: &str, name: &str) -> Import {
    Import {
        library: library.into(),
        name: Some(name.into()),
        alias: None,
        is_default: false,
    }
}

fn code(parts: Vec<CodePart>) -> Code {
    Code {
        parts,
        needs: Arc::default(),
    }
}

fn js(text: &str) -> Expr {
    Expr::raw(text.to_owned(), Type::Any)
}

/// An element with hooks, one of which reads the state and calls the server.
fn counted(child: Argument) -> Argument {
    let chain = ExprKind::Handler(Arc::new(trigger(
        "set_draft",
        vec![attribute(&js("e"), "key")],
    )));
    let additions = Additions {
        imports: vec![
            import("react", "useState"),
            import("react", "useDeferredValue"),
        ],
        code: vec!["const doubled = (n) => n * 2;".into()],
        hooks: vec![
            code(vec![CodePart::Text(
                "const [count, setCount] = useState(0)".into(),
            )]),
            code(vec![
                CodePart::Text("useKeys(".into()),
                CodePart::Expr(Expr::new(chain, Type::Any)),
                CodePart::Text(", ".into()),
                CodePart::Expr(state("limit")),
                CodePart::Text(")".into()),
            ]),
        ],
    };
    let call = Trigger {
        actions: vec![Action::Call(js("() => setCount(count + 1)"), vec!["e"])],
        ..Trigger::default()
    };
    own(
        description(None, "button"),
        vec![],
        [child, value(js("doubled(count)"))],
        [("on_click", Argument::Trigger(call))],
        additions,
    )
}

#[test]
fn libraries() {
    let stylesheet = Additions {
        imports: vec![
            import("", "@paint/swatches.css"),
            import("lodash@4", "chunk"),
        ],
        ..Additions::default()
    };
    let default = Description {
        is_default: true,
        client_only: true,
        ..description(Some("zoom"), "Zoom")
    };
    let aliased = Description {
        alias: Some("Picker".to_owned()),
        ..description(Some("@paint/swatches"), "Swatches")
    };
    let tree = rx(
        "vstack",
        [
            own(
                description(Some("@paint/swatches@^1.2"), "Swatches"),
                vec![("lineWidth", Expr::text("2")), ("color", state("color"))],
                [text("child")],
                [
                    ("on_pick", on("set_draft", vec![js("e1")])),
                    ("id", text("x")),
                ],
                stylesheet,
            ),
            own(
                description(Some("@paint/swatches"), "Swatches.Note"),
                vec![],
                [],
                [("top", text("1px"))],
                Additions::default(),
            ),
            own(default, vec![], [], [], Additions::default()),
            own(aliased, vec![], [], [], Additions::default()),
            own(
                description(Some("$/public/local.js"), "Local"),
                vec![("size", dict(&[("width", Expr::text("1px"))]))],
                [cond(state("is_busy"), text("busy"), text("idle"))],
                [("data_step", number(2)), ("hidden", yes())],
                Additions::default(),
            ),
        ],
        [],
    );
    check("own", tree);
}

#[test]
fn hooks() {
    let needing = |name: &str| {
        let needs = Needs {
            imports: vec![import("clock", "useClock")],
            hooks: vec!["const clock = useClock()".into()],
        };
        let parts = vec![CodePart::Text(name.into())];
        let needs = Arc::new(needs);
        Expr::new(ExprKind::Code(Code { parts, needs }), Type::Str)
    };
    let tree = rx(
        "vstack",
        [
            counted(rx("text", [value(state("draft"))], [])),
            each(state("items"), |item, _| {
                counted(value(attribute(&item, "text")))
            }),
            rx("text", [value(needing("clock.now"))], []),
            rx("box", [], [("title", value(needing("clock.now")))]),
            each(needing("clock.zones").ty_list(), |zone, _| {
                rx("text", [value(zone), value(needing("clock.now"))], [])
            }),
        ],
        [],
    );
    check("own_hooks", tree);
}

/// The same JavaScript seen as a list of texts.
trait AsList {
    fn ty_list(self) -> Self;
}

impl AsList for Expr {
    fn ty_list(mut self) -> Self {
        self.ty = Type::list(Type::Str);
        self
    }
}

#[test]
fn libraries_that_cannot_be_imported() {
    let table = [
        ("/public/hello.jsx", "jsx(Tag, { prop })"),
        ("https://cdn.example/x.js", "put the file into assets/"),
        ("$/utils/state", "Reflex writes"),
    ];
    for (library, expected) in table {
        let tree = own(
            description(Some(library), "Hello"),
            vec![],
            [],
            [],
            Additions::default(),
        );
        let error: PageError = generate(&page(tree), &names(), &icons()).expect_err("an error");
        let message = error.to_string();
        assert!(
            message.contains(library) && message.contains(expected),
            "{message}"
        );
    }
}
