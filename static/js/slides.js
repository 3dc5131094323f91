// Arrows go to the next and the previous slide or exercise, the keys of a pointing device too where
// the page fills the wall; R shows the key. Never in a text field or a box that scrolls, never with
// a modifier key, and not at all for whoever has switched shortcuts off.

const ARROWS = { ArrowRight: "next", ArrowLeft: "prev" };
const PAGES = { PageDown: "next", PageUp: "prev" };
const ELSEWHERE = "input, textarea, select, dialog, [contenteditable], .table-scroll";

function target(nav, key) {
  if (key.toLowerCase() === "r") return nav.querySelector("[data-reveal]");
  const way = ARROWS[key] ?? ("pages" in nav.dataset ? PAGES[key] : undefined);
  return way && nav.querySelector(`a[rel~="${way}"]`);
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  const nav = document.querySelector('[data-module~="slides"]');
  if (!nav || event.target.closest?.(ELSEWHERE)) return;
  const link = target(nav, event.key);
  if (!link) return;
  event.preventDefault();
  link.click();
}

if (document.body.dataset.shortcuts !== "off") document.addEventListener("keydown", press);
