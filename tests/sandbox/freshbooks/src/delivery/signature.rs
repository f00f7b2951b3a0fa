//! The signature of a webhook (docs/freshbooks-api.md, signature).
//!
//! Written a second time on purpose, without a look at the client's own: the two have to agree on the
//! known answers of the notes, not with each other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The form body of these fields in this order, and the `X-FreshBooks-Hmac-SHA256` header that a
/// callback with this verifier sends with it.
#[must_use]
pub fn sign(verifier: &str, fields: &[(&str, &str)]) -> (String, String) {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    // HMAC takes a key of any length; without a signature every receiver would refuse the body.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(verifier.as_bytes()) else {
        return (body, String::new());
    };
    mac.update(python_json(fields).as_bytes());
    (body, STANDARD.encode(mac.finalize().into_bytes()))
}

/// What Python's `json.dumps` makes of a mapping of texts: a space after every comma and colon, and
/// nothing but ASCII.
fn python_json(fields: &[(&str, &str)]) -> String {
    let members: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'"') => quoted.push_str("\\\""),
            Ok(b'\\') => quoted.push_str("\\\\"),
            Ok(b'\n') => quoted.push_str("\\n"),
            Ok(b'\r') => quoted.push_str("\\r"),
            Ok(b'\t') => quoted.push_str("\\t"),
            Ok(0x08) => quoted.push_str("\\b"),
            Ok(0x0C) => quoted.push_str("\\f"),
            Ok(plain @ 0x20..=0x7E) => quoted.push(char::from(plain)),
            _ => quoted.push_str(&format!("\\u{unit:04x}")),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    const V1: &str = "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U";
    const V2: &str = "UWQfd9zCzxmVwFZWKqqKwLxqz8gvzGdAn";
    const V3: &str = "Nq4TzR8cYw2LmKx7Vb1JhGf5Dp9Ss3AeU";
    const V4: &str = "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu";
    const V12: &str = "Zt6Yc1Xw9VbQ4mLk8Rj2Nh5Gd7Fs3Pa0E";

    /// The known answers of docs/freshbooks-api.md, signature test vectors: verifier, form body, header.
    const KNOWN_ANSWERS: [(&str, &str, &str); 12] = [
        (
            V1,
            "name=invoice.create&object_id=1234567&account_id=6BApk&business_id=6543&identity_id=1234&user_id=1",
            "XuUp4cuAcsE6DtwJ0GL/XbHLFd44d0ZYxwLE+IlySYc=",
        ),
        (
            V2,
            "name=client.update&object_id=177864&user_id=1&account_id=FrEsHb",
            "uQL7Cy82JtV4RlsEowUZ+hm4cziC6LYjxuKj1cqLqHM=",
        ),
        (
            V3,
            "name=payment.create&object_id=202155&user_id=1&identity_id=884213&business_id=5501223&account_id=lbZ4Kq",
            "Qo6nT2A0JMKweDr5/vSLSQifFTmQLSSI0iN/Hxbvm+A=",
        ),
        (
            V4,
            "name=expense.update&object_id=88&account_id=lbZ4Kq&note=two+words",
            "HysBtIHzuQhk1sksR/eoyirC4YGJ5NJueZbvdMIoqvA=",
        ),
        (
            V4,
            "name=expense.update&object_id=88&account_id=lbZ4Kq&note=two%20words",
            "HysBtIHzuQhk1sksR/eoyirC4YGJ5NJueZbvdMIoqvA=",
        ),
        (
            V4,
            "name=client.create&object_id=90210&account_id=lbZ4Kq&label=Caf%C3%A9+Z%C3%BCrich",
            "Cxox14yV57e4ZaeaDxYfyGIJ6zeQng0nFHe97dXosCU=",
        ),
        (
            V4,
            "name=client.create&object_id=90211&account_id=lbZ4Kq&label=%E6%9D%B1%E4%BA%AC%F0%9F%9A%80",
            "W8vKPU6VpYsACCDcVh9n7oJUMd3AbAOdkZ1AqrPnKYo=",
        ),
        (
            V4,
            "name=item.update&object_id=17&account_id=lbZ4Kq&label=7%22+pipe%5Celbow",
            "2mC3YZJKlfLoXgfsOsGHygK5Z2DfNUaTE+0liugFl00=",
        ),
        (
            V4,
            "name=item.update&object_id=18&account_id=lbZ4Kq&label=a%2Fb%3Ac%2Cd+%22%3A%22%2C%22",
            "2gmLD0I3FW0xBXKgx3DiXZW+7MXUaQHNiTYsKpVqAmE=",
        ),
        (
            V1,
            "user_id=1&object_id=1234567&name=invoice.create&identity_id=1234&business_id=6543&account_id=6BApk",
            "v6qt1yTkg6xcC/mijMwkDdaVG5kR+SX44RofiEvnPio=",
        ),
        (
            V1,
            "name=bill.delete&object_id=4471&account_id=6BApk&business_id=6543&identity_id=&user_id=",
            "3G7DHdQr5J3j1spyHn+FbbGeQ4ebOiciJcd1rKkC6MI=",
        ),
        (
            V12,
            "name=callback.verify&object_id=2001&account_id=6BApk&verifier=Zt6Yc1Xw9VbQ4mLk8Rj2Nh5Gd7Fs3Pa0E",
            "0BSyp/wK1h5iLG+Tnj1bcZIFQSaak3mnGZkQlPvLnTs=",
        ),
    ];

    #[test]
    fn the_twelve_known_answers_come_out() {
        for (number, (verifier, body, header)) in (1..).zip(KNOWN_ANSWERS) {
            let fields: Vec<_> = form_urlencoded::parse(body.as_bytes())
                .into_owned()
                .collect();
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (&**name, &**value))
                .collect();
            assert_eq!(sign(verifier, &fields).1, header, "known answer {number}");
        }
    }

    #[test]
    fn the_text_that_is_signed_is_escaped_down_to_ascii() {
        let fields = [("label", "東🚀 7\" a\\b/c\u{7f}\n")];
        let text = r#"{"label": "\u6771\ud83d\ude80 7\" a\\b/c\u007f\n"}"#;
        assert_eq!(python_json(&fields), text);
    }

    #[test]
    fn the_body_keeps_the_order_and_the_empty_values() {
        let (body, _) = sign(
            V1,
            &[("user_id", ""), ("name", "bill.delete"), ("note", "a b")],
        );
        assert_eq!(body, "user_id=&name=bill.delete&note=a+b");
    }
}
