//! The connection on which this instance hears of others.
//!
//! As long as it lives, others find this instance alive. What is told while it is lost is lost:
//! whoever waits for an answer asks again.

use std::time::Duration;

use futures_util::StreamExt as _;
use redis::aio::{PubSub, PubSubSink, PubSubStream};
use redis::{Client, Msg};
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval_at, sleep, timeout};

use super::failure::Failures;
use crate::limits::{
    MESSAGES_QUEUED_MAX, STORE_ANSWER_MS_MAX, STORE_CONNECT_MS_MAX, STORE_LISTENING_TRIED_S,
    STORE_LISTENING_WAIT_MS_MAX, STORE_LISTENING_WAIT_MS_MIN,
};
use crate::store::{Message, StoreError};

/// Listens until it is dropped.
pub(super) struct Listener(JoinHandle<()>);

/// What is listened to, and for whom.
struct Ear {
    client: Client,
    channel: String,
    failures: Failures,
    heard: mpsc::Sender<Message>,
    dropped: u64,
}

impl Listener {
    /// Listens on a channel, from now on.
    ///
    /// # Errors
    /// When the server cannot be reached, or does not let us.
    pub(super) async fn start(
        client: Client,
        channel: String,
        failures: Failures,
    ) -> Result<(Self, mpsc::Receiver<Message>), StoreError> {
        let (heard, messages) = mpsc::channel(MESSAGES_QUEUED_MAX);
        let ear = Ear {
            client,
            channel,
            failures,
            heard,
            dropped: 0,
        };
        let first = ear.subscribe().await?;
        Ok((Self(tokio::spawn(ear.listen(first))), messages))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Ear {
    async fn listen(mut self, first: PubSub) {
        let mut connection = first;
        loop {
            let (sink, messages) = connection.split();
            self.hear(sink, messages).await;
            let server = self.failures.server();
            tracing::warn!("{server} is not heard of any more, connecting again");
            connection = self.subscribe_again().await;
        }
    }

    /// Takes messages until the connection is lost.
    async fn hear(&mut self, mut sink: PubSubSink, mut messages: PubSubStream) {
        let pause = Duration::from_secs(STORE_LISTENING_TRIED_S);
        let mut tried = interval_at(Instant::now() + pause, pause);
        let answer = Duration::from_millis(STORE_ANSWER_MS_MAX);
        loop {
            tokio::select! {
                message = messages.next() => match message {
                    Some(message) => self.take(&message),
                    None => return,
                },
                _ = tried.tick() => {
                    let alive = timeout(answer, sink.ping::<redis::Value>()).await;
                    if !matches!(alive, Ok(Ok(_))) {
                        return;
                    }
                }
            }
        }
    }

    fn take(&mut self, message: &Msg) {
        let Ok(message) = serde_json::from_slice(message.get_payload_bytes()) else {
            // Of another version, or of somebody else.
            tracing::debug!("a message that cannot be read is passed over");
            return;
        };
        if let Err(TrySendError::Full(_)) = self.heard.try_send(message) {
            self.dropped += 1;
            // Seldom enough not to add to what is too much already.
            if self.dropped.is_power_of_two() {
                let dropped = self.dropped;
                tracing::warn!(dropped, "messages of other instances come too fast");
            }
        }
    }

    async fn subscribe_again(&self) -> PubSub {
        let mut wait = STORE_LISTENING_WAIT_MS_MIN;
        loop {
            match self.subscribe().await {
                Ok(connection) => {
                    tracing::info!("{} is heard of again", self.failures.server());
                    return connection;
                }
                Err(error) => tracing::debug!("{error}"),
            }
            sleep(Duration::from_millis(wait)).await;
            wait = (wait * 2).min(STORE_LISTENING_WAIT_MS_MAX);
        }
    }

    async fn subscribe(&self) -> Result<PubSub, StoreError> {
        let subscribed = async {
            let mut connection = self.client.get_async_pubsub().await?;
            connection.subscribe(&self.channel).await?;
            Ok(connection)
        };
        match timeout(Duration::from_millis(STORE_CONNECT_MS_MAX), subscribed).await {
            Ok(subscribed) => subscribed.map_err(|error| self.failures.tell(&error)),
            Err(_) => Err(self.failures.late()),
        }
    }
}
