// Reads the conversation: first all there is, then one waiting request after another, for as long as somebody looks.

import { readLines } from "./api.js";
import { Patience } from "./patience.js";

const WAIT_S = 25;
const TOO_SOON_MS = 1000;

export class Feed {
  /** `got(answer, began)` with every answer and when it was asked for, `failed(problem)` with every failure. */
  constructor(got, failed) {
    this.got = got;
    this.failed = failed;
    this.after = 0;
    this.patience = new Patience();
    this.stop = new AbortController();
    document.addEventListener("visibilitychange", () => this.looked());
  }

  /** Reads on until stopped. `first` is called once, when the conversation so far is there. */
  async run(first) {
    let caughtUp = false;
    while (!this.stop.signal.aborted) {
      await this.seen();
      const began = performance.now();
      try {
        const answer = await readLines(this.after, caughtUp ? WAIT_S : 0, this.stop.signal);
        if (this.stop.signal.aborted) return;
        const last = answer.lines[answer.lines.length - 1];
        const tooSoon = !last && performance.now() - began < TOO_SOON_MS;
        if (!tooSoon) this.patience.reset();
        if (last) this.after = last.id;
        this.got(answer, began);
        if (!caughtUp && !answer.more) {
          caughtUp = true;
          first();
        } else if (tooSoon) {
          await this.patience.wait(2);
        }
      } catch (problem) {
        if (this.stop.signal.aborted) return;
        this.failed(problem);
        await this.patience.wait(problem.retryAfter || 0);
      }
    }
  }

  /** Waits while the page is hidden: nobody pays data for a tab that nobody looks at. */
  async seen() {
    while (document.hidden) await new Promise((resolve) => (this.looked = resolve));
  }

  looked() {}

  hurry() {
    this.patience.hurry();
  }

  end() {
    this.stop.abort();
    this.patience.hurry();
  }
}
