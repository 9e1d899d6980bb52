//! Every limit of a session, with its reason.
//!
//! Not here: the limits of a socket's life in time (the server's own).

/// Longest text frame of a client, in bytes. A form with long texts fits; files go over HTTP.
pub const MESSAGE_BYTES_MAX: usize = 1 << 20;

/// Events of one session that may wait for their turn. Twice what a page of ours ever has under
/// way; beyond it the client's socket is not read.
pub const EVENTS_QUEUED_MAX: usize = 256;

/// How long a client that has filled its session's queue is held back, in seconds, before it is
/// closed. No page of ours fills a queue with events; large forms may, so it is as long as people
/// wait for a page, and below the 35 seconds after which a page gives up an unread socket itself.
pub const HELD_BACK_S_MAX: u64 = 20;

/// Background tasks of one session that may wait for their turn: as many as a session would have in
/// a bad case, far from what would cost memory.
pub const SECTIONS_QUEUED_MAX: usize = 256;

/// How long a session that is over may still have a handler running, in seconds, before it is
/// dropped all the same and the handler told to end.
pub const RUNNING_AFTER_END_S_MAX: u64 = 60;

/// Bytes that the waiting events of one session may have together. Two of the longest frames.
pub const EVENTS_QUEUED_BYTES_MAX: usize = 2 * MESSAGE_BYTES_MAX;

/// Frames kept for a client that has not acknowledged them. Clients acknowledge every 32 frames;
/// a thousand cover some seconds of a fast stream without a socket.
pub const RING_FRAMES_MAX: usize = 1024;

/// Bytes of the frames kept, beyond which a full state is the cheaper answer for most apps. The
/// newest frame is kept whatever its size.
pub const RING_BYTES_MAX: usize = 1 << 20;

/// Sessions of one app. With some 50 KB for a small one, half a gigabyte.
pub const SESSIONS_MAX: usize = 10_000;

/// How long a session without a socket is kept, in seconds: a laptop carried from one room to
/// another, a train in a tunnel.
pub const SESSION_IDLE_S_MAX: u64 = 600;

/// How long a session that was made for a page waits for that page to say hello, in seconds: slow
/// networks and slow devices need some ten; what fetches pages without running them never does.
pub const PAGE_UNCLAIMED_S_MAX: u64 = 60;

/// Sessions of one app that wait for their page. A fifth of all, so that crawlers cannot take the
/// room of people; beyond it pages are delivered without a session.
pub const PAGES_UNCLAIMED_MAX: usize = 2_000;

/// How often sessions past their time, and idle ones, are looked for, in seconds.
pub const SWEEP_S: u64 = 1;

/// How long a client may take nothing of what waits for it, in milliseconds.
pub const SLOW_CLIENT_MS_MAX: u64 = 10_000;

/// Malformed frames in a row after which the client is not listened to any more: no page of ours
/// sends even one.
pub const MALFORMED_IN_ROW_MAX: u32 = 8;

/// Shortest name of a page load, in characters: short ones would meet by chance.
pub const CLIENT_NAME_CHARS_MIN: usize = 8;

/// Longest name of a page load, in characters: room for a UUID and a prefix.
pub const CLIENT_NAME_CHARS_MAX: usize = 64;

/// Longest token that is looked up, in bytes. Ours have 22.
pub const TOKEN_BYTES_MAX: usize = 64;

/// Longest route, in bytes: what web servers commonly take as a request line.
pub const ROUTE_BYTES_MAX: usize = 8 * 1024;

/// Fields whose stored values a client may tell at once: far more than apps keep in browsers.
pub const STORED_VALUES_MAX: usize = 256;

/// Bytes that those values may have together. Local storage may hold ten times as much; half of the
/// longest frame leaves room for what JSON adds. The shell has the same limit, and leaves out what
/// goes beyond it.
pub const STORED_BYTES_MAX: usize = MESSAGE_BYTES_MAX / 2;

/// Messages of other instances that wait to be read. Beyond it they are dropped: whoever waits for
/// an answer asks again, or takes the session by force.
pub const MESSAGES_QUEUED_MAX: usize = 4_096;

/// How often a store is asked to remove what is past its time, in seconds.
pub const EXPIRY_S: u64 = 60;

/// How long a stored session is kept after it was last used, in seconds: a day, so that a tab that
/// is opened again in the morning goes on.
pub const SESSION_KEPT_S: u64 = 86_400;

/// Frames beyond the stored ones that an instance which is gone may have sent a client: the numbers
/// of its successor begin so far above, so that no two frames ever have the same number. A million
/// frames fit between two writes of no session.
pub const UNSEEN_FRAMES_MAX: u64 = 1 << 20;

/// Events of one session whose effect may be unstored while the store does not answer. Beyond it
/// no further one is handled: half of what its client sends ahead.
pub const EVENTS_UNSAVED_MAX: u64 = 64;

/// Sessions that are written together.
pub const SAVE_BATCH_MAX: usize = 512;

/// How long another instance may take to give a session back, in milliseconds, before it is taken
/// away: as long as most handlers run. One that runs longer runs again, with its first run thrown
/// away.
pub const RELEASE_MS_MAX: u64 = 5_000;

/// How often a session is asked for that other instances keep taking, before that counts as a
/// failure.
pub const CLAIM_TRIES_MAX: u32 = 8;

/// The first wait after a store has failed, in milliseconds; doubled every time …
pub const STORE_WAIT_MS_MIN: u64 = 50;

/// … up to this: a store that is back is noticed within a second.
pub const STORE_WAIT_MS_MAX: u64 = 1_000;

/// How long a store may fail before clients are told, in milliseconds: shorter failures are not
/// noticed by anybody.
pub const STORE_FAILING_MS_MAX: u64 = 1_000;

/// How long a visitor whose session has to come from a store that fails is made to wait, in
/// milliseconds, before being told to try again later.
pub const JOIN_MS_MAX: u64 = 8_000;

/// How long a session stays in the interpreter after its last turn, in seconds; then only a
/// snapshot is left of it.
pub const PARK_AFTER_S: u64 = 3;

/// How long a session that could not be parked is left alone, in seconds.
pub const PARK_AGAIN_S: u64 = 60;

/// How long a session that the store has is kept in memory without a socket, in seconds.
pub const STORED_IDLE_S_MAX: u64 = 60;

/// Refusals that wait for a client whose session another instance has at the moment.
pub const LOOSE_FRAMES_MAX: usize = 16;
