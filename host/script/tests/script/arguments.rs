//! What handlers take: the arguments of events, converted by annotation or refused.

use serde_json::Value as Json;

use crate::support::{Client, app};

/// A handler of `apps/arguments.py`, what a page gives it, and what Python makes of it; a refusal's
/// text starts with `!`.
type Case = (&'static str, &'static str, &'static str);

fn check(cases: &[Case]) {
    let mut client = Client::of("arguments");
    let mut wrong = Vec::new();
    for (handler, args, expected) in cases {
        let given: Json =
            serde_json::from_str(args).unwrap_or_else(|error| panic!("{args}: {error}"));
        client.ok("Takes.set_given", serde_json::json!(["nothing"]));
        let reply = client.call(&format!("Takes.{handler}"), given);
        let found = match &reply.error {
            None => client
                .field("Takes.given")
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            Some(_) => format!("!{}", reply.message()),
        };
        let fits = match expected.strip_prefix('!') {
            Some(part) => found.starts_with('!') && found.contains(part),
            None => found == *expected,
        };
        if !fits {
            wrong.push(format!(
                "{handler}{args}\n  expected {expected}\n  found    {found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn numbers_and_text() {
    check(&[
        ("number", "[3]", "3"),
        ("number", r#"["12"]"#, "12"),
        ("number", r#"[" -7 "]"#, "-7"),
        ("number", "[4.0]", "4"),
        (
            "number",
            r#"[{"$": ["int", "123456789012345678901"]}]"#,
            "123456789012345678901",
        ),
        (
            "number",
            r#"["123456789012345678901"]"#,
            "123456789012345678901",
        ),
        (
            "number",
            "[1.5]",
            "!arguments.Takes.number: argument 1 (value) must be int, not float",
        ),
        (
            "number",
            r#"["abc"]"#,
            "!argument 1 (value) must be int, not str",
        ),
        ("number", "[null]", "!(value) must be int, not None"),
        ("number", "[[1]]", "!(value) must be int, not list"),
        ("number", "[true]", "!(value) must be int, not bool"),
        (
            "number",
            r#"[{"$": ["int", "abc"]}]"#,
            "!must be int, not dict",
        ),
        ("number", "[]", "!takes 1 argument, not 0"),
        ("number", "[1, 2]", "!takes 1 argument, not 2"),
        ("real", "[2]", "2.0"),
        ("real", r#"["1.5"]"#, "1.5"),
        ("real", r#"[{"$": ["float", "-inf"]}]"#, "-inf"),
        ("real", r#"["inf"]"#, "!must be float, not str"),
        ("real", r#"[""]"#, "!must be float, not str"),
        ("truth", "[true]", "True"),
        ("truth", r#"["false"]"#, "False"),
        ("truth", r#"["on"]"#, "True"),
        ("truth", "[1]", "!must be bool, not int"),
        ("truth", r#"["yes"]"#, "!must be bool, not str"),
        ("text", r#"["x"]"#, "'x'"),
        ("text", "[7]", "'7'"),
        ("text", "[1.5]", "'1.5'"),
        ("text", "[null]", "!must be str, not None"),
        ("text", "[{}]", "!must be str, not dict"),
        ("raw", r#"[{"$": ["bytes", "AQI="]}]"#, r"b'\x01\x02'"),
        ("raw", r#"["AQI="]"#, "!must be bytes, not str"),
    ]);
}

#[test]
fn collections_and_what_is_in_them() {
    check(&[
        ("numbers", r#"[[1, "2"]]"#, "[1, 2]"),
        (
            "numbers",
            r#"[[1, "x"]]"#,
            "!argument 1 (value[1]) must be int, not str",
        ),
        ("numbers", r#"["12"]"#, "!must be list[int], not str"),
        (
            "typing_numbers",
            "[[1, null]]",
            "!(value[1]) must be int, not None",
        ),
        ("sequence", r#"[["3"]]"#, "[3]"),
        ("bare_list", r#"[[1, "x"]]"#, "[1, 'x']"),
        ("bare_list", "[{}]", "!must be list, not dict"),
        ("nested", r#"[[{"a": ["1"]}]]"#, "[{'a': [1]}]"),
        (
            "nested",
            r#"[[{}, {"a": [1, {}]}]]"#,
            r#"!(value[1]["a"][1]) must be int, not dict"#,
        ),
        ("table", r#"[{"a": "1"}]"#, "{'a': 1}"),
        ("table", "[[]]", "!must be dict[str, int], not list"),
        ("by_number", r#"[{"1": "a"}]"#, "{1: 'a'}"),
        (
            "by_number",
            r#"[{"a": "a"}]"#,
            r#"!(value["a"]) must be int, not str"#,
        ),
        ("mapping", r#"[{"a": [1]}]"#, "{'a': [1]}"),
        (
            "form",
            r#"[{"name": "Ada", "ok": true}]"#,
            "{'name': 'Ada', 'ok': True}",
        ),
        ("form", r#"["x"]"#, "!must be dict[str, anything], not str"),
        ("unique", r#"[[1, "1"]]"#, "{1}"),
        ("frozen", r#"[["a"]]"#, "frozenset({'a'})"),
        ("bare_set", "[[[1]]]", "!must be set (TypeError:"),
        ("pair", r#"[["1", "a"]]"#, "(1, 'a')"),
        ("pair", "[[1]]", "!must be tuple[int, str], not list of 1"),
        (
            "pair",
            r#"[["x", "a"]]"#,
            "!(value[0]) must be int, not str",
        ),
        ("many", "[[1, 2, 3]]", "(1, 2, 3)"),
        ("many", r#"[["x"]]"#, "!(value[0]) must be int, not str"),
        ("many", "[1]", "!must be tuple[int, ...], not int"),
        ("bare_tuple", r#"[[1, "a"]]"#, "(1, 'a')"),
    ]);
}

#[test]
fn choices_between_types_and_between_values() {
    check(&[
        ("optional", "[null]", "None"),
        ("optional", r#"["5"]"#, "5"),
        ("optional", r#"["x"]"#, "!must be int | None, not str"),
        ("either", r#"["5"]"#, "'5'"),
        ("either", "[5]", "5"),
        ("either", "[null]", "!must be int | str, not None"),
        ("either_list", "[[1]]", "[1]"),
        ("either_list", r#"[{"a": 1}]"#, "{'a': 1}"),
        (
            "either_list",
            r#"[["x"]]"#,
            "!(value[0]) must be int, not str",
        ),
        ("text_or_number", "[3]", "3.0"),
        ("text_or_number", r#"["3"]"#, "'3'"),
        ("maybe_point", "[null]", "None"),
        (
            "maybe_point",
            r#"[{"x": "a"}]"#,
            "!(value.x) must be int, not str",
        ),
        ("choice", r#"["a"]"#, "'a'"),
        ("choice", "[3]", "3"),
        ("choice", r#"["3"]"#, "3"),
        ("choice", r#"["c"]"#, "!must be 'a' | 'b' | 3, not 'c'"),
        ("choice", "[null]", "!must be 'a' | 'b' | 3, not None"),
        ("color", r#"["blue"]"#, "<Color.BLUE: 'blue'>"),
        ("color", r#"["green"]"#, "!must be Color, not 'green'"),
        ("color", "[[]]", "!must be Color, not list"),
        ("level", r#"["2"]"#, "<Level.HIGH: 2>"),
        ("level", "[1]", "<Level.LOW: 1>"),
        ("level", "[9]", "!must be Level, not 9"),
    ]);
}

#[test]
fn dates_and_their_like_are_read_from_text() {
    check(&[
        (
            "moment",
            r#"["2026-11-22T10:30"]"#,
            "datetime.datetime(2026, 11, 22, 10, 30)",
        ),
        (
            "moment",
            r#"["2026-11-22 10:30:01.5"]"#,
            "datetime.datetime(2026, 11, 22, 10, 30, 1, 500000)",
        ),
        ("moment", r#"["tomorrow"]"#, "!must be datetime, not str"),
        ("day", r#"["2026-11-22"]"#, "datetime.date(2026, 11, 22)"),
        ("day", r#"["2026-13-01"]"#, "!must be date, not str"),
        ("clock", r#"["10:30"]"#, "datetime.time(10, 30)"),
        (
            "span",
            r#"["1 day, 2:00:03"]"#,
            "datetime.timedelta(days=1, seconds=7203)",
        ),
        ("span", "[3]", "!must be timedelta, not int"),
        ("money", r#"["1.10"]"#, "Decimal('1.10')"),
        ("money", "[3]", "Decimal('3')"),
        ("money", r#"["much"]"#, "!must be Decimal, not str"),
        (
            "identity",
            r#"["12345678-1234-5678-1234-567812345678"]"#,
            "UUID('12345678-1234-5678-1234-567812345678')",
        ),
        ("identity", r#"["me"]"#, "!must be UUID, not str"),
    ]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn objects_become_dataclasses_and_typed_dictionaries() {
    check(&[
        (
            "point",
            r#"[{"x": "1"}]"#,
            "Point(x=1, y=0.5, tags=[], total=7)",
        ),
        (
            "point",
            r#"[{"x": 1, "y": 2, "tags": ["a"], "total": 9}]"#,
            "Point(x=1, y=2.0, tags=['a'], total=7)",
        ),
        (
            "point",
            "[{}]",
            "!argument 1 (value.x) must be int, not missing",
        ),
        (
            "point",
            r#"[{"x": 1, "tags": [[]]}]"#,
            "!(value.tags[0]) must be str, not list",
        ),
        (
            "point",
            r#"[{"x": 1, "z": 2}]"#,
            "!(value.z) must be absent, as Point has no such field, not int",
        ),
        ("point", "[[1]]", "!must be Point, not list"),
        (
            "line",
            r#"[{"start": {"x": 1}, "end": {"x": 2}, "color": "blue", "width": "3"}]"#,
            "Line(start=Point(x=1, y=0.5, tags=[], total=7), end=Point(x=2, y=0.5, tags=[], total=7), \
             color=<Color.BLUE: 'blue'>)",
        ),
        (
            "line",
            r#"[{"start": {"x": 1}, "end": {}}]"#,
            "!(value.end.x) must be int, not missing",
        ),
        (
            "line",
            r#"[{"start": {"x": 1}, "width": 0}]"#,
            "!must be Line (ValueError: a line has a width), not dict",
        ),
        (
            "node",
            r#"[{"name": "a", "children": [{"name": "b"}]}]"#,
            "Node(name='a', children=[Node(name='b', children=[])])",
        ),
        (
            "node",
            r#"[{"name": "a", "children": [{}]}]"#,
            "!(value.children[0].name) must be str, not missing",
        ),
        (
            "signup",
            r#"[{"name": "Ada", "age": "36", "news": "on", "topics": "math", "more": 1}]"#,
            "{'more': 1, 'name': 'Ada', 'age': 36, 'news': True, 'topics': ['math']}",
        ),
        (
            "signup",
            r#"[{"name": "Ada", "age": "36", "note": "x"}]"#,
            "{'name': 'Ada', 'age': 36, 'news': False, 'topics': [], 'note': 'x'}",
        ),
        (
            "signup",
            r#"[{"name": "Ada"}]"#,
            "!(value.age) must be int, not missing",
        ),
        (
            "signup",
            r#"[{"name": "Ada", "age": "36", "news": "wrapped", "topics[]": "math"}]"#,
            "{'name': 'Ada', 'age': 36, 'news': True, 'topics': ['math']}",
        ),
        ("tight", r#"[{"name": "x"}]"#, "{'name': 'x'}"),
        (
            "tight",
            r#"[{"name": "x", "count": "a"}]"#,
            "!(value.count) must be int, not str",
        ),
        (
            "tight",
            r#"[{"count": 1}]"#,
            "!(value.name) must be str, not missing",
        ),
    ]);
}

#[test]
fn what_an_annotation_refers_to_is_followed_and_what_it_cannot_say_asks_for_nothing() {
    check(&[
        ("user_id", r#"["5"]"#, "5"),
        ("user_id", r#"["x"]"#, "!must be int, not str"),
        ("constrained", "[1.5]", "1.5"),
        ("constrained", "[[]]", "!must be int | float, not list"),
        ("bound", r#"["x"]"#, "!must be int, not str"),
        ("free", "[[1]]", "[1]"),
        (
            "annotated",
            r#"[["x"]]"#,
            "!(value[0]) must be int, not str",
        ),
        (
            "json",
            r#"[{"a": [1, null, {"b": "c"}]}]"#,
            "{'a': [1, None, {'b': 'c'}]}",
        ),
        ("json", r#"[{"$": ["bytes", "AQI="]}]"#, "!must be"),
        ("endless", "[1]", "1"),
        ("endless", "[[]]", "!must be"),
        (
            "later",
            r#"[{"size": "1"}, [{"size": 2}]]"#,
            "(Later(size=1), [Later(size=2)])",
        ),
        (
            "later",
            r#"[{"size": 1}, [{}]]"#,
            "!argument 2 (others[0].size) must be int, not missing",
        ),
        (
            "set_items",
            r#"[[{"size": "x"}]]"#,
            "!(value[0].size) must be int, not str",
        ),
        ("for_checkers", r#"[{"a": 1}, "2"]"#, "({'a': 1}, 2)"),
        (
            "for_checkers",
            r#"[null, "x"]"#,
            "!argument 2 (count) must be int, not str",
        ),
        ("unknown", "[[1]]", "[1]"),
        ("plain", r#"[{"a": 1}]"#, "{'a': 1}"),
        (
            "anything",
            r#"[{"a": [1.5, {"$": ["bytes", "AQI="]}]}]"#,
            r"{'a': [1.5, b'\x01\x02']}",
        ),
    ]);
}

#[test]
fn defaults_any_number_more_and_arguments_by_name() {
    check(&[
        ("none_default", "[]", "None"),
        ("none_default", "[null]", "None"),
        ("none_default", r#"["x"]"#, "!must be int | None, not str"),
        ("set_sloppy", "[null]", "nothing"),
        ("set_sloppy", r#"["x"]"#, "!must be int | None, not str"),
        ("defaults", "[1]", "(1, 'two', 3.0)"),
        ("defaults", r#"[1, "x"]"#, "(1, 'x', 3.0)"),
        ("defaults", r#"[1, "x", "4"]"#, "(1, 'x', 4.0)"),
        (
            "defaults",
            r#"[1, "x", "y"]"#,
            "!argument 3 (third) must be float, not str",
        ),
        ("defaults", "[]", "!takes 1 to 3 arguments, not 0"),
        ("defaults", "[1, 2, 3, 4]", "!takes 1 to 3 arguments, not 4"),
        ("by_name", r#"["4"]"#, "4"),
        ("by_name", "[]", "!takes 1 argument, not 0"),
        ("rest", "[1]", "(1, (), 'kept')"),
        ("rest", r#"[1, "2", 3]"#, "(1, (2, 3), 'kept')"),
        (
            "rest",
            r#"[1, 2, "x"]"#,
            "!argument 3 (more) must be int, not str",
        ),
        ("async_by_name", r#"[1, "5"]"#, "(1, 5)"),
        ("stream_by_name", "[8]", "8"),
        ("with_keywords", "[]", "(1, 'two', 9.5)"),
        ("none", "[1]", "!takes no arguments, not 1"),
    ]);
}

#[test]
fn a_page_gives_arguments_by_name_in_their_places() {
    let app = app("arguments");
    let page = &app.pages[0].module.javascript;
    assert!(page.contains("[5, \"two\", "), "{page}");
}

/// Data of forms in which several fields have one name.
const SEVERAL: &str = r#"[{"$": ["form", [["name", "Ada"], ["topics", "a"], ["age", "1"],
    ["age", "2"], ["topics", "b"]]]}]"#;
const BRACKETS: &str = r#"[{"$": ["form", [["topics[]", "1"], ["topics[]", "2"], ["name", "Ada"],
    ["age", "3"]]]}]"#;
const TAGS: &str = r#"[{"$": ["form", [["tags", "a"], ["x", "1"], ["tags", "b"]]]}]"#;
const WRONG: &str = r#"[{"$": ["form", [["topics", "1"], ["topics", []], ["name", "Ada"],
    ["age", "1"]]]}]"#;

#[test]
fn of_a_forms_fields_with_one_name_a_list_takes_all_and_others_the_last() {
    let last = "{'name': 'Ada', 'topics': 'b', 'age': '2'}";
    let all = "{'name': 'Ada', 'age': 2, 'news': False, 'topics': ['a', 'b']}";
    let brackets = "{'name': 'Ada', 'age': 3, 'news': False, 'topics': ['1', '2']}";
    check(&[
        ("form", SEVERAL, last),
        ("anything", SEVERAL, last),
        ("signup", SEVERAL, all),
        ("signup", BRACKETS, brackets),
        ("point", TAGS, "Point(x=1, y=0.5, tags=['a', 'b'], total=7)"),
        ("signup", WRONG, "!(value.topics[1]) must be str, not list"),
    ]);
}
