// Digits pick an option of the group that has the focus (or the first one still open);
// Enter on the verdict goes on. Never in a text field, never with a modifier key, and not at all
// for whoever has switched shortcuts off.

const TYPING = 'textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"])';

function groups(form) {
  const byName = new Map();
  for (const radio of form.querySelectorAll('input[type="radio"]:enabled')) {
    if (!byName.has(radio.name)) byName.set(radio.name, []);
    byName.get(radio.name).push(radio);
  }
  return [...byName.values()];
}

function pick(form, digit) {
  const all = groups(form);
  const focused = all.find((radios) => radios.includes(document.activeElement));
  const group = focused ?? all.find((radios) => !radios.some((radio) => radio.checked)) ?? all[0];
  const radio = group?.[digit - 1];
  if (!radio) return false;
  radio.focus();
  radio.click();
  return true;
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  const root = document.querySelector('[data-module~="shortcuts"]');
  if (!root || event.target.closest?.(`dialog, ${TYPING}`)) return;
  if (/^[1-9]$/.test(event.key) && pick(root, Number(event.key))) event.preventDefault();
  if (event.key === "Enter" && event.target.id === "verdict") {
    document.querySelector("[data-next]")?.click();
  }
}

if (document.body.dataset.shortcuts !== "off") document.addEventListener("keydown", press);
