//! Pages rendered with the shell as it is delivered.

#[cfg(test)]
mod pages;
