// What an edit does: who moves from tier to tier, what it asks for in a week, who is over target, which worked cases come out otherwise,
// and why one case does.

import { by, count, element, fill, many, table } from "./element.mjs";

/// Cases of a cell that are listed.
const LISTED = 100;

/// Draws the comparison; `choose` hears of a case that is chosen.
export function draw_outcome(compared, tiers, choose) {
    const { cases, moved, up, down, matrix, loads, over_target, moves, causes, failed } = compared;
    const ways = new Map(matrix.map(({ old, new: after, cases }) => [JSON.stringify([old, after]), cases]));
    const known = [...tiers].reverse();
    const names = [...new Set([...known, ...matrix.flatMap((cell) => [cell.old, cell.new])])].filter((name) => matrix.some((cell) => cell.old === name || cell.new === name));
    const place = (tier) => tiers.indexOf(tier);
    const list = element("div", { id: "cell", "aria-live": "polite" });
    const cell = (old, after) => {
        const number = ways.get(JSON.stringify([old, after]));
        if (!number) return element("td", {});
        if (old === after) return element("td", {}, count(number));
        const known = place(old) >= 0 && place(after) >= 0;
        const way = known ? (place(after) > place(old) ? "up" : "down") : "otherwise";
        const arrow = { up: "▲ ", down: "▼ ", otherwise: "● " }[way];
        const open = () => draw_cases(list, old, after, moves.filter((one) => one.old === old && one.new === after), number, choose);
        return element("td", { class: way }, element("button", {
            type: "button", onclick: open, "aria-label": `${many(number, "case")} ${way}, ${old} to ${after}: list them`,
        }, arrow, count(number)));
    };
    by("outcome").ariaBusy = "false";
    const head = `Cases: the tier as it is written down the side, that of the edit along the top`;
    fill("outcome",
        element("p", { class: "lead", id: "moved" }, `${count(moved)} of ${many(cases, "case")} move: ${count(up)} up, ${count(down)} down`),
        table(head, ["from, to", ...names], names.map((old) => [old, ...names.map((after) => cell(old, after))]), { numbers: false, kind: "matrix" }),
        list, failed.length > 0 && element("p", {}, `${many(failed.length, "case")} cannot be decided: ${failed[0].error.message}`), draw_causes(causes), draw_loads(loads), draw_targets(over_target));
}

function draw_cases(into, old, after, moves, number, choose) {
    const listed = moves.slice(0, LISTED);
    into.replaceChildren(
        element("h3", {}, `${old} to ${after}: ${many(number, "case")}`),
        element("ul", { class: "cases" }, listed.map(({ crn, rules, saw, officer, office, error }) => element("li", {},
            element("button", { type: "button", onclick: () => choose(crn) }, `Why ${crn}`), " ",
            [rules?.length && `by ${rules.join(", ")}`, saw?.length && `which saw ${saw.slice(0, 4).join(", ")}`, [officer, office].filter(Boolean).join(" in "), error].filter(Boolean).join("; ")))),
        number > listed.length ? element("p", { class: "soft" }, `and ${count(number - listed.length)} more`) : "");
}

function draw_causes(causes) {
    if (causes.length === 0) return null;
    const said = (one) => one.causes.map(({ rule, differs }) => differs.length ? `${rule} (${differs.join(", ")})` : rule).join(", ") || "nothing named";
    const sorted = [...causes].sort((one, other) => other.cases - one.cases).slice(0, 6);
    return [element("h3", {}, "By what"), element("ul", {}, sorted.map((one) => element("li", {}, `${said(one)}: ${many(one.cases, "case")}`)))];
}

function draw_loads(loads) {
    const change = (before, after) => { const more = after - before; return more === 0 ? "as before" : `${more > 0 ? "+" : "−"}${count(Math.abs(more))}`; };
    const drawn = (caption, kinds) => table(caption, ["of", "contacts", "then", "more", "reviews", "then", "more"],
        loads.filter(({ whose }) => kinds.includes(whose)).map(({ name, before, after }) => [
            name ?? "all", count(before.contacts), count(after.contacts), change(before.contacts, after.contacts),
            count(before.reviews), count(after.reviews), change(before.reviews, after.reviews)]));
    return [element("h3", {}, "What it asks for in a week"), drawn("Contacts and reviews in a week, before and after", ["all", "grade"]),
        loads.some(({ whose }) => whose === "office") && element("details", {}, element("summary", {}, "By office"), drawn("Contacts and reviews in a week by office", ["office"]))];
}

function draw_targets(targets) {
    if (targets.length === 0) return null;
    return [element("h3", {}, "Officers over target"),
        table("Officers with more cases than the target of their grade", ["grade", "officers", "over target", "then"],
            targets.map(({ grade, officers, before, after }) => [grade, count(officers), count(before), count(after)]))];
}

/// Says why there is no outcome.
export function no_outcome(said) {
    by("outcome").ariaBusy = "false";
    fill("outcome", element("p", {}, said));
}

/// Draws the worked cases that no longer come out as they must.
export function draw_worked({ cases }) {
    const wrong = cases.filter(({ error, not_as_expected }) => error || not_as_expected.length > 0);
    fill("worked", element("p", { class: "lead" }, wrong.length === 0 ? `All ${many(cases.length, "worked case")} come out as they must.` : `${count(wrong.length)} of ${many(cases.length, "worked case")} come out otherwise.`),
        element("ul", { class: "cases" }, wrong.slice(0, LISTED).map((one) => element("li", {}, element("strong", {}, one.case), ": ",
            one.error ? one.error.message : one.not_as_expected.map(({ what, expected, found }) => `${what}: expected ${expected}, found ${found}`).join("; ")))));
}

/// Draws why a case has its tier.
export function draw_why({ before, explanation, text }, shown = true) {
    const { decision } = explanation;
    const range = decision.range ? ` (from ${decision.range.lowest ?? decision.range[0]} to ${decision.range.highest ?? decision.range[1]}, provisional)` : "";
    const moved = before && before !== decision.tier ? `; as it is written: ${before}` : "";
    const unsettled = (decision.unsettled ?? []).map((fact) => fact.path ?? fact);
    fill("why", element("p", { class: "lead", id: "tier" }, `${decision.crn}: ${decision.tier ?? "no tier"}${range}${moved}`),
        unsettled.length > 0 && element("p", {}, `It would be settled by ${unsettled.slice(0, 6).join(", ")}.`),
        element("div", { class: "why", tabindex: "0", role: "region", "aria-label": "The explanation" }, told(text)));
    if (shown) by("why-head").focus();
}

/// The explanation as elements: headings, lists within lists, words of the policy between backticks.
function told(text) {
    const inside = (line) => said_in(line).map((part) => Array.isArray(part) ? element("code", {}, part) : part);
    const out = [];
    const open = [];
    for (const line of text.split("\n").slice(1)) {
        const [, blanks, item] = /^( *)- ?(.*)$/.exec(line) ?? [];
        if (item !== undefined) {
            const depth = blanks.length / 2;
            open.length = Math.min(open.length, depth + 1);
            while (open.length <= depth) {
                const list = element("ul", {});
                if (open.length === 0) out.push(list);
                else (open.at(-1).lastElementChild ?? open.at(-1).appendChild(element("li", {}))).append(list);
                open.push(list);
            }
            if (item) open[depth].append(element("li", {}, inside(item)));
            continue;
        }
        if (line.trim() === "" || /^<\/?(details|summary)/.test(line)) continue;
        open.length = 0;
        const heading = /^#+ (.*)$/.exec(line)?.[1];
        out.push(heading === undefined ? element("p", {}, inside(line)) : element("h3", {}, inside(heading)));
    }
    return out;
}

/// What a line of Markdown says, in parts: a text, or an array of the one that is code. What `brag` writes there as an escape is what it stands for.
export function said_in(line) {
    const letter = (name) => ({ lt: "<", amp: "&" })[name] ?? String.fromCodePoint(name.slice(1));
    const parts = line.matchAll(/\\([!-\/:-@[-`{-~])|&(lt|amp|#\d+);|(`+)(.+?)\3(?!`)|[^\\&`]+|[^]/g);
    return [...parts].map(([all, sign, name, , code]) => code ? [code.replace(/^ (.*`.*) $/, "$1")] : sign ?? (name ? letter(name) : all));
}
