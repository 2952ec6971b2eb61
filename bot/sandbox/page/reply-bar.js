/** What the next message will answer: chosen by hand, or asked for by the bot. It stands above the field. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";
import { senderName } from "./naming.js";
import { isService, preview } from "./previews.js";

// What somebody would not answer is not asked again when they come back to the chat.
const declined = new Set();

export class ReplyBar {
  #chosen = null;
  #asked = null;

  /** For messages of *person*; *messages* gives those of the chat, *changed* is told of another one, *left* that there is to be none, *jump* shows it. */
  constructor(world, person, { messages, changed, left, jump }) {
    Object.assign(this, { world, person, messages, changed });
    this.words = h("button", { className: "reply-words", type: "button", on: { click: () => jump(this.message) } });
    const close = h(
      "button",
      { className: "round small", type: "button", title: "Do not reply (Esc)", "aria-label": "Do not reply", on: { click: () => this.drop() || left() } },
      icon("close"),
    );
    this.element = h("div", { className: "reply-bar", hidden: true }, icon("reply"), this.words, close);
  }

  /** The message that is answered; null for none. */
  get message() {
    return this.#chosen ?? this.#asked;
  }

  /** What the bot proposes to type. */
  get placeholder() {
    return this.message?.prompt?.input_field_placeholder ?? "";
  }

  /** Answer *message*. */
  choose(message) {
    this.#chosen = message;
    this.#show();
  }

  /** Go to the message before or after the one that is answered, by *steps*; after the newest there is none. */
  step(steps) {
    const all = this.messages().filter((message) => !isService(message));
    const at = this.message ? all.findIndex(({ message_id: id }) => id === this.message.message_id) : all.length;
    const next = all[Math.max(at + steps, 0)];
    if (next) this.choose(next);
    else this.drop();
    return next ?? null;
  }

  /** Answer nothing. */
  drop() {
    if (this.#asked) declined.add(this.#nameOf(this.#asked));
    this.#chosen = this.#asked = null;
    this.#show();
  }

  /** It was sent; what the bot asks for next may come already. */
  sent(answered) {
    if (this.#chosen === answered) this.#chosen = null;
    if (this.#asked === answered) this.#asked = null;
    this.#show();
  }

  /** Do as *prompt* of `promptFor` says; whether it asks for an answer that was not asked for before. */
  heed(prompt) {
    const message = prompt?.message.prompt.force_reply && !prompt.done ? prompt.message : null;
    const asked = message && !declined.has(this.#nameOf(message)) ? message : null;
    const fresh = asked !== null && asked.message_id !== this.#asked?.message_id;
    if (fresh) this.#chosen = null;
    this.#asked = asked;
    // It may be another by now, or gone.
    this.#chosen &&= this.messages().find(({ message_id: id }) => id === this.#chosen.message_id) ?? null;
    this.#show();
    return fresh;
  }

  #show() {
    const { message } = this;
    this.element.hidden = !message;
    if (message) {
      const text = preview(message);
      this.words.replaceChildren(
        h("span", { className: "reply-sender" }, `Reply to ${senderName(this.world, message, this.person)}`),
        h("span", { className: "reply-text", lang: languageOf(text) }, text),
      );
    }
    this.changed();
  }

  #nameOf(message) {
    return [this.person.id, message.chat.id, message.message_id, message.date].join(" ");
  }
}
