// Keeps a region of a page up to date: asks for the page's own address every few seconds, saying
// which version is shown, and puts the new region in its place when there is one. Without this
// file the link "Refresh" does the same. A region says `data-module="poll"`, its `id` and
// `data-version`; an element with data-poll-stale is shown while nobody answers.

import { replaceRegion, requestDocument } from "./replace.js";

const EVERY = 3000; // milliseconds between an answer and the next question
const SLOWEST = 60000;

function follow(region) {
  let version = region.dataset.version;
  let wait = EVERY;
  let timer = 0;
  let asking = false;

  function plan() {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(ask, wait);
  }

  async function ask() {
    if (asking) return;
    asking = true;
    try {
      const headers = { "If-None-Match": version, "X-Poll": "1" };
      take(await requestDocument(location.pathname + location.search, { headers }));
      wait = EVERY;
      stale(false);
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
      stale(true);
    }
    asking = false;
    plan();
  }

  function take(answer) {
    if (answer.status === 304) return;
    const fresh = answer.status === 200 && answer.response?.getElementById(region.id);
    if (!fresh) throw new Error(`no region: ${answer.status}`);
    version = answer.getResponseHeader("ETag") ?? version;
    const changed = replaceRegion(region, fresh);
    if (changed) region.dispatchEvent(new CustomEvent("poll:replaced", { bubbles: true }));
  }

  function stale(is) {
    for (const note of document.querySelectorAll("[data-poll-stale]")) note.hidden = !is;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") ask();
  });
  plan();
}

for (const region of document.querySelectorAll('[data-module~="poll"]')) follow(region);
