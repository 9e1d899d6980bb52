//! What the host knows of a state class: its number, its fields, where inherited ones stand.
//!
//! Made once per class by `define`, which the Python side calls when a class body is complete.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use ferroflex_state::FieldId;
use rustpython_vm::PyObjectRef;

use super::{kept::Record, stored::Stored};

/// Where an attribute name leads to from an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// How many parents up: 0 for a field of the class itself.
    pub(crate) levels: u32,
    /// The field's number there.
    pub(crate) field: u32,
}

/// One field.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: Arc<str>,
    /// Whether it stays on the server.
    pub(crate) backend: bool,
    /// Where its value comes from.
    pub(crate) source: Source,
    /// Where the browser keeps it, if it does.
    pub(crate) stored: Option<Stored>,
    /// How a store knows it.
    pub(crate) record: Record,
}

/// Where a field's value comes from.
#[derive(Debug)]
pub(crate) enum Source {
    /// It is assigned; a new session starts with a copy of this value.
    Default(PyObjectRef),
    /// It is assigned; a new session starts with what this function gives.
    Factory(PyObjectRef),
    /// It is computed from others.
    Computed(Computed),
    /// It is `router`, made from who is at the other end.
    Router,
    /// It is an argument of routes, which the address has that is shown, or has not.
    RouteArgument {
        /// Whether it is a list: the rest of a path.
        is_list: bool,
    },
}

impl Source {
    /// Whether it is made from who is at the other end and what is shown there.
    pub(crate) fn is_of_visit(&self) -> bool {
        matches!(self, Self::Router | Self::RouteArgument { .. })
    }

    /// Whether it is assigned, and is neither computed nor made.
    pub(crate) fn is_assigned(&self) -> bool {
        matches!(self, Self::Default(_) | Self::Factory(_))
    }
}

/// A computed var.
#[derive(Debug)]
pub(crate) struct Computed {
    /// What gives the value: the method, or what runs it to its end if it is async.
    pub(crate) function: PyObjectRef,
    /// The method if it is async: whoever reads the var in Python gets its coroutine.
    pub(crate) awaited: Option<PyObjectRef>,
    /// Whether it is kept until something that it read changes.
    pub(crate) cached: bool,
    /// After how many seconds it is computed anew anyway.
    pub(crate) interval_s: Option<f64>,
}

/// A state class. Public fields come first, so that a public field's number is its wire number.
#[derive(Debug)]
pub(crate) struct StateClass {
    /// Its number in the app.
    pub(crate) number: u32,
    /// `module.Qualified.Name`.
    pub(crate) full_name: Arc<str>,
    /// The number of the class that it is a substate of.
    pub(crate) parent: Option<u32>,
    /// The fields by number.
    pub(crate) fields: Vec<Field>,
    /// How many of the fields are public.
    pub(crate) public_count: usize,
    /// Where each name leads to, inherited ones included.
    pub(crate) places: HashMap<Box<str>, Place>,
    /// The Python class.
    pub(crate) class: PyObjectRef,
    /// Stands for the app's code, which decides what its computed vars give.
    pub(crate) code: OnceLock<u64>,
    /// How a store knows the attributes of an instance that are no fields.
    pub(crate) attributes: Record,
}

impl StateClass {
    /// Brings fields into the order of their numbers and adds those of the parent to the names.
    pub(crate) fn new(
        number: u32,
        full_name: &str,
        parent: Option<&Self>,
        mut fields: Vec<Field>,
        class: PyObjectRef,
    ) -> Self {
        fields.sort_by_key(|field| field.backend);
        let public_count = fields.iter().filter(|field| !field.backend).count();
        let mut places: HashMap<Box<str>, Place> = parent.map_or_else(HashMap::new, |parent| {
            let up = |place: &Place| Place {
                levels: place.levels + 1,
                field: place.field,
            };
            parent
                .places
                .iter()
                .map(|(name, place)| (name.clone(), up(place)))
                .collect()
        });
        for (index, field) in fields.iter().enumerate() {
            let place = Place {
                levels: 0,
                field: u32::try_from(index).unwrap_or(u32::MAX),
            };
            places.insert(Box::from(&*field.name), place);
        }
        let parent = parent.map(|parent| parent.number);
        Self {
            number,
            full_name: full_name.into(),
            parent,
            fields,
            public_count,
            places,
            class,
            code: OnceLock::new(),
            attributes: Record::new(full_name, "__dict__", None),
        }
    }

    /// Takes in that the root state, `levels` above, has a further public field, the last of them.
    /// A field of the class's own that is called so hides it.
    pub(super) fn inherit(&mut self, name: &str, levels: u32, field: u32) {
        let backend = |place: &&mut Place| place.levels == levels && place.field >= field;
        for place in self.places.values_mut().filter(backend) {
            place.field += 1;
        }
        let place = Place { levels, field };
        self.places.entry(name.into()).or_insert(place);
    }

    /// The identity of the field with the number `field`.
    pub(crate) fn id(&self, field: u32) -> FieldId {
        FieldId {
            substate: self.number,
            field,
        }
    }

    /// The fields that are made from who is at the other end, with their names.
    pub(crate) fn of_visit(&self) -> impl Iterator<Item = (FieldId, &str)> {
        let numbered = (0..).zip(&self.fields);
        let made = numbered.filter(|(_, field)| field.source.is_of_visit());
        made.map(|(number, field)| (self.id(number), &*field.name))
    }

    /// The computed vars with their numbers.
    pub(crate) fn computed(&self) -> impl Iterator<Item = (u32, &Computed)> {
        self.fields
            .iter()
            .enumerate()
            .filter_map(|(index, field)| match &field.source {
                Source::Computed(computed) => Some((u32::try_from(index).ok()?, computed)),
                _ => None,
            })
    }
}
