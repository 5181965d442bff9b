// What the page asks of its server, and of nobody else.

import { by } from "./element.mjs";

const KEPT = "brag-token";
/// What a token is made of: a header carries no more.
const TOKEN = /^[!-~](?:[ -~]*[!-~])?$/;

/// Something that the server refuses or does not answer, with what to do about it.
export class Problem extends Error {
    constructor(told) {
        super([told.detail, told.help].filter(Boolean).join("; "));
        this.told = told;
    }
}

/// Asks for a path; with a body, sends it. A question that nobody waits for any more is given up by its `signal`.
export async function ask(path, body, signal) {
    let token = sessionStorage.getItem(KEPT);
    for (let refused = false; ; refused = true) {
        const headers = body === undefined ? {} : { "Content-Type": "application/json" };
        if (TOKEN.test(token ?? "")) headers.Authorization = `Bearer ${token}`;
        const method = body === undefined ? "GET" : "POST";
        const [answer, told] = await answered(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
        if (answer.status === 401) {
            // Another question may have been let in meanwhile.
            const kept = sessionStorage.getItem(KEPT);
            token = kept && kept !== token ? kept : await token_from_user(refused);
            continue;
        }
        if (headers.Authorization) sessionStorage.setItem(KEPT, token);
        if (!answer.ok) throw new Problem(told);
        return told;
    }
}

async function answered(path, request) {
    try {
        const answer = await fetch(path, request);
        return [answer, await answer.json()];
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Problem({ detail: `the server does not answer: ${error.message}`, help: "see whether it still runs" });
    }
}

let asking = null;

/// Asks whoever sits there for the token; several questions at once wait for the same answer.
function token_from_user(refused) {
    asking ??= new Promise((resolve) => {
        const [dialog, field] = [by("ask-token"), by("token")];
        const open = () => {
            by("give-token").hidden = true;
            by("no-token").textContent = "";
            dialog.showModal();
        };
        field.value = "";
        by("token-said").textContent = refused ? "That is not the token of this server." : "";
        by("give-token").onclick = open;
        // Closed without one: nothing can be asked, until somebody wants to.
        dialog.onclose = () => {
            by("give-token").hidden = false;
            by("no-token").textContent = "Nothing is shown without the token.";
        };
        by("token-form").onsubmit = (event) => {
            event.preventDefault();
            const token = field.value.trim();
            if (!TOKEN.test(token)) {
                by("token-said").textContent = "A token has letters without accents, digits and signs, on one line.";
                return;
            }
            dialog.onclose = null;
            dialog.close();
            asking = null;
            resolve(token);
        };
        open();
    });
    return asking;
}
