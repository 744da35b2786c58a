// The quick way out: nothing of the chat stays on the screen, in the tab, or behind the browser's back button.

import { leave, leaveInPassing } from "./api.js";

const KEY = "chat:left";
const TWICE_MS = 1500;

function remember(left) {
  try {
    if (left) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch (failure) {
    // Without storage, only an exit while offline is not made good at the next visit.
  }
}

function leftBefore() {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch (failure) {
    return false;
  }
}

/** An exit that the service may not have heard of (no connection) is told again before anything is shown. */
export async function finishLeaving() {
  if (leftBefore() && (await leave())) remember(false);
  return !leftBefore();
}

/** Connects the button and the Esc key. `wipe` clears the screen and stops all requests; `leftElsewhere` when another tab left. */
export function quickExit(url, wipe, leftElsewhere) {
  let lastEscape = -TWICE_MS;
  const go = () => {
    remember(true);
    wipe();
    leaveInPassing();
    document.title = "…";
    location.replace(url);
  };
  document.getElementById("exit").addEventListener("click", go);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (event.timeStamp - lastEscape < TWICE_MS) go();
    lastEscape = event.timeStamp;
  });
  window.addEventListener("storage", (event) => event.key === KEY && event.newValue && leftElsewhere());
  // A page that comes back from the browser's own cache is the page of somebody who went away.
  window.addEventListener("pageshow", (event) => event.persisted && leftBefore() && location.replace(url));
  return go;
}
