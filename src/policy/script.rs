//! A compiled script: its rules in the order of the file, its constants, and what it imports.

use crate::policy::{
    fault::PolicyFault,
    names,
    rule::Rule,
    source::{RULES, Shelf},
    watch::Watch,
};
use rhai::{AST, ASTFlags, ASTNode, Array, Engine, Expr, FnAccess, Position, Stmt};
use std::{collections::BTreeMap, path::Path};

/// The functions that a policy may define beside its rules, with their parameters.
pub static RESERVED: &[(&str, &[&str])] = &[
    ("tier", &["person", "so_far"]),
    ("provisional", &["person", "so_far"]),
    ("contact", &["person", "tier"]),
    ("review", &["person", "tier"]),
    ("allocate", &["person", "tier"]),
    ("caseload", &["book"]),
];

/// One compiled file.
#[derive(Debug, Clone)]
pub struct Script {
    /// How messages call the file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The compiled program.
    pub ast: AST,
}

/// A compiled policy: its script and the ones that it imports.
#[derive(Debug, Clone)]
pub struct Program {
    /// The policy's own script.
    pub main: Script,
    /// Imported scripts by the name they are given.
    pub imports: BTreeMap<String, Script>,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// Reserved functions that the policy defines.
    pub reserved: BTreeMap<String, Rule>,
    /// Constants that are lists of words.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Constants that are one word.
    pub words: BTreeMap<String, String>,
    /// The `//!` lines: title first.
    pub about: Vec<String>,
    /// What its conditions come out as, where that is kept.
    pub watch: Option<Watch>,
}

/// Compiles the rules of a policy and everything that they import; with a watch, so that its conditions are kept.
///
/// # Errors
///
/// What is wrong, with file and line.
pub fn compile(
    engine: &Engine,
    shelf: &Shelf,
    name: &str,
    text: &str,
    mut watch: Option<Watch>,
) -> Result<Program, PolicyFault> {
    let main = compile_one(engine, shelf.shown(&format!("{name}/{RULES}")), text, &mut watch)?;
    let mut imports = BTreeMap::new();
    for (path, alias, line) in imports_of(&main)? {
        let named = Path::new(&path).extension().is_some_and(|ending| ending == "rhai");
        let path = if named { path } else { format!("{path}.rhai") };
        let blame = |fault: PolicyFault| PolicyFault {
            message: format!("imports `{path}`, which {}", fault.message),
            ..PolicyFault::invalid(&main.file, "").at(Some(line), None).text(&main.text).help(
                fault
                    .help
                    .unwrap_or_else(|| "write the path from the policies folder, such as \"lib/needs\"".to_owned()),
            )
        };
        let shelf = shelf.that_has(&path);
        let text = shelf.read(&path).map_err(blame)?;
        let imported = compile_one(engine, shelf.shown(&path), &text, &mut watch)?;
        if let Some((_, _, line)) = imports_of(&imported)?.first() {
            let message = "an imported script cannot import another";
            let fault = PolicyFault::invalid(&imported.file, message).at(Some(*line), None).text(&imported.text);
            return Err(fault.help("import both into the policy, and hand on what is needed as an argument"));
        }
        imports.insert(alias, imported);
    }
    let mut program = Program {
        about: about(&main.ast),
        lists: BTreeMap::new(),
        words: BTreeMap::new(),
        rules: Vec::new(),
        reserved: BTreeMap::new(),
        main,
        imports,
        watch,
    };
    read_constants(&mut program);
    read_functions(&mut program)?;
    if program.rules.is_empty() && program.reserved.is_empty() {
        let fault =
            PolicyFault::invalid(&program.main.file, "holds no rule").at(Some(1), None).text(&program.main.text);
        return Err(fault.help("a rule is `fn name(person) { ... }`"));
    }
    Ok(program)
}

fn compile_one(engine: &Engine, file: String, text: &str, watch: &mut Option<Watch>) -> Result<Script, PolicyFault> {
    let run = watch.as_mut().map_or_else(|| text.to_owned(), |watch| watch.over(&file, text));
    match engine.compile(run) {
        Ok(mut ast) => {
            // A fault that happens in an imported function carries this name out to the rule that called it.
            ast.set_source(&file);
            let script = Script { file, text: text.to_owned(), ast };
            check_places(&script)?;
            Ok(script)
        }
        Err(error) => {
            let at = error.position();
            let (message, help) = names::in_officers_words(error.err_type());
            Err(PolicyFault::invalid(file, message).at(at.line(), at.position()).text(text).helped(help))
        }
    }
}

/// Only imports and constants stand outside a function: anything else would never run. An import inside one would load a
/// file while a case is assessed.
fn check_places(script: &Script) -> Result<(), PolicyFault> {
    let wrong = |at: Position, message: &str, help: &str| {
        let fault = PolicyFault::invalid(&script.file, message).at(at.line(), at.position());
        Err(fault.text(&script.text).help(help))
    };
    let stands_outside = |statement: &&Stmt| match statement {
        Stmt::Import(..) | Stmt::Noop(..) => true,
        Stmt::Var(_, options, _) => options.intersects(ASTFlags::CONSTANT),
        _ => false,
    };
    if let Some(stray) = script.ast.statements().iter().find(|statement| !stands_outside(statement)) {
        let message = "stands outside every function, so it would never run";
        return wrong(stray.position(), message, "only `import`, `const` and functions stand at the top of a script");
    }
    let at_the_top: Vec<Position> = script.ast.statements().iter().map(Stmt::position).collect();
    let mut hidden = None;
    script.ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Stmt(Stmt::Import(_, at))) = path.last()
            && !at_the_top.contains(at)
        {
            hidden = Some(*at);
        }
        hidden.is_none()
    });
    match hidden {
        Some(at) => wrong(at, "an import inside a function", "move it to the top of the script"),
        None => Ok(()),
    }
}

/// What a script imports at its top: path, name, line.
fn imports_of(script: &Script) -> Result<Vec<(String, String, usize)>, PolicyFault> {
    let mut imports = Vec::new();
    for statement in script.ast.statements() {
        let Stmt::Import(import, at) = statement else { continue };
        let line = at.line().unwrap_or(1);
        match &import.0 {
            Expr::StringConstant(path, _) => imports.push((path.to_string(), import.1.name.to_string(), line)),
            _ => {
                let fault = PolicyFault::invalid(&script.file, "imports something that is not a plain path");
                return Err(fault
                    .at(Some(line), None)
                    .text(&script.text)
                    .help("write `import \"lib/needs\" as needs;`"));
            }
        }
    }
    Ok(imports)
}

fn about(ast: &AST) -> Vec<String> {
    let lines = ast.doc().lines();
    lines
        .map(|line| line.trim_start().trim_start_matches("//!").trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

fn read_constants(program: &mut Program) {
    let constants = program.main.ast.iter_literal_variables(true, false);
    for (name, _, value) in constants {
        if let Ok(word) = value.as_immutable_string_ref() {
            program.words.insert(name.to_owned(), word.to_string());
        } else if let Some(items) = value.read_lock::<Array>() {
            let words: Option<Vec<String>> =
                items.iter().map(|item| item.as_immutable_string_ref().ok().map(|word| word.to_string())).collect();
            if let Some(words) = words {
                program.lists.insert(name.to_owned(), words);
            }
        }
    }
}

/// The language gives functions in no particular order; the file's own is the only one that people can follow.
fn read_functions(program: &mut Program) -> Result<(), PolicyFault> {
    let script = &program.main;
    let wrong = |line: usize, message: String, help: &str| {
        PolicyFault::invalid(&script.file, message).at(Some(line), None).text(&script.text).help(help)
    };
    for function in script.ast.iter_fn_def() {
        if function.access == FnAccess::Private || function.name.starts_with("anon$") {
            continue;
        }
        let line = line_of(&script.text, &function.name).or(function.body.start_position().line()).unwrap_or(1);
        let comment = function.comments.join("\n");
        let help = "see \"Editing a policy\" in the README";
        let rule = Rule::read(&function.name, &comment, &script.file, line).map_err(|said| wrong(line, said, help))?;
        let parameters: Vec<&str> = function.params.iter().map(rhai::ImmutableString::as_str).collect();
        match RESERVED.iter().find(|(name, _)| *name == function.name.as_str()) {
            Some((_, expected)) if parameters == *expected => {
                program.reserved.insert(function.name.to_string(), rule);
            }
            Some((name, expected)) => {
                let message = format!("`{name}` takes {}", expected.join(" and "));
                return Err(wrong(line, message, "give it these parameters, or another name"));
            }
            None if parameters == ["person"] => program.rules.push(rule),
            None => {
                let message = format!("`{}` is not a rule: a rule takes one parameter, `person`", function.name);
                return Err(wrong(line, message, "make a helper `private fn`"));
            }
        }
    }
    program.rules.sort_by_key(|rule| rule.line);
    Ok(())
}

/// The line on which a public function is declared.
fn line_of(text: &str, name: &str) -> Option<usize> {
    let declares = |line: &str| {
        let rest = line.trim_start().strip_prefix("fn ")?.trim_start().strip_prefix(name)?;
        rest.trim_start().starts_with('(').then_some(())
    };
    text.lines().position(|line| declares(line).is_some()).map(|index| index + 1)
}
