// What the page asks of its server, and of nobody else.

import { by } from "./element.mjs";

const KEPT = "brag-token";

/// Something that the server refuses, with what to do about it.
export class Problem extends Error {
    constructor(told) {
        super(told.detail);
        this.told = told;
    }
}

/// Asks for a path; with a body, sends it. A question that nobody waits for any more is given up by its `signal`.
export async function ask(path, body, signal) {
    for (;;) {
        const token = sessionStorage.getItem(KEPT);
        const headers = body === undefined ? {} : { "Content-Type": "application/json" };
        if (token) headers.Authorization = `Bearer ${token}`;
        const method = body === undefined ? "GET" : "POST";
        const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
        if (answer.status === 401) {
            sessionStorage.setItem(KEPT, await token_from_user());
            continue;
        }
        const told = await answer.json();
        if (!answer.ok) throw new Problem(told);
        return told;
    }
}

let asking = null;

/// Asks whoever sits there for the token; several questions at once wait for the same answer.
function token_from_user() {
    asking ??= new Promise((resolve) => {
        const dialog = by("ask-token");
        by("token").value = "";
        dialog.showModal();
        by("token-form").addEventListener("submit", (event) => {
            event.preventDefault();
            dialog.close();
            asking = null;
            resolve(by("token").value.trim());
        }, { once: true });
    });
    return asking;
}
