//! An app's own HTTP endpoints: each request is a call of its ASGI application, on its loop. And
//! what lives as long as the server.
//!
//! - `exchange`: one request, as Python code has it;
//! - `module`: the native functions that `stdlib/reflex/asgi.py` and its neighbours stand on.
//!
//! Not here: HTTP (whoever calls), and ASGI's messages, which Python makes.

mod exchange;
mod module;

use std::{net::SocketAddr, sync::Arc};

use ferroflex_session::Failure;
use parking_lot::Mutex;
use rustpython_vm::{
    PyObjectRef, PyPayload, PyResult, VirtualMachine, builtins::PyDictRef, convert::ToPyObject,
};

pub(crate) use exchange::UnderWay;
pub(crate) use module::module_def;

use crate::{
    App,
    event_loop::{Begin, make_task},
    run::log,
    threads::Job,
};
use exchange::ExchangeObject;

/// A request to an app's endpoints, but for its body.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its method, such as `POST`.
    pub method: String,
    /// `1.0`, `1.1`, `2`.
    pub http_version: &'static str,
    /// `http` or `https`, as far as proxies are believed.
    pub scheme: &'static str,
    /// The whole path, the app's base included, as the client wrote it.
    pub path: String,
    /// The app's base: empty, or such as `/todo`.
    pub base: String,
    /// What stands behind the question mark, as the client wrote it.
    pub query: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Where it came from.
    pub client: SocketAddr,
}

/// A part of a request's body, and whether more follow.
pub type BodyPart = (Vec<u8>, bool);

/// A request under way, as whoever took it in has it. What is given to its methods is called once
/// in any case, on any thread.
pub trait Exchange: Send + Sync {
    /// Asks for the next part of the body; there is none when the client has left.
    fn receive(&self, give: Box<dyn FnOnce(Option<BodyPart>) + Send>);
    /// Begins the answer. False when it has begun already.
    fn start(&self, status: u16, headers: Vec<(Vec<u8>, Vec<u8>)>) -> bool;
    /// Sends a part of the answer, and whether more follow. `taken` is told when the next may come,
    /// or `false` when nobody takes it.
    fn send(&self, bytes: Vec<u8>, more: bool, taken: Box<dyn FnOnce(bool) + Send>);
    /// Tells of an exception.
    fn fail(&self, failure: Failure);
}

/// What an app has besides its pages.
#[derive(Debug)]
pub(crate) struct Served {
    /// `reflex.asgi.Served`.
    object: PyObjectRef,
    /// Whether it has endpoints, and not only what lives as long as the server.
    has_endpoints: bool,
}

impl Served {
    /// What the app's module declared.
    ///
    /// # Errors
    /// Whatever reading it raises.
    pub(crate) fn read(object: PyObjectRef, vm: &VirtualMachine) -> PyResult<Self> {
        let has_endpoints = object.get_attr("has_endpoints", vm)?.try_to_bool(vm)?;
        Ok(Self {
            object,
            has_endpoints,
        })
    }
}

impl App {
    /// Whether it has endpoints of its own, or what is to live as long as the server.
    #[must_use]
    pub fn is_served_beside_pages(&self) -> bool {
        self.served.is_some()
    }

    /// Whether it has endpoints of its own.
    #[must_use]
    pub fn has_endpoints(&self) -> bool {
        self.served
            .as_ref()
            .is_some_and(|served| served.has_endpoints)
    }

    /// Has the app answer a request. Without endpoints, the exchange is dropped.
    pub fn answer(self: &Arc<Self>, request: Request, exchange: Arc<dyn Exchange>) {
        let Some(served) = self.served.as_ref().filter(|served| served.has_endpoints) else {
            return;
        };
        let (app, served) = (Arc::clone(self), served.object.clone());
        let name: Arc<str> = format!("{} {}", request.method, request.path).into();
        let of_exchange = Arc::clone(&name);
        let job = Job::new(move |vm| {
            let exchange = ExchangeObject::new(&app, exchange, of_exchange).into_ref(&vm.ctx);
            if let Err(raised) = begin(&served, &request, exchange.clone().into(), vm) {
                exchange.fail(&raised, vm);
            }
        });
        self.looper.post(job.named(name));
    }

    /// Begins what is to live as long as the server. `done` is called, on any thread, when it has
    /// begun.
    pub fn start(self: &Arc<Self>, done: impl FnOnce() + Send + 'static) {
        self.live("start", done);
    }

    /// Ends what [`App::start`] began.
    pub fn stop(self: &Arc<Self>, done: impl FnOnce() + Send + 'static) {
        self.live("stop", done);
    }

    fn live(self: &Arc<Self>, what: &'static str, done: impl FnOnce() + Send + 'static) {
        let Some(served) = &self.served else {
            return done();
        };
        let served = served.object.clone();
        self.looper.post(Job::new(move |vm| {
            let done = Mutex::new(Some(done));
            let done = move |_vm: &VirtualMachine| {
                if let Some(done) = done.lock().take() {
                    done();
                }
            };
            let done = vm.new_function("done", done);
            if let Err(raised) = vm.call_method(&served, what, (done,)) {
                log(None, &raised, vm);
            }
        }));
    }
}

fn begin(
    served: &PyObjectRef,
    request: &Request,
    exchange: PyObjectRef,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let scope = scope(request, vm)?;
    let coroutine = vm.call_method(served, "answer", (scope, exchange))?;
    make_task(coroutine, Begin::Now, vm).map(drop)
}

/// What ASGI tells of a request.
fn scope(request: &Request, vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let bytes = |bytes: &[u8]| -> PyObjectRef { vm.ctx.new_bytes(bytes.to_vec()).into() };
    let header = |(name, value): &(String, Vec<u8>)| -> PyObjectRef {
        let pair = vec![bytes(name.as_bytes()), bytes(value)];
        vm.ctx.new_tuple(pair).into()
    };
    let headers = request.headers.iter().map(header).collect();
    let client = (request.client.ip().to_string(), request.client.port());
    let client = vec![client.0.to_pyobject(vm), client.1.to_pyobject(vm)];
    let scope = vm.ctx.new_dict();
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text).into() };
    let entries: [(&str, PyObjectRef); 9] = [
        ("method", text(&request.method)),
        ("http_version", text(request.http_version)),
        ("scheme", text(request.scheme)),
        ("path", text(&decoded(&request.path))),
        ("raw_path", bytes(request.path.as_bytes())),
        ("root_path", text(&request.base)),
        ("query_string", bytes(request.query.as_bytes())),
        ("headers", vm.ctx.new_list(headers).into()),
        ("client", vm.ctx.new_tuple(client).into()),
    ];
    for (name, value) in entries {
        scope.set_item(name, value, vm)?;
    }
    Ok(scope)
}

/// A path with its `%41` read.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let read = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(read.unwrap_or(*first));
        rest = if read.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_clients_write_them() {
        assert_eq!(decoded("/a%20b/%C3%A9"), "/a b/é");
        assert_eq!(decoded("/100%"), "/100%");
        assert_eq!(decoded("/%zz%4"), "/%zz%4");
    }
}
