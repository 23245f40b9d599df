/* The print desk's page: choose an edition, see its pages, print it, with a note for one patient if need be.
   What the browser keeps is the last choice and nothing else; a note is in its form until it is cleared. */
"use strict";

const words = JSON.parse(document.getElementById("words").textContent);
const PARTS = ["leaflet", "locale", "level", "layout"];
const KEPT = "leaflets-desk-choice";
const byId = id => document.getElementById(id);
const say = (id, values = {}) => (words[id] ?? id).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const count = (id, number, values = {}) => say(number === 1 ? `${id}-one` : `${id}-many`, { count: number, ...values });

let library = { leaflets: [], editions: {}, locales: {} };
let wanted = kept();  /* what was asked for; an edition that is not made like that is shown in the nearest form */
let shown = null;     /* the name of the edition that is on the page */
let bytes = "";       /* which file of it: changes with every new one */
let events = null;
let find = null;      /* the finder over find.json; without it titles are searched */
let ranked = [];      /* what the search found, best first */

/* ---- the choice ---- */

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT)) ?? {};
    return Object.fromEntries(PARTS.map(part => [part, String(found[part] ?? "")]));
  } catch {
    return {};
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(PARTS.map(part => [part, wanted[part] ?? ""]))));
  } catch { /* a browser that keeps nothing */ }
}

const rows = () => Object.values(library.editions);
const having = (chosen, parts) => rows().filter(row => parts.every(part => row[part] === chosen[part]));
const offered = (chosen, part) => new Set(having(chosen, PARTS.slice(0, PARTS.indexOf(part))).map(row => row[part]));

/* The nearest to what is wanted that is there. */
function nearest() {
  const chosen = {};
  const usual = { leaflet: [library.leaflets[0]?.id], locale: [], level: ["plain"], layout: ["handout", "standard"] };
  for (const part of PARTS) {
    const there = offered(chosen, part);
    const order = part === "locale" ? Object.keys(library.locales).filter(tag => there.has(tag)) : [...there];
    chosen[part] = [wanted[part], ...usual[part], order[0]].find(one => there.has(one));
  }
  return chosen.layout === undefined ? null : chosen;
}

function choose(part, value) {
  wanted[part] = value;
  keep();
  show();
}

function names(part, id) {
  if (part === "leaflet") return library.leaflets.find(row => row.id === id)?.title ?? id;
  return part === "locale" ? library.locales[id]?.name ?? id : words[`${part}-${id}`] ?? id;
}

/* All that a part can be: of levels and layouts also what is not made for this leaflet. */
function all(part, chosen) {
  if (part === "leaflet") return [...new Set([...ranked, ...library.leaflets.map(row => row.id)])];
  if (part === "locale") return Object.keys(library.locales).filter(tag => offered(chosen, "locale").has(tag));
  const known = part === "level" ? words.levels : words.layouts;
  const there = new Set(rows().map(row => row[part]));
  return known.filter(id => there.has(id));
}

function draw(chosen) {
  for (const part of PARTS) {
    const box = byId(part).querySelector(".rows");
    const there = offered(chosen, part);
    const list = all(part, chosen);
    if ([...box.querySelectorAll("input")].map(input => input.value).join() !== list.join()) {
      const focus = box.contains(document.activeElement) ? document.activeElement.value : null;
      box.replaceChildren(...list.map(id => choice(part, id)));
      if (focus !== null) [...box.querySelectorAll("input")].find(input => input.value === focus)?.focus();
    }
    for (const label of box.children) {
      const input = label.querySelector("input");
      input.checked = input.value === chosen[part];
      input.disabled = !there.has(input.value);
      label.querySelector(".name").textContent = names(part, input.value);
      label.querySelector(".hint").textContent = hint(part, { ...chosen, [part]: input.value }, input.disabled);
    }
    const other = wanted[part] && wanted[part] !== chosen[part] && part !== "leaflet";
    const values = { wanted: names(part, wanted[part]), shown: names(part, chosen[part]) };
    set("instead-" + part, other ? say(`instead-${part}`, values) : "");
  }
}

/* What something is for, and of a layout what it takes on paper. */
function hint(part, chosen, disabled) {
  if (disabled) return words[`not-${part}`];
  const row = part === "layout" ? rows().find(one => PARTS.every(name => one[name] === chosen[name])) : null;
  return [words[`for-${chosen[part]}`], row ? paper(row) : ""].filter(Boolean).join(" ");
}

function paper(row) {
  const made = row.twin ?? row, one = row.layout === "summary" || made.pages === 1;
  const sheets = count("sheets", Math.ceil(made.pages / (one ? 1 : 2)), { paper: made.paper });
  return say("paper", { pages: count("pages", row.pages), sheets, sides: words[one ? "sides-one" : "sides-both"] });
}

function choice(part, id) {
  const label = document.createElement("label"), input = document.createElement("input");
  Object.assign(input, { type: "radio", name: part, value: id });
  input.addEventListener("change", () => choose(part, id));
  const text = document.createElement("span"), name = document.createElement("span"), hint = document.createElement("span");
  name.className = "name";
  hint.className = "hint";
  text.append(name, " ", hint);
  label.append(input, text);
  return label;
}

/* Words that are put into the page; the same words again are not told to a screen reader again. */
function set(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("empty", !text);
}

/* ---- search ---- */

const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const idOf = row => `${row.leaflet.article}/${row.leaflet.leaflet}`;

/* The finder and its index: made at the end of each build, so that there may be none yet. */
async function loadFinder() {
  const index = await fetch("/find.json").then(answer => answer.ok ? answer.json() : null).catch(() => null);
  const { finder } = await import("/finder.js");
  find = index ? finder(index) : null;
  search();
}

/* What is typed, as ids with the best first, near ones, and filters. */
function searched(typed) {
  const there = new Set(library.leaflets.map(row => row.id));
  if (find) {
    const answer = find.search(typed);
    const ids = rows => rows.map(idOf).filter(id => there.has(id));
    return { found: ids(answer.found), near: ids(answer.near), filters: answer.filters };
  }
  const asked = plain(typed).split(/\s+/).filter(Boolean);
  const has = row => asked.every(word => plain(Object.values(row.titles).join(" ")).includes(word));
  return { found: library.leaflets.filter(has).map(row => row.id), near: [], filters: {} };
}

function search() {
  const typed = byId("search").value.trim(), box = byId("leaflet").querySelector(".rows");
  const answer = typed ? searched(typed) : { found: library.leaflets.map(row => row.id), near: [], filters: {} };
  ranked = typed ? answer.found : [];
  const labels = new Map([...box.children].map(label => [label.querySelector("input").value, label]));
  const order = all("leaflet").filter(id => labels.has(id));
  if ([...labels.keys()].join() !== order.join()) box.append(...order.map(id => labels.get(id)));
  for (const [id, label] of labels) label.hidden = !answer.found.includes(id);
  const near = answer.near.map(id => names("leaflet", id)).join("; ");
  const nothing = near ? say("none-near", { near }) : words["none-found"];
  set("found", answer.found.length || !library.leaflets.length ? count("found", answer.found.length) : nothing);
  return answer;
}

byId("search").addEventListener("input", search);
byId("search").addEventListener("keydown", event => {
  const first = [...byId("leaflet").querySelectorAll("label")].find(label => !label.hidden)?.querySelector("input");
  if (event.key === "Enter" || event.key === "ArrowDown") event.preventDefault();
  if (!first) return;
  if (event.key === "Enter") {
    const { filters } = search();
    for (const part of ["locale", "level", "layout"]) {
      const named = filters[part] ?? [];  /* the one that was chosen before stays when it is among them */
      if (named.length && !named.includes(wanted[part])) wanted[part] = named[0];
    }
    choose("leaflet", first.value);
    byId("print").focus();
  } else if (event.key === "ArrowDown") {
    first.focus();
  }
});
byId("choice").addEventListener("submit", event => event.preventDefault());

/* ---- the edition ---- */

function show() {
  const chosen = nearest();
  byId("shown").hidden = chosen === null;
  if (chosen === null) {
    set("found", words["none-yet"]);
    return;
  }
  draw(chosen);
  search();
  const [name, row] = Object.entries(library.editions).find(([, one]) => PARTS.every(part => one[part] === chosen[part]));
  const other = name !== shown;
  shown = name;
  tell(row);
  link(row);
  if (other) {
    listen();
    fields();
  }
  if (other || row.bytes !== bytes) {
    bytes = row.bytes;
    pages(row, other);
  }
}

function tell(row) {
  const locale = library.locales[row.locale];
  byId("title").textContent = row.title;
  byId("title").lang = row.locale;
  byId("title").dir = locale.direction;
  const ours = names("leaflet", row.leaflet);  /* the title in the desk's language, beside one that is not */
  set("marker", [...(ours === row.title ? [] : [ours]), names("locale", row.locale), names("level", row.level), names("layout", row.layout)].join(" · "));
  set("status", row.status);
  set("paper", `${paper(row)} ${say("version", { version: row.version })}`);
  set("how", words[`print-${row.layout}`] ?? words[row.pages === 1 ? "print-one-side" : "print-upright"]);
}

function link(row) {
  byId("print").href = "/print/" + (row.twin ?? row).path;
  byId("open").href = "/files/" + row.path;
  byId("download").href = "/files/" + row.path;
  byId("download").download = row.path.split("/").pop();
  byId("web").hidden = !row.web;
  if (row.web) byId("web").href = "/files/" + row.web;
  byId("large").hidden = row.layout === "large-print" || !like(row, { layout: "large-print" });
  const others = Object.keys(library.locales).filter(tag => tag !== row.locale && like(row, { locale: tag }));
  byId("same").hidden = !others.length;
  buttons("locales", others.map(tag => [tag, library.locales[tag].name, () => choose("locale", tag)]));
}

const like = (row, change) => rows().find(one => PARTS.every(part => one[part] === (change[part] ?? row[part])));

/* Buttons that stay while what they are for stays, so that the focus does too. */
function buttons(id, wantedOnes) {
  const box = byId(id);
  if ([...box.children].map(button => button.value).join() === wantedOnes.map(([value]) => value).join()) return;
  box.replaceChildren(...wantedOnes.map(([value, text, act]) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", value, textContent: text });
    button.addEventListener("click", act);
    return button;
  }));
}

byId("large").addEventListener("click", () => {
  choose("layout", "large-print");
  byId("print").focus();  /* the button itself is hidden now */
});

/* The pictures of the pages: new ones take the place of old ones when they are there, so nothing jumps. */
function pages(row, other) {
  const list = byId("pages"), name = row.path.replace(/\.pdf$/, "");
  byId("gone").hidden = true;
  if (other) list.replaceChildren();
  while (list.children.length > row.pages) list.lastChild.remove();
  for (let number = 1; number <= row.pages; number += 1) {
    const picture = list.children[number - 1]?.firstChild ?? empty(list, row);
    picture.alt = say("page-of", { page: number, pages: row.pages });
    picture.src = `/pages/${name}/${number}.png?${row.bytes}`;
  }
}

function empty(list, row) {
  const item = document.createElement("li"), picture = document.createElement("img");
  const [width, height] = row.paper === "Letter" ? [918, 1188] : [893, 1263];
  Object.assign(picture, { loading: "lazy", width, height });
  item.append(picture);
  list.append(item);
  return picture;
}

/* ---- the note ---- */

const note = () => ["text", "by"].some(part => byId(`note-${part}`).value.trim());
let rooms = null;

/* What the leaflet has room for: asked when somebody has a note. */
async function fields() {
  if (!byId("note").open) return;
  const name = shown;
  const found = await fetch(`/fields/${name}`).then(answer => answer.ok ? answer.json() : null).catch(() => null);
  if (name !== shown || found === null) return;
  const before = byId("note-date");
  if (!before.value || before.value === rooms?.today) before.value = found.today;
  rooms = found;
  byId("note-edition").value = name;
  const place = byId("note-place"), old = place.value;
  place.replaceChildren(...found.rooms.map(room => new Option(say("note-room", room), room.name)));
  place.value = found.rooms.some(room => room.name === old) ? old : found.best;
  const can = !found.folded && (found.rooms.length || found.by || found.date);
  byId("note-form").hidden = !can;
  for (const [id, there] of [["where", found.rooms.length], ["what", found.rooms.length], ["who", found.by], ["when", found.date]]) {
    byId(`note-${id}`).hidden = !there;
  }
  byId("note-cannot").hidden = Boolean(can && found.rooms.length);
  set("note-cannot", found.folded ? words["note-folded"] : !can ? words["note-nothing"] : words["note-none"]);
  byId("note-others").hidden = !found.others.length;
  const layouts = found.others.map(one => [one.layout, say("note-other", { layout: names("layout", one.layout), lines: one.lines })]);
  buttons("note-layouts", layouts.map(([layout, text]) => [layout, text, () => {
    choose("layout", layout);
    byId("note-text").focus();
  }]));
}

/* A part that the leaflet has no field for stays in the form, and is not sent. */
function sent(form, act) {
  const apart = [...form.querySelectorAll(".field[hidden] [name]")];
  apart.forEach(field => { field.disabled = true; });
  const done = act();
  apart.forEach(field => { field.disabled = false; });
  return done;
}

function typed() {
  set("note-said", "");
  byId("print").textContent = words[note() ? "print-without" : "print"];
}

byId("note").addEventListener("toggle", fields);
byId("note-form").addEventListener("input", typed);
byId("note-form").addEventListener("submit", async event => {
  event.preventDefault();
  const form = event.target;
  const body = sent(form, () => new URLSearchParams(new FormData(form)));
  const found = await fetch("/note", { method: "POST", body, cache: "no-store" })
    .then(answer => answer.ok ? answer.json() : null).catch(() => null);
  const problems = Object.fromEntries((found?.problems ?? []).map(one => [one.part, say(`wrong-${one.words}`, one)]));
  for (const part of ["note", "by", "date"]) {
    set(`wrong-${part}`, problems[part] ?? "");
    byId(part === "note" ? "note-text" : `note-${part}`).setAttribute("aria-invalid", part in problems);
  }
  if (found !== null && !found.problems.length) {
    window.open(found.address, "_blank", "noopener");
    set("note-said", words["note-made"]);
    byId("note-clear").focus();
    return;
  }
  set("note-said", found === null ? `${words["error-inside"]} ${words["note-wrong"]}` : words["note-wrong"]);
  const wrong = ["note", "by", "date"].find(part => part in problems);
  if (wrong) byId(wrong === "note" ? "note-text" : `note-${wrong}`).focus();
});
byId("note-clear").addEventListener("click", () => {
  byId("note-text").value = byId("note-by").value = "";
  byId("note-date").value = rooms?.today ?? "";
  for (const part of ["note", "by", "date"]) set(`wrong-${part}`, "");
  typed();
  set("note-said", words["note-cleared"]);
});

/* ---- while files change ---- */

function listen() {
  events?.close();
  events = new EventSource(`/events?show=${encodeURIComponent(shown ?? "")}`);
  events.addEventListener("error", () => set("work", words["lost"]));
  events.addEventListener("open", refresh);  /* what was told while nobody listened is read */
  events.addEventListener("message", event => {
    const told = JSON.parse(event.data);
    if (told.kind === "work") work(told);
    if (told.kind === "faults") faults(told);
    if (told.kind === "edition" && told.name === shown) edition(told);
    if (told.kind === "library") refresh();
  });
}

function work(told) {
  const quiet = told.wrong ? "faults" : told.left === 0 ? "up-to-date" : "looking";
  set("work", told.left ? count("work", told.left) : words[quiet]);
}

/* The edition on the page was made anew, or could not be. */
function edition(told) {
  if (told.failed) {
    byId("gone").hidden = false;
    return;
  }
  Object.assign(library.editions[shown], { bytes: told.bytes, pages: told.pages, title: told.title });
  show();
  fields();
}

async function refresh() {
  const found = await fetch("/leaflets.json").then(answer => answer.ok ? answer.json() : null).catch(() => null);
  if (found === null) return;
  library = found;
  show();
  loadFinder();
}

function faults(told) {
  byId("faults").hidden = !told.errors.length;
  byId("fault-list").replaceChildren(...told.errors.map(fault => {
    const item = document.createElement("li"), where = document.createElement("code"), what = document.createElement("span");
    where.textContent = fault.place;
    what.textContent = fault.message + (fault.hint ? ` (${fault.hint})` : "");
    item.append(where, " ", what);
    return item;
  }));
}

typed();
refresh().then(() => events ?? listen());
