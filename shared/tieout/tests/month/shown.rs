//! What people and spreadsheets are given.

use tieout::{
    Document, InFreshbooks, Kind, Nature, Progress, Rules, Stands, TieOut, Told, Unread, csv,
    table, tie,
};

use crate::causes::{copy, document, figures, month};

fn january() -> TieOut {
    let mut documents = Vec::new();
    for (id, progress) in [
        (1, Progress::Posted),
        (2, Progress::OnItsWay),
        (
            3,
            Progress::Waiting("settings.taxes.\"HST, 13\"".to_owned()),
        ),
        (4, Progress::OnItsWay),
        (5, Progress::OnItsWay),
        (6, Progress::OnItsWay),
    ] {
        let shown = InFreshbooks::Counts(figures("2026-01-10", 11_300), Nature::Plain);
        let left = (id == 1).then(|| figures("2026-01-10", 11_300));
        let told = Some(Told {
            progress,
            said: None,
            left,
            is_fresh: false,
        });
        let cin7 = left.map(|_| copy(Stands::Booked, 11_300));
        documents.push(Document {
            record: format!("invoice/{id}"),
            number: (id == 2).then(|| "=2+5\u{1b}!".to_owned()),
            ..document(shown, told, cin7.into_iter().collect())
        });
    }
    let mut stray = document(InFreshbooks::Deleted, None, vec![copy(Stands::Booked, 500)]);
    stray.kind = Kind::Payment;
    stray.record = "payment/9".to_owned();
    stray.cin7[0].currency = Some("USD".parse().unwrap());
    documents.push(stray);
    TieOut {
        connection: "acme".to_owned(),
        month: month(),
        at: "2026-02-01T03:00:00Z".parse().unwrap(),
        kinds: tie(month(), &documents, &Rules::default()),
        unread: vec![Unread {
            kind: Kind::Bill,
            why: "The consent lacks user:bills:read.".to_owned(),
        }],
    }
}

#[test]
fn a_table_names_every_cause_below_its_kind() {
    insta::assert_snapshot!(table(&january()), @r#"
    KIND     CURRENCY  FRESHBOOKS    CIN7  DIFFERENCE  BECAUSE
    invoice  USD           678.00  113.00      565.00
                                               452.00  on its way: invoice/2, invoice/4, invoice/5 and 1 more
                                               113.00  waits for settings.taxes."HST, 13": invoice/3
    payment  USD             0.00    5.00       -5.00
                                                -5.00  NOT EXPLAINED: payment/9
    bill is not in it: The consent lacks user:bills:read.
    5.00 of 2026-01 is NOT explained; docs/month-end.md says what to do.
    "#);
}

#[test]
fn a_spreadsheet_gets_a_line_for_each_document_and_no_formula() {
    insta::assert_snapshot!(csv(&january()).replace('\r', ""), @r#"
    month,kind,currency,line,cause,freshbooks,cin7,difference,record,number
    2026-01,invoice,USD,total,,678.00,113.00,565.00,,
    2026-01,invoice,USD,cause,on_its_way,,,452.00,,
    2026-01,invoice,USD,document,on_its_way,113.00,0.00,113.00,invoice/2,'=2+5 !
    2026-01,invoice,USD,document,on_its_way,113.00,0.00,113.00,invoice/4,
    2026-01,invoice,USD,document,on_its_way,113.00,0.00,113.00,invoice/5,
    2026-01,invoice,USD,document,on_its_way,113.00,0.00,113.00,invoice/6,
    2026-01,invoice,USD,cause,"waiting:settings.taxes.""HST, 13""",,,113.00,,
    2026-01,invoice,USD,document,"waiting:settings.taxes.""HST, 13""",113.00,0.00,113.00,invoice/3,
    2026-01,invoice,USD,unexplained,,,,0.00,,
    2026-01,payment,USD,total,,0.00,5.00,-5.00,,
    2026-01,payment,USD,unexplained,,,,-5.00,,
    2026-01,payment,USD,document,unexplained,0.00,5.00,-5.00,payment/9,
    "#);
}

#[test]
fn amounts_are_decimal_text_and_what_was_stored_is_read_again() {
    let tied = january();
    let json = serde_json::to_value(&tied).unwrap();
    assert_eq!(json["kinds"][0]["freshbooks"], "678.00");
    assert_eq!(json["kinds"][0]["causes"][0]["records"][0], "invoice/2");
    assert_eq!(json["month"], "2026-01");
    assert_eq!(serde_json::from_value::<TieOut>(json).unwrap(), tied);
}

#[test]
fn a_month_without_anything_says_so() {
    let empty = TieOut {
        kinds: Vec::new(),
        unread: Vec::new(),
        ..january()
    };
    assert!(table(&empty).ends_with("Neither side has anything dated in 2026-01.\n"));
}
