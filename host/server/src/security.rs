//! The Content-Security-Policy of app pages, and text that is safe inside `<script>`.
//!
//! Not here: the origin check of sockets (`origin`).

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::html::inline_script;
use crate::mount::{Frame, HeadElement};

/// The policies of an app's pages: scripts from here alone, the one inline import map, and what the
/// shell makes of the app's own scripts, which bears the nonce of the one response. Styles may be
/// inline, since computed style props are; images, media and frames may come from anywhere, as
/// authors expect.
pub(crate) struct ContentPolicy {
    /// Scripts besides the server's own: hashes of those in the document, hosts of the others.
    scripts: String,
    /// Hosts of the author's stylesheets.
    styles: String,
    /// What else fonts may come from.
    fonts: &'static str,
}

/// How far the scripts of a page reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To this server.
    Here,
    /// Anywhere, and with them the scripts that they load: those of an author's own, and of players
    /// for what other sites host.
    Everywhere,
}

/// Modules of the shell whose pages reach everywhere.
const FAR_REACHING: &[&str] = &["@ferroflex/media", "@ferroflex/script"];

impl Reach {
    /// The reach of a page that imports these modules and has these elements in its head.
    pub(crate) fn of<'h>(
        specifiers: &[String],
        mut head: impl Iterator<Item = &'h HeadElement>,
    ) -> Self {
        let is_far = |specifier: &String| FAR_REACHING.contains(&specifier.as_str());
        let has_script = head.any(|element| element.tag == "script");
        if has_script || specifiers.iter().any(is_far) {
            Self::Everywhere
        } else {
            Self::Here
        }
    }
}

impl ContentPolicy {
    /// The policy of pages with this import map and this frame.
    pub(crate) fn new(import_map: &str, frame: &Frame) -> Self {
        let inline = frame.head.iter().filter_map(inline_script);
        let hashes = std::iter::once(import_map.to_owned())
            .chain(inline)
            .map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))));
        let hosts = |tag: &str, attribute: &str| {
            let elements = frame.head.iter().filter(|element| element.tag == tag);
            let attributes = elements.flat_map(|element| &element.attributes);
            let addresses = attributes.filter(|(name, _)| name == attribute);
            let hosts = addresses.filter_map(|(_, address)| host_of(address));
            hosts.collect::<Vec<_>>()
        };
        let sheets = frame.stylesheets.iter().chain(&frame.imported_stylesheets);
        let styles: BTreeSet<_> = sheets
            .filter_map(|address| host_of(address))
            .chain(hosts("link", "href"))
            .collect();
        Self {
            scripts: hashes
                .chain(hosts("script", "src"))
                .collect::<Vec<_>>()
                .join(" "),
            // A stylesheet of another host names its fonts by addresses that only it knows.
            fonts: if styles.is_empty() { "" } else { " https:" },
            styles: styles.iter().flat_map(|host| [" ", host]).collect(),
        }
    }

    /// The header's value for a page that was asked for at this host and bears this nonce.
    pub(crate) fn header(&self, host: Option<&str>, nonce: &str, reach: Reach) -> String {
        let Self {
            scripts,
            styles,
            fonts,
        } = self;
        // Not every browser counts sockets to the same host as 'self'.
        let sockets = host
            .map(|host| format!(" ws://{host} wss://{host}"))
            .unwrap_or_default();
        let reached = match reach {
            Reach::Here => format!(
                "style-src 'self' 'unsafe-inline'{styles}; font-src 'self' data:{fonts}; \
                 connect-src 'self'{sockets}"
            ),
            Reach::Everywhere => format!(
                "style-src * 'unsafe-inline'; font-src * data:; \
                 connect-src *{sockets} data: blob:; worker-src 'self' blob:"
            ),
        };
        let passed_on = match reach {
            Reach::Here => "",
            Reach::Everywhere => " 'strict-dynamic'",
        };
        format!(
            "default-src 'self'; \
             script-src 'self' {scripts} 'nonce-{nonce}'{passed_on}; {reached}; \
             img-src * data: blob:; media-src * data: blob:; frame-src * data: blob:; \
             object-src 'none'; base-uri 'self'; form-action 'self'"
        )
    }
}

/// Scheme and host of an address elsewhere, as far as they can be written into a policy.
fn host_of(address: &str) -> Option<String> {
    let (scheme, rest) = match address.split_once("//")? {
        ("" | "https:", rest) => ("https:", rest),
        ("http:", rest) => ("http:", rest),
        _ => return None,
    };
    let host = rest.split(['/', '?', '#']).next()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte);
    (!host.is_empty() && host.bytes().all(is_plain)).then(|| format!("{scheme}//{host}"))
}

/// The policy of the server's own pages, which have no scripts.
pub(crate) const OWN_PAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'";

/// JSON text that cannot end or nest the `<script>` element it stands in. Less-than signs occur in
/// JSON only inside strings, where they may be written as escapes.
pub(crate) fn for_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_import_map_the_nonce_and_the_host() {
        let policy = ContentPolicy::new("{}", &Frame::default()).header(
            Some("localhost:3000"),
            "n1",
            Reach::Here,
        );
        assert!(
            policy.contains("'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='"),
            "{policy}"
        );
        assert!(policy.contains("'nonce-n1';"), "{policy}");
        assert!(!policy.contains("unsafe-eval"), "{policy}");
        assert!(policy.contains("connect-src 'self' ws://localhost:3000 wss://localhost:3000;"));
        assert!(
            ContentPolicy::new("{}", &Frame::default())
                .header(None, "n1", Reach::Here)
                .contains("connect-src 'self';")
        );
    }

    #[test]
    fn only_pages_with_scripts_of_the_author_or_players_reach_everywhere() {
        let reach = |specifier: &str| {
            Reach::of(
                &["@ferroflex/core", specifier].map(str::to_owned),
                [].iter(),
            )
        };
        assert_eq!(reach("@ferroflex/markdown"), Reach::Here);
        assert_eq!(reach("@ferroflex/script"), Reach::Everywhere);
        assert_eq!(reach("@ferroflex/media"), Reach::Everywhere);
        let policy = |reach| ContentPolicy::new("{}", &Frame::default()).header(None, "n1", reach);
        assert!(!policy(Reach::Here).contains("strict-dynamic"));
        let far = policy(Reach::Everywhere);
        assert!(far.contains("'nonce-n1' 'strict-dynamic';"), "{far}");
        assert!(far.contains("connect-src * data: blob:;"), "{far}");
        assert!(!far.contains("unsafe-eval"), "{far}");
        let script = HeadElement {
            tag: "script".into(),
            attributes: vec![],
            text: "start()".into(),
        };
        assert_eq!(Reach::of(&[], [script].iter()), Reach::Everywhere);
    }

    #[test]
    fn what_the_author_puts_into_the_head_is_allowed() {
        let element = |tag: &str, name: &str, value: &str, text: &str| HeadElement {
            tag: tag.into(),
            attributes: vec![(name.into(), value.into())],
            text: text.into(),
        };
        let frame = Frame {
            stylesheets: vec!["https://fonts.example/x.css".into(), "/own.css".into()],
            head: vec![
                element("link", "href", "//cdn.example/a.css", ""),
                element("script", "src", "https://cdn.example:8443/x.js?y", ""),
                element("script", "type", "module", "{}"),
                element("script", "src", "/local.js", ""),
                element("script", "src", "https://cdn.example; script-src *", ""),
            ],
            ..Frame::default()
        };
        let policy = ContentPolicy::new("[]", &frame).header(None, "n1", Reach::Here);
        for part in [
            "style-src 'self' 'unsafe-inline' https://cdn.example https://fonts.example;",
            "font-src 'self' data: https:;",
            "'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=' https://cdn.example:8443 'nonce-n1';",
        ] {
            assert!(policy.contains(part), "{part} is not in {policy}");
        }
        assert_eq!(policy.matches("script-src").count(), 1, "{policy}");
    }

    #[test]
    fn json_in_a_script_cannot_end_it() {
        let json = serde_json::json!(["</script><script>", "<!--"]).to_string();
        let escaped = for_script(&json);
        assert!(!escaped.contains('<'));
        let back: Vec<String> = serde_json::from_str(&escaped).unwrap();
        assert_eq!(back, ["</script><script>", "<!--"]);
    }
}
