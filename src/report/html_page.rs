//! A page of HTML that stands alone: nothing in it comes from elsewhere, and it says so to the browser. The one style, and the one script of
//! a page whose tables sort, are named by their hashes.

use crate::report::shown::escaped;
use sha2::{Digest, Sha256};

/// What all pages look like: as wide as the screen or the paper, in light and in dark.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1a1a1a;--page:#fff;--soft:#595959;--line:#8a8a8a;--up:#7a1f3d;--down:#0b5566;--same:#595959}\
@media (prefers-color-scheme:dark){:root{--ink:#f2f2f2;--page:#161616;--soft:#c4c4c4;--line:#8a8a8a;--up:#ffb0c4;--down:#9fdcec;--same:#c4c4c4}}\
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:1rem auto;padding:0 1rem;max-width:60rem;overflow-wrap:anywhere}\
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}.lead{font-size:1.1rem;font-weight:600}\
.soft{color:var(--soft)}.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}\
th,td{padding:.3rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}\
th,td{overflow-wrap:normal}td:last-child{overflow-wrap:anywhere}td.n,th.n{text-align:right}td.n{white-space:nowrap}caption{text-align:left;color:var(--soft);padding-bottom:.3rem}\
.matrix td,.matrix th{text-align:center;vertical-align:middle}.matrix th[scope=row]{text-align:left}\
.matrix svg{display:block;margin:0 auto}.up{fill:var(--up)}.down{fill:var(--down)}.same{fill:var(--same)}\
th button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer;text-decoration:underline dotted}\
th[aria-sort=ascending] button::after{content:\" \\2191\"}th[aria-sort=descending] button::after{content:\" \\2193\"}.bars{list-style:none;padding:0}\
details{border:1px solid var(--line);border-radius:.3rem;padding:.4rem .7rem;margin:.5rem 0}summary{cursor:pointer;font-weight:600}\
pre{white-space:pre-wrap;font-size:.85rem}:focus-visible{outline:3px solid var(--down);outline-offset:2px}\
@media (max-width:30rem){body{padding:0 .6rem}th,td{padding:.2rem .1rem;font-size:.78rem}}\
@page{size:A4;margin:15mm}\
@media print{:root{color-scheme:light;--ink:#000;--page:#fff;--soft:#333;--up:#7a1f3d;--down:#0b5566;--same:#333}body{font-size:10pt;margin:0;max-width:none;padding:0}\
.wide{overflow:visible}details::details-content{content-visibility:visible;block-size:auto}tr,summary{break-inside:avoid}h2{break-after:avoid}}";

/// Makes the head of each column a button that sorts by it: downwards first, then upwards. Without scripts the tables stand as they are.
const SORT: &str = "\
for(const table of document.querySelectorAll('table')){const heads=[...table.tHead.rows[0].cells];heads.forEach((head,at)=>{\
const button=document.createElement('button');button.type='button';button.textContent=head.textContent;head.replaceChildren(button);\
button.addEventListener('click',()=>{const up=head.getAttribute('aria-sort')==='descending';\
heads.forEach(one=>one.removeAttribute('aria-sort'));head.setAttribute('aria-sort',up?'ascending':'descending');\
const text=row=>row.cells[at].textContent,number=row=>Number(text(row).replaceAll(',',''));\
const rank=row=>text(row)===''?-2:Number.isNaN(number(row))?-1:number(row);\
const rows=[...table.tBodies[0].rows].sort((one,other)=>{const order=rank(one)-rank(other)||text(one).localeCompare(text(other));return up?order:-order});\
table.tBodies[0].append(...rows)})})}";

/// A page with a title and what stands in it, which is HTML already.
#[must_use]
pub fn html_page(title: &str, body: &str) -> String {
    page(title, body, "", "")
}

/// The same, whose tables can be sorted.
#[must_use]
pub fn html_page_that_sorts(title: &str, body: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(SORT).into();
    page(title, body, &format!("script-src 'sha256-{}'; ", base64(&hash)), &format!("<script>{SORT}</script>\n"))
}

fn page(title: &str, body: &str, allowed: &str, script: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(STYLE).into();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; {allowed}base-uri 'none'; form-action 'none'\"/>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><meta name=\"referrer\" content=\"no-referrer\"/>\
         <title>{}</title><style>{STYLE}</style></head>\n<body><main>\n{body}</main>\n{script}</body></html>\n",
        base64(&hash),
        escaped(title)
    )
}

/// Bytes as the hash of a style is written.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4_usize {
            let letter = (bits >> (18 - 6 * place)) & 63;
            let letter = LETTERS.get(letter as usize).copied().map_or('=', char::from);
            out.push(if place > three.len() { '=' } else { letter });
        }
    }
    out
}

/// A table with a caption; the first cell of a row is its head, the others are numbers where `numbers` says so.
#[must_use]
pub fn table(caption: &str, head: &[&str], rows: &[Vec<String>], numbers: bool) -> String {
    let class = if numbers { " class=\"n\"" } else { "" };
    let heads = head.iter().enumerate().map(|(place, cell)| {
        let class = if place == 0 { "" } else { class };
        format!("<th scope=\"col\"{class}>{}</th>", escaped(cell))
    });
    let row = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(place, cell)| match place {
            0 => format!("<th scope=\"row\">{}</th>", escaped(cell)),
            _ => format!("<td{class}>{}</td>", escaped(cell)),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table><caption>{0}</caption><thead><tr>{1}</tr></thead>\n<tbody>{2}</tbody></table></div>\n",
        escaped(caption),
        heads.collect::<String>(),
        rows.iter().map(row).collect::<String>()
    )
}

/// Something that unfolds.
#[must_use]
pub fn fold(summary: &str, inside: &str) -> String {
    format!("<details><summary>{}</summary>\n{inside}</details>\n", escaped(summary))
}

/// An item of a list.
#[must_use]
pub fn item(text: impl AsRef<str>) -> String {
    format!("<li>{}</li>\n", escaped(text.as_ref()))
}
