//! What a process is given: files, a place for its state, and its command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::business::{Business, Services};

/// A folder for a process: its connection files, its state, and an empty place to work in.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(folder.desk()).unwrap();
        folder
    }

    /// Writes a connection file; its path.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// For `--data`.
    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// The process's current folder, and where it would put temporary files.
    pub(crate) fn desk(&self) -> PathBuf {
        self.0.path().join("desk")
    }

    /// The command that serves these businesses, with the retry and poll times of a local run.
    /// What no webhook told of is left alone.
    pub(crate) fn serve(&self, services: &Services, businesses: &[&Business]) -> Command {
        self.serve_catching_up(services, businesses, "60m")
    }

    /// The same, and catching up so often.
    pub(crate) fn serve_catching_up(
        &self,
        services: &Services,
        businesses: &[&Business],
        every: &str,
    ) -> Command {
        let urls = (services.freshbooks.url(), services.cin7.url());
        let files: Vec<PathBuf> = businesses
            .iter()
            .map(|business| self.file(&format!("{}.toml", business.name), &business.file()))
            .collect();
        let mut command = self.command(&urls.0, &urls.1, &files);
        command.args(["--catch-up-every", every]);
        command
    }

    /// The same from parts.
    pub(crate) fn command(
        &self,
        freshbooks: &str,
        cin7: &str,
        files: &[impl AsRef<Path>],
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
        command
            .args(["--serve", "--listen", "127.0.0.1:0"])
            .args(["--freshbooks-url", freshbooks])
            .args(["--freshbooks-auth-url", freshbooks])
            .args(["--cin7-url", cin7])
            .args(["--poll-every", "200ms", "--retry-schedule", "1s,2s,4s"])
            .env_remove("RUST_LOG")
            .env("TMPDIR", self.desk())
            .current_dir(self.desk());
        for file in files {
            command.arg("--connection").arg(file.as_ref());
        }
        command
    }
}
