//! Small well-formed scripts over the whole language, drawn at random: a few rules and their helpers, each statement on a line
//! of its own. What is compared keeps to one kind, as the checks of the language want it; indices may miss, numbers may
//! overflow and facts may be missing, so that faults are drawn as well.

use crate::draw::Draw;
use brag::{
    case::{domain::Domain, input::InputTable, value::Value},
    language::tiers::Tiers,
};

/// The tiers of every such script.
pub fn tiers() -> Tiers {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Tiers::new(words(&["Green", "Amber", "Red-Amber", "Red"]), words(&["Blue"]), words(&["harm", "need"]))
}

/// The inputs of every such script: those of all policies, and a few of its own.
pub fn inputs() -> InputTable {
    let own = |name: &str, domain: Domain| (name.to_owned(), domain, "a test".to_owned());
    InputTable::with_own([
        own("score", Domain::Whole { min: 0, max: 20 }),
        own("share", Domain::Decimal { min: 0, max: 100 }),
        own("colour", Domain::OwnWords(vec!["red".to_owned(), "green".to_owned(), "blue".to_owned()])),
        own("urgent", Domain::Bool),
    ])
}

/// The parameters of every such script.
pub fn parameters() -> Vec<(String, Value)> {
    let numbers = |numbers: &[i64]| Value::list(numbers.iter().map(|number| Value::Whole(*number)));
    let text = |text: &str| Value::Text(text.into());
    vec![
        (
            "by_word".to_owned(),
            Value::record([("low", Value::Whole(1)), ("medium", Value::Whole(2)), ("high", Value::Whole(3))]),
        ),
        ("limits".to_owned(), numbers(&[50, 75, 90])),
        ("share".to_owned(), Value::Decimal(rust_decimal::Decimal::new(125, 1))),
        ("words".to_owned(), Value::list([text("red"), text("low"), text("high")])),
    ]
}

/// A kind of value that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Number,
    Text,
    Numbers,
    Texts,
    Table,
}

const KINDS: [Kind; 6] = [Kind::Bool, Kind::Number, Kind::Text, Kind::Numbers, Kind::Texts, Kind::Table];

/// One script being written.
pub struct Writer {
    draw: Draw,
    lines: Vec<String>,
    /// Variables that are never changed, and those that are.
    fixed: Vec<(String, Kind)>,
    changing: Vec<(String, Kind)>,
    names: usize,
    loops: usize,
    indent: usize,
    /// Whether helpers can be called.
    helpers: bool,
    /// Whether facts of the case are read.
    reads: bool,
}

/// Draws one script: its text.
pub fn script(draw: Draw, rules: usize) -> String {
    let mut writer = Writer {
        draw,
        lines: Vec::new(),
        fixed: Vec::new(),
        changing: Vec::new(),
        names: 0,
        loops: 0,
        indent: 0,
        helpers: false,
        reads: true,
    };
    for head in [
        "const TIERS = [\"Green\", \"Amber\", \"Red-Amber\", \"Red\"];",
        "const OUTSIDE = [\"Blue\"];",
        "const AXES = [\"harm\", \"need\"];",
    ] {
        writer.lines.push(head.to_owned());
    }
    writer.line("const NUMBERS = [3, 1, 2];");
    writer.helpers();
    writer.helpers = true;
    for number in 0..rules {
        writer.function(&format!("fn r{number}(person)"), &[], Writer::effect_at_end);
    }
    writer.lines.join("\n") + "\n"
}

impl Writer {
    fn line(&mut self, text: &str) {
        self.lines.push(format!("{}{text}", "    ".repeat(self.indent)));
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    fn helpers(&mut self) {
        let number = |writer: &mut Self| {
            let value = writer.expr(Kind::Number, 2);
            writer.line(&value);
        };
        let holds = |writer: &mut Self| {
            let value = writer.expr(Kind::Bool, 2);
            writer.line(&value);
        };
        let text = |writer: &mut Self| {
            let value = writer.expr(Kind::Text, 2);
            writer.line(&value);
        };
        self.function("private fn counts(person, a)", &[("a", Kind::Number)], number);
        self.function("private fn holds(person)", &[], holds);
        self.function("private fn names(person, a, b)", &[("a", Kind::Text), ("b", Kind::Numbers)], text);
        self.reads = false;
        self.function("private fn plain(a)", &[("a", Kind::Number)], holds);
        self.reads = true;
        self.line("private fn of_group(group, from) {");
        self.line("    group.ogrs3 >= from || group.ogp >= from");
        self.line("}");
    }

    fn function(&mut self, head: &str, parameters: &[(&str, Kind)], end: impl FnOnce(&mut Self)) {
        self.fixed = parameters.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        self.changing.clear();
        self.line(&format!("{head} {{"));
        self.indent += 1;
        let is_rule = head.starts_with("fn");
        let count = if is_rule { 2 + self.draw.below(5) } else { self.draw.below(3) };
        for _ in 0..count {
            self.statement(2, is_rule);
        }
        end(self);
        self.indent -= 1;
        self.line("}");
    }

    fn block(&mut self, depth: usize, is_rule: bool, end: Option<&str>) {
        let (fixed, changing) = (self.fixed.len(), self.changing.len());
        self.indent += 1;
        for _ in 0..=self.draw.below(2) {
            self.statement(depth, is_rule);
        }
        if let Some(end) = end {
            self.line(end);
        }
        self.indent -= 1;
        self.fixed.truncate(fixed);
        self.changing.truncate(changing);
    }

    fn statement(&mut self, depth: usize, is_rule: bool) {
        match self.draw.below(if depth == 0 { 9 } else { 16 }) {
            3 | 4 => self.assign(depth),
            5 | 6 => self.change_list(),
            7 => self.change_table(),
            8 if self.loops > 0 => {
                let condition = self.expr(Kind::Bool, 1);
                let ends = *self.draw.one(&["break", "continue"]);
                self.line(&format!("if {condition} {{ {ends}; }}"));
            }
            8 if is_rule && self.draw.happens(40) => {
                let condition = self.expr(Kind::Bool, 2);
                let effect = self.effect();
                self.line(&format!("if {condition} {{ return {effect}; }}"));
            }
            0..=2 | 8 => self.declare(depth),
            9..=11 => self.branch(depth, is_rule),
            12 | 13 => self.each(depth, is_rule),
            14 => self.switch_statement(depth, is_rule),
            _ => {
                self.line("{");
                self.block(depth - 1, is_rule, None);
                self.line("}");
            }
        }
    }

    fn declare(&mut self, depth: usize) {
        let kind = *self.draw.one(&KINDS);
        let value = self.expr(kind, depth.max(1));
        let name = self.name();
        self.line(&format!("let {name} = {value};"));
        if self.draw.happens(55) { self.fixed.push((name, kind)) } else { self.changing.push((name, kind)) }
    }

    /// A variable that may be changed; a new one where there is none.
    fn changed(&mut self, kind: Kind) -> String {
        let known: Vec<String> =
            self.changing.iter().filter(|(_, known)| *known == kind).map(|(name, _)| name.clone()).collect();
        if known.is_empty() {
            let (name, value) = (self.name(), self.expr(kind, 1));
            self.line(&format!("let {name} = {value};"));
            self.changing.push((name.clone(), kind));
            return name;
        }
        self.draw.one(&known).clone()
    }

    fn assign(&mut self, depth: usize) {
        let kind = *self.draw.one(&KINDS);
        let name = self.changed(kind);
        let value = self.expr(kind, depth.max(1));
        let operator = match kind {
            Kind::Number => *self.draw.one(&["=", "+=", "-=", "*="]),
            Kind::Text | Kind::Numbers | Kind::Texts => *self.draw.one(&["=", "+="]),
            _ => "=",
        };
        self.line(&format!("{name} {operator} {value};"));
    }

    fn change_list(&mut self) {
        let kind = *self.draw.one(&[Kind::Numbers, Kind::Texts]);
        let item = if kind == Kind::Numbers { Kind::Number } else { Kind::Text };
        let list = self.changed(kind);
        let (value, at) = (self.expr(item, 1), self.index());
        let other = self.expr(kind, 1);
        let order = if kind == Kind::Numbers { "a - b" } else { "a.len() - b.len()" };
        let changes = [
            format!("{list}.push({value});"),
            format!("{list}.insert({at}, {value});"),
            format!("{list}.append({other});"),
            format!("{list}.pop();"),
            format!("{list}.shift();"),
            format!("{list}.remove({at});"),
            format!("{list}.reverse();"),
            format!("{list}.truncate({at});"),
            format!("{list}.sort();"),
            format!("{list}.sort(|a, b| {order});"),
            format!("{list}[{at}] = {value};"),
            format!("{list}[{at}] += {value};"),
        ];
        let change = self.draw.one(&changes).clone();
        self.line(&change);
    }

    fn change_table(&mut self) {
        let table = self.changed(Kind::Table);
        let value = self.expr(Kind::Number, 1);
        let name = *self.draw.one(&["a", "b", "c"]);
        let changes = [
            format!("{table}.{name} = {value};"),
            format!("{table}.{name} += {value};"),
            format!("{table}[\"{name}\"] = {value};"),
        ];
        let change = self.draw.one(&changes).clone();
        self.line(&change);
    }

    fn branch(&mut self, depth: usize, is_rule: bool) {
        let condition = self.expr(Kind::Bool, 2);
        self.line(&format!("if {condition} {{"));
        let end = if is_rule && self.draw.happens(25) { Some(format!("return {};", self.effect())) } else { None };
        self.block(depth - 1, is_rule, end.as_deref());
        if self.draw.happens(50) {
            if self.draw.happens(40) {
                let condition = self.expr(Kind::Bool, 1);
                self.line(&format!("}} else if {condition} {{"));
                self.block(depth - 1, is_rule, None);
            }
            self.line("} else {");
            self.block(depth - 1, is_rule, None);
        }
        self.line("}");
    }

    fn each(&mut self, depth: usize, is_rule: bool) {
        let item = self.name();
        let (over, kind) = match self.draw.below(4) {
            0 => (format!("{}..{}", self.draw.below(3), self.draw.below(6)), Kind::Number),
            1 => (format!("{}..={}", self.draw.below(3), self.draw.below(5)), Kind::Number),
            2 => (self.expr(Kind::Texts, 1), Kind::Text),
            _ => (self.expr(Kind::Numbers, 1), Kind::Number),
        };
        let marks = (self.fixed.len(), self.changing.len());
        let head = if self.draw.happens(30) {
            let counter = self.name();
            self.fixed.push((counter.clone(), Kind::Number));
            format!("for ({item}, {counter}) in {over} {{")
        } else {
            format!("for {item} in {over} {{")
        };
        self.fixed.push((item, kind));
        self.line(&head);
        self.loops += 1;
        self.block(depth - 1, is_rule, None);
        self.loops -= 1;
        self.fixed.truncate(marks.0);
        self.changing.truncate(marks.1);
        self.line("}");
    }

    fn switch_statement(&mut self, depth: usize, is_rule: bool) {
        let (of, labels) = if self.draw.happens(50) {
            (self.expr(Kind::Number, 1), ["0 | 1", "2", "3..6", "6..=40", "50"].as_slice())
        } else {
            (self.expr(Kind::Text, 1), ["\"low\"", "\"red\" | \"high\"", "\"\"", "\"medium\""].as_slice())
        };
        self.line(&format!("switch {of} {{"));
        self.indent += 1;
        for (at, label) in labels.iter().enumerate() {
            // A single number may not follow a range.
            if at == 4 || self.draw.happens(30) {
                continue;
            }
            let condition =
                if self.draw.happens(30) { format!(" if {}", self.expr(Kind::Bool, 1)) } else { String::new() };
            self.line(&format!("{label}{condition} => {{"));
            self.block(depth - 1, is_rule, None);
            self.line("}");
        }
        self.line("_ => {");
        self.block(depth - 1, is_rule, None);
        self.line("}");
        self.indent -= 1;
        self.line("}");
    }

    fn effect_at_end(&mut self) {
        let effect = self.effect();
        let condition = self.expr(Kind::Bool, 1);
        let other = self.effect();
        let ends = [
            effect.clone(),
            format!("if {condition} {{ {effect} }}"),
            format!("if {condition} {{ {effect} }} else {{ {other} }}"),
            format!("[{effect}, {other}]"),
            format!("if {condition} {{ return; }} {effect}"),
        ];
        let end = self.draw.one(&ends).clone();
        self.line(&end);
    }

    fn effect(&mut self) -> String {
        match self.draw.below(8) {
            0..=2 => format!("at_least(\"{}\")", self.draw.one(&["Green", "Amber", "Red-Amber", "Red"])),
            3 => {
                let steps = self.expr(Kind::Number, 1);
                format!("at_least(raised(\"Green\", {steps} % 5, \"Red\"))")
            }
            4 => format!("decide(\"{}\")", self.draw.one(&["Blue", "Red"])),
            5 => {
                let points = self.expr(Kind::Number, 1);
                format!("points(\"{}\", {points})", self.draw.one(&["harm", "need"]))
            }
            6 => {
                let text = self.expr(Kind::Text, 1);
                format!("flag(\"{}\", {text})", self.draw.one(&["one", "two"]))
            }
            _ => {
                let (condition, tier) = (self.expr(Kind::Bool, 1), *self.draw.one(&["Amber", "Red"]));
                format!("at_least(if {condition} {{ \"{tier}\" }} else {{ \"Green\" }})")
            }
        }
    }

    fn index(&mut self) -> String {
        let at = self.draw.below(5);
        if self.draw.happens(10) { format!("-{at}") } else { at.to_string() }
    }

    /// A variable of a kind; in a closure, only one that is never changed.
    fn variable(&mut self, kind: Kind) -> Option<String> {
        let known: Vec<String> = self
            .fixed
            .iter()
            .chain(&self.changing)
            .filter(|(_, known)| *known == kind)
            .map(|(name, _)| name.clone())
            .collect();
        (!known.is_empty()).then(|| self.draw.one(&known).clone())
    }

    /// A closure of one value: it uses plain values that are never changed, and inputs.
    fn closure(&mut self, takes: Kind, gives: Kind, depth: usize) -> String {
        let name = self.name();
        let (fixed, changing) = (self.fixed.clone(), std::mem::take(&mut self.changing));
        self.fixed.retain(|(_, kind)| matches!(kind, Kind::Bool | Kind::Number | Kind::Text));
        self.fixed.push((name.clone(), takes));
        let body = self.expr(gives, depth);
        self.fixed = fixed;
        self.changing = changing;
        if self.draw.happens(25) { format!("|{name}| {{ {body} }}") } else { format!("|{name}| {body}") }
    }

    /// A word that takes a closure, as a function or behind a dot. There it is asked of a list that nothing holds: the
    /// interpreter takes a closure that reads `person` for a race with the list of `person` that it is called on.
    fn calling(&mut self, list: &str, word: &str, each: &str) -> String {
        if self.draw.happens(50) { format!("{word}({list}, {each})") } else { format!("({list} + []).{word}({each})") }
    }

    fn expr(&mut self, kind: Kind, depth: usize) -> String {
        if self.draw.happens(if depth == 0 { 60 } else { 25 })
            && let Some(name) = self.variable(kind)
        {
            return name;
        }
        match kind {
            Kind::Bool => self.holds(depth),
            Kind::Number => self.number(depth),
            Kind::Text => self.text(depth),
            Kind::Numbers => self.numbers(depth),
            Kind::Texts => self.texts(depth),
            Kind::Table => self.table(depth),
        }
    }

    fn read(&mut self, of: &[&str], otherwise: &str) -> String {
        if self.reads { (*self.draw.one(of)).to_owned() } else { otherwise.to_owned() }
    }

    fn holds(&mut self, depth: usize) -> String {
        if depth == 0 {
            let read = self.read(&["person.local.urgent", "person.iom", "person.circumstances.vulnerable"], "true");
            return (*self.draw.one(&["true", "false", &read, &read])).to_owned();
        }
        let less = depth - 1;
        let sign = *self.draw.one(&["==", "!=", "<", "<=", ">", ">="]);
        let same = *self.draw.one(&["==", "!="]);
        match self.draw.below(19) {
            0..=3 => format!("{} {sign} {}", self.expr(Kind::Number, less), self.expr(Kind::Number, less)),
            4 => format!("{} {same} {}", self.expr(Kind::Text, less), self.expr(Kind::Text, less)),
            5 => format!("({} && {})", self.expr(Kind::Bool, less), self.expr(Kind::Bool, less)),
            6 => format!("({} || {})", self.expr(Kind::Bool, less), self.expr(Kind::Bool, less)),
            7 => format!("!({})", self.expr(Kind::Bool, less)),
            8 => format!("{} in {}", self.expr(Kind::Number, less), self.expr(Kind::Numbers, less)),
            9 => format!("{} in {}", self.expr(Kind::Text, less), self.expr(Kind::Texts, less)),
            10 => {
                let asked =
                    ["person.oasys.ogrs3", "person.local.colour", "person.mappa.category", "person.sentence.starts_on"];
                let read = self.read(&asked, "");
                if read.is_empty() { "true".to_owned() } else { format!("known({read})") }
            }
            11 => {
                let list = self.expr(Kind::Numbers, less);
                let word = *self.draw.one(&["some", "all"]);
                let each = self.closure(Kind::Number, Kind::Bool, 1);
                self.calling(&list, word, &each)
            }
            12 => format!("({}).is_empty()", self.expr(Kind::Texts, less)),
            13 => format!("starts_with({}, {})", self.expr(Kind::Text, less), self.expr(Kind::Text, less)),
            14 if self.helpers => format!("plain({})", self.expr(Kind::Number, less)),
            15 if self.helpers => "holds(person)".to_owned(),
            16 if self.helpers => format!("of_group(person.oasys, {})", self.draw.one(&["25", "50", "90"])),
            17 => {
                let decimal = self.read(&["person.oasys.rsr", "person.local.share"], "param::share");
                format!("{decimal} {sign} {}", self.draw.one(&["3", "param::share", "50"]))
            }
            _ => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.expr(Kind::Bool, 0),
                self.expr(Kind::Bool, less),
                self.expr(Kind::Bool, 0)
            ),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            let read = self.read(&["person.oasys.ogrs3", "person.oasys.ogp", "person.local.score"], "4");
            return (*self.draw.one(&["0", "1", "2", "3", "7", "50", "-1", &read, &read, &read])).to_owned();
        }
        let less = depth - 1;
        match self.draw.below(20) {
            0..=3 => format!(
                "({} {} {})",
                self.expr(Kind::Number, less),
                self.draw.one(&["+", "-"]),
                self.expr(Kind::Number, less)
            ),
            4 => format!("({} * {})", self.expr(Kind::Number, less), self.expr(Kind::Number, 0)),
            5 => format!("({} / {})", self.expr(Kind::Number, less), self.draw.one(&["2", "3", "7"])),
            6 => format!("({} % {})", self.expr(Kind::Number, less), self.draw.one(&["2", "5"])),
            7 => format!(
                "{}({}, {})",
                self.draw.one(&["min", "max"]),
                self.expr(Kind::Number, less),
                self.expr(Kind::Number, less)
            ),
            8 => format!("abs({})", self.expr(Kind::Number, less)),
            9 => format!("({}).len()", self.expr(Kind::Numbers, less)),
            10 => format!("({})[{}]", self.expr(Kind::Numbers, less), self.index()),
            11 => format!(
                "(({}).get({}) ?? {})",
                self.expr(Kind::Numbers, less),
                self.index(),
                self.expr(Kind::Number, 0)
            ),
            12 => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.expr(Kind::Bool, less),
                self.expr(Kind::Number, less),
                self.expr(Kind::Number, 0)
            ),
            13 => {
                let list = self.expr(Kind::Numbers, less);
                let (sum, one) = (self.name(), self.name());
                {
                    let each = format!("|{sum}, {one}| {sum} + {one}, {}", self.draw.below(4));
                    self.calling(&list, "reduce", &each)
                }
            }
            14 => {
                let list = self.expr(Kind::Numbers, less);
                let each = self.closure(Kind::Number, Kind::Bool, 1);
                format!("({} ?? {})", self.calling(&list, "find", &each), self.expr(Kind::Number, 0))
            }
            15 => {
                let table = self.expr(Kind::Table, less);
                match self.draw.below(3) {
                    0 => format!("({table}).a"),
                    1 => format!("({table})[\"b\"]"),
                    _ => format!("(({table})?.c ?? 1)"),
                }
            }
            16 => {
                let of = self.expr(Kind::Text, less);
                format!(
                    "(switch {of} {{ \"low\" => 1, \"red\" | \"medium\" => {}, _ => {} }})",
                    self.expr(Kind::Number, 0),
                    self.expr(Kind::Number, 0)
                )
            }
            17 if self.helpers => format!("counts(person, {})", self.expr(Kind::Number, less)),
            18 => {
                let name = self.name();
                let body = self.closure(Kind::Number, Kind::Number, 1);
                let given = self.expr(Kind::Number, 0);
                format!("({{ let {name} = {body}; {name}.call({given}) }})")
            }
            _ => format!("index_of({}, {})", self.expr(Kind::Numbers, less), self.expr(Kind::Number, 0)),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        if depth == 0 {
            let read = self.read(&["person.oasys.rosh", "person.local.colour"], "\"medium\"");
            return (*self.draw.one(&["\"low\"", "\"red\"", "\"high\"", "\"\"", &read, &read])).to_owned();
        }
        let less = depth - 1;
        match self.draw.below(12) {
            0 | 1 => format!("`n ${{{}}}: ${{{}}}`", self.expr(Kind::Number, less), self.expr(Kind::Text, less)),
            2 => format!("({} + {})", self.expr(Kind::Text, less), self.expr(Kind::Number, less)),
            3 => {
                format!("({}).{}()", self.expr(Kind::Text, less), self.draw.one(&["to_upper", "to_lower", "to_string"]))
            }
            4 => format!("({}).sub_string({}, 2)", self.expr(Kind::Text, less), self.index()),
            5 => format!("join({}, \", \")", self.expr(Kind::Texts, less)),
            6 => format!("(({}).get({}) ?? \"none\")", self.expr(Kind::Texts, less), self.index()),
            7 => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.expr(Kind::Bool, less),
                self.expr(Kind::Text, less),
                self.expr(Kind::Text, 0)
            ),
            8 => format!(
                "(worst([{}]) ?? \"low\")",
                self.read(&["person.oasys.rosh", "person.oasys.rosh, \"medium\""], "\"high\", ()")
            ),
            9 => format!("band({}, param::limits)", self.expr(Kind::Number, less)),
            10 if self.helpers => {
                format!("names(person, {}, {})", self.expr(Kind::Text, 0), self.expr(Kind::Numbers, 0))
            }
            _ => format!("counted({}, \"day\")", self.expr(Kind::Number, less)),
        }
    }

    fn numbers(&mut self, depth: usize) -> String {
        if depth == 0 {
            let read = self.expr(Kind::Number, 0);
            return (*self.draw.one(&[
                "[]",
                "[1, 2, 3]",
                "[5, 5, 0, 7]",
                "param::limits",
                "global::NUMBERS",
                &format!("[{read}, 4]"),
            ]))
            .to_owned();
        }
        let less = depth - 1;
        match self.draw.below(10) {
            0 | 1 => format!("[{}, {}]", self.expr(Kind::Number, less), self.expr(Kind::Number, less)),
            2 => format!("({} + {})", self.expr(Kind::Numbers, less), self.expr(Kind::Numbers, less)),
            3 | 4 => {
                let list = self.expr(Kind::Numbers, less);
                {
                    let each = self.closure(Kind::Number, Kind::Bool, 1);
                    self.calling(&list, "filter", &each)
                }
            }
            5 => {
                let list = self.expr(Kind::Numbers, less);
                {
                    let each = self.closure(Kind::Number, Kind::Number, 1);
                    self.calling(&list, "map", &each)
                }
            }
            6 => {
                let list = self.expr(Kind::Texts, less);
                {
                    let each = self.closure(Kind::Text, Kind::Number, 1);
                    self.calling(&list, "map", &each)
                }
            }
            7 => format!("({}).extract({}, 2)", self.expr(Kind::Numbers, less), self.index()),
            8 => format!("({}).values()", self.expr(Kind::Table, less)),
            _ => {
                let (list, each) = (format!("0..{}", self.draw.below(6)), self.closure(Kind::Number, Kind::Bool, 1));
                format!("({list}).filter({each})")
            }
        }
    }

    fn texts(&mut self, depth: usize) -> String {
        if depth == 0 {
            let read = self.read(&["person.registrations", "person.previous_offences"], "[\"x\"]");
            return (*self.draw.one(&["[]", "[\"low\", \"red\"]", "param::words", &read, &read])).to_owned();
        }
        let less = depth - 1;
        match self.draw.below(7) {
            0 => format!("[{}, {}]", self.expr(Kind::Text, less), self.expr(Kind::Text, less)),
            1 => format!("({}).split(\", \")", self.expr(Kind::Text, less)),
            2 => format!("overlap({}, {})", self.expr(Kind::Texts, less), self.expr(Kind::Texts, less)),
            3 => {
                let list = self.expr(Kind::Texts, less);
                {
                    let each = self.closure(Kind::Text, Kind::Bool, 1);
                    self.calling(&list, "filter", &each)
                }
            }
            4 => format!("({}).keys()", self.expr(Kind::Table, less)),
            5 => {
                let list = self.expr(Kind::Numbers, less);
                {
                    let each = self.closure(Kind::Number, Kind::Text, 1);
                    self.calling(&list, "map", &each)
                }
            }
            _ => format!("({} + {})", self.expr(Kind::Texts, less), self.expr(Kind::Texts, less)),
        }
    }

    fn table(&mut self, depth: usize) -> String {
        let less = depth.saturating_sub(1);
        format!(
            "#{{a: {}, b: {}, c: {}}}",
            self.expr(Kind::Number, less),
            self.expr(Kind::Number, 0),
            self.draw.below(9)
        )
    }
}
