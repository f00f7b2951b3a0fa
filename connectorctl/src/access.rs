//! How to get in: a token on this machine, the engineer's AWS credentials everywhere else.

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use secrecy::SecretString;
use url::{Host, Url};

use crate::arguments::Reach;
use crate::failure::Failure;

/// What a request carries to be let in.
#[derive(Debug)]
pub(crate) enum Access {
    /// The sandbox's token.
    Token(SecretString),
    /// AWS credentials, and the region to sign for.
    Signed(Credentials, String),
}

/// The address given, if it may be used: secrets and tokens cross it.
pub(crate) fn base(reach: &Reach) -> Result<Url, Failure> {
    let wrong = |why: &str| Err(Failure::Usage(why.to_owned()));
    let Some(url) = reach.url.clone() else {
        return wrong("Say where the connector is: give --url or set CONNECTOR_URL.");
    };
    if !["http", "https"].contains(&url.scheme()) || url.host().is_none() {
        return wrong("The connector's address has to start with https://.");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("The connector's address may not hold a user name or a password.");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("The connector's address may not hold a `?` or a `#`.");
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return wrong(
            "Secrets would cross the network in the clear: use https://, or http:// on this machine only.",
        );
    }
    Ok(url)
}

/// Whether an address stays on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

impl Access {
    /// The token where there is one, else AWS credentials as the SDK finds them.
    pub(crate) async fn find(reach: &Reach, base: &Url) -> Result<Self, Failure> {
        if let Some(token) = &reach.token {
            return Ok(Self::Token(token.clone()));
        }
        let aws = startup::aws().await;
        let configured = aws.region().map(ToString::to_string);
        let region = reach
            .region
            .clone()
            .or_else(|| region_of(base))
            .or(configured);
        let Some(region) = region else {
            return Err(Failure::Usage(
                "The address does not tell its AWS region: give --region or set AWS_REGION."
                    .to_owned(),
            ));
        };
        let none = |why: String| {
            Failure::Unreachable(format!(
                "No AWS credentials could be had ({why}): set AWS_PROFILE or AWS_ACCESS_KEY_ID, or for the sandbox CONNECTOR_TOKEN."
            ))
        };
        let provider = aws
            .credentials_provider()
            .ok_or_else(|| none("there is no provider".to_owned()))?;
        let credentials = provider
            .provide_credentials()
            .await
            .map_err(|error| none(error.to_string()))?;
        Ok(Self::Signed(credentials, region))
    }
}

/// The region in an API Gateway address: `{api}.execute-api.{region}.amazonaws.com`.
fn region_of(base: &Url) -> Option<String> {
    let mut labels = base
        .host_str()?
        .split('.')
        .skip_while(|label| *label != "execute-api");
    labels.next()?;
    labels.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(url: &str) -> Reach {
        Reach {
            url: url.parse().ok(),
            token: None,
            region: None,
        }
    }

    #[test]
    fn an_address_is_refused_where_secrets_could_be_read_on_the_way() {
        for good in [
            "https://x.example",
            "http://127.0.0.1:1",
            "http://localhost:1",
            "http://[::1]:1",
        ] {
            assert!(base(&reach(good)).is_ok(), "{good}");
        }
        for bad in [
            "http://x.example",
            "http://localhost.example",
            "ftp://127.0.0.1",
            "https://a:b@x.example",
            "https://x.example/?a=1",
            "http://10.0.0.1",
            "nonsense",
        ] {
            assert!(matches!(base(&reach(bad)), Err(Failure::Usage(_))), "{bad}");
        }
    }

    #[test]
    fn a_gateways_address_tells_its_region() {
        let region = |url: &str| region_of(&url.parse().unwrap());
        let found = region("https://abc.execute-api.eu-west-1.amazonaws.com");
        assert_eq!(found.as_deref(), Some("eu-west-1"));
        assert_eq!(region("https://connector.example.com"), None);
    }
}
