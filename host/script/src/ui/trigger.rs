//! What Python code gives an event trigger (`on_click=…`), as the page's actions.
//!
//! Handlers, events with arguments, choices between them, lambdas, lists of them. Lambdas run once,
//! here, with Vars for the arguments that the browser will give. Not here: events that handlers
//! return (`returned.rs`).

use ferroflex_page::{
    catalogue::TriggerSpec,
    expr::Expr,
    node::{Action, Trigger},
};
use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyList, PyTuple},
    function::PosArgs,
};

use super::{
    callable::Parameters,
    convert,
    error::not_yet,
    event::{Actions, EventChoice, EventHandler, EventSpec, Target},
    var::Var,
};

/// How often a lambda may return a lambda, a list a list.
const DEPTH_MAX: usize = 16;

/// The trigger `spec` of `component` bound to `value`.
///
/// # Errors
/// `TypeError` for what is no event, or when the arguments do not fit.
pub(super) fn trigger(
    component: &str,
    spec: &TriggerSpec,
    value: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Trigger> {
    let mut binder = Binder {
        component,
        spec,
        trigger: Trigger::default(),
        vm,
    };
    binder.bind(value, true, 0)?;
    Ok(binder.trigger)
}

struct Binder<'a> {
    component: &'a str,
    spec: &'a TriggerSpec,
    trigger: Trigger,
    vm: &'a VirtualMachine,
}

impl Binder<'_> {
    /// `direct`: bound as it stands, so that the browser's arguments follow its own; what a
    /// lambda returned has taken what it wanted of them.
    fn bind(&mut self, value: &PyObject, direct: bool, depth: usize) -> PyResult<()> {
        if depth > DEPTH_MAX {
            return Err(self.error(&format!("nests deeper than {DEPTH_MAX} levels")));
        }
        if self.vm.is_none(value) {
            return Ok(());
        }
        if let Some(handler) = value.downcast_ref::<EventHandler>() {
            self.modify(handler.actions);
            return self.handler(handler, &[], true);
        }
        if let Some(spec) = value.downcast_ref::<EventSpec>() {
            return self.spec(spec, direct);
        }
        if let Some(choice) = value.downcast_ref::<EventChoice>() {
            return self.choice(choice, direct, depth);
        }
        if let Some(elements) = elements(value) {
            return elements
                .iter()
                .try_for_each(|element| self.bind(element, direct, depth + 1));
        }
        if value.downcast_ref::<Var>().is_some() {
            return Err(not_yet(
                &format!("rx.{}: a Var as {}", self.component, self.spec.name),
                self.vm,
            ));
        }
        if value.is_callable() {
            let result = self.call(value)?;
            return self.bind(&result, false, depth + 1);
        }
        let class = value.class().name().to_string();
        Err(self.error(&format!(
            "must be an event handler, an event, a lambda or a list, not {class}"
        )))
    }

    /// `rx.cond` between events. How events are sent holds for the trigger as a whole.
    fn choice(&mut self, choice: &EventChoice, direct: bool, depth: usize) -> PyResult<()> {
        let before = std::mem::take(&mut self.trigger.actions);
        self.bind(&choice.then, direct, depth + 1)?;
        let then = std::mem::take(&mut self.trigger.actions);
        self.bind(&choice.otherwise, direct, depth + 1)?;
        let otherwise = std::mem::replace(&mut self.trigger.actions, before);
        self.trigger.actions.push(Action::Choose {
            test: choice.test.clone(),
            then,
            otherwise,
        });
        Ok(())
    }

    fn spec(&mut self, spec: &EventSpec, direct: bool) -> PyResult<()> {
        self.modify(spec.actions);
        match (&spec.target, &spec.handler) {
            (Target::Handler(_), Some(handler)) => self.handler(handler, &spec.args, direct),
            (Target::Handler(name), None) => {
                let args = self.expressions(&spec.args)?;
                self.trigger.actions.push(Action::Handler {
                    handler: name.clone(),
                    args,
                });
                Ok(())
            }
            (Target::Command(name, names), _) => {
                let mut entries = vec![("c".to_owned(), Expr::text(*name))];
                let values = self.expressions(&spec.args)?;
                entries.extend(names.iter().map(|name| (*name).to_owned()).zip(values));
                self.trigger.actions.push(Action::Command(entries));
                Ok(())
            }
            (Target::ToggleColorMode, _) => {
                self.trigger.actions.push(Action::ToggleColorMode);
                Ok(())
            }
            (Target::Nothing, _) => Ok(()),
        }
    }

    /// A handler with the arguments given in Python; those that the browser gives follow, as far
    /// as the handler takes them.
    fn handler(
        &mut self,
        handler: &EventHandler,
        given: &[PyObjectRef],
        extend: bool,
    ) -> PyResult<()> {
        let mut args = self.expressions(given)?;
        if extend {
            let room = handler.parameters.most().saturating_sub(args.len());
            args.extend(self.event_args().take(room));
        }
        if args.len() < handler.parameters.required {
            return Err(self.error(&format!(
                "gives {} {} arguments, which takes {}",
                handler.full_name,
                args.len(),
                handler.parameters.in_words()
            )));
        }
        self.trigger.actions.push(Action::Handler {
            handler: handler.full_name.clone(),
            args,
        });
        Ok(())
    }

    fn call(&self, function: &PyObject) -> PyResult {
        let parameters = Parameters::of(function, self.vm)?;
        let available = self.spec.args.len();
        if parameters.required > available {
            return Err(self.error(&format!(
                "gives {available} arguments, the function takes {}",
                parameters.in_words()
            )));
        }
        let args: Vec<PyObjectRef> = self
            .event_args()
            .take(parameters.most())
            .map(|argument| Var::object(argument, self.vm))
            .collect();
        function.call(PosArgs::from(args), self.vm)
    }

    fn event_args(&self) -> impl Iterator<Item = Expr> + use<'_> {
        let args = self.spec.args.iter().enumerate();
        args.map(|(position, argument)| Expr::event_arg(position, argument.kind.ty()))
    }

    fn expressions(&self, values: &[PyObjectRef]) -> PyResult<Vec<Expr>> {
        values
            .iter()
            .map(|value| convert::expression(value, self.vm))
            .collect()
    }

    fn modify(&mut self, actions: Actions) {
        let trigger = &mut self.trigger;
        trigger.stop_propagation |= actions.stop_propagation;
        trigger.prevent_default |= actions.prevent_default;
        trigger.throttle_ms = actions.throttle_ms.or(trigger.throttle_ms);
        trigger.debounce_ms = actions.debounce_ms.or(trigger.debounce_ms);
        trigger.temporal |= actions.temporal;
    }

    fn error(&self, problem: &str) -> rustpython_vm::builtins::PyBaseExceptionRef {
        self.vm.new_type_error(format!(
            "rx.{}: {} {problem}",
            self.component, self.spec.name
        ))
    }
}

fn elements(object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    object
        .downcast_ref::<PyTuple>()
        .map(|tuple| tuple.as_slice().to_vec())
}
