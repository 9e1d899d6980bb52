//! The faults of RustPython that the host mends: that they behave as in `CPython`, and that
//! RustPython still has them.

use ferroflex_script::{Fault, mended};

use crate::support::{Client, app};

/// Fails with the traceback of the check of that name in `apps/mends.py`.
fn check(name: &str) {
    let outcomes = Client::of("mends").field("Mends.outcomes");
    let outcome = outcomes[name].as_str().unwrap_or("there is no such check");
    assert_eq!(outcome, "ok", "{name}:\n{outcome}");
}

/// Fails when RustPython has mended the fault itself.
fn still_there(fault: Fault) {
    app("mends");
    assert!(
        mended().contains(&fault),
        "RustPython no longer has the fault {fault:?}: its mend can go"
    );
}

macro_rules! checks {
    ($($name:ident)+) => {$(
        #[test]
        fn $name() {
            check(stringify!($name));
        }
    )+};
}

checks! {
    order_however_a_class_is_made
    order_of_any_hierarchy
    order_decides_what_is_called
    order_with_typing_and_dataclasses
    order_with_enum_and_abc
    order_refuses_what_has_none
    order_leaves_an_ordinary_class
    shadowed_slot
    set_operators_with_other_sets
    set_operators_with_sets
    local_delete
    local_properties
    annotations_fault_is_there
    annotations
    annotations_keep_lines
    comments_fault_is_there
    comments
    syntax_errors_stay
    recvmsg_into
    zones
    certificates_by_path
    tls
}

#[test]
fn the_faults_are_still_there() {
    still_there(Fault::MethodOrder);
    still_there(Fault::ShadowedSlot);
    still_there(Fault::SetOperators);
    still_there(Fault::LocalAttributes);
}

/// A second interpreter of the process finds the native types mended already.
#[test]
fn a_fault_is_mended_once() {
    app("mends");
    app("values");
    let found = mended();
    let times = |fault| found.iter().filter(|one| **one == fault).count();
    assert_eq!(times(Fault::MethodOrder), 1);
    assert_eq!(found.len(), 4, "{found:?}");
}
