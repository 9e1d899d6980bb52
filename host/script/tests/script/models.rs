//! `rx.Base`: objects with typed fields, in states and as arguments.

use serde_json::json;

use crate::support::Client;

/// A Python expression, and what it gives as Python writes it.
const ANSWERS: [(&str, &str); 33] = [
    ("Price(amount=1)", "Price(amount=1.0, currency='EUR')"),
    ("Price(amount='2.5').amount", "2.5"),
    ("str(Price(amount=1))", "\"amount=1.0 currency='EUR'\""),
    ("Price(amount=1) == Price(amount=1.0)", "True"),
    ("Price(amount=1) == Price(amount=2)", "False"),
    (
        "Price(amount=1).dict()",
        "{'amount': 1.0, 'currency': 'EUR'}",
    ),
    (
        "dict(Price(amount=1))",
        "{'amount': 1.0, 'currency': 'EUR'}",
    ),
    (
        "Price(amount=1).json()",
        "'{\"amount\": 1.0, \"currency\": \"EUR\"}'",
    ),
    (
        "Price(amount=1).copy(update={'amount': 9})",
        "Price(amount=9, currency='EUR')",
    ),
    ("Price(amount=1).set(currency='USD').currency", "'USD'"),
    ("Price.parse_obj({'amount': 3}).amount", "3.0"),
    ("Price(amount=1, note='kept').note", "'kept'"),
    ("Price()", "ValidationError: Price: amount: is missing"),
    (
        "Price(amount='much')",
        "ValidationError: Price: amount: 'much' is not a float",
    ),
    (
        "Item(name=None, tags=1)",
        "ValidationError: Item: name: None is not a str; tags: 1 is not a list",
    ),
    (
        "isinstance(Price, type) and issubclass(Special, rx.Base)",
        "True",
    ),
    ("Item(name=7).name", "'7'"),
    ("Item(name='a').kind, Item.kind", "('item', 'item')"),
    ("Item(name='a').label()", "'a (s)'"),
    ("Item(name='a', size='l').size", "<Size.LARGE: 'l'>"),
    (
        "Item(name='a', size='xl')",
        "ValidationError: Item: size: 'xl' is not a Size",
    ),
    (
        "Item(name='a', due='2026-02-03').due",
        "datetime.date(2026, 2, 3)",
    ),
    (
        "Item(name='a', price={'amount': 4}).price",
        "Price(amount=4.0, currency='EUR')",
    ),
    ("Item(name='a', parts=[{'name': 'b'}]).parts[0].name", "'b'"),
    ("Item(name='a', tags=('x', 1)).tags", "['x', '1']"),
    (
        "Item(name='a', state='old')",
        "ValidationError: Item: state: 'old' is not one of 'new', 'used'",
    ),
    ("Item(name='a').tags is Item(name='b').tags", "False"),
    ("Item(name='a').marks", "{}"),
    (
        "Special(name='a').extra, list(Special.__fields__)[-1]",
        "(3, 'extra')",
    ),
    ("sorted(Item.get_fields())[0]", "'due'"),
    (
        "Item(name='a').dict(include={'name', 'size'})",
        "{'name': 'a', 'size': <Size.SMALL: 's'>}",
    ),
    (
        "Item(name='a').json(include={'size'})",
        "'{\"size\": \"s\"}'",
    ),
    ("Price.construct(amount='as it is').amount", "'as it is'"),
];

#[test]
fn objects_are_made_of_what_fits() {
    let mut client = Client::of("models");
    for (code, expected) in ANSWERS {
        client.ok("Models.ask", json!([code]));
        assert_eq!(client.field("Models.answer"), expected, "{code}");
    }
}

#[test]
fn changes_inside_reach_the_page() {
    let mut client = Client::of("models");
    assert_eq!(client.field("Models.item")["price"]["amount"], 1.0);
    client.ok("Models.do", json!(["self.item.price.amount = 5"]));
    assert_eq!(client.field("Models.item")["price"]["amount"], 5);
    client.ok("Models.do", json!(["self.item.tags.append('red')"]));
    assert_eq!(client.field("Models.item")["tags"], json!(["red"]));
    let add = "self.items = [Item(name='a'), Special(name='b')]";
    client.ok("Models.do", json!([add]));
    client.ok("Models.do", json!(["self.items[1].extra += 1"]));
    assert_eq!(client.field("Models.items")[1]["extra"], 4);
    assert!(client.field("Models.items")[0].get("_secret").is_none());
    client.ok(
        "Models.do",
        json!(["for item in self.items: item.size = Size.LARGE"]),
    );
    assert_eq!(client.field("Models.items")[0]["size"], "l");
    assert_eq!(client.known(), client.told());
}

#[test]
fn sessions_do_not_share_a_default() {
    let (mut one, other) = (Client::of("models"), Client::of("models"));
    one.ok("Models.do", json!(["self.item.name = 'table'"]));
    assert_eq!(one.field("Models.item")["name"], "table");
    assert_eq!(other.field("Models.item")["name"], "chair");
}

#[test]
fn handlers_take_them_as_arguments() {
    let mut client = Client::of("models");
    let item = json!({"name": "lamp", "size": "l", "price": {"amount": "3"}});
    client.ok("Models.take", json!([item]));
    assert_eq!(client.field("Models.items")[0]["price"]["amount"], 3.0);
    let refused = client.call("Models.take", json!([{"size": "l"}]));
    assert!(refused.message().contains("name"), "{}", refused.message());
}
