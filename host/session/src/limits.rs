//! Every limit of a session, with its reason.
//!
//! Not here: the limits of a socket's life in time (the server's own).

ferroflex_limits::limits! {
    /// Longest text frame of a client, in bytes. A form with long texts fits; files go over HTTP.
    #[limit("bytes", "The client is told, and its socket closed with 1009.")]
    pub const MESSAGE_BYTES_MAX: usize = 1 << 20;

    /// Events of one session that may wait for their turn. Twice what a page of ours ever has under
    /// way; beyond it the client's socket is not read.
    #[limit("events", "The client's socket is not read until there is room.")]
    pub const EVENTS_QUEUED_MAX: usize = 256;

    /// How long a client that has filled its session's queue is held back, in seconds, before it is
    /// closed. No page of ours fills a queue with events; large forms may, so it is as long as people
    /// wait for a page, and below the 35 seconds after which a page gives up an unread socket itself.
    #[limit("s", "The socket is closed with 4004.")]
    pub const HELD_BACK_S_MAX: u64 = 20;

    /// Background tasks of one session that may wait for their turn: as many as a session would have in
    /// a bad case, far from what would cost memory.
    #[limit("tasks", "The background task that asks for one more turn gets an error.")]
    pub const SECTIONS_QUEUED_MAX: usize = 256;

    /// How long a session that is over may still have a handler running, in seconds, before it is
    /// dropped all the same and the handler told to end.
    #[limit("s", "The handler is told to end, and the session dropped.")]
    pub const RUNNING_AFTER_END_S_MAX: u64 = 60;

    /// Bytes that the waiting events of one session may have together. Two of the longest frames.
    #[limit("bytes", "The client's socket is not read until there is room.")]
    pub const EVENTS_QUEUED_BYTES_MAX: usize = 2 * MESSAGE_BYTES_MAX;

    /// Frames kept for a client that has not acknowledged them. Clients acknowledge every 32 frames;
    /// a thousand cover some seconds of a fast stream without a socket.
    #[limit("frames", "The oldest frames are dropped; the client is sent the full state instead.")]
    pub const RING_FRAMES_MAX: usize = 1024;

    /// Bytes of the frames kept, beyond which a full state is the cheaper answer for most apps. The
    /// newest frame is kept whatever its size.
    #[limit("bytes", "The oldest frames are dropped; the client is sent the full state instead.")]
    pub const RING_BYTES_MAX: usize = 1 << 20;

    /// Sessions of one app. With some 50 KB for a small one, half a gigabyte.
    #[limit("sessions", "New visitors are refused with 1008, and try again.")]
    pub const SESSIONS_MAX: usize = 10_000;

    /// How long a session without a socket is kept, in seconds: a laptop carried from one room to
    /// another, a train in a tunnel.
    #[limit("s", "The session is dropped from memory; without a lasting store it is over.")]
    pub const SESSION_IDLE_S_MAX: u64 = 600;

    /// How long a session that was made for a page waits for that page to say hello, in seconds: slow
    /// networks and slow devices need some ten; what fetches pages without running them never does.
    #[limit("s", "The session ends; a page that comes later gets another one.")]
    pub const PAGE_UNCLAIMED_S_MAX: u64 = 60;

    /// Sessions of one app that wait for their page. A fifth of all, so that crawlers cannot take the
    /// room of people; beyond it pages are delivered without a session.
    #[limit(
        "sessions",
        "Pages are delivered with the app's initial state, and run on_load themselves."
    )]
    pub const PAGES_UNCLAIMED_MAX: usize = 2_000;

    /// How often sessions past their time, and idle ones, are looked for, in seconds.
    #[limit("s", "Sessions past their time are dropped.")]
    pub const SWEEP_S: u64 = 1;

    /// How long a client may take nothing of what waits for it, in milliseconds.
    #[limit("ms", "The socket is closed with 4003; the client comes back.")]
    pub const SLOW_CLIENT_MS_MAX: u64 = 10_000;

    /// Malformed frames in a row after which the client is not listened to any more: no page of ours
    /// sends even one.
    #[limit("frames", "The socket is closed with 4002.")]
    pub const MALFORMED_IN_ROW_MAX: u32 = 8;

    /// Shortest name of a page load, in characters: short ones would meet by chance.
    #[limit("characters", "The hello is refused as malformed.")]
    pub const CLIENT_NAME_CHARS_MIN: usize = 8;

    /// Longest name of a page load, in characters: room for a UUID and a prefix.
    #[limit("characters", "The hello is refused as malformed.")]
    pub const CLIENT_NAME_CHARS_MAX: usize = 64;

    /// Longest token that is looked up, in bytes. Ours have 45.
    #[limit("bytes", "The hello is refused as malformed.")]
    pub const TOKEN_BYTES_MAX: usize = 64;

    /// Longest route, in bytes: what web servers commonly take as a request line.
    #[limit("bytes", "The frame is refused as malformed.")]
    pub const ROUTE_BYTES_MAX: usize = 8 * 1024;

    /// Fields whose stored values a client may tell at once: far more than apps keep in browsers.
    #[limit("values", "The frame is refused as malformed.")]
    pub const STORED_VALUES_MAX: usize = 256;

    /// Bytes that those values may have together. Local storage may hold ten times as much; half of the
    /// longest frame leaves room for what JSON adds. The shell has the same limit, and leaves out what
    /// goes beyond it.
    #[limit("bytes", "The frame is refused as malformed.")]
    pub const STORED_BYTES_MAX: usize = MESSAGE_BYTES_MAX / 2;

    /// Messages of other instances that wait to be read. Beyond it they are dropped: whoever waits for
    /// an answer asks again, or takes the session away.
    #[limit(
        "messages",
        "The message is dropped; its sender asks again, or takes the session away."
    )]
    pub const MESSAGES_QUEUED_MAX: usize = 4_096;

    /// How often a store is asked to remove what is past its time, in seconds.
    #[limit("s", "The store removes what is past its time.")]
    pub const EXPIRY_S: u64 = 60;

    /// How long a stored session is kept after it was last used, in seconds: a day, so that a tab that
    /// is opened again in the morning goes on.
    #[limit(
        "s",
        "The stored session is removed; its tab begins a new one.",
        setting = "--session-age"
    )]
    pub const SESSION_KEPT_S: u64 = 86_400;

    /// How long a store's file may be in use by another process when ours begins, in milliseconds: a
    /// process that is being replaced ends within its shutdown's limit, one that was killed has let go
    /// already.
    #[limit("ms", "The server does not start: the file is in use by another process.")]
    pub const STORE_LOCK_MS_MAX: u64 = 10_000;

    /// How often a store's file that is in use is tried again, in milliseconds.
    #[limit("ms", "The file is tried again.")]
    pub const STORE_LOCK_TRIED_MS: u64 = 50;

    /// Sessions that are removed from a store's file at once when their time is over: a few
    /// milliseconds, during which no session is written.
    #[limit("sessions", "The others are removed the next time.")]
    pub const STORE_EXPIRED_MAX: u32 = 200;

    /// Bytes of a store's write-ahead log that stay on the disk once it is written back.
    #[limit("bytes", "The log is cut to this size.")]
    pub const STORE_LOG_BYTES_MAX: usize = 64 << 20;

    /// How long a store's server may take to accept a connection, in milliseconds. Within a data centre
    /// it is one; an address where nobody answers is given up.
    #[limit("ms", "The connection is given up and made again; the store counts as failing.")]
    pub const STORE_CONNECT_MS_MAX: u64 = 3_000;

    /// How long a store's server may take for an answer, in milliseconds: far beyond the slowest
    /// command of ours, and short enough to tell people soon that their work is not saved.
    #[limit("ms", "The command counts as failed, and is tried again.")]
    pub const STORE_ANSWER_MS_MAX: u64 = 5_000;

    /// How often a command is sent to a store's server whose connection breaks: again over a new one,
    /// since the server may merely have been started again.
    #[limit("attempts", "The store counts as failing.")]
    pub const STORE_ATTEMPTS_MAX: u32 = 2;

    /// How often the connection on which messages of other instances come is tried, in seconds: a
    /// silent one may be dead.
    #[limit("s", "The connection is tried, and made again when it is dead.")]
    pub const STORE_LISTENING_TRIED_S: u64 = 15;

    /// Shortest wait before that connection is made again, in milliseconds; it doubles.
    #[limit("ms", "The connection is made again.")]
    pub const STORE_LISTENING_WAIT_MS_MIN: u64 = 50;

    /// Longest such wait, in milliseconds: others take this instance for dead meanwhile.
    #[limit("ms", "The wait between two tries grows no further.")]
    pub const STORE_LISTENING_WAIT_MS_MAX: u64 = 2_000;

    /// Frames beyond the stored ones that an instance which is gone may have sent a client: the numbers
    /// of its successor begin so far above, so that no two frames ever have the same number. A million
    /// frames fit between two writes of no session.
    #[limit(
        "frames",
        "A client could take a frame of the instance that is gone for one of its successor."
    )]
    pub const UNSEEN_FRAMES_MAX: u64 = 1 << 20;

    /// Events of one session whose effect may be unstored while the store does not answer. Beyond it
    /// no further one is handled: half of what its client sends ahead.
    #[limit(
        "events",
        "No further event is handled until the store answers; they wait in the page."
    )]
    pub const EVENTS_UNSAVED_MAX: u64 = 64;

    /// Sessions that are written together.
    #[limit("sessions", "The other sessions are written with the next batch.")]
    pub const SAVE_BATCH_MAX: usize = 512;

    /// How far apart groups of writes begin at least, in milliseconds: what is due meanwhile shares
    /// a round trip. Nobody notices such a wait, and there is none where little is written.
    #[limit("ms", "What is due sooner waits for the next group.")]
    pub const SAVE_APART_MS: u64 = 2;

    /// How long another instance may take to give a session back, in milliseconds, before it is taken
    /// away: as long as most handlers run. One that runs longer runs again, with its first run thrown
    /// away.
    #[limit("ms", "The session is taken away from the instance that does not give it back.")]
    pub const RELEASE_MS_MAX: u64 = 5_000;

    /// How long another instance may keep what sessions share, in milliseconds, if it says that it is
    /// in use: as long as a handler may hold it up for all who share it there.
    #[limit(
        "ms",
        "It is taken away from the instance that keeps it; the events that have changed it there run again."
    )]
    pub const KEPT_MS_MAX: u64 = 60_000;

    /// How often such an instance is asked whether it still lives, in milliseconds.
    #[limit("ms", "It is asked again; where nobody listens, what it has is taken away at once.")]
    pub const KEPT_ASKED_MS: u64 = 1_000;

    /// Answers of another instance that wait for whoever has asked: that something is in use, and what
    /// becomes of it.
    #[limit("answers", "Further ones are dropped, and it is asked again.")]
    pub const ANSWERS_QUEUED_MAX: usize = 4;

    /// How long what sessions share may wait to be stored for a turn that has changed it and goes on,
    /// in milliseconds, while it is wanted as it is stored: longer than that turn waits for anything
    /// that others hold.
    #[limit("ms", "It is thrown away, and the events that have changed it run again.")]
    pub const BESIDE_UNSETTLED_MS_MAX: u64 = 10_000;

    /// How many instances are told that what sessions share has changed: as many as an app runs on,
    /// with those that were replaced lately.
    #[limit(
        "instances",
        "The oldest ones are told no more, until one of their sessions does something."
    )]
    pub const BESIDE_INSTANCES_MAX: usize = 64;

    /// How often a session is asked for that other instances keep taking, before that counts as a
    /// failure.
    #[limit("tries", "The socket is closed with 1011; the client tries again.")]
    pub const CLAIM_TRIES_MAX: u32 = 8;

    /// The first wait after a store has failed, in milliseconds; doubled every time …
    #[limit("ms", "The store is tried again.")]
    pub const STORE_WAIT_MS_MIN: u64 = 50;

    /// … up to this: a store that is back is noticed within a second.
    #[limit("ms", "The wait for the store grows no further.")]
    pub const STORE_WAIT_MS_MAX: u64 = 1_000;

    /// How long a store may fail before clients are told, in milliseconds: shorter failures are not
    /// noticed by anybody.
    #[limit("ms", "Clients are told that what they do waits to be stored.")]
    pub const STORE_FAILING_MS_MAX: u64 = 1_000;

    /// How long a visitor whose session has to come from a store that fails is made to wait, in
    /// milliseconds, before being told to try again later.
    #[limit("ms", "The socket is closed with 1013; the client tries again.")]
    pub const JOIN_MS_MAX: u64 = 8_000;

    /// How long a session stays in the interpreter after its last turn, in seconds; then only a
    /// snapshot is left of it.
    #[limit("s", "The session leaves the interpreter; its next event brings it back.")]
    pub const PARK_AFTER_S: u64 = 3;

    /// How long a session that could not be parked is left alone, in seconds.
    #[limit("s", "It is tried again to park the session.")]
    pub const PARK_AGAIN_S: u64 = 60;

    /// How long a session that the store has is kept in memory without a socket, in seconds.
    #[limit("s", "The session leaves the memory; the store has it.")]
    pub const STORED_IDLE_S_MAX: u64 = 60;

    /// Refusals that wait for a client whose session another instance has at the moment.
    #[limit("frames", "Further refusals are dropped.")]
    pub const LOOSE_FRAMES_MAX: usize = 16;

    /// The most that one file may have, in bytes: it is written to the disk as it comes, so that this
    /// bounds what one request takes there, not memory.
    #[limit("bytes", "The upload is answered with 413.")]
    pub const UPLOAD_BYTES_MAX: u64 = 256 << 20;

    /// The files of an app that may wait for their handlers at a time: each stands on the disk.
    #[limit("files", "The upload is answered with 503.")]
    pub const UPLOADS_WAITING_MAX: usize = 256;

    /// How long a file waits for its handler, in seconds: as long as a session waits for its tab, since
    /// the event may come after a lost connection.
    #[limit("s", "The file is removed.")]
    pub const UPLOAD_WAIT_S_MAX: u64 = 10 * 60;

    /// How long what was given to another instance is left there before it is asked for
    /// again, in milliseconds: a few round trips to the store.
    #[limit("ms", "It is asked for again.")]
    pub const YIELD_MS: u64 = 10;

    /// What the sessions of an app may take in memory together, in bytes, by estimate: half of what
    /// small machines have.
    #[limit("bytes", "Sessions that have rested longest leave the interpreter at once; new ones are refused when that is not enough.", setting = "--session-memory")]
    pub const SESSIONS_MEMORY_BYTES_MAX: u64 = 2 << 30;

    /// Sessions of an app without a lasting store that rest in the interpreter. What was taken for them all at once would not
    /// come back to the system, since small objects that stay lie between those that go; making a
    /// session again costs less than handling an event does.
    #[limit("sessions", "Those that have rested longest leave the interpreter before their time.")]
    pub const SESSIONS_RESTING_MAX: usize = 500;

    /// How long a session stays in the interpreter in any case, in milliseconds: between the events of
    /// somebody who types.
    #[limit("ms", "The session may leave the interpreter.")]
    pub const PARK_AFTER_MS_MIN: u64 = 500;
}
