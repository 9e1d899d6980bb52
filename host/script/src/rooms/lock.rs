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

/// Calls `granted` with all of `locks`, taken one after the other. Everybody has to name them in
/// the same order. Whether one of them was waited for is told, too.
pub(crate) fn acquire_all(
    locks: VecDeque<Arc<Lock>>,
    granted: impl FnOnce(Vec<Held>, bool) + Send + 'static,
) {
    let all = All {
        locks,
        held: Vec::new(),
        waited: false,
        granted: Box::new(granted),
    };
    all.next();
}

/// Locks on the way to be acquired.
struct All {
    locks: VecDeque<Arc<Lock>>,
    held: Vec<Held>,
    waited: bool,
    granted: Box<dyn FnOnce(Vec<Held>, bool) + Send>,
}

impl All {
    fn next(mut self) {
        let Some(lock) = self.locks.pop_front() else {
            return (self.granted)(self.held, self.waited);
        };
        lock.acquire(move |held, waited| {
            self.held.push(held);
            self.waited |= waited;
            self.next();
        });
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

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

    #[test]
    fn several_are_taken_in_turns_from_many_threads_without_a_deadlock() {
        const THREADS: usize = 8;
        const TURNS: usize = 500;
        let locks: Vec<_> = (0..4).map(|_| Arc::new(Lock::default())).collect();
        let total = Arc::new(Mutex::new(0_usize));
        let take = |number: usize| {
            let (locks, total) = (locks.clone(), Arc::clone(&total));
            thread::spawn(move || {
                for turn in 0..TURNS {
                    // Always the first, so that the counter is guarded, and some of the others.
                    let chosen = locks.iter().enumerate();
                    let chosen = chosen
                        .filter(|(at, _)| *at == 0 || !(number + turn).is_multiple_of(at + 1));
                    let chosen = chosen.map(|(_, lock)| Arc::clone(lock)).collect();
                    let (sender, granted) = mpsc::channel();
                    acquire_all(chosen, move |held, _| sender.send(held).unwrap());
                    let held = granted.recv().unwrap();
                    let before = *total.lock();
                    thread::yield_now();
                    *total.lock() = before + 1;
                    drop(held);
                }
            })
        };
        let threads: Vec<_> = (0..THREADS).map(take).collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(*total.lock(), THREADS * TURNS);
    }
}
