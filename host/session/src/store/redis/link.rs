//! The connection to the server, made again whenever it is lost.
//!
//! All that is asked at the same time shares it; answers come in the order of the questions. Not
//! here: messages of other instances, which need a connection of their own (`listener`).

use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Pipeline, RedisError, Value};
use tokio::sync::Mutex;

use super::failure::Failures;
use crate::limits::{STORE_ANSWER_MS_MAX, STORE_ATTEMPTS_MAX, STORE_CONNECT_MS_MAX};
use crate::store::StoreError;

/// What a server says that has not loaded a script, or has forgotten it.
const NO_SCRIPT: &str = "NOSCRIPT";

/// Asks the server, over one connection.
pub(super) struct Link {
    client: Client,
    failures: Failures,
    /// What a server has to know before it is asked anything.
    scripts: Pipeline,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    connection: Option<Numbered>,
    connected: u64,
    failed: Option<(Instant, StoreError)>,
}

/// A connection, and how many there have been with it.
type Numbered = (u64, MultiplexedConnection);

/// What became of one attempt.
enum Attempt {
    Answered(Vec<Value>),
    /// Over a new connection it may succeed.
    Lost(StoreError),
    Failed(StoreError),
}

impl Attempt {
    /// A server that refuses one command is not asked better over another connection.
    fn is_end_of_connection(&self) -> bool {
        match self {
            Self::Answered(_) => false,
            Self::Lost(_) => true,
            Self::Failed(error) => matches!(error, StoreError::Unreachable { .. }),
        }
    }
}

impl Link {
    pub(super) fn new(client: Client, failures: Failures, scripts: Pipeline) -> Self {
        let state = Mutex::default();
        Self {
            client,
            failures,
            scripts,
            state,
        }
    }

    /// Sends commands together and gives their answers. Commands may be sent twice when the
    /// connection breaks: all of ours may be repeated.
    ///
    /// # Errors
    /// When the server cannot be reached, or answers a command with an error.
    pub(super) async fn run(&self, commands: &Pipeline) -> Result<Vec<Value>, StoreError> {
        let mut attempts = 1;
        loop {
            match self.attempt(commands).await? {
                Attempt::Answered(answers) => return Ok(answers),
                Attempt::Lost(_) if attempts < STORE_ATTEMPTS_MAX => attempts += 1,
                Attempt::Lost(error) | Attempt::Failed(error) => return Err(error),
            }
        }
    }

    async fn attempt(&self, commands: &Pipeline) -> Result<Attempt, StoreError> {
        let (number, mut connection) = self.connection().await?;
        let answers = connection.send_packed_commands(commands, 0, commands.len());
        let attempt = match answers.await {
            Ok(answers) => self.answered(answers),
            Err(error) if error.is_connection_dropped() => Attempt::Lost(self.tell(&error)),
            Err(error) if error.code() == Some(NO_SCRIPT) => Attempt::Lost(self.tell(&error)),
            Err(error) => Attempt::Failed(self.tell(&error)),
        };
        if attempt.is_end_of_connection() {
            self.discard(number).await;
        }
        Ok(attempt)
    }

    /// A server that has forgotten the scripts is told them with the next connection.
    fn answered(&self, answers: Vec<Value>) -> Attempt {
        let error = answers.iter().find_map(|answer| match answer {
            Value::ServerError(error) => Some(error),
            _ => None,
        });
        let Some(error) = error else {
            return Attempt::Answered(answers);
        };
        let told = self.failures.tell_answer(error);
        if error.code() == NO_SCRIPT {
            Attempt::Lost(told)
        } else {
            Attempt::Failed(told)
        }
    }

    /// The connection. Those who wait while one is made in vain share the failure, or each would
    /// wait for all before it.
    async fn connection(&self) -> Result<Numbered, StoreError> {
        let asked = Instant::now();
        let mut state = self.state.lock().await;
        if let Some(connection) = &state.connection {
            return Ok(connection.clone());
        }
        if let Some((at, error)) = &state.failed
            && *at >= asked
        {
            return Err(error.clone());
        }
        match self.connect().await {
            Ok(connection) => {
                state.connected += 1;
                let numbered = (state.connected, connection);
                state.connection = Some(numbered.clone());
                Ok(numbered)
            }
            Err(error) => {
                state.failed = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, StoreError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(Duration::from_millis(STORE_CONNECT_MS_MAX)))
            .set_response_timeout(Some(Duration::from_millis(STORE_ANSWER_MS_MAX)));
        let connected = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        let mut connection = connected.await.map_err(|error| self.tell(&error))?;
        let scripts = &self.scripts;
        let loaded = connection.send_packed_commands(scripts, 0, scripts.len());
        match self.answered(loaded.await.map_err(|error| self.tell(&error))?) {
            Attempt::Answered(_) => Ok(connection),
            Attempt::Lost(error) | Attempt::Failed(error) => Err(error),
        }
    }

    fn tell(&self, error: &RedisError) -> StoreError {
        if error.is_timeout() {
            return self.failures.late();
        }
        self.failures.tell(error)
    }

    /// Gives a connection up, unless there is a newer one already.
    async fn discard(&self, number: u64) {
        let mut state = self.state.lock().await;
        state.connection.take_if(|(known, _)| *known == number);
    }
}
