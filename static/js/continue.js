// Sends the form that goes on with long work, so that nobody needs to press its button.
for (const form of document.querySelectorAll('[data-module~="continue"]')) form.requestSubmit();
