// Where a person writes: grows with the text, sends with Enter, and gives the words back when they could not be sent.

const FINE_POINTER = "(pointer: fine)";

export class Composer {
  /** `wrote(text)` with what is sent. */
  constructor(wrote) {
    this.wrote = wrote;
    this.area = document.getElementById("text");
    this.form = document.getElementById("composer");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    });
    this.area.addEventListener("input", () => this.fit());
    document.getElementById("skip").addEventListener("click", (event) => {
      // Not by the address: a "#text" in the history would be one step of "back" that leads into the chat.
      event.preventDefault();
      this.area.focus();
    });
  }

  submit() {
    const text = this.area.value.trim();
    if (text) {
      this.area.value = "";
      this.fit();
      this.wrote(text);
    }
    this.area.focus();
  }

  /** Puts refused words back, unless the person already writes something else. */
  giveBack(text) {
    if (this.area.value) return false;
    this.area.value = text;
    this.fit();
    return true;
  }

  /** Takes the focus where that opens no keyboard over half of the screen. */
  invite() {
    if (window.matchMedia(FINE_POINTER).matches) this.area.focus({ preventScroll: true });
  }

  clear() {
    this.area.value = "";
    this.fit();
  }

  fit() {
    this.area.style.height = "auto";
    this.area.style.height = this.area.scrollHeight + 4 + "px";
  }
}
