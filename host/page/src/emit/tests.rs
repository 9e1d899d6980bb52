//! A table of expressions: the JavaScript that is written for each, and the value that it has.
//! The values are found by running the JavaScript in Node, with the shell's own `py`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use ferroflex_state::{DictKey, Value};

use super::*;
use crate::{
    expr::{BinaryOp, Code, CodePart, Method, Traversal, UnaryOp},
    types::{ObjectType, Type},
};

/// The state that the expressions read: each field's name, type and value in the browser.
fn fields() -> Vec<(&'static str, Type, &'static str)> {
    let person = ObjectType {
        name: "Person".to_owned(),
        fields: vec![
            ("name".to_owned(), Type::Str),
            ("age".to_owned(), Type::Int),
        ],
    };
    let person = Type::Object(Arc::new(person));
    vec![
        ("n", Type::Int, "7"),
        ("m", Type::Int, "-3"),
        ("f", Type::Float, "2.5"),
        ("s", Type::Str, "\"héllo wörld\""),
        ("empty", Type::Str, "\"\""),
        ("b", Type::Bool, "true"),
        ("l", Type::list(Type::Int), "[1, 2, 3]"),
        ("none_left", Type::list(Type::Int), "[]"),
        (
            "d",
            Type::dict(Type::Str, Type::Int),
            "{ a: 1, \"b c\": 2 }",
        ),
        ("any", Type::Any, "{ x: [10, 20] }"),
        ("missing", Type::Int.either(Type::None), "null"),
        (
            "people",
            Type::list(person),
            "[{ name: \"Ada\", age: 36 }, { name: \"Bob\", age: 4 }]",
        ),
    ]
}

/// The name of an item.
const LOCAL: LocalId = 1;

fn names() -> Names {
    let fields = fields()
        .into_iter()
        .map(|(name, ..)| Arc::from(name))
        .collect();
    Names::new(vec![(Arc::from("S"), fields)], vec![])
}

fn field(name: &str) -> Expr {
    let ty = fields()
        .into_iter()
        .find(|(known, ..)| *known == name)
        .unwrap()
        .1;
    Expr::field(Arc::from("S"), Arc::from(name), ty)
}

fn int(number: i64) -> Expr {
    Expr::literal(Value::Int(number))
}

fn none() -> Expr {
    Expr::literal(Value::None)
}

fn binary(operator: BinaryOp, left: Expr, right: Expr) -> Expr {
    Expr::binary(operator, left, right).unwrap()
}

fn method(of: Expr, method: Method, args: Vec<Expr>) -> Expr {
    Expr::method(of, method, args).unwrap()
}

fn written(expr: &Expr) -> String {
    let (names, locals) = (names(), Locals::new());
    let (mut core, mut states) = (BTreeSet::new(), BTreeSet::new());
    let mut emitter = Emitter {
        names: &names,
        core: &mut core,
        sent: &mut BTreeSet::new(),
        reading: Reading::Selector(&mut states),
        locals: &locals,
        event: &[],
        color_mode: None,
    };
    emitter.text(expr).unwrap()
}

/// The expression, its JavaScript, its value as JSON.
type Case = (Expr, &'static str, &'static str);

fn cases() -> Vec<Case> {
    let mut cases = arithmetic();
    cases.extend(sequences());
    cases.extend(comparisons());
    cases.extend(logic());
    cases.extend(access());
    cases.extend(methods());
    cases.extend(functions());
    cases.extend(texts());
    cases
}

fn arithmetic() -> Vec<Case> {
    use BinaryOp as Op;
    let (n, m, f) = (|| field("n"), || field("m"), || field("f"));
    let sum = || binary(Op::Add, n(), int(1));
    let negative = || Expr::unary(UnaryOp::Negate, m()).unwrap();
    vec![
        (sum(), "py.add($[0][0], 1)", "8"),
        (
            binary(Op::Multiply, sum(), int(2)),
            "py.mul(py.add($[0][0], 1), 2)",
            "16",
        ),
        (
            binary(Op::Subtract, n(), binary(Op::Subtract, n(), int(1))),
            "py.sub($[0][0], py.sub($[0][0], 1))",
            "1",
        ),
        (
            binary(Op::Subtract, n(), int(-1)),
            "py.sub($[0][0], -1)",
            "8",
        ),
        (negative(), "py.neg($[0][1])", "3"),
        (
            Expr::unary(UnaryOp::Negate, negative()).unwrap(),
            "py.neg(py.neg($[0][1]))",
            "-3",
        ),
        (Expr::unary(UnaryOp::Negate, int(-1)).unwrap(), "1", "1"),
        (
            binary(Op::FloorDivide, m(), int(2)),
            "py.floordiv($[0][1], 2)",
            "-2",
        ),
        (binary(Op::Modulo, m(), int(5)), "py.mod($[0][1], 5)", "2"),
        (binary(Op::Divide, n(), int(2)), "py.div($[0][0], 2)", "3.5"),
        (binary(Op::Power, n(), int(2)), "py.pow($[0][0], 2)", "49"),
        (binary(Op::Add, f(), n()), "py.add($[0][2], $[0][0])", "9.5"),
        (
            binary(Op::Multiply, binary(Op::Add, f(), f()), f()),
            "($[0][2] + $[0][2]) * $[0][2]",
            "12.5",
        ),
        (
            Expr::unary(UnaryOp::Negate, f()).unwrap(),
            "-$[0][2]",
            "-2.5",
        ),
        (
            Expr::unary(UnaryOp::Round, f()).unwrap(),
            "py.round($[0][2])",
            "2",
        ),
        (
            Expr::method(f(), Method::Round, vec![int(1)]).unwrap(),
            "py.round($[0][2], 1)",
            "2.5",
        ),
        (
            Expr::formatted(f(), ",.2f").unwrap(),
            "py.floatFormat($[0][2], \",.2f\")",
            "\"2.50\"",
        ),
    ]
}

fn sequences() -> Vec<Case> {
    use BinaryOp as Op;
    vec![
        (
            binary(Op::Add, field("l"), field("l")),
            "py.add($[0][6], $[0][6])",
            "[1,2,3,1,2,3]",
        ),
        (
            binary(Op::Multiply, field("s"), int(0)),
            "py.mul($[0][3], 0)",
            "\"\"",
        ),
    ]
}

fn comparisons() -> Vec<Case> {
    use BinaryOp as Op;
    let list = Expr::list(vec![int(1), int(2), int(3)]);
    vec![
        (
            binary(Op::Equal, field("n"), int(7)),
            "$[0][0] === 7",
            "true",
        ),
        (
            binary(Op::NotEqual, field("s"), Expr::text("x")),
            "$[0][3] !== \"x\"",
            "true",
        ),
        (
            binary(Op::Equal, field("b"), int(1)),
            "py.eq($[0][5], 1)",
            "true",
        ),
        (
            binary(Op::Equal, field("l"), list),
            "py.eq($[0][6], [1, 2, 3])",
            "true",
        ),
        (
            binary(Op::Equal, field("missing"), none()),
            "$[0][10] == null",
            "true",
        ),
        (
            binary(Op::NotEqual, field("any"), none()),
            "$[0][9] != null",
            "true",
        ),
        (
            binary(Op::Less, field("m"), field("n")),
            "$[0][1] < $[0][0]",
            "true",
        ),
        (
            binary(Op::Less, field("s"), Expr::text("i")),
            "py.lt($[0][3], \"i\")",
            "true",
        ),
        (
            binary(Op::Equal, binary(Op::Less, int(1), int(2)), field("b")),
            "true === $[0][5]",
            "true",
        ),
    ]
}

fn logic() -> Vec<Case> {
    use BinaryOp as Op;
    let choose = |test| Expr::cond(test, Expr::text("yes"), Expr::text("no"));
    let both = binary(Op::And, field("b"), field("l"));
    let matched = |subject| {
        let cases = vec![
            (vec![int(1), int(7)], Expr::text("seven")),
            (vec![int(2)], Expr::text("2")),
        ];
        Expr::matched(subject, cases, Expr::text("other"))
    };
    vec![
        (
            Expr::unary(UnaryOp::Not, field("none_left")).unwrap(),
            "!py.truth($[0][7])",
            "true",
        ),
        (
            Expr::unary(UnaryOp::Not, field("b")).unwrap(),
            "!$[0][5]",
            "false",
        ),
        (
            choose(field("empty")),
            "$[0][4] ? \"yes\" : \"no\"",
            "\"no\"",
        ),
        (
            choose(field("none_left")),
            "py.truth($[0][7]) ? \"yes\" : \"no\"",
            "\"no\"",
        ),
        (
            choose(both.clone()),
            "$[0][5] && py.truth($[0][6]) ? \"yes\" : \"no\"",
            "\"yes\"",
        ),
        (both, "$[0][5] && $[0][6]", "[1,2,3]"),
        (
            binary(Op::Or, field("none_left"), field("l")),
            "((_) => py.truth(_) ? _ : $[0][6])($[0][7])",
            "[1,2,3]",
        ),
        (
            choose(binary(
                Op::And,
                binary(Op::Or, field("b"), field("b")),
                field("empty"),
            )),
            "($[0][5] || $[0][5]) && $[0][4] ? \"yes\" : \"no\"",
            "\"no\"",
        ),
        (
            matched(field("n")),
            "$[0][0] === 1 || $[0][0] === 7 ? \"seven\" : $[0][0] === 2 ? \"2\" : \"other\"",
            "\"seven\"",
        ),
        (
            matched(binary(Op::Add, field("n"), int(1))),
            "((_) => _ === 1 || _ === 7 ? \"seven\" : _ === 2 ? \"2\" : \"other\")(py.add($[0][0], 1))",
            "\"other\"",
        ),
    ]
}

fn access() -> Vec<Case> {
    let at = |of: Expr, index: Expr| Expr::index(of, index).unwrap();
    let first = || at(field("people"), int(0));
    vec![
        (at(field("l"), int(0)), "$[0][6]?.[0]", "1"),
        (at(field("l"), int(-1)), "$[0][6]?.at(-1)", "3"),
        (
            at(field("l"), field("m")),
            "py.index($[0][6], $[0][1])",
            "1",
        ),
        (at(field("s"), int(1)), "py.index($[0][3], 1)", "\"é\""),
        (at(field("d"), Expr::text("b c")), "$[0][8]?.[\"b c\"]", "2"),
        (
            at(field("d"), Expr::text("constructor")),
            "py.attr($[0][8], \"constructor\")",
            "null",
        ),
        (
            Expr::attribute(first(), "name").unwrap(),
            "$[0][11]?.[0]?.name",
            "\"Ada\"",
        ),
        (
            at(at(field("any"), Expr::text("x")), int(1)),
            "py.index($[0][9]?.x, 1)",
            "20",
        ),
        (
            Expr::slice(field("l"), None, Some(int(-1)), None).unwrap(),
            "py.slice($[0][6], null, -1)",
            "[1,2]",
        ),
        (
            Expr::slice(field("s"), None, None, Some(int(-1))).unwrap(),
            "py.slice($[0][3], null, null, -1)",
            "\"dlröw olléh\"",
        ),
    ]
}

fn methods() -> Vec<Case> {
    vec![
        (
            method(field("l"), Method::Length, vec![]),
            "$[0][6]?.length",
            "3",
        ),
        (
            method(field("s"), Method::Length, vec![]),
            "py.length($[0][3])",
            "11",
        ),
        (
            method(field("d"), Method::Keys, vec![]),
            "py.keys($[0][8])",
            "[\"a\",\"b c\"]",
        ),
        (
            method(field("d"), Method::Get, vec![Expr::text("z"), int(5)]),
            "py.get($[0][8], \"z\", 5)",
            "5",
        ),
        (
            method(field("l"), Method::Contains, vec![int(2)]),
            "py.contains($[0][6], 2)",
            "true",
        ),
        (
            method(field("people"), Method::Pluck, vec![Expr::text("name")]),
            "py.pluck($[0][11], \"name\")",
            "[\"Ada\",\"Bob\"]",
        ),
        (
            method(int(1), Method::Range, vec![int(4)]),
            "[1, 2, 3]",
            "[1,2,3]",
        ),
        (
            method(field("missing"), Method::IsNone, vec![]),
            "$[0][10] == null",
            "true",
        ),
        (
            method(field("l"), Method::Bool, vec![]),
            "py.truth($[0][6])",
            "true",
        ),
    ]
}

fn functions() -> Vec<Case> {
    let item = |ty| Expr::local(LOCAL, ty);
    let more = |by| binary(BinaryOp::Add, item(Type::Int), by);
    let traverse = |of, how, body| Expr::traverse(of, how, LOCAL, body).unwrap();
    let outer = traverse(
        field("people"),
        Traversal::FlatMap,
        Expr::traverse(
            field("l"),
            Traversal::Map,
            LOCAL + 1,
            binary(
                BinaryOp::Add,
                Expr::local(LOCAL + 1, Type::Int),
                Expr::attribute(item(field("people").ty.item().unwrap()), "age").unwrap(),
            ),
        )
        .unwrap(),
    );
    let code = |before: &str, expr, after: &str| {
        let parts = vec![
            CodePart::Text(before.into()),
            CodePart::Expr(expr),
            CodePart::Text(after.into()),
        ];
        let needs = Arc::default();
        Expr::code(Code { parts, needs }, Type::Any)
    };
    vec![
        (
            traverse(field("l"), Traversal::Map, more(field("n"))),
            "py.map($[0][6], (x1) => py.add(x1, $[0][0]))",
            "[8,9,10]",
        ),
        (
            traverse(field("l"), Traversal::Filter, item(Type::Any)),
            "py.filter($[0][6], (x1) => py.truth(x1))",
            "[1,2,3]",
        ),
        (
            outer,
            "py.flatMap($[0][11], (x1) => py.map($[0][6], (x2) => py.add(x2, x1.age)))",
            "[37,38,39,5,6,7]",
        ),
        (
            code(
                "Math.max(",
                binary(BinaryOp::Add, field("n"), int(1)),
                ", 3)",
            ),
            "(Math.max(py.add($[0][0], 1), 3))",
            "8",
        ),
        (
            code("", int(5), ".toFixed(1)"),
            "((5).toFixed(1))",
            "\"5.0\"",
        ),
        (
            code(
                "JSON.stringify(",
                Expr::cond(field("b"), int(1), int(2)),
                ")",
            ),
            "(JSON.stringify(($[0][5] ? 1 : 2)))",
            "\"1\"",
        ),
    ]
}

fn texts() -> Vec<Case> {
    let format = |parts| Expr::format(parts);
    let dict = Value::Dict(
        [(DictKey::Str("k".into()), Value::Int(1))]
            .into_iter()
            .collect(),
    );
    vec![
        (
            format(vec![Expr::text("`${n}` = "), field("n"), Expr::text("!")]),
            "`\\`\\${n}\\` = ${$[0][0]}!`",
            "\"`${n}` = 7!\"",
        ),
        (
            format(vec![field("missing")]),
            "`${py.str($[0][10])}`",
            "\"None\"",
        ),
        (format(vec![field("b")]), "`${py.str($[0][5])}`", "\"True\""),
        (
            format(vec![field("l")]),
            "`${py.str($[0][6])}`",
            "\"[1, 2, 3]\"",
        ),
        (
            method(field("s"), Method::Upper, vec![]),
            "py.upper($[0][3])",
            "\"HÉLLO WÖRLD\"",
        ),
        (
            method(field("l"), Method::ToString, vec![]),
            "py.json($[0][6])",
            "\"[1,2,3]\"",
        ),
        (
            method(field("s"), Method::ToString, vec![]),
            "$[0][3]",
            "\"héllo wörld\"",
        ),
        (
            method(field("f"), Method::ToInt, vec![]),
            "py.int($[0][2])",
            "2",
        ),
        (Expr::literal(dict), "{ k: 1 }", "{\"k\":1}"),
        (
            Expr::text("</script>"),
            "\"\\u003c/script>\"",
            "\"</script>\"",
        ),
    ]
}

#[test]
fn expressions_are_written_as_javascript() {
    for (expr, javascript, _) in cases() {
        assert_eq!(written(&expr), javascript);
    }
}

#[test]
fn expressions_have_the_value_that_python_gives_them() {
    let cases = cases();
    let state: Vec<_> = fields()
        .into_iter()
        .map(|(.., value)| value.to_owned())
        .collect();
    let values: Vec<_> = cases
        .iter()
        .map(|(expr, ..)| format!("({})", written(expr)))
        .collect();
    let script = format!(
        "import * as py from \"./python.mjs\";\nconst $ = [{}];\n\
         for (const value of {}) console.log(JSON.stringify(value ?? null));\n",
        javascript::array(state),
        javascript::array(values),
    );
    let output = run(&script);
    let lines: Vec<_> = output.lines().collect();
    assert_eq!(lines.len(), cases.len());
    for ((_, javascript, expected), value) in cases.iter().zip(lines) {
        assert_eq!(value, *expected, "{javascript}");
    }
}

#[test]
fn names_of_values_are_no_other_names() {
    let selection = Selection::default();
    let names: Vec<_> = (0..200).map(|position| selection.name(position)).collect();
    let distinct: BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
    let others = ["e", "h1", "i", "i1", "p", "v"];
    assert!(
        others
            .iter()
            .all(|other| !names.iter().any(|name| name == other))
    );
}

#[test]
fn what_python_refuses_is_refused() {
    let message = |result: Result<Expr, PageError>| result.unwrap_err().to_string();
    let person = Expr::index(field("people"), int(0)).unwrap();
    let cases = [
        (
            Expr::binary(BinaryOp::Subtract, field("s"), int(1)),
            "unsupported operand types for -: str and int",
        ),
        (
            Expr::binary(BinaryOp::Less, field("s"), int(1)),
            "unsupported operand types for <: str and int",
        ),
        (
            Expr::unary(UnaryOp::Negate, field("s")),
            "unsupported operand type for -: str",
        ),
        (
            Expr::attribute(person, "nmae"),
            "Person has no field \"nmae\"; its fields are name, age",
        ),
        (
            Expr::attribute(field("n"), "x"),
            "int has no attribute \"x\"",
        ),
        (
            Expr::index(field("l"), Expr::text("a")),
            "list[int] cannot be indexed by str",
        ),
        (
            Expr::method(field("n"), Method::Upper, vec![]),
            "int has no method upper()",
        ),
        (
            Expr::method(field("s"), Method::Replace, vec![]),
            "replace() takes 2 to 2 arguments, 0 given",
        ),
    ];
    for (result, expected) in cases {
        assert_eq!(message(result), expected);
    }
}

/// Runs a module in Node beside the bundled `py`.
fn run(script: &str) -> String {
    let folder = std::env::temp_dir().join(format!("ferroflex-page-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    bundle_python(&folder.join("python.mjs"));
    let file = folder.join("test.mjs");
    std::fs::write(&file, script).unwrap();
    let output = succeed(Command::new("node").arg(&file));
    std::fs::remove_dir_all(&folder).unwrap();
    output
}

/// Bundles the shell's Python semantics, which are TypeScript, into one module.
fn bundle_python(target: &Path) {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .canonicalize()
        .unwrap();
    let client = own.join("../../js-client");
    let bundler = client.join("node_modules/rolldown/bin/cli.mjs");
    assert!(
        bundler.exists(),
        "js-client/node_modules is missing: run npm ci in js-client"
    );
    succeed(
        Command::new("node")
            .current_dir(&client)
            .args([
                &bundler,
                Path::new("src/python.ts"),
                Path::new("--format=esm"),
            ])
            .args(["--file".as_ref(), target.as_os_str()]),
    );
}

fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}
