/** Where one writes: the field, what is offered while typing, and what stands in its place where nobody can write. */

import { CommandMenu } from "./command-menu.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { InlineMenu } from "./inline-menu.js";
import { commandsFor, isBotIn, rules } from "./naming.js";
import { go } from "./place.js";
import { says, unblocks } from "./server.js";
import { Suggestions } from "./suggestions.js";

const PLACEHOLDERS = { channel: "Post to the channel" };
// Why nobody can write here, by mode; an empty one is not worth a word.
const NOTICES = { read: "", muted: "You may not write here", closed: "This topic is closed" };

export class Composer {
  /** Writes for *person* into *chat*, in one *topic* of it if there is one. */
  constructor(world, person, chat, topic) {
    this.world = world;
    this.person = person;
    this.chat = chat;
    this.topic = topic;
    this.element = h("footer", { className: "composer" });
    this.refresh();
  }

  /** Show what fits the state of the chat; what was being written stays. */
  refresh() {
    const mode = this.#modeNow();
    this.element.hidden = mode === "read";
    if (mode !== this.mode) {
      const focused = this.element.contains(document.activeElement);
      this.mode = mode;
      this.element.replaceChildren(this.#shown(mode));
      if (focused) this.focus();
    }
    const heard = this.chat.type === "private" || isBotIn(this.chat);
    this.commands?.offer(heard ? commandsFor(this.world, this.chat, this.person) : []);
  }

  focus() {
    (this.field?.isConnected ? this.field : this.element.querySelector("button"))?.focus();
  }

  /** Write *text* as if it had been typed. */
  async send(text) {
    if (this.chat.type === "private" && this.person.blocked) await unblocks(this.person.id);
    return says(this.person.id, this.chat.id, this.topic, text);
  }

  #modeNow() {
    const { person, chat } = this;
    if (chat.type === "private") return person.blocked ? "restart" : person.started ? "write" : "start";
    if (rules(person, chat)) return "write";
    if (chat.type === "channel") return "read";
    if (chat.muted.includes(person.id)) return "muted";
    return chat.topics.find(({ id }) => id === this.topic)?.closed ? "closed" : "write";
  }

  #shown(mode) {
    if (mode === "write") return this.#writing();
    if (mode in NOTICES) return h("p", { className: "no-writing" }, NOTICES[mode]);
    return this.#starting(mode);
  }

  #starting(mode) {
    const press = () => this.send("/start");
    const label = mode === "start" ? [icon("send"), "Start"] : [icon("restart"), "Restart bot"];
    return h("button", { className: "start", type: "button", on: { click: press } }, label);
  }

  #writing() {
    this.field = h("textarea", {
      className: "field-text",
      rows: 1,
      placeholder: PLACEHOLDERS[this.chat.type] ?? "Message",
      enterKeyHint: "send",
      autocomplete: "off",
      "aria-label": "Message",
      on: { input: () => this.#changed(), keydown: (event) => this.#key(event) },
    });
    this.suggestions = new Suggestions(this.field);
    this.#offering(this.world.bot.username);
    this.sendButton = h(
      "button",
      { className: "send", type: "button", "aria-label": "Send", disabled: true, on: { click: () => this.#submit() } },
      icon("send"),
    );
    return h(
      "div",
      { className: "writing" },
      this.suggestions.list,
      h("div", { className: "field-box" }, this.commands.button, this.field),
      this.sendButton,
    );
  }

  #offering(username) {
    this.commands = new CommandMenu(this.suggestions, {
      send: (text) => this.#submit(text),
      changed: () => this.#changed(),
      address: this.chat.type === "private" ? "" : `@${username}`,
    });
    this.inline = new InlineMenu(this.suggestions, {
      username,
      person: this.person,
      place: { chat_id: this.chat.id, topic_id: this.topic },
      sent: () => this.#clear(),
      begin: (parameter) => {
        go(this.person.id, this.person.id);
        says(this.person.id, this.person.id, null, `/start ${parameter}`);
      },
    });
  }

  #changed() {
    this.sendButton.disabled = !this.field.value.trim();
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    const { value } = this.field;
    const offered = this.inline.typed(value) || this.commands.typed(value);
    if (!offered && this.suggestions.isOpen) this.suggestions.clear();
  }

  #key(event) {
    if (this.suggestions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
  }

  #clear() {
    this.field.value = "";
    this.suggestions.clear();
    this.#changed();
    this.field.focus();
  }

  async #submit(text = this.field.value) {
    if (!text.trim()) return;
    this.#clear();
    if (!(await this.send(text))) {
      this.field.value ||= text;
      this.#changed();
    }
  }
}
