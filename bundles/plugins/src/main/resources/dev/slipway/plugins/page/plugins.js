"use strict";
// The page about plugins; what it does not define itself is of the console.

// What a plugin shows: a frame without any right, so that its HTML can do nothing here.
document.addEventListener("htmx:load", (event) => {
  for (const frame of event.detail.elt.parentElement.querySelectorAll("iframe[data-page]")) {
    frame.srcdoc = frame.dataset.page;
  }
});

// The list anew, and the details where nobody is at work in them.
function look() {
  refresh();
  if (at("detail").dataset.open && !at("detail").contains(document.activeElement)) showDetail();
}

async function showDetail() {
  const id = at("detail").dataset.open;
  await htmx.ajax("GET", "/console/plugins/detail/" + encodeURIComponent(id), "#detail");
  at("detail").hidden = false;
  mark();
}

function closeDetail() {
  delete at("detail").dataset.open;
  at("detail").hidden = true;
  at("detail").replaceChildren();
  mark();
}

// Which row the details belong to.
function mark() {
  for (const row of document.querySelectorAll("tr[data-plugin]")) {
    row.classList.toggle("open", row.dataset.plugin === at("detail").dataset.open);
  }
}

const button = (selector) => document.querySelector(selector);
// Nobody is interrupted who is at work in the details.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "detail" && event.detail.target.querySelector(":focus")) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSettle", mark);

document.addEventListener("click", async (event) => {
  const open = event.target.closest("button[data-open]");
  if (open) {
    at("detail").dataset.open = open.dataset.open;
    await showDetail();
    at("detail").focus();
    return;
  }
  if (event.target.closest("#close-detail")) {
    const id = at("detail").dataset.open;
    closeDetail();
    (button("button[data-open='" + id + "']") || at("plugins")).focus();
    return;
  }
  if (event.target.closest("[data-update]")) {
    at("install").jar.focus();
    at("install").jar.click();
    return;
  }
  const removal = event.target.closest("[data-remove]");
  if (removal) {
    askRemoval(removal);
    return;
  }
  const act = event.target.closest("button[data-verb]");
  if (!act) return;
  act.disabled = true;
  say(act.getAttribute("aria-label") + " …");
  const answer = await call(act.dataset.verb, act.dataset.path);
  act.disabled = false;
  say(answer.ok ? answer.json.plugin.name + " is " + answer.json.plugin.state + "." : reason(answer), !answer.ok);
  look();
});

function askRemoval(from) {
  const dialog = at("removal");
  at("removal-title").textContent = "Remove " + from.dataset.name + "?";
  dialog.querySelector("[name=purge]").checked = false;
  dialog.returnValue = "";
  dialog.onclose = async () => {
    if (dialog.returnValue !== "remove") return;
    const purge = dialog.querySelector("[name=purge]").checked;
    const answer = await call("DELETE", from.dataset.remove + "?purge=" + purge);
    if (answer.ok && from.dataset.remove.endsWith("/" + at("detail").dataset.open)) closeDetail();
    say(answer.ok ? from.dataset.name + " is removed." : reason(answer), !answer.ok);
    look();
  };
  dialog.showModal();
}

function value(field) {
  if (field.dataset.kind === "boolean") return field.checked;
  if (field.value === "") return undefined;
  return field.dataset.kind === "json" ? JSON.parse(field.value) : field.value;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.form) return;
  event.preventDefault();
  let body;
  if (form.dataset.form === "permissions") {
    body = { granted: [...form.querySelectorAll("input:checked")].map((box) => box.name) };
  } else {
    const values = {};
    for (const field of form.querySelectorAll("[data-kind]")) {
      try {
        const given = value(field);
        if (given !== undefined) values[field.name] = given;
      } catch {
        say(field.name + " is not valid JSON.");
        field.focus();
        return;
      }
    }
    body = form.dataset.form === "try" ? { configuration: values } : { values };
  }
  const trial = form.dataset.form === "try";
  const answer = await call(trial ? "POST" : "PUT", form.dataset.path, body);
  for (const place of form.querySelectorAll("[data-fault]")) {
    const fault = (answer.json.errors || []).find((one) => one.field === place.dataset.fault);
    place.textContent = fault ? fault.message : "";
  }
  if (trial) tell(form.querySelector("output"), answer);
  else applied(form, answer);
});

// What was a secret is one again.
function applied(form, answer) {
  say(answer.ok ? "Applied." : reason(answer), !answer.ok);
  if (!answer.ok) return;
  for (const field of form.querySelectorAll("[type=password]")) {
    if (field.value !== "") field.value = "***";
  }
}

function tell(place, answer) {
  const seen = answer.json;
  if (!answer.ok) place.textContent = reason(answer);
  else if (!seen.ok) place.textContent = "It did not work: " + seen.error;
  else place.textContent = "It works (" + seen.duration_ms + " ms)." + (seen.found.length ? "\n" + seen.found.join("\n") : "");
  place.className = answer.ok && seen.ok ? "" : "fault";
}

function upload(verb, path, file) {
  // fetch tells nothing about the progress of an upload.
  return new Promise((done) => {
    const bar = at("progress");
    const request = new XMLHttpRequest();
    request.open(verb, path);
    for (const [name, text] of Object.entries(headers({ "Content-Type": "application/java-archive" }))) {
      request.setRequestHeader(name, text);
    }
    request.upload.onprogress = (event) => { bar.value = event.total ? event.loaded / event.total : 0; };
    request.onloadend = () => {
      bar.hidden = true;
      let json = {};
      try { json = JSON.parse(request.responseText); } catch { /* Nothing was answered. */ }
      done({ ok: request.status >= 200 && request.status < 300, status: request.status, json });
    };
    bar.hidden = false;
    bar.value = 0;
    request.send(file);
  });
}

at("install").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const file = form.jar.files[0];
  const outlook = await upload("POST", "/api/admin/plugin-outlook", file);
  if (!outlook.ok) {
    say(reason(outlook), true);
    return;
  }
  const seen = outlook.json;
  const lines = [
    seen.id + " " + seen.version + (seen.installed ? " replaces " + seen.installed : " is new"),
    "Signature: " + seen.signature.status,
    ...seen.missing.map((text) => "In the way: " + text),
    ...seen.touched.map((id) => "Would have to restart: " + id),
    ...seen.asked.map((text) => "Asks for " + text),
  ];
  const list = document.createElement("ul");
  for (const line of lines) list.appendChild(document.createElement("li")).textContent = line;
  at("outlook").replaceChildren(list);
  at("outlook").hidden = false;
  if (event.submitter && event.submitter.value === "check") return;
  const path = "/api/admin/plugins";
  const answer = seen.installed
    ? await upload("PUT", path + "/" + encodeURIComponent(seen.id) + "?grant=" + form.enable.checked, file)
    : await upload("POST", path + "?enable=" + form.enable.checked, file);
  say(answer.ok ? answer.json.plugin.name + " " + answer.json.plugin.version + " is " + answer.json.plugin.state + "." : reason(answer), !answer.ok);
  if (answer.ok) form.reset();
  look();
});

let following = null;
onEntry(() => {
  following?.abort();
  following = new AbortController();
  follow("/api/admin/plugins/events", "", following, (name, data) => {
    if (token() !== null) heard(data);
    return true;
  }, () => {});
});

function heard(data) {
  const line = document.createElement("li");
  line.appendChild(document.createElement("time")).textContent = new Date().toLocaleTimeString();
  line.append(data.plugin_id + " " + data.version + " " + data.change + (data.reason ? ": " + data.reason : ""));
  at("quiet-feed").hidden = true;
  at("feed").prepend(line);
  while (at("feed").children.length > 50) at("feed").lastChild.remove();
  look();
}
