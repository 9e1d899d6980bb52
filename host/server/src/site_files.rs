//! Files that sites are asked for and apps seldom bring along: `sitemap.xml`, `robots.txt`, the
//! icon, and the list of routes.
//!
//! A file of the app's assets stands before each of them. Not here: pages and assets (`app`).

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use maud::Escaper;
use std::fmt::Write as _;

use crate::assets::Assets;
use crate::caller::Caller;
use crate::files::REVALIDATE;
use crate::mount::{SiteOptions, SitemapEntry};
use crate::site::icon;

/// The namespace of sitemaps.
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// What is made for an app at these paths.
#[derive(Debug)]
pub(crate) struct SiteFiles {
    /// What the app says of its place in the web.
    options: SiteOptions,
    /// The path under which it is served.
    base: String,
    /// Its routes as Reflex lists them.
    routes: Vec<String>,
}

impl SiteFiles {
    /// The files of the app at this base, whose pages have these routes.
    pub(crate) fn new<'r>(
        options: SiteOptions,
        base: &str,
        routes: impl Iterator<Item = &'r str>,
    ) -> Self {
        Self {
            options,
            base: base.to_owned(),
            routes: routes.map(listed).collect(),
        }
    }

    /// Whether the app's pages find the shell below its base.
    pub(crate) fn has_prefix(&self) -> bool {
        self.options.has_prefix
    }

    /// The paths of those that are the same for whoever asks.
    pub(crate) fn paths(&self) -> Vec<&'static str> {
        let mut paths = vec!["/favicon.ico"];
        if self.options.deploy_url.is_some() {
            paths.push("/robots.txt");
            paths.extend(self.options.sitemap.as_ref().map(|_| "/sitemap.xml"));
        }
        paths
    }

    /// The file at a path below the base, if there is one.
    pub(crate) async fn answer(
        &self,
        path: &str,
        assets: &Assets,
        request: &HeaderMap,
        caller: &Caller,
    ) -> Option<Response> {
        match path {
            "/sitemap.xml" => self.sitemap(caller),
            "/robots.txt" => Some(robots(self.sitemap_address(caller).into_iter())),
            "/favicon.ico" => match assets.respond("/favicon.svg", None, request).await {
                Some(drawing) => Some(drawing),
                None => Some(icon().await),
            },
            "/_all_routes" if self.options.tells_routes => Some(Json(&self.routes).into_response()),
            _ => None,
        }
    }

    /// The address of the app's sitemap, if it has one.
    pub(crate) fn sitemap_address(&self, caller: &Caller) -> Option<String> {
        self.options.sitemap.as_ref()?;
        Some(format!("{}{}/sitemap.xml", self.origin(caller), self.base))
    }

    fn sitemap(&self, caller: &Caller) -> Option<Response> {
        let entries = self.options.sitemap.as_ref()?;
        let root = format!("{}{}", self.origin(caller), self.options.place);
        let headers = [
            (header::CONTENT_TYPE, "application/xml; charset=utf-8"),
            (header::CACHE_CONTROL, REVALIDATE),
        ];
        Some((headers, sitemap(entries, &root)).into_response())
    }

    fn origin(&self, caller: &Caller) -> String {
        let given = self.options.deploy_url.clone();
        given.unwrap_or_else(|| caller.origin())
    }
}

/// What robots may visit, which is all, and where sitemaps are.
pub(crate) fn robots(sitemaps: impl Iterator<Item = String>) -> Response {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    for address in sitemaps {
        // Writing to a string does not fail.
        let _ = write!(text, "\nSitemap: {address}\n");
    }
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, REVALIDATE),
    ];
    (headers, text).into_response()
}

/// A route as Reflex lists it: without its slash, the front page as `index`.
fn listed(route: &str) -> String {
    match route.trim_start_matches('/') {
        "" => "index".to_owned(),
        inner => inner.to_owned(),
    }
}

/// The entries as XML; paths stand below `root`.
fn sitemap(entries: &[SitemapEntry], root: &str) -> String {
    let mut xml =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"{SITEMAP}\">\n");
    for entry in entries {
        let is_path = !entry.location.contains("://");
        let location = format!("{}{}", if is_path { root } else { "" }, entry.location);
        xml.push_str("  <url>\n");
        let told = [
            ("loc", Some(&location)),
            ("changefreq", entry.change_frequency.as_ref()),
            ("lastmod", entry.last_modified.as_ref()),
            ("priority", entry.priority.as_ref()),
        ];
        for (name, text) in told {
            let Some(text) = text else { continue };
            // Writing to a string does not fail.
            let _ = write!(xml, "    <{name}>");
            let _ = Escaper::new(&mut xml).write_str(text);
            let _ = writeln!(xml, "</{name}>");
        }
        xml.push_str("  </url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_has_whole_addresses() {
        let entries = [
            SitemapEntry {
                location: "/blog".to_owned(),
                priority: Some("0.5".to_owned()),
                change_frequency: Some("daily".to_owned()),
                last_modified: Some("2024-05-06T00:00:00".to_owned()),
            },
            SitemapEntry {
                location: "https://other.example/?a=1&b=2".to_owned(),
                ..SitemapEntry::default()
            },
        ];
        let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
            <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n  <url>\n    \
            <loc>https://a.example/blog</loc>\n    <changefreq>daily</changefreq>\n    \
            <lastmod>2024-05-06T00:00:00</lastmod>\n    <priority>0.5</priority>\n  </url>\n  \
            <url>\n    <loc>https://other.example/?a=1&amp;b=2</loc>\n  </url>\n</urlset>\n";
        assert_eq!(sitemap(&entries, "https://a.example"), expected);
    }
}
