// The one place where HTML of the server enters a page: it is asked for as a document, never as
// text (Trusted Types refuse that), and what differs is put in place of what was there.

// Sends a request and resolves to the XMLHttpRequest with its `response` as a document; rejects
// when there is no answer. `headers` by name, `body` as XMLHttpRequest.send takes it.
export function requestDocument(url, { method = "GET", headers = {}, body = null, timeout = 15000 } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "document";
    request.timeout = timeout;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.addEventListener("load", () => resolve(request));
    for (const type of ["error", "timeout", "abort"]) {
      request.addEventListener(type, () => reject(new Error(type)));
    }
    request.send(body);
  });
}

// Makes `old` what `fresh` is and leaves alone what is the same, so that focus, scroll positions,
// opened details and selected text stay. Returns whether anything changed.
export function replaceRegion(old, fresh) {
  if (old.isEqualNode(fresh)) return false;
  const focus = placeOf(document.activeElement, old);
  const scrolled = [window.scrollX, window.scrollY];
  adapt(old, fresh);
  if (focus && !old.contains(document.activeElement)) find(old, focus)?.focus({ preventScroll: true });
  window.scrollTo(...scrolled);
  return true;
}

function adapt(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  adaptAttributes(old, fresh);
  const [now, next] = [[...old.childNodes], [...fresh.childNodes]];
  if (now.length === next.length && now.every((node, i) => alike(node, next[i]))) {
    now.forEach((node, i) => {
      if (node.nodeType === Node.ELEMENT_NODE) adapt(node, next[i]);
      else if (node.data !== next[i].data) node.data = next[i].data;
    });
  } else {
    old.replaceChildren(...next.map((node) => document.importNode(node, true)));
  }
}

function alike(a, b) {
  return a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");
}

function adaptAttributes(old, fresh) {
  const kept = old.nodeName === "DETAILS" ? ["open"] : [];
  for (const name of old.getAttributeNames()) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name);
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
  }
}

// The focused element is found again by its id, else by its address and kind.
function placeOf(element, region) {
  if (!element || element === region || !region.contains(element)) return null;
  return { id: element.id, name: element.nodeName, href: element.getAttribute("href") };
}

function find(region, { id, name, href }) {
  if (id) return document.getElementById(id);
  const same = [...region.querySelectorAll(name)].find((each) => each.getAttribute("href") === href);
  return same ?? region.closest("[tabindex]") ?? region.querySelector("a, button, [tabindex]");
}

// Shows a whole page of the server in place of this one, under its address: its title, header and
// content; then says so ("page:shown"), so that behaviours bind to it. The focus goes where the
// page asks for it, else to the verdict, else to the content.
export function showDocument(page, address) {
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  adaptAttributes(document.body, page.body);
  for (const part of [".site-header", "main"]) {
    document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  }
  document.dispatchEvent(new CustomEvent("page:shown"));
  const main = document.querySelector("main");
  const target = main.querySelector("[autofocus]") ?? main.querySelector("h2#verdict") ?? main;
  target.focus({ preventScroll: true });
  target.scrollIntoView();
  history.replaceState(history.state, "", address);
}
