//! Builds the binaries as they deploy, but for the processor's architecture.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const FUNCTIONS: [&str; 3] = ["webhook", "processor", "poller"];

/// The release binary of a function. The first call builds all three, with the release profile and
/// the locked versions; one that is up to date costs a moment.
pub(crate) fn binary(function: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(function)
}

fn build() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let packages = FUNCTIONS.iter().flat_map(|name| ["--package", name]);
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "--quiet", "--target-dir"])
        .arg(target)
        .args(packages)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.unwrap().success(), "the release build failed");
    let folder = target.join("release");
    for function in FUNCTIONS {
        let bytes = folder.join(function).metadata().unwrap().len();
        println!("{function}: {} kB", bytes / 1000);
    }
    folder
}
