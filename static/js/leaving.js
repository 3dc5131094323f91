// Asks before a form is sent that would give up answers that the server has not got yet, and
// leaves nothing of the account in the browser when it signs out.
// The form names its question: data-asks="id of a <dialog>"; data-of says of which answers.

import { drop, forgetAll, listKept } from "./outbox.js";

function ask(form, dialog, answers) {
  for (const words of dialog.querySelectorAll("[data-one]")) {
    const text = words.dataset[answers.length > 1 ? "many" : "one"];
    words.textContent = text.replace("{n}", answers.length);
  }
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "leave") return;
    for (const answer of answers) drop(answer);
    form.requestSubmit();
  }, { once: true });
  dialog.returnValue = "";
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-asks], form[data-forgets]");
  if (!form) return;
  const answers = listKept().filter((answer) => answer.url.startsWith(form.dataset.of ?? "/"));
  const dialog = document.getElementById(form.dataset.asks ?? "");
  if (answers.length && dialog) {
    event.preventDefault();
    ask(form, dialog, answers);
  } else if ("forgets" in form.dataset) {
    forgetAll();
  }
});
