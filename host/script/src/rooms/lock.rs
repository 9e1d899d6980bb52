//! A fair lock that is waited for without a thread: whoever gets it is called back.
//!
//! Not here: what is locked (`room`), and who waits (`door`, `change`).

use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;

/// A lock. Those who wait get it in the order in which they asked. How many wait is bounded by
/// their number: a session waits for a lock at most once.
#[derive(Default)]
pub(crate) struct Lock {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    is_held: bool,
    waiting: VecDeque<Grant>,
}

type Grant = Box<dyn FnOnce(Held) + Send>;

/// A lock that is held until this is dropped. Then the next one is called, from inside the drop.
pub(crate) struct Held(Arc<Lock>);

impl Lock {
    /// Calls `granted` with the lock: at once when it is free, else from the thread that lets it
    /// go; whether it was waited for is told, too. One that was waited for must not be let go from
    /// inside `granted`: with many who wait the stack would grow.
    pub(crate) fn acquire(self: &Arc<Self>, granted: impl FnOnce(Held, bool) + Send + 'static) {
        let mut queue = self.queue.lock();
        if queue.is_held {
            let waiting = |held| granted(held, true);
            queue.waiting.push_back(Box::new(waiting));
            return;
        }
        queue.is_held = true;
        drop(queue);
        granted(Held(Arc::clone(self)), false);
    }
}

impl Held {
    /// Whether it is this lock that is held.
    pub(super) fn is_of(&self, lock: &Arc<Lock>) -> bool {
        Arc::ptr_eq(&self.0, lock)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut queue = self.0.queue.lock();
        let next = queue.waiting.pop_front();
        queue.is_held = next.is_some();
        drop(queue);
        if let Some(granted) = next {
            granted(Self(Arc::clone(&self.0)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn it_is_given_out_in_the_order_of_asking() {
        let lock = Arc::new(Lock::default());
        let (sender, granted) = mpsc::channel();
        for number in 0..3 {
            let sender = sender.clone();
            lock.acquire(move |held, waited| sender.send((number, held, waited)).unwrap());
        }
        for number in 0..3 {
            let (who, held, waited) = granted.try_recv().unwrap();
            assert_eq!((who, waited), (number, number > 0));
            assert!(granted.try_recv().is_err(), "only one at a time");
            drop(held);
        }
        lock.acquire(move |held, waited| sender.send((3, held, waited)).unwrap());
        assert!(!granted.try_recv().unwrap().2, "it is free again");
    }
}
