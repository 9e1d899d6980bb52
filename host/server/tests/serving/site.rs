//! Which address leads to what: pages with arguments, the page for what is not found, and the files
//! that robots ask for.

use ferroflex_server::Environment::Development;
use ferroflex_server::Served;

use crate::support::{Running, counter, get, start};

/// An app with a page of its own for what is not found.
async fn alone() -> Running {
    let mut app = counter("counter", "");
    if let Served::Live(mount) = &mut app {
        let mut lost = mount.pages[0].clone();
        (lost.route, lost.head.title) = ("/404".into(), "Lost".into());
        mount.pages.push(lost);
    }
    start(vec![app], Development).await
}

#[tokio::test]
async fn an_address_leads_to_the_page_of_its_route() {
    let server = alone().await;
    for (path, title) in [
        ("/", "Counter"),
        ("/items/7", "Item"),
        ("/items/7/", "Item"),
        ("/items/a%20b?x=1", "Item"),
    ] {
        let page = get(server.address, path, "").await;
        assert_eq!(page.status, 200, "{path}");
        let title = format!("<title>{title}</title>");
        assert!(page.body.contains(&title), "{path}: {}", page.body);
        let meta = r##"<meta name="theme-color" content="#fff">"##;
        assert!(page.body.contains(meta), "{path}: {}", page.body);
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_not_found_is_the_apps_page_with_status_404() {
    let server = alone().await;
    for path in ["/nowhere", "/items", "/items/7/8", "/404", "/404/"] {
        let page = get(server.address, path, "accept: text/html,*/*;q=0.8\r\n").await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("<title>Lost</title>"), "{path}");
    }
    for accepts in [
        "accept: image/png\r\n",
        "sec-fetch-dest: script\r\naccept: */*\r\n",
    ] {
        let part = get(server.address, "/nowhere.js", accepts).await;
        assert_eq!(part.status, 404, "{accepts}");
        assert!(!part.body.contains("<title>Lost</title>"), "{accepts}");
    }
    server.stop().await;
}

#[tokio::test]
async fn files_come_before_routes_with_arguments() {
    let mut app = counter("counter", "");
    if let Served::Live(mount) = &mut app {
        mount.pages[1].route = "/[[...splat]]".into();
        mount.pages[0].route = "/sitemap".into();
    }
    let server = start(vec![app], Development).await;
    let note = get(server.address, "/note.txt", "").await;
    assert!(!note.body.contains("<title>"), "{}", note.body);
    let robots = get(server.address, "/robots.txt", "").await;
    assert!(robots.body.starts_with("User-agent"), "{}", robots.body);
    for (path, title) in [("/a/b", "Item"), ("/", "Item"), ("/sitemap", "Counter")] {
        let page = get(server.address, path, "").await;
        let title = format!("<title>{title}</title>");
        assert!(page.body.contains(&title), "{path}: {}", page.body);
    }
    server.stop().await;
}

#[tokio::test]
async fn robots_find_the_sitemap() {
    let server = alone().await;
    let origin = format!("http://{}", server.address);
    let robots = get(server.address, "/robots.txt", "").await;
    let expected = format!("User-agent: *\nAllow: /\n\nSitemap: {origin}/sitemap.xml\n");
    assert_eq!((robots.status, robots.body), (200, expected));
    let sitemap = get(server.address, "/sitemap.xml", "").await;
    let kind = sitemap.header("content-type");
    assert_eq!(kind, Some("application/xml; charset=utf-8"));
    for location in [
        &format!("<loc>{origin}/</loc>"),
        "<loc>https://shop.example/x</loc>",
    ] {
        assert!(sitemap.body.contains(location), "{}", sitemap.body);
    }
    let routes = get(server.address, "/_all_routes", "").await;
    assert_eq!(routes.body, r#"["index","items/[id]","404"]"#);
    let icon = get(server.address, "/favicon.ico", "").await;
    assert_eq!(icon.header("content-type"), Some("image/svg+xml"));
    server.stop().await;
}

#[tokio::test]
async fn robots_are_told_of_all_apps() {
    let apps = vec![counter("a", "/a"), counter("b", "/b")];
    let server = start(apps, Development).await;
    let robots = get(server.address, "/robots.txt", "").await;
    for base in ["/a", "/b"] {
        let line = format!("Sitemap: http://{}{base}/sitemap.xml\n", server.address);
        assert!(robots.body.contains(&line), "{}", robots.body);
    }
    server.stop().await;
}

#[tokio::test]
async fn an_app_alone_under_a_prefix_is_found_from_the_root() {
    let server = start(vec![counter("counter", "/shop/v2")], Development).await;
    let home = get(server.address, "/", "").await;
    assert_eq!(
        (home.status, home.header("location")),
        (307, Some("/shop/v2/"))
    );
    let page = get(server.address, "/shop/v2/items/7", "").await;
    assert!(page.body.contains("<title>Item</title>"), "{}", page.body);
    assert!(page.body.contains(r#""base":"/shop/v2""#), "{}", page.body);
    server.stop().await;
}
