//! The Content-Security-Policy of app pages, and text that is safe inside `<script>`.
//!
//! Not here: the origin check of sockets (`origin`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The policy of an app's pages: scripts from here alone, the one inline import map, and what the
/// shell makes of `rx.call_script`, which bears the nonce of the one response. Styles may be inline,
/// since computed style props are; images may come from anywhere, as authors expect.
pub(crate) struct ContentPolicy {
    import_map_hash: String,
}

impl ContentPolicy {
    /// The policy of pages with this import map.
    pub(crate) fn new(import_map: &str) -> Self {
        Self {
            import_map_hash: STANDARD.encode(Sha256::digest(import_map.as_bytes())),
        }
    }

    /// The header's value for a page that was asked for at this host and bears this nonce.
    pub(crate) fn header(&self, host: Option<&str>, nonce: &str) -> String {
        let hash = &self.import_map_hash;
        // Not every browser counts sockets to the same host as 'self'.
        let sockets = host
            .map(|host| format!(" ws://{host} wss://{host}"))
            .unwrap_or_default();
        format!(
            "default-src 'self'; script-src 'self' 'sha256-{hash}' 'nonce-{nonce}'; \
             style-src 'self' 'unsafe-inline'; img-src * data: blob:; media-src * data: blob:; \
             font-src 'self' data:; connect-src 'self'{sockets}; object-src 'none'; \
             base-uri 'self'; form-action 'self'"
        )
    }
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
        let policy = ContentPolicy::new("{}").header(Some("localhost:3000"), "n1");
        assert!(
            policy.contains("'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='"),
            "{policy}"
        );
        assert!(policy.contains("'nonce-n1';"), "{policy}");
        assert!(!policy.contains("unsafe-eval"), "{policy}");
        assert!(policy.contains("connect-src 'self' ws://localhost:3000 wss://localhost:3000;"));
        assert!(
            ContentPolicy::new("{}")
                .header(None, "n1")
                .contains("connect-src 'self';")
        );
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
