//! One case from end to end: a person, a sentence, the records, and what is missing from them.

use super::{
    assessment::Assessment,
    contacts::{Contact, Contacts},
    days::{Days, from_to, later},
    dice::Dice,
    fields::Fields,
    lacking,
    officers::Officer,
    person::Person,
    ratings::{Path, Rating, Ratings},
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

/// What came of the supervision so far.
struct History {
    events: Vec<Date>,
    transfers: Vec<Date>,
    away: Option<(Date, &'static str)>,
    ratings: Vec<Rating>,
    contacts: Vec<Contact>,
    enforcement: Vec<(Date, &'static str)>,
}

impl Life<'_> {
    fn written(&mut self, seed: u64, number: u64) -> Value {
        let officer = Officer::of(&mut self.dice, seed, number, self.path.recorded);
        let hub = self.is_hub_case();
        let history = self.history(hub);
        let met = history.contacts.iter().find(|contact| contact.is_meeting()).map(|contact| contact.date);
        let supervision = self.supervision(&officer, hub, &history);
        let mut assessment = Assessment {
            dice: &mut self.dice,
            days: self.days,
            person: &self.person,
            met: met.filter(|met| *met <= self.on).unwrap_or_else(|| self.timeline.start),
            transfers: &history.transfers,
            on: self.on,
        };
        let (assessed, oasys) = assessment.oasys();
        let plan = assessment.plan(assessed, &history.ratings);
        let risk_plan = assessment.risk_plan();
        let manager = format!("{}MGR", officer.id.split('P').next().unwrap_or_default());
        let person = &self.person;
        let circumstances = person.circumstances.iter().fold(Fields::default(), |all, name| all.truth(name, true));
        let mappa =
            person.mappa.map(|(category, level)| Fields::default().with("category", category).with("level", level));
        let recalled = self.timeline.recalled();
        let fields = Fields::default()
            .with("crn", reference(number))
            .day("assessed_on", self.on)
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
            .truth(
                "previous_enforcement_activity",
                recalled || history.enforcement.iter().any(|(_, action)| is_grave(action)),
            )
            .unless_empty(
                "enforcement",
                history.enforcement.iter().map(|(date, action)| dated(*date, "action", action)).collect::<Vec<_>>(),
            )
            .with("supervision", supervision)
            .with("oasys", oasys)
            .unless_empty("plan", plan)
            .unless_empty("risk_management_plan", risk_plan)
            .unless_empty("induction", self.induction());
        let fields = self.around(fields);
        fields
            .with("ratings", history.ratings.iter().map(|one| one.written(&officer.id, &manager)).collect::<Vec<_>>())
            .with("contacts", history.contacts.iter().map(Contact::written).collect::<Vec<_>>())
            .unless_empty("events", self.events(&history.events))
            .maybe("override", self.override_(&officer.id, &manager))
            .into()
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

    fn history(&mut self, hub: bool) -> History {
        let outside = (!self.timeline.in_custody()).then(|| self.timeline.since());
        let events = outside.map_or_else(Vec::new, |since| self.some_days(since, 120));
        let transfers = outside.map_or_else(Vec::new, |since| self.some_days(since, 25));
        let away = outside.filter(|since| from_to(*since, self.on) > 40 && self.dice.happens(12)).map(|_| {
            let status = self.dice.one_of(&[("absconded", 55), ("unlawfully_at_large", 25), ("hospital", 20)]);
            (later(self.on, -self.dice.between(5, 35)), status)
        });
        let mut asked = events.clone();
        asked.extend(&transfers);
        asked.sort_unstable();
        let (path, days, on) = (&self.path, self.days, self.on);
        let mut ratings = Ratings { dice: &mut self.dice, days, path, events: &asked, on }.all(&self.timeline);
        let contacts = Contacts {
            dice: &mut self.dice,
            days,
            person: &self.person,
            path,
            ratings: &ratings,
            hub,
            away: away.map(|(from, _)| from),
            on,
        };
        let contacts = contacts.all(&self.timeline);
        let enforcement = self.enforcement(&contacts, &mut ratings);
        History { events, transfers, away, ratings, contacts, enforcement }
    }

    /// A day, now and then two, on which something happened since a date; in so many of a thousand cases.
    fn some_days(&mut self, since: Date, per_thousand: u32) -> Vec<Date> {
        let length = from_to(since, self.on);
        if length < 35 || !self.dice.happens(per_thousand) {
            return Vec::new();
        }
        let count = self.dice.one_of(&[(1, 85), (2, 15)]);
        let mut days: Vec<Date> =
            (0..count).map(|_| self.days.working(later(since, self.dice.between(25, length)))).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// A warning for the first absence without good reason; from the second on breach or recall, or a waiver, nearly always.
    fn enforcement(&mut self, contacts: &[Contact], ratings: &mut [Rating]) -> Vec<(Date, &'static str)> {
        let on_licence = self.timeline.release.is_some();
        let breach = if on_licence { "recall_requested" } else { "breach_initiated" };
        let mut taken = Vec::new();
        let missed = contacts.iter().filter(|contact| contact.outcome == "unacceptable_absence");
        for (index, absence) in missed.enumerate() {
            let action = match index {
                0 => "warning",
                _ => self.dice.one_of(&[("breach_waived", 60), (breach, 40)]),
            };
            let date = self.days.after(absence.date, self.dice.between(1, 8));
            if date > self.on || !self.dice.happens(if index == 0 { 800 } else { 920 }) {
                continue;
            }
            taken.push((date, action));
            let review = ratings.iter_mut().find(|rating| rating.date >= date);
            if let (true, Some(review), true) = (is_grave(action), review, self.dice.happens(880)) {
                review.addresses_noncompliance = true;
            }
        }
        taken.sort_unstable();
        taken
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

    fn induction(&mut self) -> Fields {
        if self.timeline.in_custody() || self.dice.happens(250) {
            return Fields::default();
        }
        let date = self.days.after(self.timeline.since(), self.dice.between(3, 12));
        if date > self.on {
            return Fields::default();
        }
        let personal = ["vulnerable", "interpreter_required", "learning_difficulty", "domestic_abuse_victim"];
        let personal = personal.into_iter().any(|circumstance| self.person.is(circumstance));
        let group = self.dice.happens(if personal { 60 } else { 450 });
        let outcome = self.dice.one_of(&[("attended", 955), ("missed", 35), ("turned_away", 10)]);
        Fields::default()
            .day("date", date)
            .with("mode", if group { "group" } else { "one_to_one" })
            .with("outcome", outcome)
    }

    /// Agencies, checks, needs that were disclosed, and resettlement.
    fn around(&mut self, fields: Fields) -> Fields {
        let person = &self.person;
        let abuse = person.has_any(&["domestic_abuse_perpetrator", "domestic_abuse_victim"]);
        let children = person.has_any(&["child_protection", "child_concerns", "risk_to_children"]);
        let involved = [
            ("police_iom_unit", if person.iom { 950 } else { 0 }),
            ("childrens_services", if children { 850 } else { 5 }),
            ("substance_misuse_service", if person.score("drugs") >= 5 { 450 } else { 20 }),
            ("mental_health_team", if person.is("mental_health") { 160 } else { 0 }),
        ];
        let mut agencies = Vec::new();
        for (name, share) in involved {
            if self.dice.happens(share) {
                let agency =
                    Fields::default().with("name", name).with("involved", true).with("liaison", self.dice.happens(920));
                agencies.push(Value::from(agency));
            }
        }
        let check = |dice: &mut Dice, asked: bool| {
            if asked {
                dice.one_of(&[("done", 930), ("not_done", 70)])
            } else {
                dice.one_of(&[("not_needed", 800), ("done", 200)])
            }
        };
        let checks = Fields::default()
            .with("police_domestic_abuse", check(&mut self.dice, abuse))
            .with("childrens_services", check(&mut self.dice, children));
        let mut disclosed = Vec::new();
        for need in ["substance_misuse", "mental_health", "debt"] {
            if self.dice.happens(110) {
                let need = Fields::default().with("need", need).with("explored", self.dice.happens(860));
                disclosed.push(Value::from(need));
            }
        }
        fields
            .unless_empty("agencies", agencies)
            .with("checks", checks)
            .unless_empty("disclosed_needs", disclosed)
            .unless_empty("through_the_gate", self.through_the_gate())
    }

    fn through_the_gate(&mut self) -> Fields {
        let released = self.timeline.release.is_some() && !self.timeline.in_custody();
        if !released {
            return Fields::default();
        }
        let followed_up = self.dice.happens(900);
        let referral = Fields::default().with("to", "housing").with("followed_up", followed_up);
        Fields::default()
            .with("based_on", self.dice.one_of(&[("verified", 880), ("self_report_only", 120)]))
            .with(
                "accommodation_on_release",
                self.dice.one_of(&[("settled", 800), ("supported_application", 120), ("homeless", 80)]),
            )
            .unless_empty("referrals", if self.dice.happens(350) { vec![Value::from(referral)] } else { Vec::new() })
            .truth("undisclosed_custody_event", self.dice.happens(10))
    }

    fn events(&mut self, days: &[Date]) -> Vec<Value> {
        let of = |dice: &mut Dice, date: &Date| {
            let kind = dice.one_of(&[
                ("new_offence", 25),
                ("change_of_accommodation", 30),
                ("domestic_abuse_callout", 15),
                ("relationship_breakdown", 20),
                ("relapse", 10),
            ]);
            Fields::default().day("date", *date).with("type", kind).with("significant", true).into()
        };
        days.iter().map(|date| of(&mut self.dice, date)).collect()
    }

    /// A manager's judgement that moves the tier: up more often than down.
    fn override_(&mut self, officer: &str, manager: &str) -> Option<Fields> {
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
        let fields =
            Fields::default().with("tier", tier.word()).with("reason", reason).with("by", officer).day("date", last);
        (tier != self.path.reckoned && !self.person.iom).then(|| fields.with("authorised_by", manager))
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

/// Whether an action means that the order failed.
fn is_grave(action: &str) -> bool {
    matches!(action, "breach_initiated" | "recall_requested")
}

fn dated(date: Date, name: &str, value: &str) -> Value {
    Fields::default().day("date", date).with(name, value).into()
}
