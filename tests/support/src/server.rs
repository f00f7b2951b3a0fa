//! HTTP/1 over connections that can be cut.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::connection::{Connection, CuttableListener};

/// A running server. Dropping it stops it; [`stop`](Self::stop) waits for that as well.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Listens on `listen`, where port 0 takes a free one, and serves in the present tokio runtime.
    ///
    /// # Errors
    /// Where the address cannot be listened on.
    pub async fn start(listen: SocketAddr, router: Router) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let until_stopped = async move { stopped.await.unwrap_or_default() };
        let serving = tokio::spawn(serve(listener, router, until_stopped));
        Ok(Self {
            address,
            stop,
            serving,
        })
    }

    /// Where it listens, with the port that was taken.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops listening and waits until the calls under way are answered.
    ///
    /// # Errors
    /// Where serving had failed.
    pub async fn stop(self) -> io::Result<()> {
        drop(self.stop);
        self.serving.await.map_err(io::Error::other)?
    }
}

/// Serves until `stopped` completes and the calls under way are answered, for one whose stop ends
/// more than the server. Every handler of `router` can take a `ConnectInfo<Connection>`.
///
/// # Errors
/// Where serving fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = router.into_make_service_with_connect_info::<Connection>();
    axum::serve(CuttableListener(listener), service)
        .with_graceful_shutdown(stopped)
        .await
}
