//! The door of a session that is linked: each of its turns begins with the locks of its rooms, and
//! with their values.
//!
//! Not here: how the turn ends (`run::Lent`, which has the session leave its rooms).

use std::sync::Arc;

use ferroflex_session::{Task, Turn};

use super::{room::Room, stored::enter_all};
use crate::{
    App,
    live::session::Live,
    run::{self, Lent},
    threads::Job,
};

/// Has `begin` called with a turn: at once when its session shares nothing, else when it has its
/// rooms' locks and values.
pub(crate) fn admit(app: &Arc<App>, lent: Lent, begin: fn(&Arc<App>, Lent)) {
    let Some(live) = linked(&lent) else {
        return begin(app, lent);
    };
    let links = live.links().all();
    let reserved = reserved(app, &lent).filter(|room| !links.iter().any(|link| link.is_to(room)));
    let rooms = links.iter().map(|link| &link.room).chain(&reserved);
    let mut rooms: Vec<_> = rooms.map(Arc::clone).collect();
    rooms.sort_by(|a, b| a.key.cmp(&b.key));
    let of_rooms = Arc::clone(app);
    let app = Arc::clone(app);
    enter_all(&of_rooms, rooms.into(), move |held, waited| {
        let mut held = Some(held);
        lent.with(|_| {
            let held = held.take().unwrap_or_default();
            live.links().hold(held, reserved.clone());
        });
        for link in &links {
            link.room.arrive(&link.token);
        }
        let is_stale = |live: &Live| links.iter().any(|link| link.is_stale(live.shared()));
        if !waited && !is_stale(&live) {
            return begin(&app, lent);
        }
        let (of_job, of_turn) = (Arc::clone(&app), lent.clone());
        let job = Job::new(move |vm| {
            refresh(&lent, &live, vm);
            begin(&of_job, lent);
        });
        let abandoned = move || of_turn.give_up(run::STUCK);
        app.workers.submit(job.or_abandoned(abandoned));
    });
}

/// The room that the event waited for when it was handled before.
fn reserved(app: &Arc<App>, lent: &Lent) -> Option<Arc<Room>> {
    let is_event = |turn: &mut Turn<App>| matches!(turn.task(), Task::Event { .. });
    let handle = lent
        .handle()
        .filter(|_| lent.with(is_event) == Some(true))?;
    app.rooms.join_reserved(app, handle.token())
}

/// Gives a session that has its rooms' locks their values, and sends what changed.
pub(super) fn refresh(lent: &Lent, live: &Live, vm: &rustpython_vm::VirtualMachine) {
    live.enter();
    let links = live.links().all();
    for link in &links {
        let furnished = link.room.furnish(vm);
        let refreshed = furnished.and_then(|()| link.refresh(live.shared(), live.states(), vm));
        if let Err(raised) = refreshed {
            run::log(None, &raised, vm);
        }
    }
    let (update, failures) = live.flush_here(vm);
    for raised in &failures {
        run::log(None, raised, vm);
    }
    lent.flush(update);
    for link in &links {
        link.sync(live.shared());
    }
}

/// The state of a turn in which something shared may change. The full state is told as the session
/// knows it, so that a page does not wait for what runs in another.
fn linked(lent: &Lent) -> Option<Arc<Live>> {
    let live = lent.live().filter(|live| live.links().is_linked())?;
    let is_state = lent.with(|turn| matches!(turn.task(), Task::State));
    (is_state == Some(false)).then_some(live)
}
