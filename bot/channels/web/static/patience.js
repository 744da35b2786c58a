// Waiting between tries: longer each time, never in step with other phones, and cut short when there is a reason to.

const LONGEST_MS = 30000;

export class Patience {
  constructor() {
    this.tries = 0;
    this.wake = null;
    this.hurried = false;
  }

  /** Waits before the next try; `atLeast` is in seconds. */
  async wait(atLeast) {
    const grown = Math.min(LONGEST_MS, 1000 * Math.pow(2, this.tries));
    this.tries += 1;
    const span = Math.max(grown, atLeast * 1000) * (1 + Math.random() / 4);
    if (!this.hurried) await this.sleep(span);
    this.hurried = false;
  }

  async sleep(span) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, span);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
  }

  /** Ends a wait that is going on, or else lets the next one pass. */
  hurry() {
    if (this.wake) this.wake();
    else this.hurried = true;
  }

  reset() {
    this.tries = 0;
  }
}
