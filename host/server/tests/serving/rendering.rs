//! Pages as HTML: what is asked of a renderer, what is kept, and what happens without an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ferroflex_server::Environment::Development;
use ferroflex_server::{NotRendered, Renderer, Rendering, Served};
use serde_json::Value as Json;

use crate::support::{Counter, Running, counter, get, start};

/// Answers every page alike, and counts how often it is asked.
struct Fake {
    result: Result<String, NotRendered>,
    asked: Arc<AtomicUsize>,
}

impl Renderer for Fake {
    fn render(&self, module: &str, description: String) -> Rendering {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let page: Json = serde_json::from_str(&description).unwrap();
        assert_eq!(page["module"], module);
        let result = self.result.clone();
        let html = result.map(|html| format!("{html}{}", page["state"][0][0]));
        Box::pin(async move { html })
    }

    fn prepare(&self, _module: &str, _description: String) -> Rendering {
        Box::pin(async { Err(NotRendered::Busy("not now".into())) })
    }
}

/// A counter with such a renderer, and how often that is asked.
async fn with(result: Result<String, NotRendered>) -> (Running, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let fake = Fake {
        result,
        asked: Arc::clone(&asked),
    };
    let mut app: Served<Counter> = counter("counter", "");
    if let Served::Live(mount) = &mut app {
        mount.renderer = Some(Arc::new(fake));
    }
    (start(vec![app], Development).await, asked)
}

/// Visits the page twice; gives the last answer, and how often the renderer was asked.
async fn twice(result: Result<String, NotRendered>) -> (String, usize) {
    let (server, asked) = with(result).await;
    get(server.address, "/", "").await;
    let page = get(server.address, "/", "").await;
    assert_eq!(page.status, 200);
    server.stop().await;
    (page.body, asked.load(Ordering::SeqCst))
}

#[tokio::test]
async fn what_was_rendered_stands_in_the_page_and_is_kept() {
    let (page, asked) = twice(Ok("<p>count</p>".into())).await;
    assert!(page.contains("<div id=\"root\"><p>count</p>0</div>"));
    assert!(page.contains(",\"rendered\":true}</script>"), "{page}");
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_page_is_kept_once_for_all_of_its_addresses() {
    let (server, asked) = with(Ok("<p>".into())).await;
    for path in ["/", "/items/1", "/items/2"] {
        get(server.address, path, "").await;
    }
    // Both pages of this app have the same module and the same state.
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    server.stop().await;
}

#[tokio::test]
async fn what_fails_is_left_to_the_browser_and_not_tried_again() {
    for reason in [
        NotRendered::Failed("no such name".into()),
        NotRendered::TooSlow("it took more than 250 ms".into()),
    ] {
        let (page, asked) = twice(Err(reason)).await;
        assert!(page.contains("<div id=\"root\"></div>"), "{page}");
        assert!(!page.contains("\"rendered\""), "{page}");
        assert_eq!(asked, 1);
    }
}

#[tokio::test]
async fn what_is_busy_is_asked_again() {
    let (page, asked) = twice(Err(NotRendered::Busy("too many".into()))).await;
    assert!(page.contains("<div id=\"root\"></div>"), "{page}");
    assert_eq!(asked, 2);
}
