//! Whole apps, driven through sessions as a page drives them, without sockets.

#[cfg(test)]
mod arguments;
#[cfg(test)]
mod asynchronous;
#[cfg(test)]
mod background;
#[cfg(test)]
mod client_states;
#[cfg(test)]
mod component_state;
#[cfg(test)]
mod computed;
#[cfg(test)]
mod document;
#[cfg(test)]
mod ending;
#[cfg(test)]
mod endpoints;
#[cfg(test)]
mod files;
#[cfg(test)]
mod handlers;
#[cfg(test)]
mod hybrid;
#[cfg(test)]
mod inherited;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod loading;
#[cfg(test)]
mod mend;
#[cfg(test)]
mod models;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod reaching;
#[cfg(test)]
mod recording;
#[cfg(test)]
mod recovering;
#[cfg(test)]
mod returned;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod serializers;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod shared_state;
#[cfg(test)]
mod storage;
#[cfg(test)]
mod stored_rooms;
#[cfg(test)]
mod stuck;
#[cfg(test)]
mod support;
#[cfg(test)]
mod surface;
#[cfg(test)]
mod tailwind;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod values;
#[cfg(test)]
mod visits;
