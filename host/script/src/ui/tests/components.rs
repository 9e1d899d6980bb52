//! Components: children, props, styles, and what chooses and repeats.

use super::check_table;

const SOURCE: &str = r"
class S(State):
    n: int
    s: str
    b: bool
    items: list[str]
    rows: list[list[int]]
    d: dict[str, int]

def named(item, index):
    return rx.el.li(item, index)

cyclic = []
cyclic.append(cyclic)
";

#[test]
fn children_of_every_kind() {
    check_table(
        SOURCE,
        &[
            ("rx.el.div('a', 1, 2.5, S.n)", "<el.div>\"a\" 1 2.5 n"),
            ("rx.el.div(None, True, False)", "<el.div>"),
            (
                "rx.el.div([rx.el.p('x'), ['y', (rx.el.b(),)]])",
                "<el.div><el.p>\"x\" \"y\" <el.b>",
            ),
            ("rx.el.div(['a', 'b'])", "<el.div>\"a\" \"b\""),
            ("rx.el.div(f'{S.n} left')", "<el.div>format(n, \" left\")"),
            ("rx.fragment('a', rx.el.p())", "<>\"a\" <el.p></>"),
            ("isinstance(rx.el.div(), rx.Component)", "True"),
            ("rx.text.strong('x')", "<text.strong>\"x\""),
            ("rx.el.div.create('x')", "<el.div>\"x\""),
            ("rx.image('/x.png')", "<image src=\"/x.png\">"),
            ("rx.el.img(S.s)", "<image src=s>"),
            ("rx.switch('on', name='x')", "<switch name=\"x\">"),
            ("rx.toast.provider()", "<></>"),
        ],
    );
}

#[test]
fn props_styles_and_attributes() {
    check_table(
        SOURCE,
        &[
            (
                "rx.el.input(type='text', value=S.s, disabled=S.b)",
                "<el.input type=\"text\" value=s disabled=b>",
            ),
            (
                "rx.el.div(id='x', key=S.n, class_name=['a', 'b'])",
                "<el.div class=\"a b\" id=\"x\" key=n>",
            ),
            (
                "rx.el.div(class_name=rx.cond(S.b, 'on', 'off'))",
                "<el.div class=cond(b, \"on\", \"off\")>",
            ),
            (
                "rx.image(src='x', width='2em', height=3)",
                "<image src=\"x\" style{width: \"2em\"; height: 3}>",
            ),
            (
                "rx.el.div(style=[{'color': 'red', 'top': 1}, None, {'color': S.s}])",
                "<el.div style{top: 1; color: s}>",
            ),
            (
                "rx.el.div(style=rx.cond(S.b, {'color': 'red'}, {'top': 1}))",
                "<el.div style{color: cond(b, \"red\", None); top: cond(b, None, 1)}>",
            ),
            (
                "rx.el.div(style=rx.cond(S.b, {'_hover': {'top': 2}}, {'top': 1}))",
                "<el.div style{_hover {top: cond(b, 2, None)}; top: cond(b, None, 1)}>",
            ),
            (
                "rx.el.div(color='red', padding=4)",
                "<el.div style{color: \"red\"; padding: 4}>",
            ),
            ("rx.el.div(width=None)", "<el.div>"),
            (
                "rx.el.div(width=['100%', '50%'])",
                "<el.div style{width: [initial \"100%\", xs \"50%\"]}>",
            ),
            (
                "rx.el.div(width=rx.breakpoints(initial='1em', lg='2em'))",
                "<el.div style{width: [initial \"1em\", lg \"2em\"]}>",
            ),
            (
                "rx.el.div(_hover={'color': 'red', 'opacity': S.n})",
                "<el.div style{_hover {color: \"red\"; opacity: n}}>",
            ),
            (
                "rx.el.div(style={'color': 'red', '&:focus': {'margin': '0'}})",
                "<el.div style{color: \"red\"; &:focus {margin: \"0\"}}>",
            ),
            (
                "rx.el.div(data_state='x', aria_label='y', custom_attrs={'data-z': 1})",
                "<el.div data-state=\"x\" aria-label=\"y\" data-z=1>",
            ),
            (
                "rx.el.div(background=rx.color('red', 3))",
                "<el.div style{background: \"var(--red-3)\"}>",
            ),
            ("rx.color('red', alpha=True)", "'var(--red-a7)'"),
            (
                "rx.color(S.s, S.n)",
                "format(\"var(--\", s, \"-\", n, \")\"): str",
            ),
        ],
    );
}

#[test]
fn mistakes_name_the_component() {
    check_table(
        SOURCE,
        &[
            (
                "rx.el.div({'a': 1})",
                "TypeError: rx.el.div: a child must be a component, a Var, a string \
          or a number, not dict; props are keyword arguments, a dictionary of them is given with **",
            ),
            (
                "rx.el.div(rx.el.p)",
                "TypeError: rx.el.div: a child must be a component, a Var, a string \
          or a number, not ComponentFactory; call it, with () after its name",
            ),
            (
                "rx.el.div(named)",
                "TypeError: rx.el.div: a child must be a component, a Var, a string \
          or a number, not function; call it to get the component",
            ),
            (
                "rx.el.div(cyclic)",
                "ValueError: rx.el.div: children nest deeper than 64 lists",
            ),
            (
                "rx.el.div(color=object())",
                "TypeError: rx.el.div: color: a object cannot be sent to the browser; keep it in \
          a backend var (`_name`) or turn it into a dict",
            ),
            (
                "rx.vstak()",
                "AttributeError: rx.vstak does not exist; did you mean rx.vstack?",
            ),
            (
                "rx.el.div(color=[rx.el.p()])",
                "TypeError: rx.el.div: color: a component cannot stand inside a value",
            ),
            (
                "rx.el.div(color=lambda: 1)",
                "TypeError: rx.el.div: color: a function is no value; was it to be called?",
            ),
            (
                "rx.Stat",
                "AttributeError: rx.Stat does not exist; did you mean rx.State?",
            ),
            (
                "rx.el.dvi()",
                "AttributeError: rx.el.dvi does not exist; did you mean rx.el.div?",
            ),
            (
                "rx.Component('x')",
                "TypeError: Component(…) makes no component; write Component.create(…)",
            ),
            (
                "rx.Model",
                "NotImplementedError: rx.Model is not in Ferroflex yet (the database)",
            ),
        ],
    );
}

#[test]
fn cond_chooses_between_components_or_values() {
    check_table(
        SOURCE,
        &[
            ("rx.cond(S.b, rx.el.p(), rx.el.b())", "b ? <el.p> : <el.b>"),
            ("rx.cond(S.b, rx.el.p())", "b ? <el.p> : <></>"),
            ("rx.cond(S.b, rx.el.p(), 'x')", "b ? <el.p> : \"x\""),
            (
                "rx.cond(S.b, [rx.el.p(), 'y'], None)",
                "b ? <><el.p> \"y\"</> : <></>",
            ),
            (
                "rx.cond(S.n > 1, 'many', 'one')",
                "cond((n > 1), \"many\", \"one\"): str",
            ),
            ("rx.cond(True, 1, 2)", "1"),
            ("rx.cond(0, 1, 2)", "2"),
            ("rx.cond(False, rx.el.p())", "<></>"),
            (
                "rx.cond(S.b, 1)",
                "ValueError: rx.cond() between values needs both of them",
            ),
            ("rx.color_mode_cond('a', 'b')", "mode(\"a\", \"b\"): str"),
            (
                "rx.color_mode_cond(dark='b', light='a')",
                "mode(\"a\", \"b\"): str",
            ),
            (
                "rx.color_mode_cond(rx.el.p(), rx.el.b())",
                "(mode(\"light\", \"dark\") == \"light\") ? <el.p> : <el.b>",
            ),
            (
                "rx.color_mode == 'dark'",
                "(mode(\"light\", \"dark\") == \"dark\"): bool",
            ),
        ],
    );
}

#[test]
fn match_chooses_by_patterns() {
    check_table(
        SOURCE,
        &[
            (
                "rx.match(S.n, (1, 'one'), (2, 3, 'few'), 'many')",
                "match n {1 => \"one\"; 2, 3 => \"few\"; \"many\"}: str",
            ),
            (
                "rx.match(S.s, ('a', rx.el.p()), rx.el.b())",
                "match s {\"a\" => <el.p>; <el.b>}",
            ),
            (
                "rx.match(S.s, ('a', rx.el.p()))",
                "match s {\"a\" => <el.p>; <></>}",
            ),
            (
                "rx.match(S.s, ('a', 1))",
                "ValueError: rx.match() between values needs a default, given last",
            ),
            (
                "rx.match(S.s, 'x')",
                "ValueError: rx.match() needs at least one case",
            ),
            (
                "rx.match(S.s, ('a',), 1)",
                "ValueError: a case of rx.match() needs a pattern before its result",
            ),
        ],
    );
}

#[test]
fn foreach_runs_its_function_once_with_typed_vars() {
    check_table(
        SOURCE,
        &[
            (
                "rx.foreach(S.items, lambda item: rx.el.li(item.upper()))",
                "each items <el.li>local.upper()",
            ),
            (
                "rx.foreach(S.items, named)",
                "each items <el.li>local local",
            ),
            ("rx.foreach(S.items, rx.el.li)", "each items <el.li>local"),
            (
                "rx.foreach(S.d, lambda pair: rx.el.li(pair[0].upper(), pair[1] + 1))",
                "each d <el.li>local[0].upper() (local[1] + 1)",
            ),
            (
                "rx.foreach(S.rows, lambda row: rx.el.tr(rx.foreach(row, lambda cell: rx.el.td(cell + 1))))",
                "each rows <el.tr>each local <el.td>(local + 1)",
            ),
            (
                "rx.foreach(['a', 'b'], lambda item: item)",
                "each [\"a\", \"b\"] local",
            ),
            (
                "rx.foreach(rx.Var.range(3), lambda i: rx.el.p(i))",
                "each [0, 1, 2] <el.p>local",
            ),
            (
                "rx.foreach(S.n, lambda i: i)",
                "ForeachVarError: rx.foreach: int cannot be looped over; foreach takes a list, a dict or a range",
            ),
            (
                "rx.foreach(S.items, lambda a, b, c: a)",
                "TypeError: rx.foreach: the function must take \
          the item, or the item and its index, but takes 3 arguments",
            ),
            (
                "rx.foreach(S.items, lambda: 1)",
                "TypeError: rx.foreach: the function must take \
          the item, or the item and its index, but takes 0 arguments",
            ),
            (
                "rx.foreach(S.items, lambda item: None)",
                "ValueError: rx.foreach: the function gives None instead of a component; does it lack \
                 its `return`?",
            ),
            (
                "rx.foreach(S.items, 3)",
                "TypeError: rx.foreach: the second argument must be a function",
            ),
        ],
    );
}
