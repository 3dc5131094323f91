// Marking words: one Tab stop for the passage, arrows, Shift + arrow, drag and long press to extend.
// Without this file every word is a plain checkbox and the form works the same.

const LONG_PRESS = 450; // milliseconds
const SLACK = 10; // pixels a finger may move before a press counts as scrolling

function bind(passage) {
  const boxes = [...passage.querySelectorAll('input[name="marks"]')];
  if (!boxes.length) return;
  const form = passage.closest("form");
  const none = form.querySelector('input[name="none"]');
  const sentenceOf = (box) => box.closest("[data-sentence]");
  const history = [];
  let current = boxes.find((box) => box.checked) ?? boxes[0];
  let anchor = null; // the word from which Shift + arrows extend

  const remember = () => history.push(boxes.map((box) => box.checked));
  const restore = (states) => boxes.forEach((box, at) => { box.checked = states[at]; });

  function announce() {
    const marked = boxes.filter((box) => box.checked).length;
    for (const place of form.querySelectorAll("[data-count]")) {
      const text = place.dataset[marked === 0 ? "zero" : marked === 1 ? "one" : "many"];
      place.textContent = text.replace("{n}", marked);
    }
    for (const button of form.querySelectorAll("[data-clear]")) button.disabled = marked === 0;
    for (const button of form.querySelectorAll("[data-undo]")) button.disabled = !history.length;
    if (none && marked) none.checked = false;
  }

  function stop(box) {
    for (const other of boxes) other.tabIndex = -1;
    box.tabIndex = 0;
    current = box;
  }

  function move(box) {
    stop(box);
    box.focus();
  }

  // Gives the words from one to the other a state, the rest that of before: going back shrinks.
  function extend(from, to, state) {
    const [low, high] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
    restore(history.at(-1));
    for (const box of boxes.slice(low, high + 1)) box.checked = state;
    announce();
  }

  function target(key, box) {
    const at = boxes.indexOf(box);
    const forward = getComputedStyle(passage).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const sentence = boxes.filter((other) => sentenceOf(other) === sentenceOf(box));
    switch (key) {
      case forward: return boxes[at + 1];
      case backward: return boxes[at - 1];
      case "ArrowDown": return onOtherLine(box, 1);
      case "ArrowUp": return onOtherLine(box, -1);
      case "Home": return sentence[0];
      case "End": return sentence.at(-1);
      default: return null;
    }
  }

  // The word of the next or previous line that lies nearest below or above this one.
  function onOtherLine(box, step) {
    const here = box.getBoundingClientRect();
    const middle = here.left + here.width / 2;
    let best = null;
    for (const other of boxes) {
      const there = other.getBoundingClientRect();
      const down = (there.top - here.top) * step;
      if (down < here.height / 2) continue;
      const aside = Math.abs(there.left + there.width / 2 - middle);
      if (!best || down < best.down - 4 || (Math.abs(down - best.down) <= 4 && aside < best.aside)) {
        best = { other, down, aside };
      }
    }
    return best?.other;
  }

  passage.addEventListener("keydown", (event) => {
    if (!boxes.includes(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = target(event.key, event.target);
    if (next === null) return;
    event.preventDefault();
    if (!next) return;
    if (event.shiftKey) {
      if (!anchor) remember();
      anchor ??= event.target;
      extend(anchor, next, true);
    } else {
      anchor = null;
    }
    move(next);
  });

  passage.addEventListener("keyup", (event) => { if (event.key === "Shift") anchor = null; });
  passage.addEventListener("click", (event) => {
    anchor = null;
    if (boxes.includes(event.target)) history.push(boxes.map((b) => (b === event.target ? !b.checked : b.checked)));
  });
  passage.addEventListener("change", (event) => {
    if (!boxes.includes(event.target)) return;
    stop(event.target);
    announce();
  });
  passage.addEventListener("focusin", (event) => {
    if (boxes.includes(event.target)) stop(event.target);
  });

  dragging(passage, boxes, { remember, extend, move });

  none?.addEventListener("change", () => {
    if (!none.checked) return;
    remember();
    for (const box of boxes) box.checked = false;
    announce();
    none.checked = true;
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-clear]")) {
      remember();
      extend(boxes[0], boxes.at(-1), false);
      move(current);
    } else if (event.target.closest("[data-undo]") && history.length) {
      const before = history.pop();
      restore(before);
      announce();
      if (!history.length) move(current); // the button is off now, and would take the focus along
    }
  });
  document.addEventListener("click", (event) => {
    if (!passage.isConnected || !event.target.closest?.(`a[href="#${passage.id}"]`)) return;
    event.preventDefault();
    move(current);
  });
  for (const hidden of form.querySelectorAll("[data-scripted]")) hidden.hidden = false;
  for (const shown of form.querySelectorAll("[data-unscripted]")) shown.hidden = true;
  stop(current);
  announce();
}

// Mouse and pen: press on a word and move. Finger: hold, then move; a short move stays a scroll.
function dragging(passage, boxes, { remember, extend, move }) {
  let start = null;
  let timer = null;
  let active = false;
  let state = true;

  const boxAt = (x, y) => {
    const unit = document.elementFromPoint(x, y)?.closest("[data-word]");
    return unit && passage.contains(unit) ? unit.querySelector("input:enabled") : null;
  };
  const begin = () => {
    active = true;
    remember();
    passage.dataset.dragging = "";
    extend(start.box, start.box, state);
  };
  const end = () => {
    clearTimeout(timer);
    timer = null;
    if (active) {
      // The click that follows the release would toggle the last word again.
      const swallow = (event) => event.preventDefault();
      passage.addEventListener("click", swallow, { capture: true });
      setTimeout(() => {
        passage.removeEventListener("click", swallow, { capture: true });
        delete passage.dataset.dragging;
      }, 0);
    }
    start = null;
    active = false;
  };

  passage.addEventListener("pointerdown", (event) => {
    const box = boxAt(event.clientX, event.clientY);
    if (!box || event.button !== 0) return;
    start = { box, x: event.clientX, y: event.clientY, touch: event.pointerType === "touch" };
    state = !box.checked;
    if (start.touch) timer = setTimeout(() => { begin(); navigator.vibrate?.(15); }, LONG_PRESS);
  });
  passage.addEventListener("pointermove", (event) => {
    if (!start) return;
    const box = boxAt(event.clientX, event.clientY);
    if (!active && !start.touch && box && box !== start.box) begin();
    if (!active && start.touch && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK) {
      clearTimeout(timer);
      start = null;
      return;
    }
    if (active && box) {
      extend(start.box, box, state);
      move(box);
    }
  });
  passage.addEventListener("touchmove", (event) => { if (active) event.preventDefault(); }, { passive: false });
  passage.addEventListener("contextmenu", (event) => { if (active || timer) event.preventDefault(); });
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, end);
}

function bindAll() {
  for (const passage of document.querySelectorAll('[data-module~="marking"]')) bind(passage);
}

document.addEventListener("page:shown", bindAll);
bindAll();
