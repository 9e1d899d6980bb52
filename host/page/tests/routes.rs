//! Routes as `tests/routes.json` has them, which the shell's table is tested with as well.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use ferroflex_page::{Route, RouteArgument, RouteTable};
use serde_json::{Value, json};

fn cases() -> Value {
    serde_json::from_str(include_str!("../../../tests/routes.json")).unwrap()
}

fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|text| text.as_str().unwrap()).collect()
}

fn table(routes: &[&str]) -> RouteTable {
    let routes = routes.iter().map(|route| Route::parse(route).unwrap());
    RouteTable::new(routes.collect()).unwrap()
}

fn json_of(arguments: Vec<(String, RouteArgument)>) -> Value {
    let value = |argument| match argument {
        RouteArgument::Text(text) => json!(text),
        RouteArgument::List(list) => json!(list),
    };
    arguments
        .into_iter()
        .map(|(name, argument)| (name, value(argument)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn addresses_lead_to_their_routes() {
    let cases = cases();
    let mut routes = texts(&cases["routes"]);
    for _ in 0..2 {
        let table = table(&routes);
        for case in cases["cases"].as_array().unwrap() {
            let found = table.find(case["path"].as_str().unwrap());
            let (route, arguments) = match found {
                Some((number, arguments)) => (json!(routes[number]), json_of(arguments)),
                None => (Value::Null, json!({})),
            };
            assert_eq!(route, case["route"], "{case}");
            assert_eq!(arguments, case["arguments"], "{case}");
        }
        // In whichever order an app declares them.
        routes.reverse();
    }
}

#[test]
fn the_most_specific_route_is_tried_first() {
    let cases = cases();
    let routes = texts(&cases["routes"]);
    let table = table(&routes);
    let order: Vec<&str> = table.order().iter().map(|number| routes[*number]).collect();
    assert_eq!(order, texts(&cases["order"]));
}

#[test]
fn routes_have_one_form() {
    for case in cases()["canonical"].as_array().unwrap() {
        let route = Route::parse(case["given"].as_str().unwrap()).unwrap();
        assert_eq!(route.as_str(), case["route"], "{case}");
    }
}

#[test]
fn what_reflex_refuses_is_refused_with_its_reason() {
    for case in cases()["refused"].as_array().unwrap() {
        let error = Route::parse(case["route"].as_str().unwrap()).unwrap_err();
        let problem = case["problem"].as_str().unwrap();
        assert!(error.to_string().contains(problem), "{case}: {error}");
    }
}

#[test]
fn two_routes_for_the_same_addresses_are_refused() {
    for case in cases()["same"].as_array().unwrap() {
        let pair = texts(case);
        let routes = pair.iter().map(|route| Route::parse(route).unwrap());
        let error = RouteTable::new(routes.collect()).unwrap_err().to_string();
        assert!(
            error.contains(Route::parse(pair[0]).unwrap().as_str()),
            "{error}"
        );
    }
}

#[test]
fn arguments_are_told_with_their_kind() {
    let route = Route::parse("/files/[name]/[[tab]]/[[...splat]]").unwrap();
    let arguments: Vec<_> = route.arguments().collect();
    assert_eq!(
        arguments,
        [("name", false), ("tab", false), ("splat", true)]
    );
    assert!(route.is_dynamic());
    assert!(!Route::parse("/about").unwrap().is_dynamic());
}
