//! A store that measures another one: how long each operation takes, and what fails.
//!
//! Not here: the names of the metrics (`metric`).

use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use metrics::{counter, histogram};
use tokio::sync::mpsc;

use super::{Claim, Frame, Message, Saved, Secret, Store, StoreError, Write};
use crate::metric::{STORE_FAILURES, STORE_SECONDS};

/// The store inside, measured.
pub struct Measured(Arc<dyn Store>);

impl Measured {
    /// Measures a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }

    fn measured<'a, T: 'a>(
        &'a self,
        operation: &'static str,
        work: BoxFuture<'a, Result<T, StoreError>>,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        let store = self.0.kind();
        async move {
            let began = Instant::now();
            let done = work.await;
            let took = began.elapsed();
            histogram!(STORE_SECONDS, "store" => store, "operation" => operation).record(took);
            if let Err(error) = &done {
                counter!(STORE_FAILURES, "store" => store, "operation" => operation).increment(1);
                tracing::debug!(store, operation, %error, "a store's operation failed");
            }
            done
        }
        .boxed()
    }
}

impl Store for Measured {
    fn kind(&self) -> &'static str {
        self.0.kind()
    }

    fn is_lasting(&self) -> bool {
        self.0.is_lasting()
    }

    fn is_shared(&self) -> bool {
        self.0.is_shared()
    }

    fn instance(&self) -> &str {
        self.0.instance()
    }

    fn claim<'a>(
        &'a self,
        token: &'a str,
        from: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Claim, StoreError>> {
        self.measured("claim", self.0.claim(token, from))
    }

    fn save(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<Vec<Saved>, StoreError>> {
        self.measured("save", self.0.save(writes))
    }

    fn frames<'a>(
        &'a self,
        token: &'a str,
        after: u64,
    ) -> BoxFuture<'a, Result<Vec<Frame>, StoreError>> {
        self.measured("frames", self.0.frames(token, after))
    }

    fn remove(&self, tokens: Vec<Arc<str>>) -> BoxFuture<'_, Result<(), StoreError>> {
        self.measured("remove", self.0.remove(tokens))
    }

    fn expire(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.measured("expire", self.0.expire())
    }

    fn secret(&self, candidate: Secret) -> BoxFuture<'_, Result<Secret, StoreError>> {
        self.measured("secret", self.0.secret(candidate))
    }

    fn check(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.measured("check", self.0.check())
    }

    fn tell<'a>(
        &'a self,
        instance: &'a str,
        message: Message,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.measured("tell", self.0.tell(instance, message))
    }

    fn messages(&self) -> Option<mpsc::Receiver<Message>> {
        self.0.messages()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Shared;

    #[tokio::test]
    async fn what_goes_through_is_what_the_store_inside_does() {
        let shared = Arc::new(Shared::default());
        let one = Measured::new(Arc::new(shared.instance()));
        let other = shared.instance();
        assert_eq!(
            (one.kind(), one.is_lasting(), one.is_shared()),
            ("memory", true, true)
        );
        let write = Write {
            token: "t".into(),
            generation: 1,
            is_whole: true,
            head: "head".into(),
            ..Write::default()
        };
        let saved = one.save(vec![write]).await.unwrap();
        assert_eq!(saved, [Saved::Stored { holder: None }]);
        let by = one.instance().to_owned();
        assert_eq!(other.claim("t", None).await.unwrap(), Claim::Held { by });
        assert_eq!(other.frames("t", 0).await.unwrap(), []);
        let secret = one.secret([1; 32]).await.unwrap();
        assert_eq!(other.secret([2; 32]).await.unwrap(), secret);
        one.remove(vec!["t".into()]).await.unwrap();
        assert_eq!(one.claim("t", None).await.unwrap(), Claim::Unknown);
        assert!(one.check().await.is_ok() && one.expire().await.is_ok());
        let mut messages = one.messages().unwrap();
        let message = Message {
            from: other.instance().to_owned(),
            token: "t".into(),
            what: crate::store::What::Frames,
        };
        let reached = other.tell(one.instance(), message.clone()).await;
        assert!(reached.unwrap());
        assert_eq!(messages.recv().await.as_ref(), Some(&message));
        assert!(!one.tell("nobody", message).await.unwrap());
    }
}
