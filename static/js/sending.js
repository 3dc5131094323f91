// Sends answers in the background, again and again until the server has them, and shows its reply.
// What is said comes from the words of the page, and "saved" only from a page of the server.
// Without this file the browser sends the form by itself.

import { account, drop, isKeepable, isOnlyHere, keep, listKept, makeAnswer } from "./outbox.js";
import { requestDocument, showDocument } from "./replace.js";

const FIRST_WAIT = 1000; // milliseconds
const LONGEST_WAIT = 60000;
const PATIENCE = 20000; // for one try; the server itself waits up to ten seconds for its turn
const QUIET = 350; // before the page says that it sends
const UNDER_WAY = ["sending", "offline", "busy"];

let tries = 0;
let timer = 0;
let notBefore = 0;
let sending = false;

// ---- The page -------------------------------------------------------------------------------

const findForm = () => document.querySelector('form[data-module~="sending"]');
const findExercise = () => document.querySelector("[data-exercise]");
const isOfPage = (answer) => findExercise()?.dataset.exercise === answer.url;
const isOfForm = (answer) => isOfPage(answer) && findForm()?.dataset.step === answer.step;

// Says a state in words, once; `link` leads to an answer that somebody must look at.
function say(state, count = 0, link = null) {
  const place = document.querySelector('[data-module~="outbox"]');
  const words = place?.dataset[count > 1 ? `${state}Many` : state];
  if (!words) return;
  const text = words.replace("{n}", count);
  if (place.dataset.state === state && place.firstChild?.data === text) return;
  if (place.dataset.state === "twice" && UNDER_WAY.includes(state)) return;
  place.dataset.state = state;
  place.replaceChildren(text);
  const button = document.querySelector("form[data-locked] .answer-bar button:not([name], [type])");
  if (button && UNDER_WAY.includes(state)) button.textContent = place.dataset[`${state}Button`];
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = link;
  anchor.textContent = place.dataset.open;
  place.append(" ", anchor);
}

// What was submitted stays as it is; the button sends it again at once.
function lock(form) {
  form.dataset.locked = "";
  const within = form.contains(document.activeElement) && document.activeElement;
  for (const field of form.elements) {
    if (field.type === "submit" && !field.name) continue;
    if (field.type !== "hidden" && field.nodeName !== "FIELDSET") field.disabled = true;
  }
  if (within.disabled) form.querySelector("button:enabled").focus();
}

function fill(form, fields) {
  for (const field of form.elements) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") {
      const checked = values.includes(field.value);
      if (checked === field.checked) continue;
      field.checked = checked;
    } else if (["text", "textarea", "select-one"].includes(field.type) && values.length) {
      field.value = values[0];
    } else {
      continue;
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest('form[data-module~="sending"]');
  const url = form && new URL(form.action).pathname;
  if (!form || !account() || !isKeepable(url)) return;
  event.preventDefault();
  if ("locked" in form.dataset) {
    tries = 0;
    plan(0);
    return;
  }
  const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrf_token");
  const earlier = waiting().find(isOfForm);
  if (earlier) fill(form, earlier.fields); // from another tab: the first answer counts
  else keep(makeAnswer(url, form.dataset.step, fields));
  lock(form);
  if (earlier) say("twice");
  tries = 0;
  plan(0);
});

// ---- The network ----------------------------------------------------------------------------

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(sendAll, Math.max(wait, notBefore - Date.now()));
}

function planAgain(seconds) {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries);
  tries += 1;
  notBefore = Date.now() + seconds * 1000;
  plan(Math.max(wait * (0.5 + Math.random() / 2), seconds * 1000));
}

async function sendAll() {
  if (sending) return;
  sending = true;
  let saved = 0;
  try {
    for (const answer of waiting()) {
      const outcome = await send(answer);
      if (outcome === "saved") saved += 1;
      if (outcome === "again") break;
    }
  } finally {
    sending = false;
  }
  const left = waiting().length;
  if (saved && !left) say("saved", saved);
  // What came in meanwhile; what failed has planned its next try.
  if (left && !tries) plan(0);
}

const waiting = () => listKept().filter((answer) => !answer.held);

// Sends one answer and deals with the reply: "saved" in the background, "shown" on this page,
// "held" for somebody to look at, "again" later.
async function send(answer) {
  const soon = setTimeout(() => { if (!tries) say("sending"); }, QUIET);
  let reply;
  try {
    const token = document.querySelector('input[name="csrf_token"]')?.value ?? "";
    const body = new URLSearchParams([...answer.fields, ["csrf_token", token]]);
    reply = await requestDocument(answer.url, { method: "POST", body, timeout: PATIENCE });
  } catch {
    return again("offline");
  } finally {
    clearTimeout(soon);
  }
  const page = reply.response;
  // A proxy or the log-in page of a public network answers what it likes: that is no reply.
  if (reply.status >= 500 || reply.status === 429) return again("busy", retryAfter(reply));
  if (page?.body?.dataset.account === undefined) return again("offline");
  tries = 0;
  return take(answer, reply, page);
}

function take(answer, reply, page) {
  const owner = page.body.dataset.account;
  if (owner && owner !== answer.account) return hold(answer, "other");
  const exercise = page.querySelector("[data-exercise]")?.dataset;
  const stored = exercise?.exercise === answer.url && exercise.stored.split(" ").includes(answer.step);
  if (reply.status === 200 && stored) {
    drop(answer);
    if (!isOfForm(answer)) return "saved";
    show(reply, page);
    return "shown";
  }
  if (reply.status === 409 && (isOfPage(answer) || stored)) {
    drop(answer);
    if (isOfPage(answer)) show(reply, page);
    else say("elsewhere", 1, answer.page);
    return "shown";
  }
  // Another attempt's page, or none any more: no waiting will help.
  if (reply.status === 404 && owner && !isOfPage(answer)) {
    drop(answer);
    say("gone");
    return "shown";
  }
  if ((reply.status === 422 || (reply.status === 404 && owner)) && isOfForm(answer)) drop(answer);
  else hold(answer, isOfForm(answer) ? null : "held");
  if (isOfForm(answer)) show(reply, page);
  return "held";
}

function again(state, seconds = 0) {
  say(state, waiting().length);
  planAgain(seconds);
  return "again";
}

function hold(answer, state) {
  keep({ ...answer, held: true });
  if (state) say(state, 1, state === "held" ? answer.page : null);
  return "held";
}

// Returns the seconds that the server asks us to wait, at most an hour.
function retryAfter(reply) {
  const asked = reply.getResponseHeader("Retry-After") ?? "";
  const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
  return Math.min(3600, Math.max(0, seconds || 0));
}

// Puts the reply in place of the page: the verdict has the focus, and reloading shows it again.
function show(reply, page) {
  const there = new URL(reply.responseURL);
  if (there.pathname === location.pathname) there.search = location.search;
  if (page.querySelector("h2#verdict")) there.hash = "verdict";
  showDocument(page, there.href);
}

// ---- From the start -------------------------------------------------------------------------

// Takes up what an earlier page could not send.
function takeUp() {
  const form = findForm();
  for (const answer of listKept().filter(isOfPage)) {
    if (isOfForm(answer)) {
      fill(form, answer.fields);
      if (!answer.held) lock(form);
      else if (!("refilled" in findExercise().dataset)) say("back");
    } else if (answer.held) {
      keep({ ...answer, held: false });
    }
  }
  const [held] = listKept().filter((answer) => answer.held && !isOfPage(answer));
  if (held) say("held", 1, held.page);
  if (waiting().length) plan(0);
}

const wake = () => {
  if (!waiting().length) return;
  tries = 0;
  plan(Math.random() * 500);
};
addEventListener("online", wake);
addEventListener("offline", () => { if (waiting().length) say("offline", waiting().length); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
// Another tab has sent the answer of this page: the server shows it.
addEventListener("storage", () => {
  const form = findForm();
  if (form && "locked" in form.dataset && !listKept().some(isOfForm)) location.reload();
});
addEventListener("beforeunload", (event) => { if (isOnlyHere()) event.preventDefault(); });
document.addEventListener("page:shown", takeUp);
takeUp();
