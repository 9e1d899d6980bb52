//! A write that arrives late: sent over a connection that was given up, after newer ones.
//!
//! A network that loses packets does this: what was sent last before a connection is given up is
//! sent again and again by the operating system, and may arrive when the next one works already.

use std::io::{Read, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use ferroflex_session::store::redis::RedisStore;
use ferroflex_session::store::{Claim, Saved, Store, StoreError, Write};

use crate::redis_server::RedisServer;
use crate::support::{change, frames, whole};

/// How much a connection that is let go needs to arrive, far more than on one machine.
const ARRIVAL: Duration = Duration::from_millis(500);

/// A way to the server on which what is sent can be held back.
struct Network {
    port: u16,
    ways: Arc<Mutex<Vec<Arc<Gate>>>>,
}

#[derive(Default)]
struct Gate {
    is_shut: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn set(&self, is_shut: bool) {
        *self.is_shut.lock().unwrap() = is_shut;
        self.opened.notify_all();
    }

    fn pass(&self) {
        let is_shut = self.is_shut.lock().unwrap();
        drop(self.opened.wait_while(is_shut, |is_shut| *is_shut).unwrap());
    }
}

impl Network {
    fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let ways: Arc<Mutex<Vec<Arc<Gate>>>> = Arc::default();
        let known = Arc::clone(&ways);
        thread::spawn(move || {
            for client in listener.incoming() {
                let gate = Arc::new(Gate::default());
                known.lock().unwrap().push(Arc::clone(&gate));
                let server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).unwrap();
                join(client.unwrap(), server, gate);
            }
        });
        Self { port, ways }
    }

    fn gates(&self) -> Vec<Arc<Gate>> {
        self.ways.lock().unwrap().clone()
    }
}

fn join(client: TcpStream, server: TcpStream, gate: Arc<Gate>) {
    let (back, forth) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    thread::spawn(move || carry(forth, server, &gate));
    thread::spawn(move || carry(back, client, &Gate::default()));
}

fn carry(mut from: TcpStream, mut to: TcpStream, gate: &Gate) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        gate.pass();
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Write).ok();
}

fn turn(head: &'static str, number: u64) -> Write {
    Write {
        head: Bytes::from(head),
        frames: frames([number]),
        ..change(1)
    }
}

#[tokio::test]
async fn a_write_that_was_overtaken_changes_nothing() {
    let server = RedisServer::start().await;
    let network = Network::to(server.port());
    let url = format!("redis://127.0.0.1:{}", network.port);
    let store = RedisStore::open(&url, "app").await.unwrap();
    store.save(vec![whole(1)]).await.unwrap();
    let given_up = network.gates();
    for gate in &given_up {
        gate.set(true);
    }
    let late = store.save(vec![turn("one", 1)]).await.unwrap_err();
    assert!(matches!(late, StoreError::Unreachable { .. }), "{late}");
    for write in [turn("one", 1), turn("two", 2)] {
        let saved = store.save(vec![write]).await.unwrap();
        assert_eq!(saved, [Saved::Stored { holder: None }]);
    }
    for gate in &given_up {
        gate.set(false);
    }
    tokio::time::sleep(ARRIVAL).await;
    assert_eq!(store.frames("t", 0).await.unwrap(), frames([1, 2]));
    let claim = store.claim("t", None).await.unwrap();
    assert!(matches!(claim, Claim::Given(record) if record.head == "two"));
}
