//! Builds the functions' binaries: with the profile of the tests, whose dependencies are built already.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The binary of a function. The first call builds them all, with the locked versions; one that is up
/// to date costs a moment.
pub(crate) fn binary(function: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(function)
}

fn build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut build = Command::new(env!("CARGO"));
    // Cargo tells a test which package it is of, and a build script that asks for these (ring's does)
    // would run again for other answers, and all that stands on it be built anew.
    let of_this_test =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(of_this_test) {
            build.env_remove(name);
        }
    }
    let built = build
        // The whole workspace with its tests: another selection would choose other features of the
        // dependencies, and build them anew.
        .args([
            "build",
            "--workspace",
            "--bins",
            "--tests",
            "--locked",
            "--quiet",
        ])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.unwrap().success(), "the binaries could not be built");
    target.join("debug")
}
