/** Search in a chat: a field in the header, the hits below it, the words marked where they stand. */

import { attribute, h, soon } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";
import { senderName } from "./naming.js";
import { briefly } from "./times.js";

// As much as leaves the found words on a phone's line, in Chinese too.
const BEFORE = 10;
const AFTER = 120;
const MOST_HITS = 200;

export class ChatSearch {
  #hits = [];
  #at = -1;

  /** Searches *list*; *closed* is called when it ends. */
  constructor(list, closed) {
    this.list = list;
    this.closed = closed;
    this.field = h("input", {
      className: "search-field",
      type: "search",
      placeholder: "Search in this chat",
      "aria-label": "Search in this chat",
      "aria-controls": "found",
      autocomplete: "off",
      on: { input: () => this.#search(), keydown: (event) => this.#key(event) },
    });
    this.count = h("span", { className: "search-count", role: "status" });
    this.bar = h(
      "div",
      { className: "search-bar", role: "search", hidden: true },
      h("div", { className: "search-box" }, icon("search"), this.field, this.count),
      this.#round("up", "Older", () => this.#go(1)),
      this.#round("down", "Newer", () => this.#go(-1)),
      this.#round("close", "End the search", () => this.close()),
    );
    this.results = h("div", { className: "search-results", id: "found", role: "listbox", "aria-label": "Found messages", hidden: true });
    // The field keeps the focus, and with it the arrow keys.
    this.results.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.bar.hidden;
  }

  /** Begin, with *words* if some are given; the whole history is searched. */
  async open(words = "") {
    this.bar.hidden = false;
    this.field.value = words;
    this.field.focus();
    this.field.select();
    this.#search();
    await this.list.complete();
    if (this.isOpen) this.#search();
  }

  close() {
    this.bar.hidden = this.results.hidden = true;
    this.list.scroller.style.scrollPaddingTop = "";
    CSS.highlights?.delete("found");
    this.closed();
  }

  /** Look again: a message came, changed or went. */
  refresh = soon(() => {
    if (this.isOpen) this.#search({ keep: true });
  });

  #search({ keep = false } = {}) {
    const words = this.field.value.trim().toLowerCase();
    const matches = (message) => textOf(message).toLowerCase().includes(words);
    this.#hits = words ? this.list.messages().filter(matches).reverse().slice(0, MOST_HITS) : [];
    if (!keep) this.#at = -1;
    this.results.replaceChildren(...this.#hits.map((message, index) => this.#result(message, index, words)));
    if (words && !this.#hits.length) this.results.append(h("p", { className: "search-nothing" }, "Nothing found"));
    this.results.hidden = !words;
    this.#show();
    highlight(this.list.column, words);
  }

  #result(message, index, words) {
    const { world, person } = this.list;
    const text = textOf(message);
    const found = text.toLowerCase().indexOf(words);
    const begin = Math.max(0, found - BEFORE);
    return h(
      "div",
      { className: "search-result", id: `found-${index}`, role: "option", tabIndex: -1, on: { click: () => this.#choose(index) } },
      h(
        "span",
        { className: "chat-line" },
        h("span", { className: "search-sender" }, message.author_id === person.id ? "You" : senderName(world, message, person)),
        h("time", { className: "chat-time" }, briefly(message.date)),
      ),
      h(
        "span",
        { className: "search-text", lang: languageOf(text) },
        begin > 0 && "…",
        text.slice(begin, found),
        h("mark", {}, text.slice(found, found + words.length)),
        text.slice(found + words.length, found + words.length + AFTER),
      ),
    );
  }

  #key(event) {
    if (event.key === "ArrowDown") this.#go(1);
    else if (event.key === "ArrowUp") this.#go(-1);
    else if (event.key === "Enter" && !event.isComposing) this.#go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  /** To the next older hit, or back. */
  #go(step) {
    if (this.#hits.length) this.#choose((this.#at + step + this.#hits.length) % this.#hits.length);
  }

  #choose(index) {
    this.#at = index;
    this.list.scroller.style.scrollPaddingTop = `${this.results.offsetHeight}px`;
    this.list.jump(this.#hits[index].message_id);
    this.#show();
  }

  #show() {
    attribute(this.field, "aria-activedescendant", this.#at >= 0 && `found-${this.#at}`);
    this.count.textContent = this.#hits.length ? `${this.#at < 0 ? "" : `${this.#at + 1} of `}${this.#hits.length}` : "";
    [...this.results.children].forEach((result, index) => {
      result.setAttribute("aria-selected", String(index === this.#at));
      if (index === this.#at) result.scrollIntoView({ block: "nearest" });
    });
  }

  #round(name, label, click) {
    return h("button", { className: "round", type: "button", title: label, "aria-label": label, on: { click } }, icon(name));
  }
}

function textOf(message) {
  return message.text ?? message.caption ?? "";
}

/** Mark *words* wherever they stand below *root*; browsers without the highlight API mark nothing. */
function highlight(root, words) {
  CSS.highlights?.delete("found");
  if (!words || !CSS.highlights) return;
  const ranges = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest(".text")) continue;
    const text = node.data.toLowerCase();
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + words.length, node.length));
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}
