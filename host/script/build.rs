//! Has the crate compiled again when the Python package that is frozen into it changes.

fn main() {
    println!("cargo::rerun-if-changed=../../stdlib");
    println!("cargo::rerun-if-changed=build.rs");
}
