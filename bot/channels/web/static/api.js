// The three requests of the page. Every failure becomes a Problem: either worth another try, or not.

// The language of the page goes with every request: the service answers, and begins a conversation, in it.
const HEADERS = {
  "Content-Type": "application/json",
  "X-Amable": "1",
  "Accept-Language": document.documentElement.lang,
};
const SLACK_MS = 15000;

/** `lasting`: trying again would fail again. `offline`: the service was not reached. `retryAfter`: seconds, or 0. */
export class Problem extends Error {
  constructor(message, { lasting = false, offline = false, retryAfter = 0 } = {}) {
    super(message);
    this.lasting = lasting;
    this.offline = offline;
    this.retryAfter = retryAfter;
  }
}

async function ask(path, options, waitMs, stop) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), waitMs + SLACK_MS);
  if (stop) stop.onabort = () => control.abort();
  let response;
  let body;
  try {
    response = await fetch(path, Object.assign({ signal: control.signal, credentials: "same-origin" }, options));
    body = await response.json();
  } catch (failure) {
    // An answer that is no JSON comes from something between us and the service: a proxy, a hotel's sign-in page.
    throw new Problem("", { offline: !response });
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return body;
  const again = response.status >= 500 || response.status === 429 || response.status === 408;
  throw new Problem((body.error && body.error.message) || "", {
    lasting: !again,
    retryAfter: Number(response.headers.get("Retry-After")) || 0,
  });
}

/** Posts one message; when it resolves, the message is safe. Posting it again is harmless. */
export function postMessage(item, stop) {
  const body = JSON.stringify({ client_id: item.id, kind: item.kind, text: item.text, payload: item.payload });
  return ask("/chat/messages", { method: "POST", headers: HEADERS, body }, 0, stop);
}

/** The lines after an id; waits up to `wait` seconds for one. */
export function readLines(after, wait, stop) {
  return ask("/chat/messages?after=" + after + "&wait=" + wait, { headers: HEADERS }, wait * 1000, stop);
}

/** Takes the conversation out of this browser; resolves to whether it did. */
export async function leave() {
  try {
    return (await fetch("/chat/leave", { method: "POST", headers: HEADERS, keepalive: true })).ok;
  } catch (failure) {
    return false;
  }
}

/** The same, while the page goes away: nobody waits for the answer. */
export function leaveInPassing() {
  // A browser that would drop the request with the page keeps a beacon.
  if ("keepalive" in Request.prototype || !navigator.sendBeacon) leave();
  else navigator.sendBeacon("/chat/leave");
}
