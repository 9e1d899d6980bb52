//! JavaScript of the author's: raw Vars, functions of the browser's, operations written in it, and
//! what Reflex's own code reads of a Var.

use super::check_table;

const SOURCE: &str = r#"
from reflex.vars import (
    ArrayVar, BooleanVar, FunctionStringVar, FunctionVar, LiteralVar, NumberVar, ObjectVar,
    StringVar, VarData, get_unique_variable_name, var_operation, var_operation_return,
)
from reflex.vars.datetime import DateTimeVar
from reflex.vars.function import ArgsFunctionOperation, ReflexCallable, VarOperationCall
from reflex.vars.special import use_id
import datetime, typing

class S(State):
    n: int
    s: str
    b: bool
    items: list[int]
    d: dict[str, int]
    when: datetime.datetime
    anything: typing.Any
    either: int | float

@var_operation
def clamp(value: NumberVar, most: NumberVar):
    """Doc."""
    return var_operation_return(js_expression=f"Math.min({value}, {most})", var_type=int)

class Money(ObjectVar[dict], python_types=dict):
    @property
    def cents(self):
        return self["cents"].to(int)

fetch = FunctionStringVar.create("fetchIt", ReflexCallable[[str], int])
needs = VarData(imports={"lib": ["a", "b"]}, hooks={"const a = b();": None})
"#;

#[test]
fn raw_javascript_holds_vars() {
    check_table(
        SOURCE,
        &[
            ("rx.Var('window.x', int)", "js`window.x`: int"),
            ("rx.Var(f'f({S.n}, {S.s!s})')", "js`f(${n}, ${s})`: Any"),
            (
                "rx.Var(_js_expr=f'f({S.n + 1})', _var_type=list[str])[0]",
                "js`f(${(n + 1)})`[0]: str",
            ),
            ("rx.Var.create('x', _var_is_string=False)", "js`x`: Any"),
            ("rx.Var.create('x', _var_is_string=True)", "\"x\": str"),
            ("rx.Var.create_safe('x')", "\"x\": str"),
            (
                "rx.Var('x', _var_data=needs).to(str) + '!'",
                "(js`x` + \"!\"): str",
            ),
            ("rx.Var('x')._js_expr", "'x'"),
            ("rx.Var(S.n._js_expr)", "js`${n}`: Any"),
            ("rx.Var.create('q')._var_value", "'q'"),
            ("hasattr(S.n, '_var_value')", "False"),
        ],
    );
}

#[test]
fn operations_and_functions_in_javascript() {
    check_table(
        SOURCE,
        &[
            ("clamp(S.n, 5)", "js`Math.min(${n}, ${5})`: int"),
            (
                "clamp(value=S.n + 1, most='x') + 1",
                "(js`Math.min(${(n + 1)}, ${\"x\"})` + 1): int",
            ),
            ("clamp.__name__ + clamp.__doc__", "'clampDoc.'"),
            ("fetch(S.s)", "js`${js`fetchIt`}(${s})`: int"),
            (
                "fetch.call('k', S.n)",
                "js`${js`fetchIt`}(${\"k\"}, ${n})`: int",
            ),
            (
                "fetch.partial(S.n)(1)",
                "js`${js`((...args) => ${js`fetchIt`}(${n}, ...args))`}(${1})`: int",
            ),
            ("fetch.partial() is fetch", "True"),
            ("isinstance(fetch, FunctionVar)", "True"),
            ("rx.Var('g').to(FunctionVar).call()", "js`${js`g`}()`: Any"),
            (
                "ArgsFunctionOperation.create(('a',), rx.Var('a').to(int) + S.n)",
                "js`((a) => ${(js`a`.to_int() + n)})`: Any",
            ),
            (
                "ArgsFunctionOperation.create(('a',), rx.Var('return a'), rest='more', \
                 explicit_return=True)",
                "js`((a, ...more) => {return a})`: Any",
            ),
            (
                "VarOperationCall.create(fetch, 1, _var_type=str)",
                "js`${js`fetchIt`}(${1})`: str",
            ),
            (
                "S.items.map(lambda x: x + S.n)",
                "Map(items, (local + n)): list[int]",
            ),
            (
                "S.items.filter(lambda x: x > 1)",
                "Filter(items, (local > 1)): list[int]",
            ),
            (
                "S.items.map(fetch)",
                "Map(items, js`${js`fetchIt`}(${local})`): list[int]",
            ),
            (
                "S.items.map(lambda a, b: a)",
                "VarTypeError: the function must take 1 argument, but takes 2 arguments",
            ),
            (
                "S.items.map(3)",
                "VarTypeError: a function is expected, not int",
            ),
            (
                "S.n.map(lambda x: x)",
                "VarTypeError: int cannot be looped over; foreach takes a list, a dict or a range",
            ),
            (
                "S.items.reduce(lambda a: a)",
                "VarTypeError: the function must take 2 arguments, but takes 1 argument",
            ),
        ],
    );
}

#[test]
fn what_javascript_needs_of_its_module() {
    check_table(
        SOURCE,
        &[
            (
                "rx.Var('x', _var_data=needs)._get_all_var_data() == needs",
                "True",
            ),
            (
                "(rx.Var('x', _var_data=needs) + S.n)._get_all_var_data().state",
                "'app.S'",
            ),
            ("S.n._get_all_var_data().field_name", "'n'"),
            ("S.n._var_data.state", "'app.S'"),
            ("rx.Var.create(1)._get_all_var_data()", "None"),
            (
                "S.n._replace(merge_var_data=needs)._var_data.hooks",
                "['const a = b();']",
            ),
            ("rx.Var('x', int)._replace(_js_expr='y')", "js`y`: int"),
            ("S.n._replace(_var_type=str)", "n: str"),
            (
                "S.n._replace(other=1)",
                "TypeError: Var._replace() has no argument \"other\"",
            ),
            ("len(use_id()._var_data.hooks)", "1"),
            (
                "VarData.merge(needs, None, VarData(state='s')).state",
                "'s'",
            ),
            ("VarData.merge()", "None"),
            ("bool(VarData())", "False"),
            (
                "needs.old_school_imports()",
                "{'lib': [ImportVar('a'), ImportVar('b')]}",
            ),
            (
                "get_unique_variable_name() != get_unique_variable_name()",
                "True",
            ),
        ],
    );
}

#[test]
fn kinds_and_types_of_vars() {
    check_table(
        SOURCE,
        &[
            (
                "[isinstance(S.n, k) for k in (rx.Var, NumberVar, BooleanVar, StringVar)]",
                "[True, True, False, False]",
            ),
            (
                "[isinstance(S.b, k) for k in (NumberVar, BooleanVar)]",
                "[True, True]",
            ),
            ("isinstance(S.s.upper(), StringVar)", "True"),
            (
                "isinstance(S.items, ArrayVar) and isinstance(S.d, ObjectVar)",
                "True",
            ),
            ("isinstance(S.when, DateTimeVar)", "True"),
            ("isinstance(S.either, NumberVar)", "True"),
            (
                "isinstance(S.anything, (NumberVar, StringVar, ArrayVar, ObjectVar))",
                "False",
            ),
            (
                "[isinstance(v, LiteralVar) for v in (S.n, rx.Var.create(1))]",
                "[False, True]",
            ),
            ("isinstance(1, NumberVar)", "False"),
            ("S.anything.to(NumberVar) + 1", "(anything + 1): Any"),
            ("type(S.anything.to(StringVar)).__name__", "'StringVar'"),
            ("S.anything.to(ArrayVar)[0]", "anything[0]: Any"),
            ("S.anything.to(ArrayVar, list[int])[0]", "anything[0]: int"),
            ("S.anything.to(ArrayVar[list[int]])[0]", "anything[0]: int"),
            ("S.anything.to(BooleanVar)", "anything.bool(): bool"),
            (
                "S.anything.to(Money).cents + 1",
                "(anything[\"cents\"].to_int() + 1): int",
            ),
            ("S.n._var_type", "<class 'int'>"),
            ("S.items[0]._var_type", "<class 'int'>"),
            ("S.d._var_type", "dict[str, int]"),
            ("(S.n + 1.5)._var_type", "<class 'float'>"),
            (
                "S.n._nothing",
                "VarAttributeError: a Var has no attribute _nothing",
            ),
        ],
    );
}
