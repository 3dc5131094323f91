// Loads the page again when what it shows has been saved: asks for the version once a second.
// Without this file the page is reloaded by hand.

const EVERY = 1000; // milliseconds

async function ask(root) {
  const known = `"${root.dataset.version}"`;
  try {
    const answer = await fetch(root.dataset.watch, {
      cache: "no-store",
      headers: { "If-None-Match": known },
    });
    const now = answer.headers.get("ETag");
    if (answer.ok && now && now !== known) {
      location.reload();
      return;
    }
  } catch {
    // The preview was stopped; it may be started again.
  }
  setTimeout(ask, EVERY, root);
}

for (const root of document.querySelectorAll('[data-module~="reload"]')) setTimeout(ask, EVERY, root);
