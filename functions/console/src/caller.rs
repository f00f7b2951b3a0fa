//! Who asks.

use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt};

/// How callers of the API are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callers {
    /// By the gateway, whose IAM authorizer names them. A request without a name is refused here too,
    /// should a route ever lose its authorizer.
    NamedByGateway,
    /// All are the sandbox's one person, whose token was checked before.
    Sandbox,
}

impl Callers {
    /// The caller's name for trails and logs; never taken from what the caller sent.
    pub(crate) fn name(self, request: &Request) -> Option<String> {
        if self == Self::Sandbox {
            return Some("sandbox".to_owned());
        }
        match request.request_context_ref()? {
            RequestContext::ApiGatewayV2(context) => {
                let iam = context.authorizer.as_ref()?.iam.as_ref()?;
                iam.user_arn.clone().filter(|name| !name.is_empty())
            }
            _ => None,
        }
    }
}
