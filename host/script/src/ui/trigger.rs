//! What Python code gives an event trigger (`on_click=…`), as the page's actions.
//!
//! Handlers, events with arguments, choices between them, lambdas, lists of them. Lambdas run once,
//! here, with Vars for the arguments that the browser will give. Not here: events that handlers
//! return (`returned.rs`).

use std::sync::Arc;

use ferroflex_page::{
    EVENT_ARGUMENTS,
    catalogue::TriggerSpec,
    expr::{Expr, ExprKind},
    node::{Action, Callback, Trigger},
    types::Type,
};
use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyList, PyTuple},
    function::PosArgs,
};

use super::{
    actions::Actions,
    annotation,
    callable::Parameters,
    command::{self, SpecialEvent},
    convert,
    event::{EventChoice, EventHandler, EventSpec, Target},
    var::Var,
};
use crate::interpreter::module;
use crate::limits::TRIGGER_DEPTH_MAX;

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
    let args = spec.args.iter().enumerate();
    let given = args.map(|(position, argument)| Expr::event_arg(position, argument.kind.ty()));
    let mut binder = Binder {
        owner: component,
        name: spec.name,
        given: given.collect(),
        nesting: 0,
        trigger: Trigger::default(),
        vm,
    };
    binder.bind(value, true, 0)?;
    Ok(binder.trigger)
}

/// Whether an object is a handler, or an event that can be bound to a trigger.
pub(super) fn is_event(object: &PyObject) -> bool {
    object.downcast_ref::<EventHandler>().is_some()
        || object.downcast_ref::<EventSpec>().is_some()
        || object.downcast_ref::<EventChoice>().is_some()
}

/// A trigger of an app's own class: `spec` is a function that is given Vars for what the browser or
/// the library gives, and gives what reaches the handlers.
///
/// # Errors
/// As [`trigger`], and whatever the function raises.
pub(super) fn own_trigger(
    component: &str,
    name: &str,
    spec: &PyObject,
    value: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<Trigger> {
    let mut binder = Binder {
        owner: component,
        name,
        given: spec_arguments(spec, vm)?,
        nesting: 0,
        trigger: Trigger::default(),
        vm,
    };
    binder.bind(value, true, 0)?;
    Ok(binder.trigger)
}

/// An event chain as a Var.
///
/// # Errors
/// As [`own_trigger`].
pub(super) fn event_chain(value: &PyObject, spec: &PyObject, vm: &VirtualMachine) -> PyResult {
    let chain = own_trigger("EventChain", "the chain", spec, value, vm)?;
    let handler = ExprKind::Handler(Arc::new(chain));
    Ok(Var::object(Expr::new(handler, Type::Any), vm))
}

/// What the function of a trigger makes of the browser's arguments.
fn spec_arguments(spec: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Expr>> {
    if let Some(alternatives) = elements(spec) {
        // Several say that handlers of each are welcome; the first says what they are given.
        return match alternatives.first() {
            Some(first) => spec_arguments(first, vm),
            None => Ok(Vec::new()),
        };
    }
    if !spec.is_callable() {
        return Ok(Vec::new());
    }
    let parameters = Parameters::of(spec, vm)?;
    let count = match vm.get_attribute_opt(spec, "argument_count")? {
        Some(count) => count.try_into_value::<usize>(vm)?,
        None if parameters.variadic => parameters.names.len().max(1),
        None => parameters.names.len(),
    };
    let names = EVENT_ARGUMENTS.iter().take(count);
    let given: Vec<PyObjectRef> = names
        .map(|name| Var::object(Expr::raw(*name, Type::Any), vm))
        .collect();
    let result = spec.call(PosArgs::from(given), vm)?;
    let results = elements(&result).unwrap_or_else(|| vec![result]);
    results
        .iter()
        .map(|result| convert::expression(result, vm))
        .collect()
}

/// The callback `name` of the command `owner`, bound to `value`. `nesting` counts the callbacks
/// that the command itself stands in, so that each has a name of its own for what it is given.
///
/// # Errors
/// `TypeError` for what is no event, or when the arguments do not fit.
pub(super) fn callback(
    owner: &str,
    name: &str,
    is_given: bool,
    value: &PyObject,
    nesting: usize,
    vm: &VirtualMachine,
) -> PyResult<Callback> {
    let given: Option<Arc<str>> = is_given.then(|| match nesting {
        0 => "result".into(),
        inner => format!("result{inner}").into(),
    });
    let result = given.iter();
    let mut binder = Binder {
        owner,
        name,
        given: result
            .map(|name| Expr::raw(Arc::clone(name), Type::Any))
            .collect(),
        nesting: nesting + 1,
        trigger: Trigger::default(),
        vm,
    };
    binder.bind(value, true, 0)?;
    let actions = binder.trigger.actions;
    Ok(Callback { given, actions })
}

struct Binder<'a> {
    /// The component or command, for messages.
    owner: &'a str,
    /// The trigger or callback, for messages.
    name: &'a str,
    /// What the browser gives.
    given: Vec<Expr>,
    /// How many callbacks this stands in.
    nesting: usize,
    trigger: Trigger,
    vm: &'a VirtualMachine,
}

impl Binder<'_> {
    /// `direct`: bound as it stands, so that the browser's arguments follow its own; what a
    /// lambda returned has taken what it wanted of them.
    fn bind(&mut self, value: &PyObject, direct: bool, depth: usize) -> PyResult<()> {
        if depth > TRIGGER_DEPTH_MAX {
            return Err(self.error(&format!("nests deeper than {TRIGGER_DEPTH_MAX} levels")));
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
        if let Some(var) = value.downcast_ref::<Var>() {
            if is_data(&var.expr.ty) {
                return Err(self.not_an_event(&format!("a Var of {}", var.expr.ty)));
            }
            self.function(&var.expr);
            return Ok(());
        }
        if value.is_callable() {
            let result = self.call(value)?;
            if self.vm.is_none(&result) {
                return Err(self.error(
                    "is given a function that returns None; it runs once, when the page is built, \
                     and has to return State.handler, State.handler(arguments) or a list of them",
                ));
            }
            return self.bind(&result, false, depth + 1);
        }
        Err(self.not_an_event(&value.class().name()))
    }

    fn not_an_event(&self, given: &str) -> rustpython_vm::builtins::PyBaseExceptionRef {
        self.error(&format!(
            "must be an event handler, an event, a lambda or a list, not {given}"
        ))
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

    /// A function of the browser's: an event chain's actions happen with the others, any other
    /// function is called with what the browser gives.
    fn function(&mut self, function: &Expr) {
        if let ExprKind::Handler(chain) = &*function.kind {
            let chain = Trigger::clone(chain);
            let trigger = &mut self.trigger;
            trigger.stop_propagation |= chain.stop_propagation;
            trigger.prevent_default |= chain.prevent_default;
            trigger.throttle_ms = chain.throttle_ms.or(trigger.throttle_ms);
            trigger.debounce_ms = chain.debounce_ms.or(trigger.debounce_ms);
            trigger.temporal |= chain.temporal;
            trigger.actions.extend(chain.actions);
            return;
        }
        let count = self.given.len().clamp(1, EVENT_ARGUMENTS.len());
        let names = EVENT_ARGUMENTS[..count].to_vec();
        self.trigger
            .actions
            .push(Action::Call(function.clone(), names));
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
                let command = command::command(name, names, &spec.args, self.nesting, self.vm)?;
                self.trigger.actions.push(command);
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
            for argument in self.given.iter().take(room) {
                if !self.is_of_use(handler, args.len(), argument)? {
                    break;
                }
                args.push(argument.clone());
            }
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

    /// Whether the browser's argument may be given as the handler's argument at `position`: one
    /// that can never fit, such as a click's details for an `int`, is left to a default.
    fn is_of_use(&self, handler: &EventHandler, position: usize, given: &Expr) -> PyResult<bool> {
        let structured = matches!(given.ty, Type::Dict(..) | Type::List(_));
        let Some(name) = handler
            .parameters
            .names
            .get(position)
            .filter(|_| structured)
        else {
            return Ok(true);
        };
        let annotations = module("reflex.annotations", self.vm)?
            .get_attr("annotations_of", self.vm)?
            .call((handler.function.clone(),), self.vm)?;
        let Ok(annotation) = annotations.get_item(name.as_str(), self.vm) else {
            return Ok(true);
        };
        let wanted = annotation::type_of(&annotation, self.vm)?;
        if !is_scalar(&wanted) {
            return Ok(true);
        }
        if position >= handler.parameters.required {
            return Ok(false);
        }
        Err(self.error(&format!(
            "gives a {} for {name}, which {} annotates as {wanted}; name it with a lambda or give \
             the argument",
            given.ty, handler.full_name
        )))
    }

    fn call(&self, function: &PyObject) -> PyResult {
        let parameters = match function.downcast_ref::<SpecialEvent>() {
            Some(event) => event.parameters(),
            None => Parameters::of(function, self.vm)?,
        };
        let available = self.given.len();
        if parameters.required > available {
            return Err(self.error(&format!(
                "gives {available} arguments, the function takes {}",
                parameters.in_words()
            )));
        }
        let args: Vec<PyObjectRef> = self
            .given
            .iter()
            .take(parameters.most())
            .map(|argument| Var::object(argument.clone(), self.vm))
            .collect();
        function.call(PosArgs::from(args), self.vm)
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
        self.vm
            .new_type_error(format!("rx.{}: {} {problem}", self.owner, self.name))
    }
}

/// Whether values of the type are never lists or dictionaries.
fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Bool | Type::Int | Type::Float | Type::Str | Type::None => true,
        Type::Union(types) => types.iter().all(is_scalar),
        _ => false,
    }
}

/// Whether values of the type can neither be called nor stand for events.
fn is_data(ty: &Type) -> bool {
    is_scalar(ty) || matches!(ty, Type::List(_) | Type::Dict(..))
}

fn elements(object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(list) = object.downcast_ref::<PyList>() {
        return Some(list.borrow_vec().to_vec());
    }
    object
        .downcast_ref::<PyTuple>()
        .map(|tuple| tuple.as_slice().to_vec())
}
