//! Pages as modules of the shell's, their HTML, and what happens when there is none.

use std::{
    future::poll_fn,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use ferroflex_render::{
    AppRenderer, RenderError, Renderer,
    limits::{ENGINES_MAX, QUEUE_MAX, THREADS_MAX, WAIT_MS_MAX},
};
use serde_json::json;

mod site;

use site::{Site, description};

/// An app whose page is loaded, however long the machine takes for that.
async fn ready(renderer: &Renderer, page: &str) -> AppRenderer {
    let app = renderer.app(Arc::new(Site::new()));
    let prepared = app.prepare(page, description(&json!([[[]]]))).await;
    prepared.unwrap();
    app
}

#[tokio::test]
async fn a_page_is_rendered_with_its_state() {
    let renderer = Renderer::start().unwrap();
    let app = ready(&renderer, "/counter.js").await;
    let html = app.prepare("/counter.js", description(&json!([[7]]))).await;
    let html = html.unwrap();
    assert!(html.contains(">7</h1>"), "{html}");
    assert!(html.contains(">Add &lt;one&gt;</button>"), "{html}");
    assert!(html.contains("radix-themes"), "{html}");
}

#[tokio::test]
async fn nothing_of_one_page_is_in_the_next() {
    let renderer = Renderer::start().unwrap();
    let app = ready(&renderer, "/table.js").await;
    let rows = |name: &str| {
        let row = |id| json!({"id": id, "name": name, "city": null});
        description(&json!([[(0..150).map(row).collect::<Vec<_>>()]]))
    };
    let first = app.prepare("/table.js", rows("Ada")).await.unwrap();
    let second = app.prepare("/table.js", rows("Grace")).await.unwrap();
    assert_eq!(second.matches("Grace").count(), 150);
    assert!(!second.contains("Ada"), "{second}");
    assert_eq!(first.replace("Ada", "Grace"), second);
    let faulty = |state| app.prepare("/faulty.js", description(&json!([[state]])));
    assert!(faulty("throw").await.is_err());
    let empty = app.prepare("/table.js", description(&json!([[[]]]))).await;
    assert!(!empty.unwrap().contains("Grace"));
}

#[tokio::test]
async fn ids_begin_anew_for_every_page() {
    let renderer = Renderer::start().unwrap();
    let app = ready(&renderer, "/ids.js").await;
    let render = || app.prepare("/ids.js", description(&json!([[]])));
    let (first, second) = (render().await.unwrap(), render().await.unwrap());
    assert!(first.contains(" id=\""), "{first}");
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_page_that_fails_says_why_and_costs_nobody_else_anything() {
    let renderer = Renderer::start().unwrap();
    let app = ready(&renderer, "/faulty.js").await;
    let render = |state: &'static str| app.prepare("/faulty.js", description(&json!([[state]])));
    let error = render("throw").await.unwrap_err();
    assert_eq!(error.to_string(), "the page fails");
    let Err(RenderError::Thrown { stack, .. }) = render("throw").await else {
        panic!("it does not throw");
    };
    assert!(stack.contains("/faulty.js"), "{stack}");
    assert_eq!(render("fine").await.unwrap(), "fine");
    let error = render("grow").await.unwrap_err();
    assert!(matches!(error, RenderError::TooLarge { bytes } if bytes >= 3 << 20));
    let error = app.prepare("/none.js", description(&json!([]))).await;
    assert!(error.unwrap_err().to_string().contains("/none.js"));
}

#[tokio::test]
async fn a_page_that_never_ends_is_given_up_and_its_engine_replaced() {
    let renderer = Renderer::start().unwrap();
    let app = ready(&renderer, "/faulty.js").await;
    let render = |state: &'static str| app.render("/faulty.js", description(&json!([[state]])));
    let begun = Instant::now();
    assert!(matches!(
        render("hang").await,
        Err(RenderError::TooSlow { .. })
    ));
    let longest = Duration::from_millis(2 * WAIT_MS_MAX);
    assert!(begun.elapsed() < longest, "{:?}", begun.elapsed());
    let prepared = app.prepare("/faulty.js", description(&json!([["again"]])));
    assert_eq!(prepared.await.unwrap(), "again");
}

#[tokio::test]
async fn more_pages_than_may_wait_are_refused_at_once() {
    let renderer = Renderer::start().unwrap();
    let app = ready(&renderer, "/faulty.js").await;
    let render = |state: &'static str| app.render("/faulty.js", description(&json!([[state]])));
    let hanging = (0..QUEUE_MAX + 10).map(|_| render("hang"));
    let results = futures(hanging).await;
    let refused = results
        .iter()
        .filter(|result| matches!(result, Err(RenderError::Busy)));
    assert!(refused.count() >= 9);
    assert!(results.iter().all(Result::is_err));
}

#[tokio::test]
async fn apps_have_engines_of_their_own_and_the_oldest_go() {
    let renderer = Renderer::start().unwrap();
    let mut apps = Vec::new();
    for _ in 0..=ENGINES_MAX * THREADS_MAX {
        apps.push(ready(&renderer, "/faulty.js").await);
    }
    for app in apps {
        let again = app.prepare("/faulty.js", description(&json!([["x"]])));
        assert_eq!(again.await.unwrap(), "x");
    }
}

/// What all of them give, begun in their order.
async fn futures<Output: Send + 'static>(
    all: impl Iterator<Item = impl Future<Output = Output>>,
) -> Vec<Output> {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<Output>> = all.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, done) in all.iter_mut().zip(&mut done) {
            if done.is_none()
                && let Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if done.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
