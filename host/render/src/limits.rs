//! Every limit of what runs in QuickJS, with its reason.

/// Bytes of an engine's heap. The shell with Radix takes 9 MiB, with Recharts 18.
pub const ENGINE_BYTES_MAX: usize = 256 << 20;

/// Bytes of an engine's stack; the thread that it lives on has twice as many. Deep pages are deep
/// recursions of React's.
pub const STACK_BYTES_MAX: usize = 8 << 20;

/// Promises' continuations that one call may run before it counts as one that never ends.
pub const JOBS_MAX: usize = 100_000;
