//! The server and the parts of its Rust side that belong to no room of their own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use clock::SharedClock;
use test_support::Server;

use crate::account::{Account, AccountOptions, App, Quirks};
use crate::calls::Call;
use crate::delivery::Sender;
use crate::fault::{Fault, Matcher};
use crate::front::front;
use crate::oauth::{PreviousAccessToken, RedirectHosts, RegisteredApp};
use crate::time::Eastern;
use crate::world::{Books, Shared};
use crate::{callback, identity, journal, oauth, refusal, resource};

/// How the stand-in is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 takes a free one. Nothing guards the stand-in, so keep it on loopback.
    pub listen: SocketAddr,
    /// Dates the records, ends the tokens, and passes while a slow call is slow.
    pub clock: SharedClock,
    /// Whether a refresh ends the access token given out before it (unconfirmed).
    pub previous_access_token: PreviousAccessToken,
    /// Where an app may have people sent back to after consent.
    pub redirect_hosts: RedirectHosts,
}

impl Options {
    /// A free port on loopback, everything else as it comes.
    #[must_use]
    pub fn loopback(clock: SharedClock) -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            clock,
            previous_access_token: PreviousAccessToken::default(),
            redirect_hosts: RedirectHosts::default(),
        }
    }
}

/// A running stand-in; it stops when dropped.
#[derive(Debug)]
pub struct StandIn {
    pub(crate) shared: Arc<Shared>,
    pub(crate) sender: Sender,
    server: Server,
}

impl StandIn {
    /// Listens and serves until dropped or [stopped](Self::stop).
    ///
    /// # Errors
    ///
    /// Where the address cannot be listened on.
    pub async fn start(options: Options) -> io::Result<Self> {
        let eastern = Eastern::new().map_err(io::Error::other)?;
        let shared = Arc::new(Shared::new(
            options.clock,
            eastern,
            options.previous_access_token,
            options.redirect_hosts,
        ));
        let server = Server::start(options.listen, router(&shared)).await?;
        Ok(Self {
            shared,
            sender: Sender::new()?,
            server,
        })
    }

    /// The base of every address, without a final slash: `http://127.0.0.1:…`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Stops listening and waits until the calls under way are answered.
    ///
    /// # Errors
    ///
    /// Where serving had failed.
    pub async fn stop(self) -> io::Result<()> {
        self.server.stop().await
    }

    /// Registers an app in the developer portal, with every scope enabled and no redirect address.
    pub fn new_app(&self) -> App {
        let mut world = self.shared.lock();
        let app = App {
            client_id: world.mint.hex64(),
            client_secret: world.mint.hex64(),
        };
        world.apps.push(RegisteredApp::new(app.clone()));
        app
    }

    /// Opens a business.
    pub fn new_account(&self, options: AccountOptions) -> Account {
        let mut world = self.shared.lock();
        let position = i64::try_from(world.accounts.len()).unwrap_or(i64::MAX / 2);
        let account = Account {
            account_id: world.mint.account_id(),
            business_uuid: world.mint.uuid(),
            business_id: 5_501_223 + position,
            identity_id: options.owner.unwrap_or(884_213 + position),
        };
        let books = Books::open(account.clone(), options);
        world.accounts.insert(account.account_id.clone(), books);
        account
    }

    /// Changes the switches of an account while it runs.
    pub fn set_quirks(&self, account: &Account, change: impl FnOnce(&mut Quirks)) {
        change(&mut self.shared.lock().books_mut(account).quirks);
    }

    /// Every call since the start or the last reset, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.shared.lock().calls.all()
    }

    /// Empties the log of calls; the numbers of [`fail_call`](Self::fail_call) begin again at 1.
    pub fn reset_calls(&self) {
        self.shared.lock().calls.reset();
    }

    /// Strikes the next calls that match.
    pub fn fail(&self, matcher: Matcher, fault: Fault) {
        self.shared.lock().faults.on_match(matcher, fault);
    }

    /// Strikes the call that will stand at this place of [`calls`](Self::calls), counted from 1.
    pub fn fail_call(&self, number: usize, fault: Fault) {
        self.shared.lock().faults.on_number(number, fault);
    }

    /// Lets `decide` say what befalls each call as it arrives, before any other fault. For one who
    /// follows several services at once and counts in its own way.
    pub fn decide(&self, decide: impl Fn(&Call) -> Option<Fault> + Send + Sync + 'static) {
        self.shared.lock().faults.decide(Box::new(decide));
    }

    /// Completes when a call hangs ([`Fault::HangBefore`], [`Fault::HangAfter`]), or at once where
    /// one did since this was last asked. Whoever made the call can be dropped then, exactly there.
    pub async fn hanging(&self) {
        self.shared.hanging.notified().await;
    }

    /// Switches off every fault that has not struck yet.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }
}

fn router(shared: &Arc<Shared>) -> Router {
    Router::new()
        .merge(oauth::routes())
        .merge(identity::routes())
        .merge(resource::routes())
        .merge(journal::routes())
        .merge(callback::routes())
        .fallback(refusal::no_such_path)
        .layer(from_fn_with_state(Arc::clone(shared), front))
        .with_state(Arc::clone(shared))
}
