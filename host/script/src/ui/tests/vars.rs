//! Vars: fields, operators, methods, f-strings, and what they refuse.

use super::check_table;

const SOURCE: &str = r#"
import dataclasses, datetime, decimal, enum, math, typing

@dataclasses.dataclass
class Address:
    street: str
    lines: list[str]

@dataclasses.dataclass
class User:
    name: str
    age: int
    title: str
    address: Address
    friend: 'User | None'

class Point(typing.TypedDict):
    x: float
    y: float

class Level(enum.Enum):
    LOW = "low"

class S(State):
    pass

def declare(**annotations):
    for name, annotation in annotations.items():
        setattr(S, name, ui.field_var("app.S", name, annotation, S))

declare(n=int, f=float, s=str, b=bool, items=list[int], names=typing.List[str], d=dict[str, int],
        user=User, maybe=typing.Optional[User], users=list[User], point=Point, anything=typing.Any,
        pair=tuple[int, str], many=tuple[int, ...], when=datetime.datetime, either=int | str,
        choice=typing.Literal["a", "b"], bag=set[str], plain=list, level=Level, untyped=object)
"#;

/// What is said of a format that the browser does not have.
macro_rules! formats_refused {
    ($spec:literal) => {
        concat!(
            "VarTypeError: the format \"",
            $spec,
            "\" cannot be applied to a Var; format the value in a computed var (@rx.var) instead"
        )
    };
}

#[test]
fn annotations_become_types() {
    check_table(
        SOURCE,
        &[
            ("S.n", "n: int"),
            ("S.names", "names: list[str]"),
            ("S.d", "d: dict[str, int]"),
            ("S.user", "user: User"),
            ("S.maybe", "maybe: User | None"),
            ("S.users", "users: list[User]"),
            ("S.point", "point: Point"),
            ("S.anything", "anything: Any"),
            ("S.pair", "pair: tuple[int, str]"),
            ("S.many", "many: list[int]"),
            ("S.when", "when: datetime"),
            ("S.either", "either: int | str"),
            ("S.choice", "choice: str"),
            ("S.bag", "bag: list[str]"),
            ("S.plain", "plain: list[Any]"),
            ("S.level", "level: Any"),
            ("S.untyped", "untyped: Any"),
        ],
    );
}

#[test]
fn operators_build_expressions() {
    check_table(
        SOURCE,
        &[
            ("S.n + 1", "(n + 1): int"),
            ("1 + S.n", "(1 + n): int"),
            ("S.n - 1.5", "(n - 1.5): float"),
            ("2 * S.n", "(2 * n): int"),
            ("S.n / 2", "(n / 2): float"),
            ("S.n // 2", "(n // 2): int"),
            ("7 % S.n", "(7 % n): int"),
            ("S.n ** 2", "(n ** 2): int"),
            ("2 ** S.n", "(2 ** n): int"),
            ("-S.n", "Negate(n): int"),
            ("abs(S.f)", "Abs(f): float"),
            ("round(S.f)", "Round(f): int"),
            ("round(S.f, None)", "Round(f): int"),
            ("round(S.f, 2)", "f.__round__(2): float"),
            ("round(S.n, -2)", "n.__round__(-2): int"),
            (
                "round(S.s, 2)",
                "VarTypeError: str has no method __round__()",
            ),
            ("math.floor(S.f)", "Floor(f): int"),
            ("math.ceil(S.f)", "Ceil(f): int"),
            ("math.trunc(S.f)", "Trunc(f): int"),
            ("~S.b", "Not(b): bool"),
            ("S.b & (S.n > 3)", "(b & (n > 3)): bool"),
            ("S.b | True", "(b | true): bool"),
            ("False | S.b", "(false | b): bool"),
            ("S.s + '!'", "(s + \"!\"): str"),
            ("'<' + S.s", "(\"<\" + s): str"),
            ("S.items + [4]", "(items + [4]): list[int]"),
            ("S.n == 3", "(n == 3): bool"),
            ("3 == S.n", "(n == 3): bool"),
            ("S.s != 'x'", "(s != \"x\"): bool"),
            ("S.n <= 3", "(n <= 3): bool"),
            ("3 < S.n", "(n > 3): bool"),
            ("S.level == Level.LOW", "(level == \"low\"): bool"),
            ("S.items == [1, S.n]", "(items == [1, n]): bool"),
        ],
    );
}

#[test]
fn subscripts_and_attributes() {
    check_table(
        SOURCE,
        &[
            ("S.items[0]", "items[0]: int"),
            ("S.items[-1]", "items[-1]: int"),
            ("S.items[S.n]", "items[n]: int"),
            ("S.items[1:]", "items[1::]: list[int]"),
            ("S.s[:S.n]", "s[:n:]: str"),
            ("S.items[::2]", "items[::2]: list[int]"),
            ("S.d['a']", "d[\"a\"]: int"),
            ("S.pair[1]", "pair[1]: str"),
            ("S.user.name", "user.name: str"),
            ("S.user.title", "user.title: str"),
            ("S.user.address.lines[0]", "user.address.lines[0]: str"),
            ("S.maybe.age + 1", "(maybe.age + 1): int"),
            ("S.user.friend.name", "user.friend.name: Any"),
            ("S.users[0].age", "users[0].age: int"),
            ("S.point['x']", "point[\"x\"]: float"),
            ("S.anything.x.y", "anything.x.y: Any"),
            ("S.anything['k'][0]", "anything[\"k\"][0]: Any"),
        ],
    );
}

#[test]
fn methods_by_name_and_keyword() {
    check_table(
        SOURCE,
        &[
            ("S.items.length()", "items.length(): int"),
            ("S.s.upper()", "s.upper(): str"),
            ("S.s.strip('x')", "s.strip(\"x\"): str"),
            ("S.s.startswith('x')", "s.startswith(\"x\"): bool"),
            ("S.s.contains(S.choice)", "s.contains(choice): bool"),
            ("S.s.split(',')", "s.split(\",\"): list[str]"),
            ("S.names.join(', ')", "names.join(\", \"): str"),
            ("S.s.replace('a', 'b')", "s.replace(\"a\", \"b\"): str"),
            ("S.items.reverse()", "items.reverse(): list[int]"),
            ("S.d.keys()", "d.keys(): list[str]"),
            ("S.d.get('a', default=0)", "d.get(\"a\", 0): int"),
            ("S.users.pluck('name')", "users.pluck(\"name\"): list[str]"),
            ("S.n.to_string()", "n.to_string(): str"),
            ("S.n.to_string(use_json=False)", "n.str(): str"),
            ("S.s.bool()", "s.bool(): bool"),
            ("S.maybe.is_none()", "maybe.is_none(): bool"),
            ("S.n.equals(3)", "(n == 3): bool"),
            ("S.s.to(int)", "s.to_int(): int"),
            ("S.n.to(str)", "n.str(): str"),
            ("S.anything.to(list[str])", "anything: list[str]"),
            ("rx.Var.range(5)", "[0, 1, 2, 3, 4]: list[int]"),
            ("rx.Var.range(1, S.n)", "1.range(n): list[int]"),
            ("rx.Var.create('x')", "\"x\": str"),
            ("rx.Var.create(S.n) is S.n", "True"),
            (
                "rx.Var(_js_expr='window.x', _var_type=int)",
                "js`window.x`: int",
            ),
            (
                "S.s.upper(1)",
                "VarTypeError: upper() takes 0 to 0 arguments, 1 given",
            ),
            (
                "S.s.strip(char='x')",
                "TypeError: Var.strip() has no argument \"char\"",
            ),
        ],
    );
}

#[test]
fn vars_survive_f_strings() {
    check_table(
        SOURCE,
        &[
            (
                "rx.Var.create(f'a {S.n} b')",
                "format(\"a \", n, \" b\"): str",
            ),
            (
                "rx.Var.create(f'{S.s}{S.n + 1}')",
                "format(s, (n + 1)): str",
            ),
            ("rx.Var.create(str(S.n))", "format(n): str"),
            ("rx.Var.create('%s!' % S.n)", "format(n, \"!\"): str"),
            (
                "rx.Var.create('{}-{}'.format(S.n, 2))",
                "format(n, \"-2\"): str",
            ),
            ("S.s == f'{S.n}!'", "(s == format(n, \"!\")): bool"),
            (
                "rx.Var.create([f'{S.n}', 1])",
                "[format(n), 1]: list[str | int]",
            ),
            ("rx.Var.create({'k': S.n})", "{k: n}: dict[str, int]"),
            (
                "rx.Var.create(f'{S.f:.2f}')",
                "format(f.__format__(\".2f\")): str",
            ),
            (
                "rx.Var.create(f'{S.n:,} of {S.f:,.2f}')",
                "format(n.__format__(\",\"), \" of \", f.__format__(\",.2f\")): str",
            ),
            (
                "rx.Var.create(f'{S.anything:.1%}')",
                "format(anything.__format__(\".1%\")): str",
            ),
            (
                "rx.Var.create(f'{S.f:>8}{S.s:^8}')",
                "format(f.__format__(\">8\"), s.__format__(\"^8\")): str",
            ),
            ("f'{S.items:>8}'", formats_refused!(">8")),
            ("f'{S.f:,d}'", formats_refused!(",d")),
            ("f'{S.s:.2f}'", formats_refused!(".2f")),
            ("f'{S.f:.101f}'", formats_refused!(".101f")),
        ],
    );
}

#[test]
fn constants_of_many_classes() {
    check_table(
        SOURCE,
        &[
            ("rx.Var.create(Level.LOW)", "\"low\": str"),
            (
                "rx.Var.create(datetime.date(2026, 1, 2))",
                "text 2026-01-02: datetime",
            ),
            ("rx.Var.create((1, 2))", "[1, 2]: list[int]"),
            ("rx.Var.create(range(3))", "[0, 1, 2]: list[int]"),
            ("rx.Var.create(2 ** 40)", "1099511627776: int"),
            ("rx.Var.create(None)", "None: None"),
            (
                "rx.Var.create(Address('x', []))",
                "object street lines: dict[str, str | list[Any]]",
            ),
            (
                "rx.Var.create(object())",
                "TypeError: a object cannot be sent to the browser; keep it in \
          a backend var (`_name`) or turn it into a dict",
            ),
            (
                "rx.Var.create(print)",
                "TypeError: a builtin_function_or_method is no value; was it to be called?",
            ),
        ],
    );
}

#[test]
fn what_needs_the_value_at_once_is_refused() {
    check_table(
        SOURCE,
        &[
            (
                "1 if S.b else 2",
                "VarTypeError: cannot take the truth of a Var: its value is known only \
          in the browser; use rx.cond instead of if, & | ~ instead of and, or, not",
            ),
            (
                "not S.b",
                "VarTypeError: cannot take the truth of a Var: its value is known only \
          in the browser; use rx.cond instead of if, & | ~ instead of and, or, not",
            ),
            (
                "[x for x in S.items]",
                "VarTypeError: cannot iterate over a Var: its value is known only \
          in the browser; use rx.foreach to show each item",
            ),
            (
                "1 in S.items",
                "VarTypeError: cannot use `in` on a Var: its value is known only in the \
          browser; use .contains() instead",
            ),
            (
                "len(S.items)",
                "VarTypeError: cannot take len() of a Var: its value is known only in the \
          browser; use .length() instead",
            ),
            (
                "S.s - 1",
                "VarTypeError: unsupported operand types for -: str and int",
            ),
            (
                "S.user.nam",
                "VarAttributeError: User has no field \"nam\"; its fields are name, age, \
          title, address, friend",
            ),
            ("S.n.x", "VarAttributeError: int has no attribute \"x\""),
            ("S.n.upper()", "VarTypeError: int has no method upper()"),
            ("isinstance(S.n, rx.Var)", "True"),
            ("{S.n: 1}[S.n]", "1"),
            ("rx.Var[int] is not None", "True"),
        ],
    );
}
