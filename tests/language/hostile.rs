//! Scripts that try to go on for ever, to nest without end or to take all memory there is.

/// One by name, and how it is made.
type Hostile = (&'static str, fn() -> String);

/// A rule that does this and then says something.
fn rule(body: &str) -> String {
    format!("fn r(person) {{\n{body}\nat_least(\"Red\")\n}}\n")
}

/// A loop of so many turns around something, after something else.
fn again(before: &str, turns: u64, body: &str) -> String {
    rule(&format!("{before}\nfor i in 0..{turns} {{\n{body}\n}}"))
}

/// Helpers that call each other, so many deep, each nested so deep itself.
fn helpers(count: usize, deep: usize, open: bool) -> String {
    let mut script = rule(if open { "let x = h0(person, person.local.score);" } else { "let x = h0(person, 1);" });
    for number in 0..count {
        let inner = if number + 1 == count { "a".to_owned() } else { format!("h{}(person, a + 1)", number + 1) };
        let condition = if open { "person.local.score >= a" } else { "a >= 0" };
        let nested = (0..deep).fold(inner, |inner, _| format!("if {condition} {{ {inner} }} else {{ a }}"));
        script.push_str(&format!("private fn h{number}(person, a) {{\n{nested}\n}}\n"));
    }
    script
}

/// So many rules.
fn rules(count: usize, body: &str) -> String {
    (0..count).map(|number| format!("fn r{number}(person) {{\n{body}\nat_least(\"Red\")\n}}\n")).collect()
}

/// Every hostile script.
pub static HOSTILE: &[Hostile] = &[
    ("a sort that contradicts itself", || {
        again("let a = [];", 3_000, "a.push(i);").replace("at_least", "a.sort(|x, y| -1);\nat_least")
    }),
    ("a sort by something open", || {
        again("let a = [];", 3_000, "a.push(i);")
            .replace("at_least", "a.sort(|x, y| x * person.local.score - y);\nat_least")
    }),
    ("joining without end", || again("let t = \"x\";", 1_000, "t = join([t, t], t);")),
    ("splitting and joining", || again("let t = \"xy\";", 1_000, "t = join(t.split(\"x\"), \"xxx\");")),
    ("a text twice as long", || again("let t = \"x\";", 1_000, "t += t;")),
    ("a template in a template", || again("let t = \"x\";", 1_000, "t = `${t}${t}${i}`;")),
    ("a template of a list of itself", || again("let x = [\"x\"];", 1_000, "x = [`${x}`, `${x}`];")),
    ("a reduce that grows", || rule("let t = (0..1000).reduce(|t, i| t + t, \"x\");")),
    ("lists in lists", || again("let x = [];", 150_000, "x = [x];")),
    ("lists in lists, open", || again("let x = [person.local.score];", 150_000, "x = [x];")),
    ("lists pushed into lists, open", || {
        again("let x = [person.local.score];", 150_000, "let y = []; y.push(x); x = y;")
    }),
    ("tables in tables", || again("let x = #{};", 150_000, "x = #{a: x};")),
    ("tables in tables, open", || again("let x = #{a: person.local.score};", 150_000, "x = #{a: x};")),
    ("tables in tables by part, open", || {
        again("let x = #{a: person.local.score};", 150_000, "let y = #{}; y.a = x; x = y;")
    }),
    ("lists in tables in lists, open", || again("let x = [person.local.score];", 150_000, "x = [#{a: x}];")),
    ("a list twice as large", || again("let x = [1];", 1_000, "x = [x, x];")),
    ("a list twice as large, compared", || {
        again("let x = [1]; let y = [1];", 30, "x = [x, x]; y = [y, y];")
            .replace("at_least", "if x == y { return; }\nat_least")
    }),
    ("a list twice as large, open", || again("let x = [person.local.score];", 1_000, "x = [x, x];")),
    ("a list twice as large, open and compared", || {
        again("let x = [person.local.score]; let y = [1];", 30, "x = [x, x]; y = [y, y];")
            .replace("at_least", "if x == y { return; }\nat_least")
    }),
    ("a list twice as large, open and in words", || {
        again("let x = [person.local.score];", 30, "x = [x, x];")
            .replace("at_least", "let t = `${x}`;\nlet u = x.to_string();\nat_least")
    }),
    ("effects twice as many", || {
        "fn r(person) {\nlet x = [at_least(\"Red\")];\nfor i in 0..31 {\nx = [x, x];\n}\nx\n}\n".to_owned()
    }),
    ("effects twice as many, open", || {
        "fn r(person) {\nlet x = [if person.iom { points(\"harm\", person.local.score) } else { at_least(\"Red\") }];\nfor i in 0..31 {\nx = [x, x];\n}\nx\n}\n".to_owned()
    }),
    ("a list added to itself", || again("let x = [1, 2, 3];", 1_000, "x += x;")),
    ("a list appended to itself", || again("let x = [1, 2, 3];", 1_000, "x.append(x);")),
    ("a huge range", || rule("let x = 0..9000000000000000000; let n = x.len();")),
    ("a huge range, from below", || rule("let x = (-9223372036854775807..=9223372036854775807).filter(|n| n > 3);")),
    ("a huge range, open", || rule("for i in 0..person.local.score * 100000000000 { let x = i; }")),
    ("a loop without end", || again("", 9_000_000_000, "let x = i;")),
    ("loops in loops", || rule("for a in 0..10000 { for b in 0..10000 { for c in 0..10000 { let x = a; } } }")),
    ("loops in loops, open", || {
        rule("for a in 0..10000 { for b in 0..10000 { if person.local.score > b { let x = a; } } }")
    }),
    ("closures in closures", || again("let f = |x| x;", 150_000, "let g = f; f = |x| g.call(x);")),
    ("closures in lists in closures", || again("let l = [];", 150_000, "let k = l; l = [|x| k.len()];")),
    ("closures in lists in closures, open", || {
        again("let l = [person.local.score];", 150_000, "let k = l; l = [|x| k.len()];")
    }),
    ("closures called in closures", || {
        rule("let n = (0..200).map(|a| (0..200).map(|b| (0..200).filter(|c| a + b > c).len()));")
    }),
    ("24 helpers deep", || helpers(22, 1, false)),
    ("24 helpers, each nested deep", || helpers(22, 3, false)),
    ("24 helpers, each nested too deep", || helpers(22, 12, false)),
    ("24 helpers, each nested deep, open", || helpers(22, 3, true)),
    ("helpers that call the next one twice", || {
        let mut script = rule("let x = h0(1);");
        (0..22).for_each(|n| script.push_str(&format!("private fn h{n}(a) {{\nh{}(a) + h{}(a)\n}}\n", n + 1, n + 1)));
        script + "private fn h22(a) {\na\n}\n"
    }),
    ("helpers that call the next one twice, open", || {
        let mut script = rule("let x = h0(person.local.score);");
        (0..22).for_each(|n| script.push_str(&format!("private fn h{n}(a) {{\nh{}(a) + h{}(a)\n}}\n", n + 1, n + 1)));
        script + "private fn h22(a) {\na\n}\n"
    }),
    ("a long expression", || rule(&format!("let x = {};", vec!["1"; 4_000].join(" + ")))),
    ("a long condition", || rule(&format!("let x = {};", vec!["true"; 4_000].join(" && ")))),
    ("many brackets", || rule(&format!("let x = {}1{};", "(".repeat(2_000), ")".repeat(2_000)))),
    ("many lists in the script", || rule(&format!("let x = {}1{};", "[".repeat(2_000), "]".repeat(2_000)))),
    ("a long body in a loop", || again("", 100_000, &"let x = i;\n".repeat(40))),
    ("a very long body in a loop", || again("let x = 0;", 1_000_000, &"x = i;\n".repeat(20_000))),
    ("many arms in a loop", || {
        let arms: String = (0..20_000).map(|n| format!("\"w{n}\" => 1,\n")).collect();
        again("", 1_000_000, &format!("let x = switch \"none\" {{\n{arms}_ => 2\n}};"))
    }),
    ("a long list in a loop", || again("", 100_000, &format!("let x = [{}];", vec!["i"; 5_000].join(", ")))),
    ("a long condition in a loop", || {
        again("", 1_000_000, &format!("let x = {};", vec!["i >= 0"; 10_000].join(" && ")))
    }),
    ("a table with many names", || again("let x = #{};", 1_000_000, "x[`n${i}`] = i;")),
    ("a table with many names, open", || again("let x = #{a: person.local.score};", 1_000_000, "x[`n${i}`] = i;")),
    ("a long list, changed", || again("let x = []; for i in 0..100000 { x.push(i); }", 1_000_000, "x[i % 1000] = i;")),
    ("a long list, inserted into", || again("let x = [];", 1_000_000, "x.insert(0, i);")),
    ("a long list, pushed to, open", || again("let x = [person.local.score];", 1_000_000, "x.push(i);")),
    ("a long list, taken apart", || again("let x = []; for i in 0..100000 { x.push(i); }", 1_000_000, "x.shift();")),
    ("a long list, looked through", || {
        again("let x = []; for i in 0..100000 { x.push(i); }", 1_000_000, "let n = x.index_of(-1);")
    }),
    ("two long lists", || again("let x = []; for i in 0..30000 { x.push(\"w\"); }", 1_000, "let y = overlap(x, x);")),
    ("two long histories", || {
        again(
            "let x = []; for i in 0..9000 { x.push(#{a: i}); } let y = (0..9000).map(|i| i + 9000);",
            1_000,
            "let z = having(x, \"a\", y);",
        )
    }),
    ("long texts, sorted", || {
        again(
            "let t = \"x\"; for i in 0..20 { t += t; } let x = []; for i in 0..10000 { x.push(t); }",
            1_000,
            "x.sort();",
        )
    }),
    ("a long name in a table, in words", || {
        again(
            "let n = \"x\"; for i in 0..16 { n += n; } let t = #{}; t[n] = 1; let x = [t];",
            10_000,
            "x.push(t); let y = join(x, \"\");",
        )
    }),
    ("a long text, looked through", || {
        again("let t = \"x\"; for i in 0..20 { t += t; }", 1_000_000, "let n = t.index_of(\"y\"); let m = t.len();")
    }),
    ("a long text, in capitals", || {
        again(
            "let t = \"x\"; for i in 0..18 { t += t; }",
            1_000_000,
            "let u = t.to_upper(); let v = t.sub_string(3, 5);",
        )
    }),
    ("long texts compared", || {
        again("let t = \"x\"; for i in 0..20 { t += t; } let u = t + \"\";", 1_000_000, "let n = t == u;")
    }),
    ("long texts in a list, compared", || {
        again(
            "let t = \"x\"; for i in 0..20 { t += t; } let u = t + \"\"; let x = [t, t, t, t];",
            1_000_000,
            "let n = u + \"z\" in x;",
        )
    }),
    ("many alternatives", || {
        rule(
            "let x = 0; for i in 0..20000 { if person.local.score > i { x = i; } else { x += 1; } } if x > 3 { return; }",
        )
    }),
    ("many lists that can be", || {
        rule("let x = []; for i in 0..30 { if person.oasys.ogrs3 > i { x.push(i); } } if x.len() > 3 { return; }")
    }),
    ("many lists that can be, sorted", || {
        rule(
            "let x = []; for i in 0..7 { if person.oasys.ogrs3 > i { x.push(i); } } x.sort(|a, b| b - a); if x.len() > 3 { return; }",
        )
    }),
    ("branches without end", || {
        rule(
            &(0..3_000)
                .map(|n| format!("if person.local.score > {} {{ if person.iom {{ return; }} }}\n", n % 20))
                .collect::<String>(),
        )
    }),
    ("returns in loops, open", || {
        again(
            "",
            100_000,
            "if person.local.score == i { return at_least(\"Amber\"); } if person.oasys.ogp == i { continue; } if person.oasys.ogrs3 == i { break; }",
        )
    }),
    ("500 heavy rules", || rules(500, "let n = 0; for i in 0..20000 { n += i; }")),
    ("500 heavy rules, open", || {
        rules(500, "let n = 0; for i in 0..2000 { if person.oasys.ogp > i { n += person.local.score; } }")
    }),
    ("500 rules of lists", || rules(500, "let x = []; for i in 0..2000 { x += [i]; x.reverse(); }")),
    ("numbers past the largest", || again("let n = 3; let d = person.local.share;", 1_000, "n *= n; d *= d;")),
    ("decimals past the largest", || again("let d = person.local.share + 1;", 1_000, "d *= d;")),
    ("decimals ever smaller", || again("let d = person.local.share + 1;", 100_000, "d = d / 3; if d > 1 { return; }")),
    ("words with closures in words with closures", || {
        rule(
            "let n = [1, 2, 3].map(|a| [1, 2, 3].map(|b| [1, 2, 3].map(|c| [1, 2, 3].map(|d| [1, 2, 3].map(|e| [1, 2, 3].map(|f| [1, 2, 3].map(|g| [1, 2, 3].map(|h| person.local.score))))))));",
        )
    }),
];
