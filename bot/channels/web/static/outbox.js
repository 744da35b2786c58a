// What the person wrote and the service has not taken yet: sent one by one, in order, until taken or refused for good.
// It lives in the tab's own storage, so that a reload loses nothing and closing the tab forgets it.

import { postMessage } from "./api.js";
import { Patience } from "./patience.js";

const KEY = "chat:unsent";
const FAILED_AFTER = 2;

export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => ("0" + byte.toString(16)).slice(-2)).join("");
}

function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) || [];
  } catch (failure) {
    return [];
  }
}

export class Outbox {
  /** `told(item, state, problem)`: state is trying (with no problem: a try begins), failed, sent or refused. */
  constructor(told) {
    this.told = told;
    this.items = restored();
    this.patience = new Patience();
    this.running = false;
    this.stop = new AbortController();
  }

  get empty() {
    return this.items.length === 0;
  }

  add(kind, text, payload, id) {
    const item = { id: id || randomId(), kind, text, payload: payload || "" };
    this.items.push(item);
    this.keep();
    return item;
  }

  /** Sends what is there; harmless while it is already at work. */
  async run() {
    if (this.running) {
      this.patience.hurry();
      return;
    }
    this.running = true;
    while (this.items.length) await this.sendFirst();
    this.running = false;
  }

  async sendFirst() {
    const item = this.items[0];
    this.told(item, "trying", null);
    try {
      await postMessage(item, this.stop.signal);
      this.done("sent", null);
    } catch (problem) {
      if (this.stop.signal.aborted) return;
      if (problem.lasting) {
        this.done("refused", problem);
        return;
      }
      this.told(item, this.patience.tries + 1 < FAILED_AFTER ? "trying" : "failed", problem);
      await this.patience.wait(problem.retryAfter);
    }
  }

  done(state, problem) {
    const item = this.items.shift();
    this.keep();
    this.patience.reset();
    if (item) this.told(item, state, problem);
  }

  /** Forgets everything, and lets go of what is on its way. */
  clear() {
    this.stop.abort();
    this.items = [];
    this.keep();
    this.patience.hurry();
  }

  keep() {
    try {
      if (this.items.length) sessionStorage.setItem(KEY, JSON.stringify(this.items));
      else sessionStorage.removeItem(KEY);
    } catch (failure) {
      // A browser that keeps nothing still sends: only a reload would lose the message.
    }
  }
}
