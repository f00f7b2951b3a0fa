//! Signing a request as API Gateway's IAM authorizer wants it: Signature Version 4.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use jiff::Timestamp;
use url::Url;

use crate::failure::Failure;

/// The headers that sign a request made at `now`.
pub(crate) fn headers(
    (credentials, region): (&Credentials, &str),
    now: Timestamp,
    (method, url, body): (&str, &Url, &[u8]),
) -> Result<Vec<(String, String)>, Failure> {
    let failed = |why: String| Failure::Usage(format!("The request could not be signed: {why}."));
    let identity = credentials.clone().into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("execute-api")
        .time(SystemTime::from(now))
        .settings(SigningSettings::default())
        .build()
        .map_err(|error| failed(error.to_string()))?
        .into();
    let body = SignableBody::Bytes(body);
    let request = SignableRequest::new(method, url.as_str(), std::iter::empty(), body);
    let signed = request.and_then(|request| sign(request, &parameters));
    let (instructions, _) = signed
        .map_err(|error| failed(error.to_string()))?
        .into_parts();
    let headers = instructions.headers();
    Ok(headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::{Digest, Sha256};

    use super::*;

    fn keyed(key: &[u8], text: &str) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The signature worked out from AWS's description, step by step.
    #[test]
    fn a_request_carries_the_signature_that_aws_describes() {
        let body = br#"{"account_id":"lbZ4Kq"}"#;
        let url: Url = "https://abc.execute-api.eu-west-1.amazonaws.com/connections/acme/records?kind=invoice&limit=5"
            .parse()
            .unwrap();
        let now: Timestamp = "2026-01-05T16:00:00Z".parse().unwrap();
        let credentials = Credentials::new(
            "AKIDEXAMPLE",
            "sEcReT",
            Some("session".to_owned()),
            None,
            "test",
        );
        let signed = headers((&credentials, "eu-west-1"), now, ("PUT", &url, body)).unwrap();
        let header = |name: &str| {
            let found = signed.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let canonical = format!(
            "PUT\n/connections/acme/records\nkind=invoice&limit=5\n\
             host:abc.execute-api.eu-west-1.amazonaws.com\nx-amz-date:20260105T160000Z\nx-amz-security-token:session\n\n\
             host;x-amz-date;x-amz-security-token\n{}",
            hex(&Sha256::digest(body))
        );
        let scope = "20260105/eu-west-1/execute-api/aws4_request";
        let text = format!(
            "AWS4-HMAC-SHA256\n20260105T160000Z\n{scope}\n{}",
            hex(&Sha256::digest(canonical.as_bytes()))
        );
        let key = scope
            .split('/')
            .fold(b"AWS4sEcReT".to_vec(), |key, part| keyed(&key, part));
        let signature = hex(&keyed(&key, &text));
        assert_eq!(header("x-amz-date"), "20260105T160000Z");
        assert_eq!(header("x-amz-security-token"), "session");
        assert_eq!(
            header("authorization"),
            format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, \
                 SignedHeaders=host;x-amz-date;x-amz-security-token, Signature={signature}"
            )
        );
    }
}
