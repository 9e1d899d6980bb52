//! A request under way, as Python code has it, and all that there are, should the loop be lost.
//!
//! Not here: ASGI's messages (`stdlib/reflex/asgi.py`).

use std::{
    collections::HashMap,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use ferroflex_session::Failure;
use parking_lot::Mutex;
use rustpython_vm::{
    Py, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyBytesRef},
    convert::ToPyObject,
    pyclass,
};

use super::Exchange;
use crate::{
    App,
    failure::failure,
    run::{new_future, resolve},
    threads::Job,
};

/// What clients are told when the loop's thread is given up.
const LOOP_LOST: &str = "the event loop was lost to native code, and this request with it";

/// The exchanges of an app that are under way on its loop.
#[derive(Default)]
pub(crate) struct UnderWay {
    exchanges: Mutex<HashMap<u64, Weak<dyn Exchange>>>,
    last: AtomicU64,
}

impl std::fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnderWay")
    }
}

impl UnderWay {
    fn add(&self, exchange: &Arc<dyn Exchange>) -> u64 {
        let number = self.last.fetch_add(1, Relaxed) + 1;
        let exchange = Arc::downgrade(exchange);
        self.exchanges.lock().insert(number, exchange);
        number
    }

    fn remove(&self, number: u64) {
        self.exchanges.lock().remove(&number);
    }

    /// Ends all of them: the loop's thread is lost.
    pub(crate) fn give_up(&self) {
        let exchanges = std::mem::take(&mut *self.exchanges.lock());
        for exchange in exchanges.into_values().filter_map(|it| it.upgrade()) {
            exchange.fail(Failure {
                message: LOOP_LOST.to_owned(),
                trace: LOOP_LOST.to_owned(),
            });
        }
    }
}

/// A request under way.
#[pyclass(module = "_ferroflex_asgi", name = "Exchange")]
#[derive(PyPayload)]
pub(crate) struct ExchangeObject {
    app: Arc<App>,
    /// None when it is over.
    exchange: Mutex<Option<Arc<dyn Exchange>>>,
    number: u64,
    /// Method and path, for the log.
    name: Arc<str>,
}

impl std::fmt::Debug for ExchangeObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Exchange")
    }
}

impl ExchangeObject {
    pub(super) fn new(app: &Arc<App>, exchange: Arc<dyn Exchange>, name: Arc<str>) -> Self {
        Self {
            app: Arc::clone(app),
            number: app.requests.add(&exchange),
            exchange: Mutex::new(Some(exchange)),
            name,
        }
    }

    /// Ends it with an exception.
    pub(super) fn fail(&self, raised: &PyBaseExceptionRef, vm: &VirtualMachine) {
        let failure = failure(raised, vm);
        tracing::error!("{}:\n{}", self.name, failure.trace.trim_end());
        if let Some(exchange) = self.take() {
            exchange.fail(failure);
        }
    }

    fn take(&self) -> Option<Arc<dyn Exchange>> {
        self.app.requests.remove(self.number);
        self.exchange.lock().take()
    }

    fn get(&self) -> Option<Arc<dyn Exchange>> {
        self.exchange.lock().clone()
    }
}

/// What a future is to be given from another thread, on the loop.
fn resolver<T: ToPyObject + Send + 'static>(
    app: &Arc<App>,
    future: PyObjectRef,
) -> Box<dyn FnOnce(T) + Send> {
    let app = Arc::clone(app);
    Box::new(move |value| {
        let job = Job::new(move |vm| resolve(&future, Ok(value.to_pyobject(vm)), vm));
        app.looper.post(job);
    })
}

#[pyclass]
#[expect(
    clippy::needless_pass_by_value,
    reason = "functions that Python calls own their arguments"
)]
impl ExchangeObject {
    /// A future of the next part of the body, with whether more follow; of nothing when the client
    /// has left.
    #[pymethod]
    fn receive(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult {
        let future = new_future(vm)?;
        let Some(exchange) = zelf.get() else {
            resolve(&future, Ok(vm.ctx.none()), vm);
            return Ok(future);
        };
        let give = resolver::<Received>(&zelf.app, future.clone());
        exchange.receive(Box::new(move |part| give(Received(part))));
        Ok(future)
    }

    /// Begins the answer. False when it has begun already.
    #[pymethod]
    fn start(
        zelf: &Py<Self>,
        status: u16,
        headers: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<bool> {
        let pair = |pair: PyObjectRef| {
            let pair: Vec<PyObjectRef> = vm.extract_elements_with(&pair, Ok)?;
            let text = |index: usize| -> PyResult<Vec<u8>> {
                let part = pair.get(index).cloned().unwrap_or_else(|| vm.ctx.none());
                let bytes: PyBytesRef = part.try_into_value(vm)?;
                Ok(bytes.as_bytes().to_vec())
            };
            Ok((text(0)?, text(1)?))
        };
        let headers = vm.extract_elements_with(&headers, pair)?;
        Ok(zelf.get().is_some_and(|it| it.start(status, headers)))
    }

    /// Sends a part of the answer, and whether more follow. Gives a future of whether it was taken.
    #[pymethod]
    fn send(zelf: &Py<Self>, bytes: PyBytesRef, more: bool, vm: &VirtualMachine) -> PyResult {
        let future = new_future(vm)?;
        let Some(exchange) = zelf.get() else {
            resolve(&future, Ok(vm.ctx.new_bool(false).into()), vm);
            return Ok(future);
        };
        let taken = resolver::<bool>(&zelf.app, future.clone());
        exchange.send(bytes.as_bytes().to_vec(), more, taken);
        Ok(future)
    }

    /// The application raised.
    #[pymethod]
    fn failed(zelf: &Py<Self>, raised: PyBaseExceptionRef, vm: &VirtualMachine) {
        zelf.fail(&raised, vm);
    }

    /// The application is done with it.
    #[pymethod]
    fn ended(zelf: &Py<Self>) {
        drop(zelf.take());
    }
}

/// A part of a body for Python.
struct Received(Option<super::BodyPart>);

impl ToPyObject for Received {
    fn to_pyobject(self, vm: &VirtualMachine) -> PyObjectRef {
        let Some((bytes, more)) = self.0 else {
            return vm.ctx.none();
        };
        let (bytes, more) = (vm.ctx.new_bytes(bytes), vm.ctx.new_bool(more));
        vm.ctx.new_tuple(vec![bytes.into(), more.into()]).into()
    }
}
