//! Every store by the same cases, and each by what can only happen to it. Redis is a real one,
//! started by the tests.

#[cfg(test)]
mod cases;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod delay;
#[cfg(test)]
mod expiry;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod redis;
#[cfg(test)]
mod redis_server;
#[cfg(test)]
mod speed;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod support;
