//! The third version.

use super::{Cases, Value, decimal, json, without_nulls};
use jiff::{
    ToSpan,
    civil::{Date, date},
};

/// From A to G, so that the smaller is the more intensive.
type Tier = u8;
const TIERS: [&str; 7] = ["A", "B", "C", "D", "E", "F", "G"];
const TABLE: [(i64, &str); 5] =
    [(6_900, "AABBBB"), (3_000, "ABCCCC"), (1_000, "BCDEEE"), (500, "CDEEFF"), (0, "DDEFFG")];
const COLUMNS: [i64; 6] = [90_000, 75_000, 50_000, 25_000, 15_000, 0];
const ARP: [i64; 7] = [0, 15_000, 25_000, 50_000, 75_000, 90_000, 100_000];
const CSRP: [i64; 6] = [0, 500, 1_000, 3_000, 6_900, 100_000];
const DC_SRP: [i64; 6] = [0, 600, 1_120, 2_110, 3_360, 10_000];
const BANDS: [&str; 5] = ["low", "medium", "high", "very_high", "not_applicable"];
const RECORDED: [&str; 5] = ["lifer", "domestic_abuse_perpetrator", "stalking", "child_protection", "child_concerns"];

pub struct Facts {
    on: Date,
    active: bool,
    arp: (Option<i64>, Option<&'static str>),
    csrp: (Option<i64>, Option<&'static str>),
    dc_srp: (Option<i64>, Option<&'static str>),
    category: Option<i64>,
    rosh: Option<&'static str>,
    registrations: Vec<&'static str>,
    released: Option<Date>,
    sexual_offence: bool,
}

impl Facts {
    pub fn generate(cases: &mut Cases) -> Self {
        let on = cases.pick(&[date(2026, 6, 15), date(2028, 2, 29), date(2025, 3, 1), date(2024, 2, 29)]);
        let types = [Some("static"), Some("dynamic"), Some("dynamic"), None];
        let arp = (!cases.one_in(12)).then(|| cases.score(&ARP));
        let csrp = (!cases.one_in(12)).then(|| cases.score(&CSRP));
        let dc_srp = cases.one_in(2).then(|| cases.score(&DC_SRP));
        Self {
            on,
            active: !cases.one_in(12),
            arp: (arp, cases.pick(&types)),
            csrp: (csrp, cases.pick(&types)),
            dc_srp: (dc_srp, cases.some(&BANDS)),
            category: cases.some(&[1, 2, 3, 4]).filter(|_| cases.one_in(2)),
            rosh: cases.some(&["low", "medium", "high", "very_high"]).filter(|_| !cases.one_in(2)),
            registrations: cases.several(&RECORDED, 4),
            released: cases.one_in(2).then(|| {
                let limit = on - cases.pick(&[0, 1, 5]).years();
                limit + cases.pick(&[-400, -30, -1, 0, 0, 1, 30]).days()
            }),
            sexual_offence: cases.one_in(6),
        }
    }

    pub fn to_json(&self) -> Value {
        let predictor = |(score, kind): (Option<i64>, Option<&str>), second: &str| {
            without_nulls(json!({ "score": score.map(decimal), second: kind }))
        };
        without_nulls(json!({
            "crn": "T300000",
            "assessed_on": self.on.to_string(),
            "active_event": self.active,
            "mappa": self.category.map(|category| json!({ "category": category })),
            "registrations": self.registrations,
            "release": self.released.map(|released| json!({ "date": released.to_string() })),
            "oasys": {
                "arp": predictor(self.arp, "type"),
                "csrp": predictor(self.csrp, "type"),
                "dc_srp": predictor(self.dc_srp, "band"),
                "rosh": self.rosh,
                "ever_committed_sexual_offence": self.sexual_offence.then_some(true),
            },
        }))
    }

    /// The tier and whether it is provisional; nothing where the model has no answer.
    pub fn expected(&self) -> Option<(&'static str, bool)> {
        if !self.active {
            return Some(("NOT_SUPERVISED", false));
        }
        let (Some(arp), Some(csrp)) = (self.arp.0, self.csrp.0) else { return Some(("MISSING", false)) };
        let by_table = table(arp, csrp);
        let sexual = self.sexual()?;
        let mappa = self.mappa_and_rosh();
        let rest = self.rest();
        let highest = |steps: &[Option<Tier>]| steps.iter().flatten().copied().min().unwrap_or(6);
        let tier = highest(&[Some(by_table), sexual, mappa, rest]);

        let others = highest(&[sexual, mappa, rest]);
        let is = |kind: &str| (self.arp.1 == Some(kind), self.csrp.1 == Some(kind));
        let predictors = match is("static") {
            (true, true) => others > 0,
            (true, false) => others > table(100_000, csrp),
            (false, true) => others > table(arp, 100_000),
            (false, false) => false,
        };
        let counted = if is("dynamic") == (true, true) { Some(by_table) } else { None };
        let enough = if self.category.is_some() { 0 } else { 2 };
        let harm = self.rosh.is_none() && highest(&[counted, sexual, rest]) > enough;
        Some((TIERS[usize::from(tier)], predictors || harm))
    }

    /// Outer none: no answer. Inner none: the step says nothing.
    fn sexual(&self) -> Option<Option<Tier>> {
        let (Some(score), Some(band)) = self.dc_srp else { return Some(None) };
        if score == 0 || band == "not_applicable" {
            return Some(None);
        }
        Some(Some(match (band, score) {
            ("very_high", _) => 0,
            ("high", _) => 1,
            ("low", _) => 4,
            (_, 3_360..) => 2,
            (_, 2_110..) => 3,
            (_, 1_120..) => 2,
            (_, 600..) => 3,
            _ => return None,
        }))
    }

    fn mappa_and_rosh(&self) -> Option<Tier> {
        match (self.category, self.rosh) {
            (Some(_), Some("very_high")) => Some(0),
            (Some(_), Some("high")) | (None, Some("very_high")) => Some(2),
            (Some(_), Some("medium")) | (None, Some("high")) => Some(3),
            (Some(_), _) => Some(4),
            (None, _) => None,
        }
    }

    /// The lifer step and what stands on the record.
    fn rest(&self) -> Option<Tier> {
        let on_record = |word: &str| self.registrations.contains(&word);
        let lifer = self.released.filter(|_| on_record("lifer")).map(|released| {
            if released >= self.on - 1.year() {
                1
            } else if released >= self.on - 5.years() {
                3
            } else {
                4
            }
        });
        let others = [
            on_record("domestic_abuse_perpetrator").then_some(4),
            on_record("stalking").then_some(5),
            on_record("child_protection").then_some(5),
            self.sexual_offence.then_some(4),
        ];
        others.into_iter().chain([lifer]).flatten().min()
    }
}

fn table(arp: i64, csrp: i64) -> Tier {
    let (_, row) = TABLE.iter().find(|(from, _)| csrp >= *from).unwrap();
    let column = COLUMNS.iter().position(|from| arp >= *from).unwrap();
    row.as_bytes()[column] - b'A'
}
