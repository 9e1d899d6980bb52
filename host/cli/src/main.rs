//! ferroflex.
fn main() {}
