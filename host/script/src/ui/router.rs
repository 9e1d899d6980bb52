//! `State.router` as a Var: what its parts are called and of which types they are, and an address
//! that is a text and has parts at once.

use std::sync::Arc;

use ferroflex_page::{
    PageError,
    expr::{Expr, ExprKind},
    types::{ObjectType, Type},
};

use crate::live::HEADERS;

/// The field of an address that is the whole of it.
const HREF: &str = "href";

/// The name of the type of addresses.
const URL: &str = "ReflexURL";

/// The Var of the root state's router.
pub(super) fn router(state: &str) -> Expr {
    Expr::field(state.into(), "router".into(), router_type())
}

/// An attribute of a Var; an address is the text of it until one of its parts is asked for.
pub(super) fn attribute(of: &Expr, name: &str) -> Result<Expr, PageError> {
    if let ExprKind::Attribute(whole, part) = &*of.kind
        && **part == *HREF
        && is_address(&whole.ty)
    {
        return Expr::attribute(whole.clone(), name);
    }
    let found = Expr::attribute(of.clone(), name)?;
    if is_address(&found.ty) {
        return Expr::attribute(found, HREF);
    }
    Ok(found)
}

fn is_address(ty: &Type) -> bool {
    matches!(ty, Type::Object(object) if object.name == URL)
}

fn router_type() -> Type {
    let texts = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .map(text)
            .collect()
    };
    let session = object(
        "SessionData",
        texts(&["client_token", "client_ip", "session_id"]),
    );
    let mut headers: Vec<_> = texts(HEADERS);
    headers.push(text("cookie".to_owned()));
    headers.push(("raw_headers".to_owned(), Type::dict(Type::Str, Type::Str)));
    let mut page: Vec<_> = texts(&["host", "path", "raw_path", "full_path", "full_raw_path"]);
    page.push(("params".to_owned(), Type::dict(Type::Str, Type::Any)));
    let mut url: Vec<_> = texts(&[
        "scheme", "netloc", "origin", "path", "query", "fragment", HREF,
    ]);
    url.push((
        "query_parameters".to_owned(),
        Type::dict(Type::Str, Type::Str),
    ));
    let fields = vec![
        ("session".to_owned(), session),
        ("headers".to_owned(), object("HeaderData", headers)),
        ("page".to_owned(), object("PageData", page)),
        ("url".to_owned(), object(URL, url)),
        text("route_id".to_owned()),
    ];
    object("RouterData", fields)
}

fn text(name: String) -> (String, Type) {
    (name, Type::Str)
}

fn object(name: &str, fields: Vec<(String, Type)>) -> Type {
    let name = name.to_owned();
    Type::Object(Arc::new(ObjectType { name, fields }))
}
