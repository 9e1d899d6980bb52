//! Every limit of what runs in QuickJS, with its reason.

ferroflex_limits::limits! {
    /// Bytes of an engine's heap. The shell with Radix takes 9 MiB, with Recharts 18.
    #[limit("bytes", "The page's rendering ends; the browser renders it.")]
    pub const ENGINE_BYTES_MAX: usize = 256 << 20;

    /// Bytes of an engine's stack; the thread that it lives on has twice as many. Deep pages are deep
    /// recursions of React's.
    #[limit("bytes", "The page's rendering ends; the browser renders it.")]
    pub const STACK_BYTES_MAX: usize = 8 << 20;

    /// Promises' continuations that one call may run before it counts as one that never ends.
    #[limit("continuations", "The page's rendering ends; the browser renders it.")]
    pub const JOBS_MAX: usize = 100_000;

    /// Threads that render. A page is rendered once for each state that it is shown with, and one thread
    /// makes a hundred small pages a second.
    #[limit("threads", "Pages wait for one of the threads.")]
    pub const THREADS_MAX: usize = 2;

    /// Engines that a thread holds, one an app; the one unused longest goes.
    #[limit(
        "engines",
        "The engine unused for longest is dropped, and made anew when it is needed."
    )]
    pub const ENGINES_MAX: usize = 4;

    /// How long an engine is held after its last page, in seconds. It takes as much memory as all that
    /// a small app has besides, and is made anew in the tenth of a second.
    #[limit("s", "The engine is dropped, and made anew when it is needed.")]
    pub const ENGINE_IDLE_S_MAX: u64 = 60;

    /// Bytes of an engine's heap after which a new one takes its place: several times what all of the
    /// shell's modules take.
    #[limit("bytes", "A new engine takes the place of the old one.")]
    pub const HEAP_BYTES_MAX: usize = 96 << 20;

    /// Pages after which an engine's heap is looked at.
    #[limit("pages", "The size of the engine's heap is looked at.")]
    pub const HEAP_LOOK_RENDERS: u32 = 64;

    /// Pages that wait for a thread. More would wait for longer than they may.
    #[limit("pages", "The page is delivered unrendered; the browser renders it.")]
    pub const QUEUE_MAX: usize = 32;

    /// How long one page may take to be rendered, in milliseconds: about what five hundred rows of a
    /// table take on a fast machine.
    #[limit("ms", "The page's rendering ends; the browser renders it.")]
    pub const RENDER_MS_MAX: u64 = 250;

    /// How long a page's module may take to load, with all that it imports, in milliseconds. Nobody is
    /// kept waiting so long: whoever asks next finds it loaded.
    #[limit("ms", "The page's module is given up; browsers render the page.")]
    pub const LOAD_MS_MAX: u64 = 5_000;

    /// How long a visitor is kept waiting, in milliseconds: for other pages, for the engine and the
    /// page's module if they are not there yet, and for the page.
    #[limit("ms", "The page is delivered unrendered; the browser renders it.")]
    pub const WAIT_MS_MAX: u64 = 500;

    /// How long a page may take that is rendered before anybody asks for it, in milliseconds.
    #[limit("ms", "The page is not there before the first visitor asks for it.")]
    pub const PREPARE_MS_MAX: u64 = 3_000;

    /// How long is waited for that, in milliseconds: some apps load at the same time.
    #[limit("ms", "The server begins without the page being ready.")]
    pub const PREPARE_WAIT_MS_MAX: u64 = 30_000;

    /// Bytes of a page's HTML; larger ones take the browser longer to read than to render.
    #[limit("bytes", "The page is delivered unrendered; the browser renders it.")]
    pub const HTML_BYTES_MAX: usize = 2 << 20;

    /// For how long Tailwind may make a stylesheet, in milliseconds. An app with two thousand classes
    /// takes it less than a second on a core of its own; this is for one that is shared.
    #[limit("ms", "The app is served without Tailwind's stylesheet, and the log says so.")]
    pub const TAILWIND_MS_MAX: u64 = 20_000;
}
