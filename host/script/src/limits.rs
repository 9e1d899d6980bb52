//! Every limit of the Python host, with its reason.
//!
//! Not here: the limits of a session and its queues (`ferroflex_session::limits`), and the pace of the
//! watchdog and the collector, which bound nothing by themselves (`threads`).

use std::num::NonZeroUsize;
use std::time::Duration;

ferroflex_limits::limits! {
    /// How often kinds may lead to each other for one argument. Values end, but an alias may stand for
    /// itself.
    #[limit("levels", "The event is refused with wrong_argument; nothing of it runs.")]
    pub(crate) const VALUE_DEPTH_MAX: usize = 256;

    /// How much of a text a message shows.
    #[limit("characters", "The message shows the beginning of the text only.")]
    pub(crate) const SHOWN_VALUE_CHARS_MAX: usize = 40;

    /// After how long the log says that an app is still being loaded, and where it stands. Most load
    /// in a fraction of a second.
    #[limit("time", "The log says where the app stands; loading goes on.")]
    pub(crate) const LOAD_PATIENCE: Duration = Duration::from_secs(5);

    /// How many times as long as a handler an app may compute while it is loaded: imports of large
    /// packages take seconds.
    #[limit("times `--time-budget`", "What computes is interrupted, and the app is not served; the log says where it stood.")]
    pub(crate) const LOAD_BUDGETS: u32 = 6;

    /// The same where handlers have no time budget, as in `ferroflex check`.
    #[limit("time", "What computes is interrupted, and the app counts as failed.")]
    pub(crate) const LOAD_BUDGET: Duration = Duration::from_mins(1);

    /// How often a thread that loads an app is woken up for what was sent to it. One that waits in
    /// native code sees none of it, and they would pile up.
    #[limit("wake-ups", "The thread sees what was sent to it when another wake-up reaches it.")]
    pub(crate) const LOAD_NUDGES_MAX: u32 = 200;

    /// How deep annotations are read into each other, such as a list of lists. What stands deeper asks
    /// for nothing.
    #[limit("levels", "What stands deeper in the annotation is not checked.")]
    pub(crate) const ANNOTATION_DEPTH_MAX: usize = 32;

    /// How many digits an integer written as text may have: reading takes time with their square. It
    /// is Python's own limit.
    #[limit("digits", "The event is refused with wrong_argument.")]
    pub(crate) const INTEGER_DIGITS_MAX: usize = 4300;

    /// How many jobs wait at most. Sessions hold one each and background tasks one, so a loop that is
    /// this far behind is stuck.
    #[limit("jobs", "The next job is dropped, and the log says so.")]
    pub(crate) const LOOP_JOBS_QUEUED_MAX: usize = 100_000;

    /// How many jobs run before the loop looks after its files and timers again.
    #[limit("jobs", "The loop looks after its files and timers before it takes the next job.")]
    pub(crate) const LOOP_JOBS_IN_ROW_MAX: usize = 64;

    /// How many files are told as ready at once; the others are told the next time.
    #[limit("files", "The other files are told of in the loop's next round.")]
    pub(crate) const FILES_READY_MAX: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");

    /// The size of the stack of every thread that runs Python. RustPython's compiler overflows a stack
    /// of two megabytes on deeply nested source and takes the process with it; sixteen are safe.
    #[limit("bytes", "The process ends; Python's own limit of recursion comes first, except in native code.")]
    pub(crate) const STACK_BYTES: usize = 16 << 20;

    /// Modules that an app may bring. Each is a line of the import map that every page carries.
    #[limit("modules", "The other modules are left out, and the log says so.")]
    pub(crate) const LIBRARY_MODULES_MAX: usize = 500;

    /// How deep folders of modules may stand in each other: `@scope/name/dist/part.js` is four.
    #[limit("folders", "Modules that stand deeper are not found.")]
    pub(crate) const LIBRARY_DEPTH_MAX: usize = 8;

    /// How often a flush starts over because a computed var wrote to a field. Past it the rest is left
    /// to the next flush.
    #[limit("rounds", "The rest of the changes is sent with the next flush.")]
    pub(crate) const FLUSH_ROUNDS_MAX: usize = 4;

    /// In how many places a container is told what changed in it. One that hangs in more is sent with
    /// the fields that it hangs in.
    #[limit("places", "The whole fields are sent in which the container hangs.")]
    pub(crate) const PLACES_MAX: usize = 64;

    /// How many containers that a handler has read are looked at again for writes that no hook saw.
    /// A handler that reads more of them relies on the hooks for the rest.
    #[limit("containers", "Writes to further containers are seen by the hooks only.")]
    pub(crate) const WATCHED_MAX: usize = 1024;

    /// The most wheels that are kept. Some apps' worth of them; one more takes the place of the one
    /// that was not used for the longest time.
    #[limit("wheels", "The wheel unused for longest is removed; it is unpacked again when needed.")]
    pub(crate) const WHEELS_MAX: usize = 400;

    /// The most bytes that a wheel may hold unpacked. The largest pure ones have some tens of millions;
    /// more is an archive that was made to fill a disk.
    #[limit("bytes", "The wheel is not unpacked; the import that needs it says why.")]
    pub(crate) const WHEEL_BYTES_MAX: u64 = 1 << 30;

    /// How many rooms an app may have: as many as it may have sessions, for games of one player.
    #[limit("rooms", "The link raises an error in the handler.")]
    pub(crate) const ROOMS_MAX: usize = 10_000;

    /// Longest name of a room, in bytes: an address or a title fits. Names often come from browsers.
    #[limit("bytes", "The link raises an error in the handler.")]
    pub(crate) const ROOM_NAME_BYTES_MAX: usize = 256;

    /// How long a handler that has changed one room may wait for another one, in milliseconds, where
    /// another server may wait for the first one with the second one in hand. Most handlers let a room
    /// go sooner.
    #[limit("ms", "The handler's changes do not count, and its event runs again.")]
    pub(crate) const ROOM_WAIT_MS_MAX: u64 = 100;

    /// For how many seconds it is remembered which room such an event has waited for: it has that room
    /// from its beginning when it runs again, as soon as its page is connected again.
    #[limit("s", "The event may wait in vain once more.")]
    pub(crate) const ROOM_RESERVED_S_MAX: u64 = 60;

    /// How many handlers may follow from one event before the chain is taken for an endless one.
    #[limit("handlers", "The chain ends with an error that names the event.")]
    pub(crate) const CHAIN_MAX: usize = 1_000;

    /// How long background tasks may go on after their session is over, in seconds: time to finish
    /// what they began, such as a payment or a file.
    #[limit("s", "The tasks of the session are cancelled.")]
    pub(crate) const BACKGROUND_AFTER_SESSION_S: u64 = 60;

    /// How many background tasks one session may have. A page that starts one with every key would
    /// otherwise fill the memory.
    #[limit("tasks", "The event that would start one more fails.")]
    pub(crate) const BACKGROUND_TASKS_MAX: usize = 100;

    /// How long the Python in a collection (`__del__`, callbacks of weak references) may compute. A
    /// collection of millions of objects takes seconds itself.
    #[limit("µs", "The Python that a collection runs is interrupted.")]
    pub(crate) const COLLECTION_BUDGET: Duration = Duration::from_mins(1);

    /// How long `gc.collect()` waits for the collection that it asks for. It may be put off.
    #[limit("µs", "`gc.collect()` returns before the collection is done.")]
    pub(crate) const COLLECTION_ASKED_MAX: Duration = Duration::from_secs(5);

    /// For how long it keeps threads at most. What a collection runs (`__del__`, callbacks of weak
    /// references) may need a lock that a waiting thread holds; then that thread has to go on.
    #[limit("µs", "The waiting threads go on while the collection ends.")]
    pub(crate) const GATE_CLOSED_MAX: Duration = Duration::from_secs(2);

    /// How many jobs wait at most. Sessions hold one job each, so this is the number of sessions that
    /// can wait for a thread.
    #[limit("jobs", "The next job is dropped, and the log says so.")]
    pub(crate) const JOBS_QUEUED_MAX: usize = 100_000;

    /// How many threads may be lost at once. Each keeps a core busy and garbage from being collected;
    /// with so many the process is beyond help and is to be started anew.
    #[limit(
        "threads",
        "A further lost thread is not replaced; the app counts as dead until the server is started anew."
    )]
    pub(crate) const LOST_THREADS_MAX: usize = 8;

    /// How long threads have to give a sign of life. Python looks at every step, so this is the time
    /// that a thread waits for a processor on a busy machine. Nobody stands still meanwhile.
    #[limit("µs", "The collection is put off.")]
    pub(crate) const ANSWER_MAX: Duration = Duration::from_millis(500);

    /// How long threads have to reach the gate. Those that are there stand still meanwhile.
    #[limit("µs", "The collection is put off, and all threads go on.")]
    pub(crate) const PARK_MAX: Duration = Duration::from_millis(200);

    /// How many may have outlived one collection before they are looked at again.
    #[limit("objects", "The objects that outlived one collection are collected too.")]
    pub(crate) const MIDDLE_MAX: usize = 50_000;

    /// How many objects may be new before they are looked at. A collection takes one to two
    /// microseconds for each, so this is what bounds the usual pause.
    #[limit("objects", "The new objects are collected.")]
    pub(crate) const YOUNG_MAX: usize = 10_000;

    /// How many exceptions follow each other at most. Each leaves one `try` around the loop; code
    /// that is nested deeper gets the next series.
    #[limit("exceptions", "The thread gets the next series a moment later.")]
    pub(crate) const TAPS_MAX: u32 = 64;

    /// How long an interrupted thread may compute on without a reaction before it is given up: it is
    /// in native code, which nothing can interrupt.
    #[limit("µs", "The thread is given up; its event fails, and another thread takes its place.")]
    pub(crate) const WATCHDOG_GRACE: Duration = Duration::from_secs(2);

    /// How deep classes are followed into the classes of their fields. A class that refers to itself
    /// ends here, as `Any`.
    #[limit("levels", "Fields that stand deeper count as Any.")]
    pub(crate) const VAR_TYPE_DEPTH_MAX: usize = 6;

    /// The most that `rx.download(data=…)` takes, in bytes: it travels in one message and stands in
    /// memory a few times on its way. Larger ones are files, which have an address.
    #[limit("bytes", "rx.download raises an error that says what to do.")]
    pub(crate) const DOWNLOAD_BYTES_MAX: usize = 16 << 20;

    /// How deep lists of children may stand inside each other: a list that holds itself must end in
    /// an error.
    #[limit("levels", "The page fails with an error that names the component.")]
    pub(crate) const CHILDREN_DEPTH_MAX: usize = 64;

    /// How deep lists of events may stand inside each other: one that holds itself must end in an
    /// error.
    #[limit("levels", "The handler's event fails.")]
    pub(crate) const RETURNED_DEPTH_MAX: usize = 16;

    /// How much of a value that is no event a message shows.
    #[limit("characters", "The message shows the beginning of the value only.")]
    pub(crate) const SHOWN_RETURNED_CHARS_MAX: usize = 40;

    /// Tokens kept at a time. Tokens are made while pages are built and soon taken apart; an app that
    /// formats Vars without end (inside an event handler, by mistake) pushes out the oldest instead of
    /// filling the memory. At about 100 bytes an entry this is 6 MB.
    #[limit(
        "tokens",
        "The oldest token is forgotten; a text that still holds it shows it as it is."
    )]
    pub(crate) const VAR_TOKENS_MAX: usize = 65_536;

    /// How often a lambda may return a lambda, a list a list.
    #[limit("levels", "The page fails with an error that names the trigger.")]
    pub(crate) const TRIGGER_DEPTH_MAX: usize = 16;

    /// How long the text of an annotation may become, in bytes: what is declared beyond it counts no
    /// more. Far more than any app's, less than what models that name each other could grow to.
    #[limit("bytes", "What is declared beyond it does not tell two builds of a class apart.")]
    pub(crate) const ANNOTATION_BYTES_MAX: usize = 64 << 10;

    /// How many oddities in calls of components are told of an app: an author mends some at a time, and
    /// handlers, of which nobody asks, may make components without end.
    #[limit("warnings", "Further oddities are not told.")]
    pub(crate) const REMARKS_MAX: usize = 100;

    /// How long an async computed var may wait, in seconds: as long as a person takes to give up on a
    /// page that does not change, and long enough for a slow service.
    #[limit("s", "The var raises TimeoutError and keeps its value; the event that led to it fails.")]
    pub(crate) const COMPUTED_WAIT_S_MAX: usize = 30;

    /// The longest body of a request that is gathered, in bytes: it stands in memory. Longer ones can
    /// be streamed.
    #[limit("bytes", "The request is answered with 413, unless its endpoint streams the body.")]
    pub(crate) const BODY_GATHERED_BYTES_MAX: usize = 16 << 20;

    /// How long lifespan tasks may clean up when they are cancelled, in seconds. The server waits a
    /// little longer for all of it.
    #[limit("s", "The log names the task, and the server ends without it.")]
    pub(crate) const LIFESPAN_CANCEL_S_MAX: usize = 3;
}
