"use strict";
// What all pages of the console share: who is signed in, parts that are loaded and loaded anew,
// streams that are followed, and forms that call the API. A page's own scripts use these functions.

// Tokens live as long as the tab; the access token is sent with each request and stands in no cookie.
const KEEP = { token: "slipway-token", renewal: "slipway-renewal", tenant: "slipway-tenant", seats: "slipway-seats" };
const RENEW_AFTER = 20 * 60 * 1000;
const AGAIN_AFTER = 2000;
const MOST_LINES = 2000;

const at = (id) => document.getElementById(id);
const kept = (name) => sessionStorage.getItem(KEEP[name]);
const token = () => kept("token");
const seats = () => JSON.parse(kept("seats") || "[]");
const pause = (millis) => new Promise((done) => setTimeout(done, millis));
const say = (text, bad) => {
  at("message").textContent = text;
  at("message").classList.toggle("bad", !!bad);
};
const headers = (more) => ({ Authorization: "Bearer " + token(), ...(kept("tenant") ? { "X-Tenant-ID": kept("tenant") } : {}), ...more });
const reason = (answer) => answer.json.detail || answer.json.error || "The platform answered " + answer.status;

async function send(verb, path, body, more) {
  const answer = await fetch(path, {
    method: verb,
    headers: { ...more, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  let json = {};
  try { json = text ? JSON.parse(text) : {}; } catch { /* What is no JSON is told by the status. */ }
  return { ok: answer.ok, status: answer.status, json };
}

// An operation of the API, called as whoever is signed in.
async function call(verb, path, body) {
  const answer = await send(verb, path, body, headers());
  return answer.status === 401 && (await renew()) ? send(verb, path, body, headers()) : answer;
}

// ---- Who is signed in

function keep(signedIn) {
  sessionStorage.setItem(KEEP.token, signedIn.accessToken);
  sessionStorage.setItem(KEEP.renewal, signedIn.refreshToken);
  sessionStorage.setItem(KEEP.seats, JSON.stringify(signedIn.memberships));
  const known = signedIn.memberships.some((seat) => seat.tenantId === kept("tenant"));
  if (!known && signedIn.memberships.length > 0) sessionStorage.setItem(KEEP.tenant, signedIn.memberships[0].tenantId);
}

let renewal = null;
function renew() {
  renewal ??= (async () => {
    const answer = kept("renewal") ? await send("POST", "/api/auth/refresh", { refreshToken: kept("renewal") }) : { ok: false };
    if (answer.ok) keep(answer.json);
    else if (answer.status === 401 || !kept("renewal")) signOut("Please sign in again.");
    return answer.ok;
  })().finally(() => { renewal = null; });
  return renewal;
}
setInterval(() => { if (token() !== null) renew(); }, RENEW_AFTER);

function signOut(text) {
  for (const key of Object.values(KEEP)) sessionStorage.removeItem(key);
  show();
  say(text);
}

const entered = [];
// Calls a function whenever a page is shown to somebody who is signed in.
const onEntry = (action) => entered.push(action);

function show() {
  const inside = token() !== null;
  at("sign-in").hidden = inside;
  at("content").hidden = !inside;
  at("sign-out").hidden = !inside;
  showSeats(inside ? seats() : []);
  if (!inside) {
    document.querySelectorAll("[data-part], [data-shown]").forEach((part) => part.replaceChildren());
    shown.clear();
    tidy();
    return;
  }
  refresh();
  tidy();
  entered.forEach((action) => action());
}

function showSeats(all) {
  const operator = all.some((seat) => seat.isRoot && seat.role !== "user");
  for (const entry of document.querySelectorAll("[data-operators=true]")) entry.hidden = !operator;
  const choice = at("tenant");
  choice.hidden = all.length < 2;
  choice.replaceChildren(...all.map((seat) => new Option(seat.tenantName, seat.tenantId, false, seat.tenantId === kept("tenant"))));
}
at("tenant").addEventListener("change", (event) => {
  sessionStorage.setItem(KEEP.tenant, event.target.value);
  location.assign("/console");
});

at("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const body = { email: form.email.value, password: form.password.value };
  if (form.code.value) body.code = form.code.value;
  const answer = await send("POST", "/api/auth/login", body);
  if (answer.json.code === "accounts.session.second-factor-required") {
    at("sign-in-code").hidden = false;
    form.code.focus();
    say("Please type the code of your authenticator app too.");
    return;
  }
  form.code.value = "";
  form.password.value = "";
  if (answer.ok) {
    at("sign-in-code").hidden = true;
    keep(answer.json);
    say("");
    show();
    at("content").focus();
  } else {
    say(reason(answer), true);
    form.password.focus();
  }
});
at("sign-out").addEventListener("click", () => {
  send("POST", "/api/auth/logout", { refreshToken: kept("renewal") }, headers());
  signOut("Signed out.");
});

// ---- Parts

// Loads a part anew, or all of them.
const refresh = (part) => {
  if (token() === null) return;
  for (const one of part ? [at(part)] : document.querySelectorAll("[data-part]")) {
    if (one && !(one.dataset.part === "once" && one.hasChildNodes())) htmx.trigger(one, "refresh");
  }
};
// Many events in a row load a part once.
const soon = new Map();
function refreshSoon(part) {
  clearTimeout(soon.get(part));
  soon.set(part, setTimeout(() => refresh(part), 150));
}

document.addEventListener("htmx:configRequest", (event) => {
  if (token() === null) {
    event.preventDefault();
    return;
  }
  Object.assign(event.detail.headers, headers());
  if (event.target.dataset.query !== undefined) event.detail.path += location.search;
});
document.addEventListener("htmx:responseError", async (event) => {
  const { xhr, target } = event.detail;
  if (xhr.status === 401) {
    if (await renew()) htmx.trigger(event.target, "refresh");
    return;
  }
  let json = {};
  try { json = JSON.parse(xhr.responseText); } catch { /* The status has to do. */ }
  const text = reason({ json, status: xhr.status });
  if (target.dataset.part !== undefined && !target.hasChildNodes()) {
    const note = document.createElement("p");
    note.className = "note bad";
    note.textContent = text;
    target.replaceChildren(note);
  } else say(text, true);
});
document.addEventListener("htmx:sendError", () => say("The platform can not be reached.", true));

const shown = new Map();
// What is replaced takes the focus, and a key that is held down, of whoever is in it along; and
// nobody is interrupted in a dialog or in a form.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, serverResponse } = event.detail;
  const active = target.contains(document.activeElement) ? document.activeElement : null;
  const same = shown.get(target.id) === serverResponse && target.hasChildNodes();
  const atWork = target.querySelector("dialog[open]") || (active && active.matches("input:not([type=button]), textarea, select"));
  if (same || atWork) {
    event.detail.shouldSwap = false;
    return;
  }
  const label = active && active.getAttribute("aria-label");
  const name = active && active.dataset.open;
  target.dataset.focus = !active ? "" : active.id ? "#" + CSS.escape(active.id)
    : name ? "[data-open='" + CSS.escape(name) + "']" : label ? "[aria-label='" + CSS.escape(label) + "']"
    : active.getAttribute("href") ? "[href='" + CSS.escape(active.getAttribute("href")) + "']" : "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const { target, xhr } = event.detail;
  if (xhr.status === 200) shown.set(target.id, xhr.responseText);
  const selector = target.dataset.focus;
  if (selector && document.activeElement === document.body) (target.querySelector(selector) || at("content")).focus();
});
document.addEventListener("htmx:load", (event) => {
  localTimes(event.detail.elt.parentElement || document);
  tidy();
});

function localTimes(within) {
  for (const time of within.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    time.textContent = time.dataset.local === "time" ? moment.toLocaleTimeString([], { hour12: false }) : moment.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    delete time.dataset.local;
  }
}

// ---- Streams

const streams = new Map();

// Starts what the page asks to be followed, and ends what it does not show any more.
function tidy() {
  const wanted = new Map();
  // A browser has but few connections to a host for all of its tabs.
  if (token() !== null && !document.hidden) {
    for (const one of document.querySelectorAll("[data-follow]")) wanted.set(one.dataset.follow, one);
  }
  for (const [path, stream] of streams) if (!wanted.has(path)) { stream.abort(); streams.delete(path); }
  for (const [path, one] of wanted) if (!streams.has(path)) streams.set(path, followed(path, one));
}

document.addEventListener("visibilitychange", () => {
  tidy();
  if (!document.hidden) refresh();
});

function followed(path, element) {
  const stop = new AbortController();
  const { refresh: part, after, only } = element.dataset;
  const lights = () => document.querySelectorAll("[data-live='" + CSS.escape(path) + "']");
  const log = element.matches(".log") ? element : null;
  follow(path, after || "", stop, (name, data, id) => {
    if (log) {
      element.dataset.after = id;
      if (!only || data.deployment_id === only) addLine(log, data);
    } else if (name === "done") refreshSoon();
    else refreshSoon(part);
    return name !== "done";
  }, (on) => lights().forEach((light) => {
    light.classList.toggle("on", on);
    light.textContent = on ? "live" : "connecting …";
  }));
  return stop;
}

// Follows an event stream until `heard` says false; a connection that is cut is taken up again
// behind the last event.
async function follow(path, from, stop, heard, connected) {
  let last = from;
  let going = true;
  while (going && !stop.signal.aborted && token() !== null) {
    try {
      const answer = await fetch(path, { headers: headers(last ? { "Last-Event-ID": last } : {}), signal: stop.signal });
      if (answer.status === 401 && (await renew())) continue;
      if (answer.status >= 500) throw new Error("not now");
      if (!answer.ok) break;
      connected(true);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let part = await reader.read(); going && !part.done; part = await reader.read()) {
        text += part.value;
        const events = text.split("\n\n");
        text = events.pop();
        for (const one of events) {
          const member = (name) => (one.match(new RegExp("^" + name + ": ?(.*)$", "m")) || [])[1];
          last = member("id") || last;
          if (going && member("data") && member("event") !== "ping") going = heard(member("event"), JSON.parse(member("data")), last);
        }
      }
      if (!going) reader.cancel();
    } catch { /* The connection was cut; the next one goes on behind the last event. */ }
    connected(false);
    if (going) await pause(AGAIN_AFTER);
  }
}

function addLine(log, line) {
  const below = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const item = document.createElement("li");
  if (line.stream === "system") item.className = "system";
  else if (line.stream === "stderr" || line.level === "error" || line.level === "fatal") item.className = "wrong";
  const time = item.appendChild(document.createElement("time"));
  time.dateTime = line.observed_at;
  time.textContent = new Date(line.observed_at).toLocaleTimeString([], { hour12: false });
  item.appendChild(document.createElement("span")).textContent = line.message;
  log.append(item);
  while (log.children.length > MOST_LINES) log.firstChild.remove();
  if (below) log.scrollTop = log.scrollHeight;
}

// ---- Dialogs and forms that call the API

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = at(opener.dataset.dialog);
    dialog.querySelectorAll("[data-fault], [data-problem]").forEach((place) => { place.textContent = ""; });
    dialog.showModal();
  }
  // Not a button that submits: Enter in a field would press the first of these.
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

const member = (value, path) => path.split(".").reduce((inner, name) => (inner == null ? inner : inner[name]), value);

// A form with data-call sends its fields as JSON; what is left empty is left out.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.call === undefined) return;
  event.preventDefault();
  const dialog = form.closest("dialog");
  const fields = [...form.elements].filter((field) => field.name && (field.type !== "checkbox" || field.checked) && field.value.trim() !== "");
  const body = Object.fromEntries(fields.map((field) => [field.name, field.type === "checkbox" ? true : field.value.trim()]));
  if (event.submitter) event.submitter.disabled = true;
  const answer = await call(form.dataset.verb || "POST", form.dataset.call, fields.length > 0 || form.dataset.body !== undefined ? body : undefined);
  if (event.submitter) event.submitter.disabled = false;
  for (const place of form.querySelectorAll("[data-fault]")) {
    const fault = (answer.json.errors || []).find((one) => one.field === place.dataset.fault);
    place.textContent = fault ? fault.message : "";
  }
  if (!answer.ok) {
    const place = form.querySelector("[data-problem]");
    if (place) place.textContent = reason(answer);
    else say(reason(answer), true);
    return;
  }
  if (dialog) dialog.close();
  form.reset();
  if (form.dataset.goto) {
    location.assign(form.dataset.goto.replace(/\{([\w.]+)\}/g, (whole, path) => encodeURIComponent(member(answer.json, path))));
    return;
  }
  say(form.dataset.done || "Done.");
  refresh();
});
// What came while a dialog was open is shown when it is closed.
document.addEventListener("close", (event) => { if (event.target.matches("dialog")) refresh(); }, true);

document.addEventListener("DOMContentLoaded", show);
