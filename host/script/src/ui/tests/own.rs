//! Components of an app's own classes: what is declared, given, changed and added.

use super::check_table;

const SOURCE: &str = r#"
class S(State):
    n: int
    s: str
    b: bool
    items: list[str]

    def pick(self, value: str):
        pass

    def point(self, x: int, y: int):
        pass

    def click(self):
        pass

class Picker(rx.Component):
    library = "react-colorful@5.6.1"
    tag = "HexColorPicker"
    color: rx.Var[str]
    line_width: rx.Var[int] = 2
    label: rx.Var[str] = rx.Var.create("colour")
    _hidden: int = 7
    on_pick: rx.EventHandler[lambda value: [value]]
    on_move: rx.EventHandler[rx.event.passthrough_event_spec(int, int)]
    on_open: rx.EventHandler[rx.event.no_args_event_spec]

class Renamed(Picker):
    _rename_props = {"color": "fill", "onPick": "onChoose"}

class MyButton(rx.Button):
    tone: rx.Var[str]

    @classmethod
    def create(cls, *children, **props):
        made = super().create(*children, size="3", **props)
        made.style["top"] = 1
        return made

class Told(rx.Button):
    on_told: rx.EventHandler[lambda value: [value]]

class Watching(rx.Fragment):
    def add_hooks(self):
        return ["useWatch()"]

class Titled(rx.el.Div):
    library = "/public/titled.js"
    tag = "Titled"
    name: rx.Var[str]

class Old(rx.Component):
    library = "old"
    tag = "Old"

    def get_event_triggers(self):
        return {**super().get_event_triggers(), "on_change": lambda e0, e1: [e1, e0.target.value]}

class Item(rx.Component):
    tag = "li"
    _valid_parents = ["Shelf"]

class Shelf(rx.Component):
    tag = "ul"
    _valid_children = ["Item"]

class Styled(rx.Component):
    tag = "p"

    def add_style(self):
        return {"color": "red", "top": 1}

class Keys(rx.Fragment):
    keys: dict[str, object] = {}

    def add_imports(self):
        return {"react": ["useEffect", rx.ImportVar(tag="useState", alias="useLocal")]}

    def add_hooks(self):
        keys = rx.Var.create({
            name: rx.EventChain.create(args_spec=rx.event.key_event, value=handler)
            for name, handler in self.keys.items()
        })
        return [rx.Var(f"const keys = {keys}"), "useEffect(() => { keys; })"]

    def add_custom_code(self):
        return ["const limit = 3;"]

    def render(self):
        return {}

class Adjusted(Picker):
    def _render(self):
        return super()._render().add_props(depth=4).remove_props("label")

class Later(rx.Component):
    tag = "b"
    amounts: list[int] = rx.components.component.field(default_factory=list)

def changed(component, **attributes):
    for name, value in attributes.items():
        setattr(component, name, value)
    return component

def with_child(component, child):
    component.children.append(child)
    return component
"#;

#[test]
fn props_are_named_and_defaulted() {
    check_table(
        SOURCE,
        &[
            (
                "rx.el.div(Picker.create(color=S.s))",
                "<el.div><Picker color=s lineWidth=2 label=\"colour\">",
            ),
            (
                "Picker.create('a', color='red', line_width=S.n, width='2em', id='x', data_one=1)",
                "<Picker color=\"red\" lineWidth=n label=\"colour\" data-one=1 id=\"x\" \
                 style{width: \"2em\"}>\"a\"",
            ),
            (
                "Renamed.create(color='red', on_pick=S.pick)",
                "<Renamed fill=\"red\" lineWidth=2 label=\"colour\" on_pick=[app.S.pick(js`e`)]>",
            ),
            ("Adjusted.create()", "<Adjusted lineWidth=2 depth=4>"),
            ("Picker.create().line_width", "2"),
            ("Picker.create().color", "None"),
            ("Picker.create()._hidden", "7"),
            ("isinstance(Picker.create(), rx.Component)", "True"),
            (
                "Picker('a')",
                "TypeError: Picker(…) makes no component; write Picker.create(…)",
            ),
            ("Later.create().amounts", "[]"),
            (
                "Styled.create(top=2)",
                "<Styled style{color: \"red\"; top: 2}>",
            ),
            (
                "Styled.create(style={'left': 1}, custom_attrs={'data-x': 1})",
                "<Styled data-x=1 style{color: \"red\"; top: 1; left: 1}>",
            ),
            (
                "Picker.create(special_props=[rx.Var('more')])",
                "<Picker lineWidth=2 label=\"colour\" ...=js`more`>",
            ),
        ],
    );
}

#[test]
fn triggers_give_what_their_functions_say() {
    check_table(
        SOURCE,
        &[
            (
                "Picker.create(on_pick=S.pick, on_open=S.click, line_width=None)",
                "<Picker lineWidth=2 label=\"colour\" on_pick=[app.S.pick(js`e`)] on_open=[app.S.click()]>",
            ),
            (
                "Picker.create(on_move=S.point, on_click=S.click)",
                "<Picker lineWidth=2 label=\"colour\" on_move=[app.S.point(js`e`.to_int(), \
                 js`e1`.to_int())] on_click=[app.S.click()]>",
            ),
            (
                "Old.create(on_change=lambda second, first: S.pick(first))",
                "<Old on_change=[app.S.pick(js`e`.target.value)]>",
            ),
            (
                "Old.create(on_change=rx.EventChain.create(S.pick, rx.event.input_event))",
                "<Old on_change=[app.S.pick(js`e`.target.value)]>",
            ),
            (
                "Old.create(on_change=rx.Var('tell'))",
                "<Old on_change=[call js`tell`]>",
            ),
            (
                "rx.el.div(on_click=rx.Var('tell'))",
                "<el.div on_click=[call js`tell`]>",
            ),
        ],
    );
}

#[test]
fn unknown_triggers_are_refused() {
    super::with_python(SOURCE, |vm, scope| {
        let raised = super::evaluate("Picker.create(on_nothing=S.click)", vm, &scope);
        let message = super::written_message(&raised.expect_err("an error"), vm);
        assert!(
            message.starts_with(
                "ValueError: Picker has no event trigger 'on_nothing'; it has on_blur,"
            ),
            "{message}"
        );
    });
}

#[test]
fn classes_of_the_catalogue_can_be_derived_from() {
    check_table(
        SOURCE,
        &[
            (
                "MyButton.create('a')",
                "<button size=\"3\" style{top: 1}>\"a\"",
            ),
            (
                "MyButton.create('a', tone='soft', color_scheme='red', on_click=S.click)",
                "<button tone=\"soft\" size=\"3\" color_scheme=\"red\" style{top: 1} \
                 on_click=[app.S.click()]>\"a\"",
            ),
            (
                "Told.create(on_told=S.pick, on_click=S.click)",
                "<button on_click=[app.S.click()] on_told=[app.S.pick(js`e`)]>",
            ),
            (
                "Watching.create('a', rx.el.b())",
                "<fragment hook`useWatch()`><>\"a\" <el.b></>",
            ),
            ("isinstance(MyButton.create(), rx.Button)", "True"),
            ("isinstance(rx.button('x'), rx.Button)", "True"),
            ("isinstance(rx.text('x'), rx.Button)", "False"),
            ("rx.Button is ui.component_class('button')", "True"),
            ("rx.Button.create('x')", "<button>\"x\""),
            ("rx.Fragment.create('x', 'y')", "<>\"x\" \"y\"</>"),
            (
                "Titled.create(name=S.s, title='t', id='i', background_color='red')",
                "<el.div name=s title=\"t\" id=\"i\" style{background_color: \"red\"}>",
            ),
            ("rx.Nonsense", "AttributeError: rx.Nonsense does not exist"),
        ],
    );
}

#[test]
fn children_know_their_parents() {
    check_table(
        SOURCE,
        &[
            ("Shelf.create(Item.create('a'))", "<Shelf><Item>\"a\""),
            (
                "Shelf.create(rx.text('a'))",
                "ValueError: Shelf takes only Item as children, not Text",
            ),
            (
                "Picker.create(Item.create())",
                "ValueError: Item can stand only in Shelf, not in Picker",
            ),
            (
                "Shelf.create(rx.foreach(S.items, Item.create))",
                "<Shelf>each items <Item>local",
            ),
        ],
    );
}

#[test]
fn what_is_changed_before_the_page_sees_it_counts() {
    check_table(
        SOURCE,
        &[
            (
                "changed(Styled.create('a'), class_name='big', id='i')",
                "<Styled class=\"big\" id=\"i\" style{color: \"red\"; top: 1}>\"a\"",
            ),
            (
                "with_child(Styled.create('a'), rx.text('b'))",
                "<Styled style{color: \"red\"; top: 1}>\"a\" <text>\"b\"",
            ),
            (
                "with_child(rx.el.div('a'), rx.text('b'))",
                "<el.div>\"a\" <text>\"b\"",
            ),
            (
                "changed(rx.el.div('a', color='red'), class_name='big')",
                "<el.div class=\"big\" style{color: \"red\"}>\"a\"",
            ),
            (
                "rx.el.div('a', color='red', _hover={'top': 1}).style",
                "{'color': 'red', '_hover': {'top': 1}}",
            ),
            (
                "changed(rx.button('a', size='1'), size='2')",
                "<button size=\"2\">\"a\"",
            ),
            (
                "rx.box(changed(rx.el.div('a'), children=['b']))",
                "<box><el.div>\"b\"",
            ),
        ],
    );
}

#[test]
fn code_and_hooks_come_along() {
    check_table(
        SOURCE,
        &[(
            "Keys.create(keys={'a': S.click, 'b': S.pick})",
            "<fragment code`const limit = 3;`; import react useEffect; import react useState as \
             useLocal; hook`const keys = ${{a: handler [app.S.click()], b: handler \
             [app.S.pick(js`e`.key)]}}`; hook`useEffect(() => { keys; })`>",
        )],
    );
}

const MEMOS: &str = r#"
class S(State):
    n: int
    s: str

    def pick(self, value: str):
        pass

@rx.memo
def card(title: str, count: int = 1):
    return rx.el.div(title + "!", count * 2)

@rx.memo
def field(
    children: rx.Var[rx.Component],
    rest: rx.RestProp,
    *,
    label: rx.Var[str],
    on_pick: rx.EventHandler[lambda value: [value]],
) -> rx.Component:
    return rx.el.label(label, rx.el.input(on_change=on_pick), children, rest)

@rx.memo
def double(x: rx.Var[int]) -> rx.Var[int]:
    return x * 2

class Group(rx.ComponentNamespace):
    root = staticmethod(rx.el.ul)
    item = staticmethod(rx.el.li)
    __call__ = staticmethod(rx.el.ol)

group = Group()
"#;

#[test]
fn memos_see_vars() {
    check_table(
        MEMOS,
        &[
            ("card(title='a', count=S.n)", "<el.div>\"a!\" (n * 2)"),
            ("card('a')", "<el.div>\"a!\" 2"),
            (
                "card(title=S.s, key=S.n)",
                "<fragment key=n><el.div>(s + \"!\") 2",
            ),
            (
                "field('x', rx.el.b(), label='l', on_pick=S.pick, class_name='big', title='t')",
                "<el.label title=\"t\" class=\"big\">\"l\" <el.input on_change=[app.S.pick(event0)]> \
                 <>\"x\" <el.b></>",
            ),
            ("double(S.n)", "(n * 2): int"),
            (
                "card(title='a', colour='red')",
                "TypeError: card() has no parameter 'colour'; a parameter annotated with \
                 rx.RestProp takes all others",
            ),
            ("group('x')", "<el.ol>\"x\""),
            ("group.root(group.item('x'))", "<el.ul><el.li>\"x\""),
        ],
    );
}
