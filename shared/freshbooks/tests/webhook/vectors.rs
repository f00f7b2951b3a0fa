//! The twelve known answers of docs/freshbooks-api.md, signature test vectors.

use freshbooks::webhook::{Delivery, NotGenuine, Verifier, signed_text};

/// One known answer.
pub(crate) struct Vector {
    pub(crate) case: &'static str,
    pub(crate) verifier: &'static str,
    pub(crate) body: &'static str,
    pub(crate) header: &'static str,
    /// The text that is signed.
    pub(crate) text: &'static str,
}

pub(crate) const VECTORS: [Vector; 12] = [
    Vector {
        case: "the plain case",
        verifier: "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U",
        body: "name=invoice.create&object_id=1234567&account_id=6BApk&business_id=6543&identity_id=1234&user_id=1",
        header: "XuUp4cuAcsE6DtwJ0GL/XbHLFd44d0ZYxwLE+IlySYc=",
        text: r#"{"name": "invoice.create", "object_id": "1234567", "account_id": "6BApk", "business_id": "6543", "identity_id": "1234", "user_id": "1"}"#,
    },
    Vector {
        case: "an older field set",
        verifier: "UWQfd9zCzxmVwFZWKqqKwLxqz8gvzGdAn",
        body: "name=client.update&object_id=177864&user_id=1&account_id=FrEsHb",
        header: "uQL7Cy82JtV4RlsEowUZ+hm4cziC6LYjxuKj1cqLqHM=",
        text: r#"{"name": "client.update", "object_id": "177864", "user_id": "1", "account_id": "FrEsHb"}"#,
    },
    Vector {
        case: "another field order",
        verifier: "Nq4TzR8cYw2LmKx7Vb1JhGf5Dp9Ss3AeU",
        body: "name=payment.create&object_id=202155&user_id=1&identity_id=884213&business_id=5501223&account_id=lbZ4Kq",
        header: "Qo6nT2A0JMKweDr5/vSLSQifFTmQLSSI0iN/Hxbvm+A=",
        text: r#"{"name": "payment.create", "object_id": "202155", "user_id": "1", "identity_id": "884213", "business_id": "5501223", "account_id": "lbZ4Kq"}"#,
    },
    Vector {
        case: "a space as +",
        verifier: "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu",
        body: "name=expense.update&object_id=88&account_id=lbZ4Kq&note=two+words",
        header: "HysBtIHzuQhk1sksR/eoyirC4YGJ5NJueZbvdMIoqvA=",
        text: r#"{"name": "expense.update", "object_id": "88", "account_id": "lbZ4Kq", "note": "two words"}"#,
    },
    Vector {
        case: "a space as %20",
        verifier: "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu",
        body: "name=expense.update&object_id=88&account_id=lbZ4Kq&note=two%20words",
        header: "HysBtIHzuQhk1sksR/eoyirC4YGJ5NJueZbvdMIoqvA=",
        text: r#"{"name": "expense.update", "object_id": "88", "account_id": "lbZ4Kq", "note": "two words"}"#,
    },
    Vector {
        case: "two-byte UTF-8",
        verifier: "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu",
        body: "name=client.create&object_id=90210&account_id=lbZ4Kq&label=Caf%C3%A9+Z%C3%BCrich",
        header: "Cxox14yV57e4ZaeaDxYfyGIJ6zeQng0nFHe97dXosCU=",
        text: r#"{"name": "client.create", "object_id": "90210", "account_id": "lbZ4Kq", "label": "Caf\u00e9 Z\u00fcrich"}"#,
    },
    Vector {
        case: "three- and four-byte UTF-8",
        verifier: "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu",
        body: "name=client.create&object_id=90211&account_id=lbZ4Kq&label=%E6%9D%B1%E4%BA%AC%F0%9F%9A%80",
        header: "W8vKPU6VpYsACCDcVh9n7oJUMd3AbAOdkZ1AqrPnKYo=",
        text: r#"{"name": "client.create", "object_id": "90211", "account_id": "lbZ4Kq", "label": "\u6771\u4eac\ud83d\ude80"}"#,
    },
    Vector {
        case: "quote and backslash",
        verifier: "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu",
        body: "name=item.update&object_id=17&account_id=lbZ4Kq&label=7%22+pipe%5Celbow",
        header: "2mC3YZJKlfLoXgfsOsGHygK5Z2DfNUaTE+0liugFl00=",
        text: r#"{"name": "item.update", "object_id": "17", "account_id": "lbZ4Kq", "label": "7\" pipe\\elbow"}"#,
    },
    Vector {
        case: "slash, colon and comma",
        verifier: "Hk3Wd8Pz5RtQ1nXy7CvBm2Ls9Gf4Ja6Eu",
        body: "name=item.update&object_id=18&account_id=lbZ4Kq&label=a%2Fb%3Ac%2Cd+%22%3A%22%2C%22",
        header: "2gmLD0I3FW0xBXKgx3DiXZW+7MXUaQHNiTYsKpVqAmE=",
        text: r#"{"name": "item.update", "object_id": "18", "account_id": "lbZ4Kq", "label": "a/b:c,d \":\",\""}"#,
    },
    Vector {
        case: "reverse alphabetical order",
        verifier: "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U",
        body: "user_id=1&object_id=1234567&name=invoice.create&identity_id=1234&business_id=6543&account_id=6BApk",
        header: "v6qt1yTkg6xcC/mijMwkDdaVG5kR+SX44RofiEvnPio=",
        text: r#"{"user_id": "1", "object_id": "1234567", "name": "invoice.create", "identity_id": "1234", "business_id": "6543", "account_id": "6BApk"}"#,
    },
    Vector {
        case: "empty values",
        verifier: "Vr7kQ2mXp9LwZt4Hs8BnCy3Fd6Ga1Je5U",
        body: "name=bill.delete&object_id=4471&account_id=6BApk&business_id=6543&identity_id=&user_id=",
        header: "3G7DHdQr5J3j1spyHn+FbbGeQ4ebOiciJcd1rKkC6MI=",
        text: r#"{"name": "bill.delete", "object_id": "4471", "account_id": "6BApk", "business_id": "6543", "identity_id": "", "user_id": ""}"#,
    },
    Vector {
        case: "a handshake",
        verifier: "Zt6Yc1Xw9VbQ4mLk8Rj2Nh5Gd7Fs3Pa0E",
        body: "name=callback.verify&object_id=2001&account_id=6BApk&verifier=Zt6Yc1Xw9VbQ4mLk8Rj2Nh5Gd7Fs3Pa0E",
        header: "0BSyp/wK1h5iLG+Tnj1bcZIFQSaak3mnGZkQlPvLnTs=",
        text: r#"{"name": "callback.verify", "object_id": "2001", "account_id": "6BApk", "verifier": "Zt6Yc1Xw9VbQ4mLk8Rj2Nh5Gd7Fs3Pa0E"}"#,
    },
];

#[test]
fn every_known_answer_is_genuine() {
    for vector in &VECTORS {
        let delivery = Delivery::parse(vector.body.as_bytes(), Some(vector.header)).unwrap();
        let verifier = Verifier::new(vector.verifier.to_owned());
        assert!(delivery.verify(&[verifier]).is_ok(), "{}", vector.case);
    }
}

#[test]
fn the_signed_text_is_the_known_one() {
    for vector in &VECTORS {
        // Decoded by a library, so that the text is checked apart from our decoder.
        let fields: Vec<(String, String)> = form_urlencoded::parse(vector.body.as_bytes())
            .into_owned()
            .collect();
        assert_eq!(signed_text(&fields), vector.text, "{}", vector.case);
        assert_eq!(
            crate::sign(vector.verifier, vector.text),
            vector.header,
            "{}",
            vector.case
        );
    }
}

#[test]
fn no_known_answer_is_genuine_under_another_verifier() {
    for vector in &VECTORS {
        let delivery = Delivery::parse(vector.body.as_bytes(), Some(vector.header)).unwrap();
        let others = VECTORS
            .iter()
            .filter(|other| other.verifier != vector.verifier)
            .map(|other| Verifier::new(other.verifier.to_owned()));
        let result = delivery.verify(&others.collect::<Vec<_>>());
        assert_eq!(
            result.unwrap_err(),
            NotGenuine::Signature,
            "{}",
            vector.case
        );
    }
}
