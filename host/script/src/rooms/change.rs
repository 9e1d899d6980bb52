//! Linking a session to a room, and unlinking it, in the midst of one of its turns.
//!
//! The session lets all its rooms go before it takes the locks of those that it will have, so that
//! the order in which locks are taken is always the same. Not here: turns of linked sessions
//! (`door`).

use std::sync::Arc;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef};

use super::{
    door::refresh,
    link::{Link, copied},
    lock::Held,
    own,
    room::Room,
    stored::enter_all,
};
use crate::{
    App,
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
/// runs on this thread; it has to be waited for to its end.
pub(super) fn change(
    app: &Arc<App>,
    lent: Lent,
    live: Arc<Live>,
    class: u32,
    to: To,
    vm: &VirtualMachine,
) -> PyResult {
    let Some(token) = lent.handle().map(|handle| Arc::clone(handle.token())) else {
        return Err(over(vm));
    };
    let future = new_future(vm)?;
    let (app, asked) = (Arc::clone(app), future.clone());
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
        };
        change.work(move |change, vm| change.start(to, vm));
    });
    Ok(asked)
}

/// A change under way.
struct Change {
    app: Arc<App>,
    lent: Lent,
    live: Arc<Live>,
    token: Arc<str>,
    class: u32,
    future: PyObjectRef,
    /// Keeps other changes of the session waiting.
    turnstile: Held,
}

impl Change {
    /// Goes on with `how` on a worker, since a flush can run computed vars.
    fn work(self, how: impl FnOnce(Self, &VirtualMachine) + Send + 'static) {
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
            self.app.rooms.part(&room, &self.token);
            return self.end(Err(over(vm)));
        };
        links.leave(&author);
        let mut rooms: Vec<Arc<Room>> = links
            .all()
            .iter()
            .filter(|link| link.room.key.class != self.class)
            .map(|link| Arc::clone(&link.room))
            .collect();
        rooms.push(Arc::clone(&room));
        rooms.sort_by(|a, b| a.key.cmp(&b.key));
        let app = Arc::clone(&self.app);
        enter_all(&app, rooms.into(), move |held, _| {
            self.work(move |change, vm| change.entered(&room, held, vm));
        });
    }

    fn entered(self, room: &Arc<Room>, held: Vec<Held>, vm: &VirtualMachine) {
        let links = self.live.links();
        let private = match links.of_class(self.class) {
            Some(link) => Ok(link.private.clone()),
            None => self.private(room, vm),
        };
        let furnished = room.furnish(vm);
        let private = match furnished.and(private) {
            Ok(private) => private,
            Err(raised) => {
                self.app.rooms.part(room, &self.token);
                return self.end(Err(raised));
            }
        };
        let link = Link::new(Arc::clone(room), Arc::clone(&self.token), private);
        let mut put = Some((own::snapshots(&link, vm), held));
        let put = || {
            let (unkept, held) = put.take().unwrap_or_default();
            links.put(link, unkept, held)
        };
        let Some(replaced) = self.lent.with(|_| put()) else {
            self.app.rooms.part(room, &self.token);
            return self.end(Err(over(vm)));
        };
        if let Some(replaced) = replaced {
            self.app.rooms.part(&replaced.room, &self.token);
            replaced.room.tell_of_crowd(&self.token);
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
        let Some(author) = self.lent.with(|turn| turn.author()) else {
            return self.end(Err(over(vm)));
        };
        if let Some(link) = self.live.links().remove(self.class, &author) {
            self.app.rooms.part(&link.room, &self.token);
            link.room.tell_of_crowd(&self.token);
            let restored = link.restore(self.live.shared(), self.live.states(), vm);
            return self.end(restored.map(|()| vm.ctx.none()));
        }
        self.end(Ok(vm.ctx.none()));
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
