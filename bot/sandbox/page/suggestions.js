/** What is offered above the field while one types: chosen by arrow keys and Enter, or pressed. */

import { attribute, h } from "./dom.js";

export class Suggestions {
  #shown = [];
  #chosen = -1;
  #gone = () => {};

  /** Belongs to *field*. */
  constructor(field) {
    this.field = field;
    this.list = h("div", { className: "suggestions", id: "suggestions", role: "listbox", hidden: true });
    // A press must not take the focus from the field.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", "suggestions");
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("blur", () => this.clear());
    this.clear();
  }

  get isOpen() {
    return this.#shown.length > 0;
  }

  /**
   * Offer *entries*, of which the one at *chosen* is marked: `{ className, words, choose, complete }`. *complete* is what
   * Tab does; *gone* is called when others come or none.
   */
  show(entries, { label = "", chosen = -1, gone = () => {} } = {}) {
    const before = this.#gone;
    this.#gone = gone;
    this.#shown = entries;
    this.list.hidden = !entries.length;
    attribute(this.list, "aria-label", label || null);
    this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.list.replaceChildren(...entries.map(entry));
    this.#mark(this.isOpen ? chosen : -1);
    before();
  }

  /** Offer nothing. */
  clear() {
    this.show([]);
  }

  /** Whether *event* was for what is offered. */
  key(event) {
    if (!this.isOpen) return false;
    const last = this.#shown.length - 1;
    switch (event.key) {
      case "ArrowDown":
        this.#mark(this.#chosen >= last ? 0 : this.#chosen + 1);
        break;
      case "ArrowUp":
        this.#mark(this.#chosen <= 0 ? last : this.#chosen - 1);
        break;
      case "Tab": {
        const { complete } = this.#shown[Math.max(this.#chosen, 0)];
        if (event.shiftKey || !complete) return false;
        complete();
        break;
      }
      case "Enter":
        if (this.#chosen < 0 || event.isComposing) return false;
        this.#shown[this.#chosen].choose();
        break;
      case "Escape":
        this.clear();
        event.stopPropagation();
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  }

  #mark(index) {
    this.#chosen = index;
    [...this.list.children].forEach((element, at) => {
      element.setAttribute("aria-selected", String(at === index));
      if (at === index) element.scrollIntoView({ block: "nearest" });
    });
    attribute(this.field, "aria-activedescendant", index >= 0 && `suggestion-${index}`);
  }
}

function entry({ className, words, choose }, index) {
  return h("div", { className: `suggestion ${className}`, id: `suggestion-${index}`, role: "option", on: { click: choose } }, words);
}
