// The conversation on the screen: which options can be tapped, what is on its way, where the page is scrolled to.

import { lineNode, make, oldOptionsNode, optionsNode } from "./lines.js";

const NEAR_END_PX = 120;
const byId = (id) => document.getElementById(id);

export class View {
  /** `tapped(option)` and `retried()` tell what the person did. */
  constructor(texts, linkify, language, tapped, retried) {
    this.texts = texts;
    this.linkify = linkify;
    this.language = language;
    this.tapped = tapped;
    this.retried = retried;
    this.log = byId("log");
    this.scroller = byId("scroller");
    this.active = null;
    this.echoes = [];
    this.day = new Date().toDateString();
    this.newer = byId("newer");
    this.newer.addEventListener("click", () => this.scrollToEnd());
    this.atEnd = true;
    this.scroller.addEventListener("scroll", () => {
      this.atEnd = this.nearEnd();
      if (this.atEnd) this.newer.hidden = true;
    });
    // The keyboard of a phone takes half of the screen: the last lines move up with it.
    window.addEventListener("resize", () => this.atEnd && this.scrollToEnd());
  }

  get hasLines() {
    return this.log.childElementCount > 0;
  }

  /** Shows lines of the service. While `catchingUp`, screen readers stay silent and the page goes to its end. */
  addLines(lines, catchingUp) {
    const follow = catchingUp || this.nearEnd();
    let first = null;
    this.log.setAttribute("aria-live", catchingUp ? "off" : "polite");
    lines.forEach((line) => {
      if (line.who === "person" && this.adoptEcho(line.text)) return;
      this.addDay(line.at);
      const node = lineNode(line, this.texts, this.linkify);
      this.log.append(node);
      if (line.buttons.length) this.offer(node, line.buttons);
      first = first || node;
    });
    if (!first) return;
    if (catchingUp) this.scrollToEnd();
    else if (follow) this.scrollToStartOf(first);
    else this.newer.hidden = false;
  }

  /** Shows at once what the person just wrote, before the service has it. */
  addEcho(item) {
    const node = lineNode({ who: "person", text: item.text }, this.texts, this.linkify);
    const note = make("p", "state");
    node.append(note);
    this.log.append(node);
    this.echoes.push({ id: item.id, text: item.text, node, note, state: "" });
    this.scrollToEnd();
    return node;
  }

  /** Whether the last thing that the person is seen to have written is this: a reload may find it already taken. */
  endsWith(text) {
    const mine = this.log.querySelectorAll(".person .bubble");
    return mine.length > 0 && mine[mine.length - 1].lastChild.textContent === text;
  }

  /** Tells beside an echo what becomes of it. `state`: trying, failed, sent, refused. */
  mark(id, state) {
    const echo = this.echoes.find((one) => one.id === id);
    // One that failed says so until it is sent: its button must not come and go with every try.
    if (!echo || echo.state === state || (echo.state === "failed" && state === "trying")) return;
    echo.state = state;
    echo.note.textContent = { trying: this.texts.sending, refused: this.texts.refused }[state] || "";
    if (state === "failed") echo.note.append(this.retryButton(echo));
    if (this.nearEnd()) this.scrollToEnd();
  }

  retryButton(echo) {
    const again = make("button", "", this.texts.not_sent);
    again.type = "button";
    again.addEventListener("click", () => {
      echo.state = "";
      this.mark(echo.id, "trying");
      echo.node.focus({ preventScroll: true });
      this.retried();
    });
    return again;
  }

  /** A refused message goes out of the conversation: its words go back to where they can be changed. */
  removeEcho(id) {
    this.echoes = this.echoes.filter((one) => {
      if (one.id === id) one.node.remove();
      return one.id !== id;
    });
  }

  offer(node, options) {
    this.retire(null);
    const buttons = optionsNode(options, this.texts, (option) => {
      this.retire(option);
      this.tapped(option);
    });
    node.append(buttons);
    this.active = { node, options, buttons };
  }

  /** Makes the options that can be tapped into text. */
  retire(chosen) {
    if (!this.active) return;
    const { options, buttons } = this.active;
    this.retired = this.active;
    buttons.replaceWith(oldOptionsNode(options, this.texts, chosen));
    this.active = null;
  }

  /** Offers the last options again, after a tap that did not go through. */
  offerAgain() {
    if (this.active || !this.retired) return;
    const { node, options } = this.retired;
    node.querySelector("ul.options").remove();
    this.offer(node, options);
  }

  /** `state`: typing, slow, or null. */
  typing(state) {
    const node = byId("typing");
    const follow = this.nearEnd();
    node.hidden = !state;
    node.textContent = state ? this.texts[state] : "";
    node.classList.toggle("slow", state === "slow");
    if (state && follow) this.scrollToEnd();
  }

  notice(text) {
    const node = byId("notice");
    if (node.textContent !== text) node.textContent = text;
  }

  /** Takes the conversation off the screen. */
  wipe() {
    this.log.textContent = "";
    this.echoes = [];
    this.active = this.retired = null;
    this.newer.hidden = true;
    this.typing(null);
    this.notice("");
  }

  /** Says that the conversation is over here, with one way to begin again. */
  showClosed(again) {
    this.wipe();
    const node = make("button", "again", this.texts.start_again);
    node.type = "button";
    node.addEventListener("click", again);
    this.log.append(make("p", "plain", this.texts.closed), node);
  }

  adoptEcho(text) {
    const place = this.echoes.findIndex((one) => one.text.trim() === text.trim());
    if (place < 0) return false;
    this.mark(this.echoes[place].id, "sent");
    this.echoes.splice(0, place + 1);
    return true;
  }

  addDay(at) {
    const moment = new Date(at);
    if (moment.toDateString() === this.day) return;
    this.day = moment.toDateString();
    const text = moment.toLocaleDateString(this.language, { weekday: "long", day: "numeric", month: "long" });
    this.log.append(make("p", "day", text));
  }

  nearEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_END_PX;
  }

  /** Whether the page scrolls as one, as it does when the text is made very large. */
  get pageScrolls() {
    return getComputedStyle(this.scroller).overflowY === "visible";
  }

  scrollToEnd() {
    this.newer.hidden = true;
    if (!this.pageScrolls) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (this.hasLines) this.log.lastElementChild.scrollIntoView(false);
  }

  /** To the end, but never past the first new line: people read from the top. */
  scrollToStartOf(node) {
    if (this.pageScrolls) node.scrollIntoView(true);
    else this.scroller.scrollTop = node.offsetTop - 12;
  }
}
