//! Every store by the same cases, and each by what can only happen to it. Redis is a real one,
//! started by the tests.

#![cfg(test)]

mod cases;
mod conformance;
mod delay;
mod expiry;
mod killed;
mod messages;
mod redis;
mod redis_server;
mod speed;
mod sqlite;
mod support;
