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
    let built = Command::new(env!("CARGO"))
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
