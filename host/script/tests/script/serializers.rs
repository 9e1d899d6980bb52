//! `rx.serializer`: what reaches the page of values that the state engine does not know.

use serde_json::{Value as Json, json};

use crate::support::{Client, app};

/// A Python expression and what the page has of it.
const VALUES: [(&str, &str); 13] = [
    ("Money(150)", "\"1.50 €\""),
    ("Tip(20)", "\"0.20 €\""),
    (
        "[Money(1), {'tip': Tip(2)}]",
        r#"["0.01 €", {"tip": "0.02 €"}]"#,
    ),
    ("Level.HIGH", r#"{"name": "HIGH", "rank": 3}"#),
    ("Point(1)", r#"{"x": 1}"#),
    ("[Point(Money(1))]", r#"[{"x": "0.01 €"}]"#),
    ("2+1j", "[2.0, 1.0]"),
    ("Figure()", r#"{"data": [{"y": [1, 2]}]}"#),
    (
        "DataFrame()",
        r#"{"columns": ["day", "cost"], "data": [["2026-01-02", "1.50 €"]]}"#,
    ),
    ("Path('/tmp') / 'x'", "\"/tmp/x\""),
    ("deque([1, Money(1)])", r#"[1, "0.01 €"]"#),
    ("range(3)", "[0, 1, 2]"),
    ("{'a': 1}.keys()", r#"["a"]"#),
];

#[test]
fn registered_functions_decide_what_reaches_the_page() {
    let mut client = Client::of("serializers");
    for (code, expected) in VALUES {
        client.ok("Serializers.put", json!([code]));
        let expected: Json = serde_json::from_str(expected).unwrap();
        assert_eq!(client.field("Serializers.box"), expected, "{code}");
    }
    assert_eq!(client.known(), client.told());
}

#[test]
fn changes_inside_are_found_by_what_they_serialize_to() {
    let mut client = Client::of("serializers");
    assert_eq!(client.field("Serializers.purse"), "0.05 €");
    assert_eq!(client.ok("Serializers.spend", json!([])).changes, 1);
    assert_eq!(client.field("Serializers.purse"), "0.04 €");
}

#[test]
fn constants_of_a_page_are_serialized_too() {
    let app = app("serializers");
    let page = &app.pages[0].module.javascript;
    assert!(page.contains("0.07 €") && page.contains("HIGH"), "{page}");
}

#[test]
fn one_that_serializes_to_itself_is_refused() {
    let mut client = Client::of("serializers");
    let refused = client.call("Serializers.put", json!(["Loop()"]));
    assert!(
        refused.message().contains("nested"),
        "{}",
        refused.message()
    );
}

/// A Python expression, and what it gives as Python writes it.
const ANSWERS: [(&str, &str); 9] = [
    ("serialize([Money(1), Path('x')])", "['0.01 €', 'x']"),
    (
        "serialize(Money(1), get_type=True)",
        "('0.01 €', <class 'str'>)",
    ),
    ("serialize(Level.HIGH, get_type=True)[1]", "<class 'dict'>"),
    (
        "has_serializer(Tip), has_serializer(Point)",
        "(True, False)",
    ),
    ("get_serializer(Tip) is serialize_money", "True"),
    (
        "register_again(False)",
        "ValueError: Money has a serializer already; overwrite=True replaces it",
    ),
    ("register_again(True)", "None"),
    (
        "register_for(None)",
        "ValueError: rx.serializer: serialize has to take one argument, annotated with the class \
         whose values it is for",
    ),
    (
        "register_for(list)",
        "TypeError: rx.serializer: every list reaches the browser as it is",
    ),
];

#[test]
fn registering_says_what_is_wrong() {
    let mut client = Client::of("serializers");
    for (code, expected) in ANSWERS {
        client.ok("Serializers.ask", json!([code]));
        assert_eq!(client.field("Serializers.answer"), expected, "{code}");
    }
}
