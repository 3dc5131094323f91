// Keeps the answers that the server has not got yet, in this page and in the storage of the
// browser, each under the account and the exercise that it belongs to; sends none of them.
// The account is the key that the server gives for it: nobody reads a name there.

const PREFIX = "quizapp.answer";
const ADDRESS = /^\/attempts\/\d+\/exercises\/[\w-]+$/;
const LONGEST = 30 * 24 * 3600 * 1000; // milliseconds for which an answer is kept
const here = new Map(); // what the storage refused, while this page is open

// The account signed in, "" for a visitor.
export function account() {
  return document.body.dataset.account ?? "";
}

// An answer: `url` to send to, `step` of the exercise, `fields` as [name, value] pairs. It waits to
// be sent, or is `held` until somebody looks at it, on the `page` where it was given.
export function makeAnswer(url, step, fields) {
  const page = location.pathname === url ? url + location.search : url;
  return { account: account(), url, page, step, fields, at: Date.now(), held: false };
}

// Tells whether answers to this address are kept, which are those of an attempt.
export function isKeepable(url) {
  return ADDRESS.test(url);
}

// Keeps an answer; returns whether it outlives this page.
export function keep(answer) {
  try {
    localStorage.setItem(nameOf(answer), JSON.stringify(answer));
    here.delete(nameOf(answer));
    return true;
  } catch {
    here.set(nameOf(answer), answer);
    return false;
  }
}

export function drop(answer) {
  here.delete(nameOf(answer));
  try {
    localStorage.removeItem(nameOf(answer));
  } catch {
    // There is no storage, so nothing of it stays there.
  }
}

// Returns what the account signed in has kept, the oldest first.
export function listKept() {
  const mine = account();
  if (!mine) return [];
  return [...stored(), ...here.values()]
    .filter((answer) => answer.account === mine)
    .sort((a, b) => a.at - b.at);
}

export function forgetAll() {
  for (const answer of listKept()) drop(answer);
}

// Returns whether this page is all that keeps one of the answers.
export function isOnlyHere() {
  return here.size > 0;
}

function nameOf({ account: owner, url, step }) {
  return [PREFIX, owner, url, step].join(" ");
}

function stored() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).flatMap(read);
  } catch {
    return [];
  }
}

// Returns the answer of that name; what is old or no answer of ours is thrown away.
function read(name) {
  let answer = null;
  try {
    answer = JSON.parse(localStorage.getItem(name));
  } catch {
    // Removed below.
  }
  const { url, page, fields, at } = answer ?? {};
  const pairs = Array.isArray(fields) && fields.every((pair) => Array.isArray(pair));
  const ours = pairs && isKeepable(url) && page?.startsWith?.(url) && nameOf(answer) === name;
  if (ours && Date.now() - at < LONGEST) return [answer];
  localStorage.removeItem(name);
  return [];
}
