//! One case from end to end: a person, a sentence, the records, and what is missing from them.

use crate::{
    assessment::Assessment,
    contacts::Contact,
    days::{Days, later},
    dice::Dice,
    fields::Fields,
    history::{History, Records},
    lacking,
    officers::Officer,
    person::Person,
    preparations::Preparations,
    ratings::Path,
    requirements::Requirements,
    tier::Tier,
    timeline::Timeline,
};
use jiff::civil::Date;
use serde_json::Value;

/// Makes up the case of this number, from 0.
pub fn case(days: &Days, seed: u64, number: u64, on: Date) -> Value {
    let mut dice = Dice::of(seed, number);
    let person = Person::new(&mut dice, on);
    let path = Path::new(&mut dice, Tier::reckoned(&person), person.iom);
    let timeline = Timeline::new(&mut dice, on, path.reckoned.max(path.recorded));
    let requirements = Requirements::new(&mut dice, days, &person, &timeline, on);
    let mut life = Life { dice, days, on, person, path, timeline, requirements };
    let mut case = life.written(seed, number);
    if lacking::lacks_a_fact(seed, number) {
        lacking::take_out(&mut life.dice, &mut case);
    }
    case
}

struct Life<'a> {
    dice: Dice,
    days: &'a Days,
    on: Date,
    person: Person,
    path: Path,
    timeline: Timeline,
    requirements: Requirements,
}

impl Life<'_> {
    fn written(&mut self, seed: u64, number: u64) -> Value {
        let officer = Officer::of(&mut self.dice, seed, number, self.path.recorded);
        let hub = self.is_hub_case();
        let history = self.history(hub);
        let fields = self.about(Fields::default().with("crn", reference(number)).day("assessed_on", self.on));
        let failed = self.timeline.recalled() || history.failed();
        let fields = fields
            .truth("previous_enforcement_activity", failed)
            .unless_empty("enforcement", history.enforced())
            .with("supervision", self.supervision(&officer, hub, &history));
        let fields = self.planned(fields, &history);
        let fields = self.prepared(fields);
        let ratings: Vec<Value> =
            history.ratings.iter().map(|one| one.written(&officer.id, &officer.manager)).collect();
        let contacts: Vec<Value> = history.contacts.iter().map(Contact::written).collect();
        fields
            .with("ratings", ratings)
            .with("contacts", contacts)
            .unless_empty("events", history.events(&mut self.dice))
            .maybe("override", self.override_(&officer))
            .into()
    }

    fn history(&mut self, hub: bool) -> History {
        let Self { dice, days, on, person, path, timeline, .. } = self;
        Records { dice, days, person, path, timeline, hub, on: *on }.history()
    }

    /// The person, the sentence and the time in custody.
    fn about(&self, fields: Fields) -> Fields {
        let person = &self.person;
        let circumstances = person.circumstances.iter().fold(Fields::default(), |all, name| all.truth(name, true));
        let mappa =
            person.mappa.map(|(category, level)| Fields::default().with("category", category).with("level", level));
        fields
            .day("date_of_birth", person.born)
            .with("sex", if person.female { "female" } else { "male" })
            .unless_empty("circumstances", circumstances)
            .with("engagement", person.engagement)
            .truth("iom", person.iom)
            .maybe("mappa", mappa)
            .unless_empty("registrations", person.registrations.clone())
            .with("sentence", self.sentence())
            .unless_empty("previous_offences", person.offences.previous.clone())
            .unless_empty("custody", self.timeline.periods())
            .unless_empty("release", self.timeline.written_release())
    }

    /// The assessment, the plan, and the plan for the risk of serious harm.
    fn planned(&mut self, fields: Fields, history: &History) -> Fields {
        let mut assessment = Assessment {
            dice: &mut self.dice,
            days: self.days,
            person: &self.person,
            met: history.first_meeting().filter(|met| *met <= self.on).unwrap_or(self.timeline.start),
            transfers: &history.transfers,
            on: self.on,
        };
        let (assessed, oasys) = assessment.oasys();
        let plan = assessment.plan(assessed, &history.ratings);
        let risk_plan = assessment.risk_plan();
        fields.with("oasys", oasys).unless_empty("plan", plan).unless_empty("risk_management_plan", risk_plan)
    }

    fn prepared(&mut self, fields: Fields) -> Fields {
        let Self { dice, days, on, person, timeline, .. } = self;
        let mut preparations = Preparations { dice, days, person, timeline, on: *on };
        fields
            .unless_empty("induction", preparations.induction())
            .unless_empty("agencies", preparations.agencies())
            .with("checks", preparations.checks())
            .unless_empty("disclosed_needs", preparations.disclosed_needs())
            .unless_empty("through_the_gate", preparations.through_the_gate())
    }

    /// Single-requirement unpaid work of people with a low risk of serious harm may be managed from the hub.
    fn is_hub_case(&mut self) -> bool {
        let eligible =
            self.requirements.unpaid_work_alone && self.person.harm == 0 && self.path.recorded == Tier::Green;
        self.dice.happens(if eligible { 600 } else { 4 })
    }

    fn sentence(&self) -> Fields {
        Fields::default()
            .with("type", self.timeline.kind)
            .day("imposed_on", self.timeline.start)
            .day("starts_on", self.timeline.start)
            .day("ends_on", self.timeline.ends)
            .with("index_offence", self.person.offences.written())
            .unless_empty("requirements", self.requirements.written.clone())
    }

    fn supervision(&mut self, officer: &Officer, hub: bool, history: &History) -> Fields {
        let place = match hub {
            true => "operational_hub",
            false if self.person.is("rural") && self.dice.happens(400) => "community_hub",
            false => "front_office",
        };
        let fields = officer.supervision(&mut self.dice, &self.person, self.path.recorded, place);
        let transfers: Vec<Value> =
            history.transfers.iter().map(|date| Fields::default().day("date", *date).into()).collect();
        let status = history.away.map(|(from, status)| {
            Value::from(Fields::default().with("status", status).day("from", from).truth("evidence", true))
        });
        fields.unless_empty("transfers", transfers).unless_empty("status", status.into_iter().collect::<Vec<_>>())
    }

    /// A manager's judgement that moves the tier: up more often than down.
    fn override_(&mut self, officer: &Officer) -> Option<Fields> {
        let last = self.days.working(later(self.on, -self.dice.between(1, 30)));
        if self.timeline.in_custody() || last <= later(self.timeline.since(), 10) || !self.dice.happens(12) {
            return None;
        }
        let up = self.dice.happens(600);
        let tier = if up { self.path.reckoned.higher() } else { self.path.reckoned.lower() };
        let reason = if up {
            "Recent concerns that the scores do not show yet."
        } else {
            "Sustained progress, confirmed by the agencies involved."
        };
        let fields = Fields::default()
            .with("tier", tier.word())
            .with("reason", reason)
            .with("by", officer.id.as_str())
            .day("date", last);
        (tier != self.path.reckoned && !self.person.iom).then(|| fields.with("authorised_by", officer.manager.as_str()))
    }
}

/// Case references: a letter and six digits, then the next letter.
fn reference(number: u64) -> String {
    let letters = number / 1_000_000;
    let letter = |index: u64| char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    let prefix: String = if letters < 26 {
        letter(letters).into()
    } else {
        [letter(letters / 26 - 1), letter(letters)].iter().collect()
    };
    format!("{prefix}{:06}", number % 1_000_000)
}
