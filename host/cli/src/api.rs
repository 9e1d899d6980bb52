//! An app's own endpoints for the server: the server's exchange in the form that the script host
//! wants.
//!
//! Not here: either side of it.

use std::sync::Arc;

use ferroflex_script::{App, BodyPart, Request};
use ferroflex_server::{Api, ApiRequest, Exchange, Received};
use ferroflex_session::Failure;
use tokio::sync::oneshot;

/// A future without a result, as the server wants it.
type Done = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// The endpoints of an app, and what lives as long as the server; nothing when it has neither.
pub(crate) fn api(app: &Arc<App>) -> Option<Arc<dyn Api>> {
    app.is_served_beside_pages()
        .then(|| Arc::new(Endpoints(Arc::clone(app))) as Arc<dyn Api>)
}

struct Endpoints(Arc<App>);

impl Api for Endpoints {
    fn start(&self) -> Done {
        let (done, waiting) = oneshot::channel();
        self.0.start(move || _ = done.send(()));
        Box::pin(async { waiting.await.unwrap_or_default() })
    }

    fn has_endpoints(&self) -> bool {
        self.0.has_endpoints()
    }

    fn answer(&self, request: ApiRequest, exchange: Exchange) {
        let request = Request {
            method: request.method,
            http_version: request.http_version,
            scheme: request.scheme,
            path: request.path,
            base: request.base,
            query: request.query,
            headers: request.headers,
            client: request.client,
        };
        self.0.answer(request, Arc::new(OfServer(exchange)));
    }

    fn stop(&self) -> Done {
        let (done, waiting) = oneshot::channel();
        self.0.stop(move || _ = done.send(()));
        Box::pin(async { waiting.await.unwrap_or_default() })
    }
}

struct OfServer(Exchange);

impl ferroflex_script::Exchange for OfServer {
    fn receive(&self, give: Box<dyn FnOnce(Option<BodyPart>) + Send>) {
        self.0.receive(move |received| {
            give(match received {
                Received::Part { bytes, more } => Some((bytes.into(), more)),
                Received::Disconnected => None,
            });
        });
    }

    fn start(&self, status: u16, headers: Vec<(Vec<u8>, Vec<u8>)>) -> bool {
        self.0.start(status, headers)
    }

    fn send(&self, bytes: Vec<u8>, more: bool, taken: Box<dyn FnOnce(bool) + Send>) {
        self.0.send(bytes, more, taken);
    }

    fn fail(&self, failure: Failure) {
        self.0.fail(failure);
    }
}
