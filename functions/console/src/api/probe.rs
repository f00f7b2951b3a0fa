//! The probe of what Cin7's documentation leaves open, by HTTP.

use probe::Asked as Ordered;
use serde::Deserialize;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[serde(default)]
    confirmed: bool,
    #[serde(default)]
    even_though: Option<String>,
}

impl Console {
    pub(super) async fn show_probe(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.prober.show(&asked.connection()?).await?)
    }

    pub(super) async fn run_probe(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Order {
            confirmed,
            even_though,
        } = asked.body()?;
        let order = Ordered {
            confirmed,
            even_though,
        };
        let connection = asked.connection()?;
        reply::ok(&self.prober.run(&connection, asked.step(), &order).await?)
    }

    pub(super) async fn clean_probe(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.prober.clean(&asked.connection()?).await?)
    }

    pub(super) async fn apply_probe(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.prober.apply(&asked.connection()?).await?)
    }
}
