//! Every limit of the server, with its reason.
//!
//! Not here: the limits of a session, queue and ring (`ferroflex_session::limits`).

ferroflex_limits::limits! {
    /// How long a new socket may take to say hello, in milliseconds. Pages say it at once; slow
    /// networks need a round trip or two.
    #[limit("ms", "The socket is closed with 4000.")]
    pub const HELLO_MS_MAX: u64 = 10_000;

    /// How long a client may be silent, in milliseconds. It pings every 25 seconds; two may get lost.
    #[limit("ms", "The socket is closed with 1001; a client that is there comes back.")]
    pub const SILENCE_MS_MAX: u64 = 60_000;

    /// Longest WebSocket message that is read at all, in bytes. Twice what a session takes, so that a
    /// client a little over the limit is told so instead of being cut off.
    #[limit("bytes", "The socket is closed with 1009.")]
    pub const SOCKET_MESSAGE_BYTES_MAX: usize = 2 * ferroflex_session::limits::MESSAGE_BYTES_MAX;

    /// The buffer into which a socket is read, in bytes. It is cleared for every read, and kept as long
    /// as the socket: events are small, and an idle socket should cost little.
    #[limit("bytes", "A longer frame is read in several pieces.")]
    pub const READ_BUFFER_BYTES: usize = 512;

    /// The buffer in which frames are laid out before they are written, in bytes.
    #[limit("bytes", "Longer frames are laid out in several pieces.")]
    pub const WRITE_BUFFER_BYTES: usize = 16 * 1024;

    /// Bytes of frames that are gathered before they are written out: one system call for many small
    /// frames, and no large buffer for a slow client.
    #[limit("bytes", "What was gathered is written out.")]
    pub const WRITE_BATCH_BYTES_MAX: usize = 256 * 1024;

    /// The slowest line that still counts as taking what it is sent, in bytes per millisecond. A large
    /// state gets this much longer than [`ferroflex_session::limits::SLOW_CLIENT_MS_MAX`].
    #[limit("bytes per ms", "A slower client is closed with 4003 and comes back.")]
    pub const SLOW_CLIENT_BYTES_PER_MS: usize = 8;

    /// How often is looked whether a client takes what it is sent, in milliseconds: often enough that it
    /// is closed soon after its time, and only while a write does not get on.
    #[limit("ms", "It is looked again whether the client takes what it is sent.")]
    pub const SLOW_CLIENT_LOOK_MS: u64 = 1_000;

    /// Frames that are still written when a connection ends, so that the client reads why.
    #[limit("frames", "The connection ends without the others.")]
    pub const LAST_FRAMES_MAX: usize = 64;

    /// How long the closing handshake of a socket may take, in milliseconds; afterwards it is cut.
    #[limit("ms", "The connection is cut.")]
    pub const CLOSE_MS_MAX: u64 = 1_000;

    /// How long requests and sockets may take to end when the server stops, in milliseconds. Process
    /// managers commonly wait ten seconds before they kill.
    #[limit("ms", "What is still open is cut, and the process ends.")]
    pub const SHUTDOWN_MS_MAX: u64 = 5_000;

    /// How long the sessions of all apps may take to be stored when the server stops, in milliseconds.
    /// Within the five seconds that sockets and requests have anyway; what is not stored then is sent
    /// again by the clients.
    #[limit("ms", "The server ends; clients send again what was not stored.")]
    pub const FLUSH_MS_MAX: u64 = 4_000;

    /// How long `/readyz` waits for a store, in milliseconds: less than load balancers wait for the
    /// answer.
    #[limit("ms", "/readyz answers with 503.")]
    pub const READY_STORE_MS_MAX: u64 = 1_000;

    /// How long a page is held back for its `on_load` handlers, in milliseconds: a query or two fit,
    /// and people see nothing before it is over. What takes longer arrives in the page that is shown.
    #[limit("ms", "The page is delivered; what takes longer reaches it through the socket.")]
    pub const ON_LOAD_MS_MAX: u64 = 500;

    /// How long the next page of a tab is known as such, in seconds: redirects are followed at once.
    #[limit("s", "The next page counts as a new visit until it says hello.")]
    pub const TAB_COOKIE_S: u64 = 5;

    /// How long a browser keeps its name, in seconds: a year. It has to outlive the sessions; without it
    /// they are nobody's.
    #[limit("s", "The browser gets another name, and its tabs begin new sessions.")]
    pub const BROWSER_COOKIE_S: u64 = 365 * 86_400;

    /// Bytes of an asset that is held in memory, packed too; larger ones are read from the disk.
    #[limit("bytes", "The asset is read from the disk each time.")]
    pub const ASSET_HELD_BYTES_MAX: u64 = 4 << 20;

    /// Bytes of the assets of an app that are held in memory, not counting their packed forms.
    #[limit("bytes", "Further assets are read from the disk each time.")]
    pub const ASSETS_HELD_BYTES_MAX: u64 = 64 << 20;

    /// Bytes of a file that `export` writes; it holds one in memory at a time.
    #[limit("bytes", "The export fails and names the file.")]
    pub const EXPORTED_BYTES_MAX: usize = 1 << 30;

    /// Assets of an app of which anything is remembered.
    #[limit("assets", "Nothing is remembered of further assets: they are read each time.")]
    pub const ASSETS_HELD_MAX: usize = 10_000;

    /// The longest body of a request to an app's own endpoints, in bytes. It is handed over as it comes,
    /// so that this bounds what an endpoint that gathers it takes.
    #[limit("bytes", "The request is answered with 413.")]
    pub const API_BODY_BYTES_MAX: u64 = 256 << 20;

    /// How many requests to the endpoints of one app may be under way, those included whose answers
    /// still stream. Each holds a task of the app's loop.
    #[limit("requests", "The request is answered with 503.")]
    pub const API_REQUESTS_MAX: usize = 1_000;

    /// How long an endpoint may take until its answer begins, in milliseconds. Endpoints ask other
    /// services, of which language models are the slowest.
    #[limit("ms", "The request is answered with 504.")]
    pub const API_FIRST_BYTE_MS_MAX: u64 = 120_000;

    /// How many waits for the body of one request may be queued. Endpoints have one, and one more that
    /// waits for the client to leave.
    #[limit("waits", "The endpoint waits before it can ask again.")]
    pub const API_ASKS_MAX: usize = 8;

    /// How many parts of one answer may wait to be written. Endpoints wait for each to be taken before
    /// they make the next.
    #[limit("parts", "The endpoint waits until the client has taken one.")]
    pub const API_PARTS_MAX: usize = 8;

    /// How long answers that go on may take when the server stops until their endpoints are told to end,
    /// in milliseconds: less than [`SHUTDOWN_MS_MAX`], so that they can.
    #[limit("ms", "Endpoints whose answers go on are told to end.")]
    pub const API_GRACE_MS: u64 = 2_000;

    /// How long the server waits for what an app begins before it takes connections, in milliseconds;
    /// what is not ready then goes on beside it.
    #[limit("ms", "Connections are taken; what the app begins goes on beside them.")]
    pub const API_START_MS_MAX: u64 = 10_000;

    /// How long the server waits for an app to end what it began, in milliseconds. Together with
    /// [`SHUTDOWN_MS_MAX`] less than the ten seconds of process managers.
    #[limit("ms", "The server ends without waiting further for the app.")]
    pub const API_STOP_MS_MAX: u64 = 4_000;

    /// Bytes of rendered HTML that are kept of an app's pages: some hundred pages, or a few large ones.
    #[limit(
        "bytes",
        "The page unused for longest is forgotten, and rendered again when it is asked for."
    )]
    pub const RENDERED_BYTES_MAX: u64 = 8 << 20;

    /// Pages, each with one state, whose HTML is expected to be kept; the bytes are what limits.
    #[limit("pages", "Nothing; it is what the cache makes room for at first.")]
    pub const RENDERED_PAGES_MAX: usize = 500;

    /// How long a page that took too long to render is left to browsers, in milliseconds: nobody else
    /// should wait for it meanwhile, and each try costs the renderer its engine.
    #[limit("ms", "The page is rendered again when somebody asks for it.")]
    pub const RENDER_REST_MS: u64 = 30_000;
}
