//! Values of every type on their way to the page, and tracked containers as Python sees them.

use serde_json::{Value as Json, json};

use crate::support::Client;

/// A Python expression and what the page has of it.
const VALUES: [(&str, &str); 32] = [
    ("None", "null"),
    ("True", "true"),
    ("-5", "-5"),
    ("2**53 - 1", "9007199254740991"),
    ("2**53", r#"{"$": ["int", "9007199254740992"]}"#),
    ("2**70", r#"{"$": ["int", "1180591620717411303424"]}"#),
    ("-2**63", r#"{"$": ["int", "-9223372036854775808"]}"#),
    ("1.5", "1.5"),
    ("math.nan", r#"{"$": ["float", "nan"]}"#),
    ("-math.inf", r#"{"$": ["float", "-inf"]}"#),
    ("'text \\u20ac \\U0001F600'", "\"text € 😀\""),
    ("b'\\x00\\xff'", r#"{"$": ["bytes", "AP8="]}"#),
    ("(1, (2, 'x'))", r#"[1, [2, "x"]]"#),
    ("{3}", "[3]"),
    ("frozenset({4})", "[4]"),
    (
        "{'a': {1: 'int', None: 'none', True: 'yes'}}",
        r#"{"a": {"1": "yes", "null": "none"}}"#,
    ),
    ("{'$': 1}", r#"{"$": ["dict", {"$": 1}]}"#),
    ("date(2026, 2, 3)", "\"2026-02-03\""),
    ("datetime(2026, 2, 3, 4, 5)", "\"2026-02-03 04:05:00\""),
    (
        "datetime(2026, 2, 3, tzinfo=UTC)",
        "\"2026-02-03 00:00:00+00:00\"",
    ),
    ("time(1, 2, 3)", "\"01:02:03\""),
    ("timedelta(days=1, seconds=2)", "\"1 day, 0:00:02\""),
    ("Decimal('1.10')", "\"1.10\""),
    ("UUID(int=1)", "\"00000000-0000-0000-0000-000000000001\""),
    ("Color.RED", "\"red\""),
    ("Level.HIGH", "3"),
    ("Named.ONE", "\"one\""),
    (
        "Point(1, [Color.RED])",
        r#"{"x": 1, "inner": ["red"], "_secret": 1}"#,
    ),
    ("[Point(1)]", r#"[{"x": 1, "inner": [], "_secret": 1}]"#),
    ("Bare()", r#"{"name": "bare"}"#),
    ("[[], {}, [[]]]", "[[], {}, [[]]]"),
    ("range(2) and list(range(2))", "[0, 1]"),
];

#[test]
fn values_reach_the_page() {
    let mut client = Client::of("values");
    for (code, expected) in VALUES {
        client.ok("Values.put", json!([code]));
        let expected: Json = serde_json::from_str(expected).unwrap();
        assert_eq!(client.field("Values.box"), expected, "{code}");
    }
    assert_eq!(client.known(), client.told());
}

/// What a tracked list, dictionary or set gives, as Python text.
const CONTAINERS: [(&str, &str); 40] = [
    ("isinstance(self.items, list)", "True"),
    ("isinstance(self.table, dict)", "True"),
    ("isinstance(self.words, set)", "True"),
    ("repr(self.items)", "[3, 1, 2]"),
    ("repr(self.table)", "{'a': 1, 'b': [1, {'c': 2}]}"),
    ("repr(self.words)", "{'x'}"),
    ("self.items == [3, 1, 2]", "True"),
    ("[3, 1, 2] == self.items", "True"),
    ("self.items != [3]", "True"),
    ("self.table == {'a': 1, 'b': [1, {'c': 2}]}", "True"),
    ("self.words == {'x'}", "True"),
    ("json.dumps(self.table)", r#"{"a": 1, "b": [1, {"c": 2}]}"#),
    ("json.dumps(self.items, indent=None)", "[3, 1, 2]"),
    ("sorted(self.items)", "[1, 2, 3]"),
    ("list(reversed(self.items))", "[2, 1, 3]"),
    (
        "(sum(self.items), max(self.items), len(self.items))",
        "(6, 3, 3)",
    ),
    ("self.items[1:]", "[1, 2]"),
    ("type(self.items[1:]).__name__", "list"),
    ("self.items + [9]", "[3, 1, 2, 9]"),
    ("[9] + self.items", "[9, 3, 1, 2]"),
    ("self.items * 2", "[3, 1, 2, 3, 1, 2]"),
    (
        "1 in self.items, 'a' in self.table, 'x' in self.words",
        "(True, True, True)",
    ),
    ("self.items.index(2), self.items.count(3)", "(2, 1)"),
    ("[*self.items, *self.words]", "[3, 1, 2, 'x']"),
    ("{**self.table}['a']", "1"),
    ("(lambda *a: a)(*self.items)", "(3, 1, 2)"),
    ("matched(self.items)", "['list', 3, 2]"),
    ("matched(self.table)", "['dict', 1, 1]"),
    ("self.table | {'z': 1} == {**self.table, 'z': 1}", "True"),
    ("{'z': 1} | self.table == {'z': 1, **self.table}", "True"),
    (
        "self.words | {'y'} == {'x', 'y'}, self.words & {'x'}, {'x'} - self.words",
        "(True, {'x'}, set())",
    ),
    (
        "list(self.table.items())[0], list(self.table.keys())",
        "(('a', 1), ['a', 'b'])",
    ),
    (
        "self.table.get('none', 5), self.table['b'][1]['c']",
        "(5, 2)",
    ),
    (
        "copy.copy(self.items), type(copy.copy(self.items)) is list",
        "([3, 1, 2], True)",
    ),
    (
        "type(copy.deepcopy(self.table)) is dict, type(copy.deepcopy(self.table)['b']) is list",
        "(True, True)",
    ),
    (
        "type(copy.copy(self.table)) is dict, type(copy.deepcopy(self.words)) is set",
        "(True, True)",
    ),
    (
        "type(self.items.copy()) is list, type(self.table.copy()) is dict",
        "(True, True)",
    ),
    (
        "pickle.loads(pickle.dumps(self.table)) == self.table",
        "True",
    ),
    (
        "type(pickle.loads(pickle.dumps(self.items))) is list",
        "True",
    ),
    (
        "f'{self.items}', '%s' % self.table['a'], str(self.words)",
        "('[3, 1, 2]', '1', \"{'x'}\")",
    ),
];

#[test]
fn tracked_containers_are_pythons_own_to_an_author() {
    let mut client = Client::of("values");
    client.ok("Values.ask", json!(["1"]));
    for (code, expected) in CONTAINERS {
        client.ok(
            "Values.ask",
            json!([format!("str({code})")
                .replace("str(", "(lambda *v: str(v[0] if len(v) == 1 else v))(")]),
        );
        assert_eq!(client.field("Values.answer"), expected, "{code}");
    }
}

#[test]
fn objects_that_no_hook_follows_are_compared() {
    let mut client = Client::of("values");
    let steps = [
        ("self.points.append(Point(1))", json!([1])),
        ("self.points[0].x = 5", json!([5])),
        ("self.points.append(Point(2))", json!([5, 2])),
        ("for point in self.points: point.x += 1", json!([6, 3])),
        ("self._point = self.points[1]", json!([6, 3])),
        ("self._point.x = 9", json!([6, 9])),
        (
            "self.points = [point for point in self.points if point.x > 6]",
            json!([9]),
        ),
        (
            "self.points[0].inner.append(1)\nself.points[0].x = 1",
            json!([1]),
        ),
        ("self.points.clear()", json!([])),
    ];
    for (code, expected) in steps {
        client.ok("Values.do", json!([code]));
        let points = client.field("Values.points");
        let xs: Vec<Json> = points
            .as_array()
            .unwrap()
            .iter()
            .map(|point| point["x"].clone())
            .collect();
        assert_eq!(json!(xs), expected, "{code}");
        assert_eq!(client.known(), client.told(), "{code}");
    }
}

#[test]
fn one_cell_of_a_thousand_rows_is_a_small_frame() {
    let mut client = Client::of("values");
    for row in [0, 512, 999] {
        let reply = client.ok("Values.cell", json!([row, "changed"]));
        let text = reply.frames.concat();
        assert!(text.len() < 120, "{} bytes: {text}", text.len());
        assert_eq!(client.field("Values.rows")[row]["name"], "changed");
    }
}
