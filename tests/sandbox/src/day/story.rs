//! The story of the day: what is told as it happens, and what is remembered of it for the table.

use ledger::State;
use money::Decimal;

use super::document::Document;
use super::office::Office;

/// A document of the day, and where it should end.
pub(super) struct Case {
    pub(super) document: Document,
    /// What happened to it last.
    pub(super) what: &'static str,
    pub(super) ends: State,
    /// What Cin7 should hold of one that does not end confirmed: nothing, or what a person left there.
    pub(super) left: Option<Decimal>,
    /// The state that was told last.
    told: State,
}

/// The day so far.
pub(super) struct Story<'a> {
    pub(super) office: &'a Office,
    pub(super) cases: Vec<Case>,
    /// Whether everything went as it should that is no document's end.
    pub(super) as_it_should: bool,
}

impl<'a> Story<'a> {
    pub(super) fn new(office: &'a Office) -> Self {
        Self {
            office,
            cases: Vec::new(),
            as_it_should: true,
        }
    }

    /// Tells what happened to a document and where it stands now, and remembers where it should end.
    pub(super) async fn tell(&mut self, document: Document, what: &'static str, ends: State) {
        let told = self.say_where(document, what).await;
        let case = Case {
            document,
            what,
            ends,
            left: None,
            told,
        };
        match self.case_mut(document) {
            Some(known) => *known = case,
            None => self.cases.push(case),
        }
    }

    /// The same of a document that people changed in Cin7 too, where it should stay as they left it.
    pub(super) async fn tell_left(
        &mut self,
        document: Document,
        what: &'static str,
        left: Decimal,
    ) {
        self.tell(document, what, State::Attention).await;
        if let Some(case) = self.case_mut(document) {
            case.left = Some(left);
        }
    }

    /// Tells of something that is no document's end, and whether it went as it should.
    pub(super) fn tell_of(&mut self, what: &str, as_it_should: bool) {
        self.as_it_should &= as_it_should;
        say(&format!("  {what}{}", mark(as_it_should)));
    }

    /// Tells what became of every document that stands elsewhere than when it was told of last. That
    /// what was posted is confirmed is told of all together.
    pub(super) async fn tell_what_moved(&mut self) {
        let mut confirmed = 0;
        for at in 0..self.cases.len() {
            let (document, told) = (self.cases[at].document, self.cases[at].told);
            let row = self.office.row(document).await;
            match row.map_or(told, |row| row.state) {
                State::Confirmed if told == State::Posted => confirmed += 1,
                state if state == told => {}
                _ => self.cases[at].told = self.say_where(document, self.cases[at].what).await,
            }
        }
        say(&format!(
            "  {confirmed} more that were posted are confirmed"
        ));
    }

    async fn say_where(&self, document: Document, what: &str) -> State {
        let name = self.office.name(document);
        let row = self.office.row(document).await;
        let state = row.as_ref().map_or("unknown", |row| row.state.name());
        say(&format!("  {name}: {what} → {state}"));
        let sentence = row.as_ref().map_or("", |row| row.sentence.as_str());
        if !sentence.is_empty() {
            say(&format!("    {sentence}"));
        }
        row.map_or(State::Queued, |row| row.state)
    }

    fn case_mut(&mut self, document: Document) -> Option<&mut Case> {
        let mut cases = self.cases.iter_mut();
        cases.find(|case| case.document == document)
    }
}

/// What stands behind a line that is not as it should be.
pub(super) fn mark(as_it_should: bool) -> &'static str {
    if as_it_should {
        ""
    } else {
        "  ← not as it should be"
    }
}

#[expect(
    clippy::print_stdout,
    reason = "telling what happens is what the day is for"
)]
pub(super) fn say(line: &str) {
    println!("{line}");
}
