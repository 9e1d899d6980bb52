//! One socket's end of a session, in two halves that a socket's task uses at the same time.
//!
//! Not here: the socket (the server), and what a session does with what it is given (`session`).

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use tokio::time::timeout_at;

use crate::SessionError;
use crate::frame;
use crate::hub::Hub;
use crate::limits::{HELD_BACK_S_MAX, MALFORMED_IN_ROW_MAX};
use crate::mailbox::Letter;
use crate::message::{Event, Message};
use crate::script::Script;
use crate::session::{Offer, Session};

/// A connection to a session. The session is free for another one when both halves are dropped.
pub struct Connection<S: Script> {
    /// What the client sends goes in here.
    pub inbox: Inbox<S>,
    /// What the client is sent comes out here.
    pub outbox: Outbox<S>,
}

/// The half that takes a client's frames.
pub struct Inbox<S: Script> {
    link: Arc<Link<S>>,
    malformed_in_row: u32,
}

/// The half that gives the frames for the client. It keeps none: it reads the session's ring.
pub struct Outbox<S: Script> {
    link: Arc<Link<S>>,
    greeting: Option<Bytes>,
}

/// What the halves share; dropping it leaves the session.
struct Link<S: Script> {
    hub: Arc<Hub<S>>,
    session: Arc<Session<S>>,
    generation: u64,
    pong_due: AtomicBool,
    /// Whether the client was told that its store does not answer.
    told_waiting: AtomicBool,
}

impl<S: Script> Connection<S> {
    pub(crate) fn new(
        hub: Arc<Hub<S>>,
        session: Arc<Session<S>>,
        generation: u64,
        greeting: Option<Bytes>,
    ) -> Self {
        let pong_due = AtomicBool::new(false);
        let link = Arc::new(Link {
            hub,
            session,
            generation,
            pong_due,
            told_waiting: AtomicBool::new(false),
        });
        let inbox = Inbox {
            link: Arc::clone(&link),
            malformed_in_row: 0,
        };
        Self {
            inbox,
            outbox: Outbox { link, greeting },
        }
    }
}

impl<S: Script> Inbox<S> {
    /// Takes a frame that follows hello. What is wrong with it, the client is told in an error
    /// frame. Returns only when there is room for what it brought: until then the socket is not to
    /// be read, which is how a client that sends too fast is held back.
    ///
    /// # Errors
    /// When the connection is to be closed: the session is another's, the frame is too long, too
    /// many malformed ones came in a row, or there was no room for too long.
    pub async fn receive(&mut self, text: &str) -> Result<(), SessionError> {
        match Message::parse(text) {
            Ok(message) => {
                self.malformed_in_row = 0;
                self.take(message, text.len()).await
            }
            Err(error) => self.refuse(error),
        }
    }

    /// Tells the client of a frame that is not taken, one that was not even text included.
    ///
    /// # Errors
    /// As [`Inbox::receive`].
    pub fn refuse(&mut self, error: SessionError) -> Result<(), SessionError> {
        self.link.session.refuse(&error);
        if matches!(error, SessionError::MessageTooLarge { .. }) {
            return Err(error);
        }
        self.malformed_in_row += 1;
        if self.malformed_in_row >= MALFORMED_IN_ROW_MAX {
            return Err(SessionError::TooManyMalformed {
                count: self.malformed_in_row,
            });
        }
        Ok(())
    }

    async fn take(&mut self, message: Message, bytes: usize) -> Result<(), SessionError> {
        match message {
            Message::Event(event) => self.take_event(event, bytes).await,
            Message::Ack(sequence) => {
                self.link
                    .session
                    .acknowledge(self.link.generation, sequence);
                Ok(())
            }
            Message::Route(route) => {
                self.link.session.move_to(self.link.generation, route);
                self.link.session.drive();
                Ok(())
            }
            Message::Storage(storage) => {
                let session = &self.link.session;
                session.tell_storage(self.link.generation, storage)?;
                session.drive();
                Ok(())
            }
            Message::Ping => {
                self.link.pong_due.store(true, Ordering::Release);
                self.link.session.changed.notify_waiters();
                Ok(())
            }
        }
    }

    async fn take_event(&mut self, event: Event, bytes: usize) -> Result<(), SessionError> {
        let Link {
            session,
            generation,
            ..
        } = &*self.link;
        if let Some(sequence) = event.ack {
            session.acknowledge(*generation, sequence);
        }
        let refusal = session.script.check(event.handler, event.args.len()).err();
        let mut letter = Letter {
            event,
            refusal,
            bytes,
            superseded: false,
            opening: None,
        };
        loop {
            let mut room = pin!(session.room.notified());
            room.as_mut().enable();
            let until = match session.offer(*generation, letter)? {
                Offer::Taken => break,
                Offer::Full(back, until) => {
                    letter = *back;
                    until
                }
            };
            if timeout_at(until.into(), room).await.is_err() {
                let seconds = HELD_BACK_S_MAX;
                return Err(SessionError::TooManyEvents { seconds });
            }
        }
        session.drive();
        Ok(())
    }
}

impl<S: Script> Outbox<S> {
    /// Waits for the next frame.
    ///
    /// # Errors
    /// When the connection is to be closed: the session is another's, or the script does not give
    /// the state that the client needs.
    pub async fn next_frame(&mut self) -> Result<Bytes, SessionError> {
        let link = Arc::clone(&self.link);
        loop {
            let mut changed = pin!(link.session.changed.notified());
            changed.as_mut().enable();
            if let Some(frame) = self.ready_frame()? {
                return Ok(frame);
            }
            changed.await;
        }
    }

    /// The next frame if there is one already.
    ///
    /// # Errors
    /// As [`Outbox::next_frame`].
    pub fn ready_frame(&mut self) -> Result<Option<Bytes>, SessionError> {
        if let Some(greeting) = self.greeting.take() {
            return Ok(Some(greeting));
        }
        if self.link.pong_due.swap(false, Ordering::AcqRel) {
            return Ok(Some(frame::pong()));
        }
        if let Some(frame) = self.link.news_of_store() {
            return Ok(Some(frame));
        }
        self.link.session.next(self.link.generation)
    }
}

impl<S: Script> Link<S> {
    /// What the client is told when the store fails, and when it answers again.
    fn news_of_store(&self) -> Option<Bytes> {
        let keeper = self.session.keeper.as_ref()?;
        let waiting = keeper.is_waiting();
        let told = self.told_waiting.swap(waiting, Ordering::AcqRel);
        (waiting != told).then(|| frame::store(waiting))
    }
}

impl<S: Script> Drop for Link<S> {
    fn drop(&mut self) {
        if self.session.detach(self.generation) {
            self.hub.forget(&self.session.token);
        } else {
            self.session.save();
        }
    }
}
