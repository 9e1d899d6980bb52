//! What can be wrong with an expression, a component or a page.

/// An error of the app's author, found while a page is built or generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// The process keeps as many descriptions of components of apps' own as it may.
    #[error(
        "more than {max} different component classes; a class that is made for each use should be \
         one class with props"
    )]
    OwnComponents {
        /// How many it may keep.
        max: usize,
    },
    /// A library that a component of the app's own cannot be imported from.
    #[error("{component} cannot import {library:?}: {problem}")]
    Library {
        /// The component.
        component: String,
        /// The library as the author wrote it.
        library: String,
        /// Why not, and what to do.
        problem: String,
    },
    /// An operator was given operands that Python would refuse too.
    #[error("unsupported operand types for {operator}: {left} and {right}")]
    OperandTypes {
        /// The operator as Python writes it.
        operator: &'static str,
        /// The type of the left operand.
        left: String,
        /// The type of the right operand.
        right: String,
    },
    /// An operator was given an operand that Python would refuse too.
    #[error("unsupported operand type for {operator}: {operand}")]
    OperandType {
        /// The operator or function as Python writes it.
        operator: &'static str,
        /// The type of the operand.
        operand: String,
    },
    /// The class has no such field.
    #[error("{class} has no field {name:?}; its fields are {}", fields.join(", "))]
    UnknownAttribute {
        /// The class.
        class: String,
        /// What was asked for.
        name: String,
        /// The fields that there are.
        fields: Vec<String>,
    },
    /// Values of the type have no attributes.
    #[error("{ty} has no attribute {name:?}")]
    NoAttributes {
        /// The type.
        ty: String,
        /// What was asked for.
        name: String,
    },
    /// Values of the type cannot be subscripted with that.
    #[error("{ty} cannot be indexed by {index}")]
    NotIndexable {
        /// The type.
        ty: String,
        /// The type of the index, or the index itself.
        index: String,
    },
    /// Values of the type cannot be looped over.
    #[error("{ty} cannot be looped over; foreach takes a list, a dict or a range")]
    NotIterable {
        /// The type.
        ty: String,
    },
    /// The method does not exist for the type.
    #[error("{ty} has no method {method}()")]
    NoMethod {
        /// The type of the receiver.
        ty: String,
        /// The method.
        method: &'static str,
    },
    /// The method takes another number of arguments.
    #[error("{method}() takes {least} to {most} arguments, {given} given")]
    ArgumentCount {
        /// The method.
        method: &'static str,
        /// The least number of arguments.
        least: usize,
        /// The greatest number of arguments.
        most: usize,
        /// How many there were.
        given: usize,
    },
    /// No component has the name.
    #[error("rx.{name} does not exist{}", component_hint(suggestion.as_deref()))]
    UnknownComponent {
        /// The name without `rx.`.
        name: String,
        /// The name that may have been meant.
        suggestion: Option<String>,
    },
    /// Reflex had the component once.
    #[error("rx.{name} does not exist: Reflex dropped it; {instead}")]
    FormerComponent {
        /// The name without `rx.`.
        name: String,
        /// What to write instead.
        instead: &'static str,
    },
    /// Reflex has the component, Ferroflex does not have it yet.
    #[error("rx.{name} is not in Ferroflex yet ({reason})")]
    MissingComponent {
        /// The name without `rx.`.
        name: String,
        /// What it waits for.
        reason: &'static str,
    },
    /// The name is that of a group of components.
    #[error(
        "rx.{name} is a group of components; use one of {}",
        members(name, list)
    )]
    NotCallable {
        /// The name without `rx.`.
        name: String,
        /// The components in it.
        list: Vec<&'static str>,
    },
    /// The component has no such event trigger.
    #[error("rx.{component} has no event trigger {trigger:?}{}", hint(suggestion.clone()))]
    UnknownTrigger {
        /// The component.
        component: &'static str,
        /// The trigger.
        trigger: String,
        /// The trigger that may have been meant.
        suggestion: Option<String>,
    },
    /// No icon has the name.
    #[error("no icon is called {name:?}{}", hint(suggestion.clone()))]
    UnknownIcon {
        /// The name.
        name: String,
        /// The name that may have been meant.
        suggestion: Option<String>,
    },
    /// A prop has a value that it cannot have.
    #[error("{prop} of rx.{component} {problem}")]
    Prop {
        /// The component.
        component: &'static str,
        /// The prop under its Python name.
        prop: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The element holds nothing, but children were given.
    #[error("rx.{component} takes no children")]
    NoChildren {
        /// The component.
        component: &'static str,
    },
    /// A component cannot stand in the document's head.
    #[error("rx.{component}: {problem}")]
    Head {
        /// The component.
        component: String,
        /// What is wrong.
        problem: String,
    },
    /// A route cannot be one.
    #[error("the route {route:?} is not valid: {problem}")]
    Route {
        /// The route as the author wrote it.
        route: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The same addresses belong to two routes.
    #[error("{second} leads to the same addresses as {first}")]
    SameRoute {
        /// The route that was declared first.
        first: String,
        /// The other.
        second: String,
    },
    /// A state class or a field is not in the name table.
    #[error("{state} has no field {field:?} that the browser knows")]
    UnknownField {
        /// The state class's full name.
        state: String,
        /// The field.
        field: String,
    },
    /// A handler is not in the name table.
    #[error("{handler} is not an event handler that the browser knows")]
    UnknownHandler {
        /// The handler's full name.
        handler: String,
    },
    /// A loop variable is used outside its loop.
    #[error("a variable of rx.foreach is used outside its loop")]
    UnboundLocal,
    /// An event's argument is used where there is none.
    #[error("argument {index} of an event is used, the event gives {given}")]
    UnboundEventArg {
        /// Which argument, from 0.
        index: usize,
        /// How many the trigger gives.
        given: usize,
    },
    /// The colour mode is used where it cannot be known.
    #[error(
        "the colour mode can be used neither in an event's arguments nor in what is looped over"
    )]
    UnboundColorMode,
    /// The value of an expression is asked for where only a browser knows it.
    #[error("{what} has no value on the server; compute it in the state (@rx.var) instead")]
    NotEvaluable {
        /// What the expression is made of.
        what: &'static str,
    },
    /// The value of an expression is too large to be computed on the server.
    #[error("an expression is too large to be computed: {what} may be at most {most}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// The icon data that the shell was built with cannot be read.
    #[error("the icon data cannot be read: {0}")]
    IconData(#[from] serde_json::Error),
    /// An error inside a component.
    #[error("in rx.{component}: {source}")]
    In {
        /// The component.
        component: &'static str,
        /// What is wrong in it.
        source: Box<PageError>,
    },
}

impl PageError {
    /// The same error, saying in which component it happened; the innermost one counts.
    pub(crate) fn within(self, component: &'static str) -> Self {
        match self {
            Self::In { .. }
            | Self::Prop { .. }
            | Self::NoChildren { .. }
            | Self::UnknownTrigger { .. } => self,
            other => Self::In {
                component,
                source: Box::new(other),
            },
        }
    }
}

fn component_hint(suggestion: Option<&str>) -> String {
    hint(suggestion.map(|name| format!("rx.{name}")))
}

fn hint(suggestion: Option<String>) -> String {
    suggestion
        .map(|name| format!("; did you mean {name}?"))
        .unwrap_or_default()
}

fn members(name: &str, list: &[&'static str]) -> String {
    let full: Vec<String> = list
        .iter()
        .map(|member| format!("rx.{name}.{member}"))
        .collect();
    full.join(", ")
}
