//! One QuickJS engine: ES modules from wherever the owner has them, calls with a budget of time.
//!
//! Not here: threads (an engine stays on the one that made it), and what its modules do.

use std::{
    borrow::Cow,
    cell::Cell,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use rquickjs::{
    CatchResultExt, CaughtError, Context, Ctx, Error, Function, Module, Runtime, Value,
    context::EvalOptions,
    function::Args,
    loader::{ImportAttributes, Loader, Resolver},
    module::Declared,
    promise::PromiseState,
};

use crate::{
    RenderError,
    limits::{ENGINE_BYTES_MAX, JOBS_MAX, STACK_BYTES_MAX},
};

/// Where an engine's modules come from.
pub trait Modules: Send + Sync + 'static {
    /// The address of a specifier that is no address, as an import map has it.
    fn address(&self, specifier: &str) -> Option<String>;

    /// The source of the module at an address that begins with a slash.
    fn source(&self, address: &str) -> Option<Cow<'static, [u8]>>;
}

/// An engine with a global object of its own.
pub struct Engine {
    context: Context,
    runtime: Runtime,
    deadline: Deadline,
}

/// When the call that runs has to be over.
type Deadline = Rc<Cell<Option<Instant>>>;

impl Engine {
    /// An engine whose modules come from there. `prelude` is a classic script that runs first: what
    /// the modules expect of a browser.
    ///
    /// # Errors
    /// When the system has no memory for it, or the prelude throws.
    pub fn new(modules: Arc<dyn Modules>, prelude: &str) -> Result<Self, RenderError> {
        let runtime = Runtime::new().map_err(|error| RenderError::Engine(error.to_string()))?;
        runtime.set_memory_limit(ENGINE_BYTES_MAX);
        runtime.set_max_stack_size(STACK_BYTES_MAX);
        runtime.set_loader(Found(Arc::clone(&modules)), Found(modules));
        let deadline = Deadline::default();
        let watched = Rc::clone(&deadline);
        let is_over = move || {
            watched
                .get()
                .is_some_and(|deadline| Instant::now() > deadline)
        };
        runtime.set_interrupt_handler(Some(Box::new(is_over)));
        let context =
            Context::full(&runtime).map_err(|error| RenderError::Engine(error.to_string()))?;
        context.with(|ctx| {
            let mut options = EvalOptions::default();
            options.filename = Some("prelude.js".to_owned());
            ctx.eval_with_options::<(), _>(prelude, options)
                .catch(&ctx)
                .map_err(thrown)
        })?;
        Ok(Self {
            context,
            runtime,
            deadline,
        })
    }

    /// Calls what a module exports and gives its text; a promise is waited for. The module is
    /// loaded when it is first called, which counts into the budget.
    ///
    /// # Errors
    /// When the module cannot be loaded, when it or the function throws, when that takes longer
    /// than the budget, or waits for what never happens here.
    pub fn call(
        &self,
        specifier: &str,
        function: &str,
        arguments: &[&str],
        budget: Duration,
    ) -> Result<String, RenderError> {
        self.deadline.set(Some(Instant::now() + budget));
        let called = self.context.with(|ctx| {
            let result = self.exported(&ctx, specifier, function, budget)?;
            let mut given = Args::new(ctx.clone(), arguments.len());
            let pushed = arguments.iter().try_for_each(|text| given.push_arg(*text));
            let called = pushed.and_then(|()| result.call_arg::<Value<'_>>(given));
            let value = called
                .catch(&ctx)
                .map_err(|error| self.failure(error, budget))?;
            let value = self.settle(&ctx, value, function, budget)?;
            value
                .get::<String>()
                .catch(&ctx)
                .map_err(|error| self.failure(error, budget))
        });
        self.deadline.set(None);
        called
    }

    fn exported<'js>(
        &self,
        ctx: &Ctx<'js>,
        specifier: &str,
        function: &str,
        budget: Duration,
    ) -> Result<Function<'js>, RenderError> {
        let failed = |error| self.failure(error, budget);
        let promise = Module::import(ctx, specifier).catch(ctx).map_err(failed)?;
        let namespace = self.settle(ctx, promise.into_value(), specifier, budget)?;
        let object = namespace.get::<rquickjs::Object<'js>>();
        object
            .and_then(|object| object.get(function))
            .catch(ctx)
            .map_err(failed)
    }

    /// The value itself, or what a promise gives once everything that waits has run.
    fn settle<'js>(
        &self,
        ctx: &Ctx<'js>,
        value: Value<'js>,
        what: &str,
        budget: Duration,
    ) -> Result<Value<'js>, RenderError> {
        let Some(promise) = value.as_promise() else {
            return Ok(value);
        };
        for _ in 0..JOBS_MAX {
            if promise.state() != PromiseState::Pending {
                break;
            }
            if !ctx.execute_pending_job() {
                break;
            }
        }
        match promise.result::<Value<'js>>() {
            Some(result) => result
                .catch(ctx)
                .map_err(|error| self.failure(error, budget)),
            None if self.is_late() => Err(RenderError::TooSlow { budget }),
            None => Err(RenderError::Unsettled {
                what: what.to_owned(),
            }),
        }
    }

    fn failure(&self, error: CaughtError<'_>, budget: Duration) -> RenderError {
        if self.is_late() {
            return RenderError::TooSlow { budget };
        }
        thrown(error)
    }

    fn is_late(&self) -> bool {
        self.deadline
            .get()
            .is_some_and(|deadline| Instant::now() > deadline)
    }

    /// Bytes that the engine's heap has at the moment.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let bytes = self.runtime.memory_usage().malloc_size;
        usize::try_from(bytes).unwrap_or_default()
    }
}

fn thrown(error: CaughtError<'_>) -> RenderError {
    match error {
        CaughtError::Exception(exception) => RenderError::Thrown {
            message: exception.message().unwrap_or_default(),
            stack: exception.stack().unwrap_or_default(),
        },
        other => RenderError::Thrown {
            message: other.to_string(),
            stack: String::new(),
        },
    }
}

/// The owner's modules, as QuickJS asks for them.
struct Found(Arc<dyn Modules>);

impl Resolver for Found {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        if name.starts_with('/') {
            return Ok(name.to_owned());
        }
        if name.starts_with('.') {
            return Ok(beside(base, name));
        }
        self.0
            .address(name)
            .ok_or_else(|| Error::new_resolving(base, name))
    }
}

impl Loader for Found {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        let source = self
            .0
            .source(name)
            .ok_or_else(|| Error::new_loading(name))?;
        Module::declare(ctx.clone(), name, source.into_owned())
    }
}

/// A relative address, seen from the module at `base`.
fn beside(base: &str, name: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few;

    impl Modules for Few {
        fn address(&self, specifier: &str) -> Option<String> {
            (specifier == "library").then(|| "/chunks/library.js".to_owned())
        }

        fn source(&self, address: &str) -> Option<Cow<'static, [u8]>> {
            let text = match address {
                "/page.js" => {
                    "import { twice } from 'library';
                     export const greet = (name) => `hello ${twice(name)}`;
                     export const later = async (name) => { await null; return greet(name); };
                     export const never = () => new Promise(() => {});
                     export const forever = () => { for (;;) {} };
                     export const fail = () => { throw new TypeError('no such thing'); };"
                }
                "/chunks/library.js" => "export { twice } from '../inner.js';",
                "/inner.js" => "export const twice = (text) => text + text;",
                _ => return None,
            };
            Some(Cow::Borrowed(text.as_bytes()))
        }
    }

    const BUDGET: Duration = Duration::from_millis(200);

    fn call(function: &str) -> Result<String, RenderError> {
        let engine = Engine::new(Arc::new(Few), "").unwrap();
        engine.call("/page.js", function, &["x"], BUDGET)
    }

    #[test]
    fn modules_import_each_other_and_promises_are_waited_for() {
        assert_eq!(call("greet").unwrap(), "hello xx");
        assert_eq!(call("later").unwrap(), "hello xx");
    }

    #[test]
    fn what_fails_says_why() {
        assert!(matches!(call("never"), Err(RenderError::Unsettled { .. })));
        assert!(matches!(call("forever"), Err(RenderError::TooSlow { .. })));
        let error = call("fail").unwrap_err();
        assert_eq!(error.to_string(), "no such thing");
        let engine = Engine::new(Arc::new(Few), "").unwrap();
        let error = engine.call("/other.js", "x", &[], BUDGET).unwrap_err();
        assert!(error.to_string().contains("/other.js"), "{error}");
    }

    #[test]
    fn an_engine_goes_on_after_a_call_that_took_too_long() {
        let engine = Engine::new(Arc::new(Few), "").unwrap();
        let late = engine.call("/page.js", "forever", &[], BUDGET);
        assert!(matches!(late, Err(RenderError::TooSlow { .. })));
        let after = engine.call("/page.js", "greet", &["y"], BUDGET);
        assert_eq!(after.unwrap(), "hello yy");
        assert!(engine.heap_bytes() > 0);
    }
}
