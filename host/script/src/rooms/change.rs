//! Linking a session to a room, and unlinking it, in the midst of one of its turns.
//!
//! The session lets its rooms go before it takes the locks of those that it will have, so that the
//! order in which locks are taken is always the same. What its turn has changed it keeps, where that
//! does not break the order. Where it does, others of this process get it, and are stored with the
//! turn; other processes could not be, so that it is kept then, and not for long (`patience`). Not
//! here: turns of linked sessions (`door`).

use std::sync::Arc;

use ferroflex_session::{Author, Task, Turn};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef};

use super::{
    door::refresh,
    link::{Link, copied},
    lock::Held,
    own,
    patience::Patience,
    room::Room,
    stored::enter_all,
};
use crate::{
    App,
    limits::ROOM_WAIT_MS_MAX,
    live::session::Live,
    run::{self, Lent, new_future, resolve},
    threads::Job,
};

/// What is to become of a state class's link.
pub(super) enum To {
    /// A room with this name.
    Room(Arc<str>),
    /// No room.
    Nothing,
}

/// Changes the link of the state class with the number `class`. Gives a future of the loop that
/// runs on this thread, which has to be waited for to its end, and whom to tell of the time meanwhile.
pub(super) fn change(
    app: &Arc<App>,
    lent: Lent,
    live: Arc<Live>,
    class: u32,
    to: To,
    vm: &VirtualMachine,
) -> PyResult<(PyObjectRef, Arc<Patience>)> {
    let Some(token) = lent.handle().map(|handle| Arc::clone(handle.token())) else {
        return Err(over(vm));
    };
    let future = new_future(vm)?;
    let (app, asked) = (Arc::clone(app), future.clone());
    let patience = Arc::new(Patience::default());
    let of_change = Arc::clone(&patience);
    let changing = Arc::clone(&live.links().changing);
    changing.acquire(move |turnstile, _| {
        let change = Change {
            app,
            lent,
            live,
            token,
            class,
            future,
            turnstile,
            patience: of_change,
        };
        change.work(move |change, vm| change.start(to, vm));
    });
    Ok((asked, patience))
}

/// A change under way.
pub(super) struct Change {
    app: Arc<App>,
    lent: Lent,
    live: Arc<Live>,
    token: Arc<str>,
    class: u32,
    future: PyObjectRef,
    /// Keeps other changes of the session waiting.
    turnstile: Held,
    /// Where it stands while it must not wait for ever.
    patience: Arc<Patience>,
}

impl Change {
    /// Goes on with `how` on a worker, since a flush can run computed vars.
    pub(super) fn work(self, how: impl FnOnce(Self, &VirtualMachine) + Send + 'static) {
        let (app, lent) = (Arc::clone(&self.app), self.lent.clone());
        let job = Job::new(move |vm| how(self, vm));
        app.workers
            .submit(job.or_abandoned(move || lent.give_up(run::STUCK)));
    }

    fn start(self, to: To, vm: &VirtualMachine) {
        // What was changed before is the old room's.
        let (update, failures) = self.live.flush(vm);
        self.lent.flush(update);
        for raised in &failures {
            run::log(None, raised, vm);
        }
        match to {
            To::Room(name) => self.enter(name, vm),
            To::Nothing => self.leave(vm),
        }
    }

    fn enter(self, name: Arc<str>, vm: &VirtualMachine) {
        let links = self.live.links();
        if links
            .of_class(self.class)
            .is_some_and(|link| link.room.key.name == name)
        {
            return self.end(Ok(vm.ctx.none()));
        }
        if let Some(link) = links.overlapping(self.class, self.live.states()) {
            let class = &self.app.classes[link.room.key.class as usize].full_name;
            let message = format!(
                "a state cannot be linked while {class}, which it inherits from or which inherits \
                 from it, is linked to {:?}; unlink that first",
                link.room.key.name
            );
            return self.end(Err(vm.new_runtime_error(message)));
        }
        let room = match self
            .app
            .rooms
            .join(&self.app, self.class, name, &self.token)
        {
            Ok(room) => room,
            Err(error) => return self.end(Err(vm.new_runtime_error(error.to_string()))),
        };
        let Some(author) = self.lent.with(|turn| turn.author()) else {
            return self.give_up(&room, over(vm));
        };
        self.wait_for(room, &author);
    }

    /// Takes the locks that the session does not have: in order, or not for long.
    fn wait_for(self, room: Arc<Room>, author: &Author<App>) {
        let (links, app) = (self.live.links(), Arc::clone(&self.app));
        let kept = links.let_unchanged_go(&room);
        let wanted = self.wanted(&room, &kept);
        let is_before = |kept: &Arc<Room>| wanted.iter().all(|room| kept.key < room.key);
        if kept.iter().all(is_before) {
            enter_all(&app, wanted.into(), move |held, _| {
                self.work(move |change, vm| change.entered(&room, held, vm));
            });
        } else if room.is_shared() {
            let patience = Arc::clone(&self.patience);
            patience.hold(self, room);
            let of_app = Arc::clone(&app);
            enter_all(&app, wanted.into(), move |held, _| {
                patience.granted(held, &of_app);
            });
        } else {
            // Others may see what the turn has changed: it is stored with the turn, and so are they.
            links.let_go(author);
            self.wait_for(room, author);
        }
    }

    /// The rooms that the session is to have without those that it has, in the order of their locks.
    fn wanted(&self, room: &Arc<Room>, kept: &[Arc<Room>]) -> Vec<Arc<Room>> {
        let links = self.live.links().all();
        let others = links.iter().map(|link| &link.room);
        let others = others.filter(|known| known.key.class != self.class);
        let is_kept = |room: &Arc<Room>| kept.iter().any(|known| Arc::ptr_eq(known, room));
        let wanted = others.chain([room]).filter(|room| !is_kept(room));
        let mut wanted: Vec<_> = wanted.map(Arc::clone).collect();
        wanted.sort_by(|a, b| a.key.cmp(&b.key));
        wanted
    }

    /// Another instance may wait for what the session has, with what it waits for in hand.
    pub(super) fn wait_no_longer(self, room: Arc<Room>, vm: &VirtualMachine) {
        let Some(author) = self.lent.with(|turn| turn.author()) else {
            return self.give_up(&room, over(vm));
        };
        let thrown_away = move |change: Self, vm: &VirtualMachine| change.thrown_away(&room, vm);
        author.throw_away(move || self.work(thrown_away));
    }

    /// The turn does not count any more, and its event will run again.
    fn thrown_away(self, room: &Arc<Room>, vm: &VirtualMachine) {
        if let Some(author) = self.lent.with(|turn| turn.author()) {
            self.live.links().leave(&author);
        }
        let is_section = |turn: &mut Turn<App>| matches!(turn.task(), Task::Section { .. });
        let then = match self.lent.with(is_section) {
            Some(true) => "enter the section again",
            _ => "the event runs again",
        };
        let message = format!(
            "{} was not linked to {:?} in {ROOM_WAIT_MS_MAX} ms, while others may wait for what was \
             changed before: that does not count, {then}",
            self.app.classes[self.class as usize].full_name, room.key.name
        );
        tracing::info!(token = %self.token, "{message}");
        self.app.rooms.reserve(&self.token, &room.key);
        self.give_up(room, vm.new_runtime_error(message));
    }

    /// Ends without the link.
    fn give_up(self, room: &Arc<Room>, raised: PyBaseExceptionRef) {
        if !self.live.links().has_left(room) {
            self.app.rooms.part(room, &self.token);
        }
        self.end(Err(raised));
    }

    pub(super) fn entered(self, room: &Arc<Room>, held: Vec<Held>, vm: &VirtualMachine) {
        let links = self.live.links();
        let private = match links.of_class(self.class) {
            Some(link) => Ok(link.private.clone()),
            None => self.private(room, vm),
        };
        let furnished = room.furnish(vm);
        let private = match furnished.and(private) {
            Ok(private) => private,
            Err(raised) => return self.give_up(room, raised),
        };
        let new = || Link::new(Arc::clone(room), Arc::clone(&self.token), private);
        let link = links.take_left(room).unwrap_or_else(new);
        let unkept = own::snapshots(&link, vm);
        let put = self.lent.with(|_| links.put(link, unkept, held));
        if put.is_none() {
            return self.give_up(room, over(vm));
        }
        refresh(&self.lent, &self.live, vm);
        room.tell_of_crowd(&self.token);
        self.end(Ok(vm.ctx.none()));
    }

    /// What the session has in the fields that it is about to share.
    fn private(&self, room: &Room, vm: &VirtualMachine) -> PyResult<Vec<Option<PyObjectRef>>> {
        let fields = room.fields.iter();
        fields
            .map(|field| copied(*field, self.live.states(), vm))
            .collect()
    }

    fn leave(self, vm: &VirtualMachine) {
        let links = self.live.links();
        let Some(removed) = self.lent.with(|_| links.remove(self.class)) else {
            return self.end(Err(over(vm)));
        };
        let restored = removed.map_or(Ok(()), |link| {
            link.restore(self.live.shared(), self.live.states(), vm)
        });
        self.end(restored.map(|()| vm.ctx.none()));
    }

    fn end(self, result: PyResult) {
        let Self {
            app,
            future,
            turnstile,
            ..
        } = self;
        drop(turnstile);
        app.looper
            .post(Job::new(move |vm| resolve(&future, result, vm)));
    }
}

fn over(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_runtime_error("the event is over: await _link_to and _unlink in its handler")
}
