// Digits pick an option of the group that has the focus (or the first one still open);
// Enter on the verdict goes on. Never in a text field, never with a modifier key.

const TYPING = 'input[type="text"], input[type="search"], input[type="password"], textarea, select';

function groups(form) {
  const byName = new Map();
  for (const radio of form.querySelectorAll('input[type="radio"]')) {
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

function bind(root) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (event.target.matches?.(TYPING)) return;
    if (/^[1-9]$/.test(event.key) && pick(root, Number(event.key))) event.preventDefault();
    if (event.key === "Enter" && event.target.id === "verdict") {
      document.querySelector("[data-next]")?.click();
    }
  });
}

for (const root of document.querySelectorAll('[data-module~="shortcuts"]')) bind(root);
