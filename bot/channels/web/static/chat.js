// The web chat. The service holds the conversation; the page shows it, and sends what the person writes or taps.

import { Composer } from "./composer.js";
import { finishLeaving, quickExit } from "./exit.js";
import { Feed } from "./feed.js";
import { linkifier } from "./linkify.js";
import { Outbox, randomId } from "./outbox.js";
import { View } from "./view.js";

const SLOW_MS = 12000;
const GIVE_UP_MS = 60000;
const START_KEY = "chat:start";
const START_AGAIN_MS = 60000;

const { texts, exit, shortCodes } = JSON.parse(document.getElementById("options").textContent);
const language = document.documentElement.lang;
const fold = (text) => text.trim().toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

let feed = null;
let outbox = null;
let caughtUp = false;
let hadSession = false;
let startedAt = Infinity;
let typingTimers = [];
let lastTry = 0;
let lastAnswer = 0;

const view = new View(texts, linkifier(shortCodes), language, tapped, () => outbox.run());
const composer = new Composer(wrote);
const leaveNow = quickExit(exit, shut, closed);

function awaitAnswer(state) {
  typingTimers.forEach(clearTimeout);
  typingTimers = [];
  view.typing(state);
  if (!state) return;
  typingTimers.push(setTimeout(() => view.typing("slow"), SLOW_MS));
  typingTimers.push(setTimeout(() => awaitAnswer(null), GIVE_UP_MS));
}

function wrote(text) {
  if (fold(text) === fold(texts.exit_word)) {
    leaveNow();
    return;
  }
  view.addEcho(outbox.add("text", text));
  outbox.run();
}

function tapped(option) {
  // The focus would be lost with the button; from the person's own line, Tab leads on to the next options.
  view.addEcho(outbox.add("tap", option.label, option.payload)).focus({ preventScroll: true });
  outbox.run();
}

function told(item, state, problem) {
  view.mark(item.id, state);
  if (state === "trying" && !problem) {
    lastTry = performance.now();
  } else if (state === "sent") {
    startedAt = Math.min(startedAt, performance.now());
    view.notice("");
    // The answer may come, by the other request, before the word that the message was taken.
    if (lastAnswer < lastTry) awaitAnswer("typing");
    feed.hurry();
  } else if (state === "failed") {
    awaitAnswer(null);
    explain(problem);
  } else if (state === "refused") {
    refused(item, problem);
  }
}

function refused(item, problem) {
  awaitAnswer(null);
  view.notice(problem.message || texts.refused);
  if (item.kind === "tap") {
    view.removeEcho(item.id);
    view.offerAgain();
  } else if (item.kind === "text" && composer.giveBack(item.text)) {
    view.removeEcho(item.id);
  }
}

function explain(problem) {
  if (!problem) return;
  if (problem.message && problem.retryAfter && !problem.offline) view.notice(problem.message);
  else if (problem.offline) view.notice(outbox.empty ? texts.offline : texts.offline_saved);
  else view.notice(outbox.empty ? texts.away : texts.away_saved);
}

function got({ lines, session, restarted }, began) {
  if (!session && caughtUp) {
    // No token came: the chat was left in another tab; or it was never kept, where one was given before this was asked.
    if (hadSession) closed();
    else if (startedAt < began) view.notice(texts.no_cookies);
    return;
  }
  hadSession = session;
  if (restarted) {
    view.wipe();
    showUnsent();
  }
  if (outbox.empty) view.notice("");
  if (lines.some((line) => line.who === "bot")) {
    lastAnswer = performance.now();
    awaitAnswer(null);
  }
  view.addLines(lines, !caughtUp);
}

function closed() {
  shut();
  document.getElementById("footer").hidden = true;
  view.showClosed(() => location.reload());
}

function ready() {
  caughtUp = true;
  document.getElementById("footer").hidden = false;
  view.scrollToEnd();
  showUnsent();
  const wanted = new URLSearchParams(location.search);
  const link = wanted.get("r");
  if (link && /^[\w-]{1,64}$/.test(link)) outbox.add("start", "", link);
  else if (!view.hasLines && outbox.empty) outbox.add("start", "", "", startId());
  // The link did its work: a reload goes on with the conversation and does not begin the route again.
  if (link !== null) {
    const chosen = wanted.get("lang");
    history.replaceState(null, "", location.pathname + (chosen ? "?lang=" + encodeURIComponent(chosen) : ""));
  }
  outbox.run();
  composer.invite();
}

// Another language for the page is another for the conversation, too. The next page sends what is in the outbox.
function choseLanguage(link) {
  if (caughtUp && view.hasLines && !link.hasAttribute("aria-current")) {
    outbox.add("tap", link.textContent.trim(), "l|" + link.hreflang);
  }
}

function showUnsent() {
  outbox.items.forEach((item) => {
    if (item.kind !== "start" && !view.endsWith(item.text)) view.addEcho(item);
  });
}

// A reload before the greeting came asks for the same greeting, not for a second one.
function startId() {
  try {
    const [id, at] = (sessionStorage.getItem(START_KEY) || " ").split(" ");
    if (id && Date.now() - Number(at) < START_AGAIN_MS) return id;
    const fresh = randomId();
    sessionStorage.setItem(START_KEY, fresh + " " + Date.now());
    return fresh;
  } catch (failure) {
    return randomId();
  }
}

function shut() {
  feed.end();
  outbox.clear();
  awaitAnswer(null);
  view.wipe();
  composer.clear();
  try {
    sessionStorage.clear();
  } catch (failure) {
    // A browser without storage has kept nothing.
  }
}

async function open() {
  document.getElementById("loading").hidden = true;
  outbox = new Outbox(told);
  feed = new Feed(got, explain);
  document.querySelectorAll("a[hreflang]").forEach((link) => {
    link.addEventListener("click", () => choseLanguage(link));
  });
  document.querySelectorAll("nav [data-word]").forEach((key) => {
    key.addEventListener("click", () => wrote(key.dataset.word));
  });
  window.addEventListener("online", () => {
    feed.hurry();
    outbox.run();
  });
  window.addEventListener("offline", () => explain({ offline: true }));
  while (!(await finishLeaving())) {
    view.notice(texts.offline);
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
  view.notice("");
  await feed.run(ready);
}

open();
