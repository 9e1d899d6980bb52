// A script that the test app names by its address.
globalThis.own = (globalThis.own ?? 0) + 1;
