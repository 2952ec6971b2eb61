/** The bot's keyboard below the field, whose keys send what stands on them; and the button that folds it away. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";

export class ReplyKeyboard {
  #prompt = null;
  #open = false;

  /** *press* is given the button and the message that it came with; *changed* is told when it opens or closes. */
  constructor({ press, changed }) {
    this.press = press;
    this.changed = changed;
    this.element = h("div", { className: "reply-keyboard", role: "group", "aria-label": "Keyboard of the bot", hidden: true });
    this.button = h(
      "button",
      { className: "field-button", type: "button", hidden: true, on: { click: () => this.#fold(!this.#open) } },
      icon("keyboard"),
    );
    // The field keeps the focus, and a phone its letters.
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** What the bot proposes to type instead. */
  get placeholder() {
    return (this.#open && this.#prompt?.message.prompt.input_field_placeholder) || "";
  }

  /** Show the keyboard of *prompt* of `promptFor`, if it is one. */
  offer(prompt) {
    const offered = prompt?.message.prompt.keyboard ? prompt : null;
    const before = this.#prompt;
    this.#prompt = offered;
    const isNew = offered?.message.message_id !== before?.message.message_id;
    if (isNew) this.#fill();
    // One for one time folds by being used, and then as one likes.
    if (isNew || offered?.done !== before?.done) this.#fold(offered !== null && !this.#isUsedUp());
  }

  #isUsedUp() {
    const { message, done } = this.#prompt;
    return done && message.prompt.one_time_keyboard && !message.prompt.is_persistent;
  }

  #fold(open) {
    this.#open = open;
    this.element.hidden = !open;
    this.button.hidden = !this.#prompt || Boolean(this.#prompt.message.prompt.is_persistent);
    this.button.title = open ? "Hide the keyboard" : "Show the keyboard";
    this.button.setAttribute("aria-label", this.button.title);
    this.button.setAttribute("aria-expanded", String(open));
    this.changed();
  }

  #fill() {
    const { message } = this.#prompt ?? {};
    const rows = message?.prompt.keyboard ?? [];
    // Else it is as high as the letters that it stands for.
    this.element.classList.toggle("high", !message?.prompt.resize_keyboard);
    this.element.replaceChildren(
      ...rows.map((row) => h("div", { className: "keyboard-row" }, row.map((button) => this.#key(button, message)))),
    );
  }

  #key(button, message) {
    const known = Object.keys(button).every((name) => ["text", "style", "request_location", "request_chat"].includes(name));
    return h(
      "button",
      {
        className: "reply-key",
        type: "button",
        lang: languageOf(button.text),
        disabled: !known,
        title: known ? "" : "This sandbox cannot press such a button yet",
        data: button.style ? { style: button.style } : {},
        on: { click: () => this.press(button, message) },
      },
      h("span", { className: "key-label" }, button.text),
      button.request_location && icon("pin"),
      button.request_chat && icon(button.request_chat.chat_is_channel ? "megaphone" : "people"),
    );
  }
}
