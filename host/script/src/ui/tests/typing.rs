//! What real apps do with values whose types are loose: nothing that can work is refused.

use super::check_table;

const SOURCE: &str = r#"
import dataclasses, typing
from typing import Any, Generic, Optional, TypedDict, TypeVar, Union

T = TypeVar("T")

@dataclasses.dataclass
class Page(Generic[T]):
    rows: list[T]
    total: int

class Item(TypedDict, total=False):
    title: str
    count: int

class Node:
    name: str
    children: "list[Node]"

class S(State):
    plain: list
    rows: list[dict]
    loose: list[dict[str, Any]]
    narrow: list[dict[str, str]]
    union: list[dict[str, Union[str, int]]]
    unions: list[Union[int, str]]
    optional: Optional[list[dict[str, int]]]
    fields: dict
    anything: Any
    typed: list[Item]
    page: Page[int]
    raw_page: Page
    tree: Node
    table: dict[str, list[dict[str, Any]]]
    deep: dict[str, dict[str, Any]]
    maybe: Optional[str]
    number: Optional[int]
    pairs: list[tuple[str, int]]
    lists: list[list[str]]
    untyped: "no_such_name"

def each(var, function):
    return rx.foreach(var, lambda item: rx.text(function(item)))
"#;

/// Loops over values of loose types, each with the tree that it makes.
const LOOPS: &[(&str, &str)] = &[
    (
        "each(S.rows, lambda i: rx.cond(i['a'] > 3, 'x', i['b']))",
        "each rows <text>cond((local[\"a\"] > 3), \"x\", local[\"b\"])",
    ),
    (
        "each(S.loose, lambda i: i['n'] + 1)",
        "each loose <text>(local[\"n\"] + 1)",
    ),
    (
        "each(S.union, lambda i: i['n'] * 2)",
        "each union <text>(local[\"n\"] * 2)",
    ),
    (
        "each(S.plain, lambda i: i.name)",
        "each plain <text>local.name",
    ),
    (
        "each(S.plain, lambda i: i[0]['x'].length())",
        "each plain <text>local[0][\"x\"].length()",
    ),
    (
        "each(S.unions, lambda i: i + 1)",
        "each unions <text>(local + 1)",
    ),
    (
        "each(S.optional, lambda i: i['a'] - 1)",
        "each optional <text>(local[\"a\"] - 1)",
    ),
    (
        "each(S.anything, lambda i: i.to_string())",
        "each anything <text>local.to_string()",
    ),
    (
        "each(S.anything.rows, lambda i: i)",
        "each anything.rows <text>local",
    ),
    (
        "each(S.fields, lambda kv: kv[0] + ': ' + kv[1])",
        "each fields <text>((local[0] + \": \") + local[1])",
    ),
    (
        "each(S.table['k'], lambda i: i['v'])",
        "each table[\"k\"] <text>local[\"v\"]",
    ),
    (
        "each(S.table, lambda kv: kv[1].length())",
        "each table <text>local[1].length()",
    ),
    (
        "each(S.pairs, lambda p: p[1] + 1)",
        "each pairs <text>(local[1] + 1)",
    ),
    (
        "each(S.lists, lambda row: row[0].upper())",
        "each lists <text>local[0].upper()",
    ),
    (
        "each(S.typed, lambda i: i['title'] + i.title)",
        "each typed <text>(local[\"title\"] + local.title)",
    ),
    (
        "each(S.page.rows, lambda i: i)",
        "each page.rows <text>local",
    ),
    (
        "each(S.tree.children, lambda node: node.name)",
        "each tree.children <text>local.name",
    ),
    (
        "each([{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}], lambda i: i['b'])",
        "each [{Str(\"a\"): 1, Str(\"b\"): \"x\"}, {Str(\"a\"): 2, Str(\"b\"): \"y\"}] <text>local[\"b\"]",
    ),
    (
        "each([('a', 1)], lambda i: i[0])",
        "each [[\"a\", 1]] <text>local[0]",
    ),
    (
        "each([S.number, 2], lambda i: i + 1)",
        "each [number, 2] <text>(local + 1)",
    ),
    (
        "each(('a', 'b'), lambda i: i)",
        "each [\"a\", \"b\"] <text>local",
    ),
    (
        "each(range(3), lambda i: i + 1)",
        "each [0, 1, 2] <text>(local + 1)",
    ),
    ("each('ab', lambda i: i)", "each \"ab\" <text>local"),
    (
        "each({'a': 1}, lambda kv: kv[0])",
        "each {Str(\"a\"): 1} <text>local[0]",
    ),
    (
        "each(S.untyped, lambda i: i.x)",
        "each untyped <text>local.x",
    ),
];

#[test]
fn items_of_loose_types() {
    check_table(SOURCE, LOOPS);
}

#[test]
fn fields_that_are_called_like_methods() {
    check_table(
        SOURCE,
        &[
            ("S.fields.title", "fields.title: Any"),
            ("S.fields.count + 1", "(fields.count + 1): Any"),
            ("S.fields.items()", "fields.items(): list[tuple[Any, Any]]"),
            ("S.fields.map", "fields.map: Any"),
            ("S.anything.title + '!'", "(anything.title + \"!\"): Any"),
            ("S.anything.title()", "anything.title(): str"),
            ("S.anything.title.upper()", "anything.title.upper(): str"),
            ("S.anything.split(',')", "anything.split(\",\"): list[str]"),
            ("S.anything.items[0]", "anything.items[0]: Any"),
            (
                "S.anything.length < S.anything.length()",
                "(anything.length < anything.length()): bool",
            ),
            (
                "f'{S.anything.values}' + 'x' and rx.Var.create(S.anything.values)",
                "anything.values: Any",
            ),
            (
                "S.anything.filter(lambda x: x.ok)",
                "Filter(anything, local.ok): list[Any]",
            ),
            ("S.typed[0].title", "typed[0].title: str"),
            (
                "S.deep['k']['v'].split(' ')[0]",
                "deep[\"k\"][\"v\"].split(\" \")[0]: str",
            ),
        ],
    );
}

#[test]
fn optional_values_take_operators() {
    check_table(
        SOURCE,
        &[
            ("S.maybe + 'x'", "(maybe + \"x\"): str"),
            ("S.maybe.upper()", "maybe.upper(): str"),
            ("S.number > 3", "(number > 3): bool"),
            ("S.number | 0", "(number | 0): int"),
            (
                "rx.cond(S.maybe, S.maybe, 'none').upper()",
                "cond(maybe, maybe, \"none\").upper(): str",
            ),
            ("S.maybe & 'x'", "(maybe & \"x\"): str | None"),
            ("S.maybe == None", "(maybe == None): bool"),
            ("S.page.total + 1", "(page.total + 1): int"),
            ("S.raw_page.rows[0]", "raw_page.rows[0]: Any"),
            ("S.narrow[0]['n'] > '3'", "(narrow[0][\"n\"] > \"3\"): bool"),
            (
                "S.narrow[0]['n'] > 3",
                "VarTypeError: unsupported operand types for >: str and int",
            ),
        ],
    );
}
