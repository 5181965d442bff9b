//! Scripts that nobody wrote: grown at random from the language, of parts that fit together by their kinds.

use crate::remembered::{
    desks::{Desks, ON, case_file, rule, small_policy},
    streams::any_stream,
};
use proptest::{prelude::*, test_runner::TestRunner};

/// What comes next in a script, chosen one after the other; the first of the choices when there are no more.
struct Growth {
    choices: std::vec::IntoIter<u16>,
    variables: usize,
}

impl Growth {
    fn one_of(&mut self, count: usize) -> usize {
        self.choices.next().map_or(0, |choice| usize::from(choice) % count)
    }

    fn word(&mut self, words: &[&str]) -> String {
        words[self.one_of(words.len())].to_owned()
    }

    /// Some statements, and what is said at the end.
    fn body(&mut self) -> String {
        let count = 1 + self.one_of(4);
        let statements: Vec<String> = (0..count).map(|_| self.statement()).collect();
        format!("let n = 1; let l = []; let s = \"\";\n{}\n{}", statements.join("\n"), self.effect())
    }

    fn statement(&mut self) -> String {
        self.variables += 1;
        let v = self.variables;
        match self.one_of(12) {
            0 => format!("if {} {{ return {}; }}", self.truth(2), self.effect()),
            1 => format!("let unused{v} = {};", self.number(2)),
            2 => format!("n = {};", self.number(3)),
            3 => format!("n {} {};", self.word(&["+=", "-=", "*="]), self.number(2)),
            4 => format!("l = {};", self.list(2)),
            5 => format!("l.push({});", self.thing(1)),
            6 => format!("l += {};", self.thing(1)),
            7 => format!("for x{v} in {} {{ if x{v} == {} {{ n += 1; }} }}", self.list(1), self.thing(1)),
            8 => format!("s += {};", self.thing(1)),
            9 => format!("if {} {{ n += {}; }} else {{ l.push({}); }}", self.truth(2), self.number(1), self.thing(1)),
            10 => format!("let unused{v} = {};", self.thing(2)),
            _ => format!("for i{v} in 0..{}.len() {{ n += i{v}; }}", self.list(1)),
        }
    }

    fn effect(&mut self) -> String {
        match self.one_of(6) {
            0 => "flag(\"a\", `${n}`)".to_owned(),
            1 => "flag(\"a\", `${l.len()}`)".to_owned(),
            2 => format!("if {} {{ at_least(\"High\") }}", self.truth(2)),
            3 => format!("flag(\"a\", `${{{}}}`)", self.thing(1)),
            4 => "flag(\"a\", `${s}`)".to_owned(),
            _ => format!("flag(\"a\", join({}, \", \"))", self.list(1)),
        }
    }

    /// Something of any kind.
    fn thing(&mut self, depth: usize) -> String {
        match self.one_of(7) {
            0 => self.number(depth),
            1 => self.text(depth),
            2 => self.day(depth),
            3 => self.list(depth),
            4 => self.truth(depth),
            5 => self.record(depth),
            _ => self.word(&["()", "person.local.share", "person.release.date", "person.mappa.category", "2.5"]),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.word(&[
                "2",
                "person.local.count",
                "n",
                "person.mappa.level",
                "l.len()",
                "0",
                "person.oasys.ogrs3",
            ]);
        }
        let below = depth - 1;
        match self.one_of(10) {
            0 => self.number(0),
            1 => {
                let operator = self.word(&["+", "-", "*", "+", "-", "*", "/"]);
                format!("({} {operator} {})", self.number(below), self.number(below))
            }
            2 => format!("{}.len()", self.list(below)),
            3 => format!("days_between({}, {})", self.day(below), self.day(below)),
            4 => format!("(if {} {{ {} }} else {{ {} }})", self.truth(below), self.number(below), self.number(below)),
            5 => format!("twice({})", self.number(below)),
            6 => format!("({} ?? {})", self.number(below), self.number(below)),
            7 => format!("reaching([{}], [[\"a\", {}]])", self.number(below), self.number(below)),
            8 => format!("(|x| x + {}).call({})", self.word(&["1", "n"]), self.number(below)),
            _ => format!("pick([[0, 1], [2, {}]], {})", self.number(below), self.number(below)),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.word(&["person.registrations", "person.absent_on", "person.contacts", "l", "[]", "[1, 2]"]);
        }
        let below = depth - 1;
        match self.one_of(10) {
            0 => self.list(0),
            1 => format!("({} + {})", self.list(below), self.list(below)),
            2 => format!("[{}, {}]", self.thing(below), self.thing(below)),
            3 => format!("{}.filter(|x| x {} {})", self.list(below), self.word(&["==", "!="]), self.constant()),
            4 => format!("{}.map(|x| {})", self.list(below), self.word(&["x", "[x]", "x == n", "1"])),
            5 => format!("overlap({}, {})", self.list(below), self.list(below)),
            6 => format!("dates({})", self.list(below)),
            7 => format!("between({}, {}, {})", self.list(below), self.day(below), self.day(below)),
            8 => format!("having({}, \"outcome\", {})", self.list(below), self.text(below)),
            _ => format!("changes({}, \"outcome\")", self.list(below)),
        }
    }

    fn constant(&mut self) -> String {
        self.word(&["\"stalking\"", "2", "()", "date(\"2019-04-09\")", "n", "s"])
    }

    fn day(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.word(&[
                "person.assessed_on",
                "person.local.day",
                "date(\"2019-04-09\")",
                "person.release.date",
            ]);
        }
        let below = depth - 1;
        match self.one_of(4) {
            0 => self.day(0),
            1 => format!("{}({}, {})", self.word(&["days_after", "months_after"]), self.day(below), self.number(below)),
            2 => format!("{}?.date", self.record(below)),
            _ => format!("({} ?? {})", self.day(below), self.day(below)),
        }
    }

    fn record(&mut self, depth: usize) -> String {
        let below = depth.saturating_sub(1);
        match self.one_of(3) {
            0 => format!("latest({})", self.list(below)),
            1 => format!("earliest({})", self.list(below)),
            _ => format!("person.contacts[{}]", self.word(&["0", "-1", "1"])),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.word(&["\"high\"", "person.local.note", "person.sex", "person.crn", "s", "person.local.team"]);
        }
        let below = depth - 1;
        match self.one_of(6) {
            0 => self.text(0),
            1 => format!("`${{{}}}`", self.thing(below)),
            2 => format!("join({}, \"/\")", self.list(below)),
            3 => format!("({} + {})", self.text(below), self.thing(below)),
            4 => format!("band({}, [1, 2, 3])", self.number(below)),
            _ => format!("{}?.outcome", self.record(below)),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.word(&[
                "person.iom",
                "known(person.local.note)",
                "person.local.open",
                "known(person.local.count)",
            ]);
        }
        let below = depth - 1;
        let operator = self.word(&["<", "==", ">=", "!=", ">", "<="]);
        match self.one_of(11) {
            0 => self.truth(0),
            1 => format!("({} {operator} {})", self.number(below), self.number(below)),
            2 => format!("({} {operator} {})", self.day(below), self.day(below)),
            3 => format!("({} {} {})", self.thing(below), self.word(&["==", "!="]), self.thing(below)),
            4 => format!("({} && {})", self.truth(below), self.truth(below)),
            5 => format!("({} || !{})", self.truth(below), self.truth(below)),
            6 => format!("({} {} {})", self.thing(below), self.word(&["in", "!in"]), self.list(below)),
            7 => format!("known({})", self.thing(below)),
            8 => format!("{}.some(|x| x == {})", self.list(below), self.constant()),
            9 => format!("({} {operator} person.local.share)", self.number(below)),
            _ => format!("{}.is_empty()", self.list(below)),
        }
    }
}

/// A script with a function of its own.
fn grown(choices: Vec<u16>) -> String {
    let body = Growth { choices: choices.into_iter(), variables: 0 }.body();
    format!("{}private fn twice(x) {{ x * 2 }}\n", rule(&body))
}

#[test]
fn whatever_grows_says_the_same_with_and_without_memory() {
    let few =
        ProptestConfig { cases: 128, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(few);
    let choices = prop::collection::vec(any::<u16>(), 0..90);
    runner
        .run(&(choices, any_stream(12)), |(choices, stream)| {
            let functions = grown(choices);
            let policy = small_policy(&functions);
            let mut desks = Desks::of(&policy);
            for case in stream {
                let [remembered, plain] = desks.assess(&case_file(&case), ON);
                prop_assert_eq!(remembered, plain, "{}\n{}", functions, case);
            }
            Ok(())
        })
        .unwrap();
}
