//! The store for several instances: Redis 7, or Valkey.
//!
//! A session is a hash and a stream of frames. Both keys carry the same hash tag, so that they are
//! on one node wherever keys are spread; claiming and saving is one script each, which makes them
//! atomic and one round trip. Instances tell each other things by publishing, each on a channel of
//! its own, and a channel that nobody listens to is an instance that is dead: the operating system
//! closes a killed process's connection. Not here: which writes go together (the session's
//! `keeper`).

mod failure;
mod link;
mod listener;
mod parse;
mod scripts;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use parking_lot::Mutex;
use redis::{Client, ConnectionAddr, Pipeline, Value};
use tokio::sync::mpsc;

use self::failure::Failures;
use self::link::Link;
use self::listener::Listener;
use self::scripts::Scripts;
use super::{Claim, Frame, Message, Saved, Secret, Store, StoreError, Write};

/// How long what a check has written is kept, in seconds.
const CHECK_KEPT_S: u64 = 60;

/// An instance's access to the sessions of one app on a server.
pub struct RedisStore {
    link: Link,
    scripts: Scripts,
    app: String,
    instance: String,
    /// How many writes there have been.
    writes: AtomicU64,
    messages: Mutex<Option<mpsc::Receiver<Message>>>,
    /// Ends with the store: others find this instance dead then.
    _listener: Listener,
}

impl RedisStore {
    /// Connects to the server at `redis://`, `rediss://` or `redis+unix://`, for the app of that
    /// name. Messages are listened to when this returns.
    ///
    /// # Errors
    /// When the address is none, the server cannot be reached, or does not let us in.
    pub async fn open(url: &str, app: &str) -> Result<Self, StoreError> {
        let failures = Failures::new(url);
        let client = Client::open(url).map_err(|error| failures.address(&error))?;
        install_cryptography(&client);
        let scripts = Scripts::new();
        let instance = super::new_instance("redis")?;
        let link = Link::new(client.clone(), failures.clone(), scripts.load());
        link.run(redis::pipe().cmd("PING")).await?;
        let channel = channel(app, &instance);
        let (listener, messages) = Listener::start(client, channel, failures).await?;
        Ok(Self {
            link,
            scripts,
            app: app.to_owned(),
            instance,
            writes: AtomicU64::new(0),
            messages: Mutex::new(Some(messages)),
            _listener: listener,
        })
    }

    /// The two keys of a session. What is between the braces decides on which node they are.
    fn keys(&self, token: &str) -> [String; 2] {
        let app = &self.app;
        [
            format!("ferroflex:{{{app}/{token}}}:s"),
            format!("ferroflex:{{{app}/{token}}}:f"),
        ]
    }

    /// The answer to a single command.
    async fn ask(&self, command: redis::Cmd) -> Result<Value, StoreError> {
        let mut pipeline = Pipeline::with_capacity(1);
        pipeline.add_command(command);
        let answers = self.link.run(&pipeline).await?;
        answers.into_iter().next().ok_or_else(parse::unexpected)
    }

    async fn claimed(&self, token: &str, from: Option<&str>) -> Result<Claim, StoreError> {
        let command = self.scripts.claim(&self.keys(token), &self.instance, from);
        parse::claim(self.ask(command).await?)
    }

    async fn saved(&self, writes: Vec<Write>) -> Result<Vec<Saved>, StoreError> {
        if writes.is_empty() {
            return Ok(Vec::new());
        }
        let mut pipeline = Pipeline::with_capacity(writes.len());
        let together = bundles(&writes);
        for places in &together {
            let writes: Vec<&Write> = places.iter().map(|place| &writes[*place]).collect();
            let keys: Vec<_> = writes.iter().map(|write| self.keys(&write.token)).collect();
            let order = self.writes.fetch_add(1, Ordering::Relaxed);
            pipeline.add_command(self.scripts.save(&keys, &writes, &self.instance, order));
        }
        let answers = self.link.run(&pipeline).await?;
        let mut saved = vec![Saved::Gone; writes.len()];
        for (places, answer) in together.iter().zip(answers) {
            let answers = parse::all_saved(answer, &self.instance)?;
            if answers.len() != places.len() {
                return Err(parse::unexpected());
            }
            for (place, answer) in places.iter().zip(answers) {
                saved[*place] = answer;
            }
        }
        Ok(saved)
    }

    async fn frames_after(&self, token: &str, after: u64) -> Result<Vec<Frame>, StoreError> {
        let Some(first) = after.checked_add(1) else {
            return Ok(Vec::new());
        };
        let [_, stream] = self.keys(token);
        let mut command = redis::cmd("XRANGE");
        command.arg(stream).arg(scripts::frame_id(first)).arg("+");
        parse::frames(self.ask(command).await?)
    }

    async fn removed(&self, tokens: Vec<Arc<str>>) -> Result<(), StoreError> {
        if tokens.is_empty() {
            return Ok(());
        }
        let mut pipeline = Pipeline::with_capacity(tokens.len());
        for token in &tokens {
            pipeline.cmd("UNLINK").arg(&self.keys(token));
        }
        self.link.run(&pipeline).await.map(drop)
    }

    async fn kept_secret(&self, candidate: Secret) -> Result<Secret, StoreError> {
        let key = format!("ferroflex:{{{}}}:secret", self.app);
        let mut pipeline = Pipeline::with_capacity(2);
        pipeline.cmd("SET").arg(&key).arg(&candidate[..]).arg("NX");
        pipeline.cmd("GET").arg(&key);
        let kept = self.link.run(&pipeline).await?.pop();
        parse::secret(kept.unwrap_or_default())
    }

    /// Writes something: a server may answer, and take nothing any more.
    async fn checked(&self) -> Result<(), StoreError> {
        let mut command = redis::cmd("SET");
        command.arg(format!("ferroflex:{{{}}}:checked", self.app));
        command.arg(&self.instance).arg("EX").arg(CHECK_KEPT_S);
        self.ask(command).await.map(drop)
    }

    async fn told(&self, instance: &str, message: Message) -> Result<bool, StoreError> {
        let message = serde_json::to_vec(&message).map_err(|error| StoreError::Damaged {
            reason: format!("a message cannot be written: {error}"),
        })?;
        let mut command = redis::cmd("PUBLISH");
        command.arg(channel(&self.app, instance)).arg(message);
        let listening = self.ask(command).await?;
        Ok(parse::number(&listening)? > 0)
    }
}

impl std::fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisStore")
            .field("app", &self.app)
            .field("instance", &self.instance)
            .finish_non_exhaustive()
    }
}

impl Store for RedisStore {
    fn kind(&self) -> &'static str {
        failure::KIND
    }

    fn is_lasting(&self) -> bool {
        true
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn instance(&self) -> &str {
        &self.instance
    }

    fn claim<'a>(
        &'a self,
        token: &'a str,
        from: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Claim, StoreError>> {
        self.claimed(token, from).boxed()
    }

    fn save(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<Saved>, StoreError>> {
        self.saved(writes).boxed()
    }

    fn frames<'a>(
        &'a self,
        token: &'a str,
        after: u64,
    ) -> BoxFuture<'a, Result<Vec<Frame>, StoreError>> {
        self.frames_after(token, after).boxed()
    }

    fn remove(&self, tokens: Vec<Arc<str>>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.removed(tokens).boxed()
    }

    /// The server does that by itself.
    fn expire(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        ready(Ok(())).boxed()
    }

    fn secret(&self, candidate: Secret) -> BoxFuture<'_, Result<Secret, StoreError>> {
        self.kept_secret(candidate).boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.checked().boxed()
    }

    fn tell<'a>(
        &'a self,
        instance: &'a str,
        message: Message,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.told(instance, message).boxed()
    }

    fn messages(&self) -> Option<mpsc::Receiver<Message>> {
        self.messages.lock().take()
    }
}

/// The places of the writes that stand together; most stand alone.
fn bundles(writes: &[Write]) -> Vec<Vec<usize>> {
    let mut together: Vec<Vec<usize>> = Vec::with_capacity(writes.len());
    let mut known = HashMap::new();
    for (place, write) in writes.iter().enumerate() {
        let own = together.len();
        let at = if write.is_bundled() {
            *known.entry(write.bundle).or_insert(own)
        } else {
            own
        };
        match together.get_mut(at) {
            Some(places) => places.push(place),
            None => together.push(vec![place]),
        }
    }
    together
}

fn channel(app: &str, instance: &str) -> String {
    format!("ferroflex:{app}:to:{instance}")
}

/// TLS panics where the process has no cryptography. An error says that it has some already.
fn install_cryptography(client: &Client) {
    if let ConnectionAddr::TcpTls { .. } = client.get_connection_info().addr() {
        let ring = rustls::crypto::ring::default_provider();
        ring.install_default().ok();
    }
}
