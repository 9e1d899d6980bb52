//! Whole apps, driven through sessions as a page drives them, without sockets.

#![cfg(test)]

mod arguments;
mod asynchronous;
mod background;
mod client_states;
mod component_state;
mod computed;
mod document;
mod ending;
mod endpoints;
mod files;
mod handlers;
mod hybrid;
mod inherited;
mod kept;
mod loading;
mod mend;
mod models;
mod mutations;
mod packages;
mod reaching;
mod recording;
mod recovering;
mod returned;
mod routes;
mod serializers;
mod sessions;
mod shared_state;
mod storage;
mod stored_rooms;
mod stuck;
mod support;
mod surface;
mod tailwind;
mod threads;
mod values;
mod visits;
