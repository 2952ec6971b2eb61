/** Where one writes: the field, the menu of commands, and START or RESTART in its place. */

import { CommandMenu } from "./command-menu.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { commandsFor } from "./naming.js";
import { says, unblocks } from "./server.js";

export class Composer {
  /** Writes for *person* into *chat*. */
  constructor(world, person, chat) {
    this.world = world;
    this.person = person;
    this.chat = chat;
    this.element = h("footer", { className: "composer" });
    this.refresh();
  }

  /** Show what fits the state of the chat; what was being written stays. */
  refresh() {
    const { started, blocked } = this.person;
    const greeted = this.chat.type !== "private" || (started && !blocked);
    const mode = greeted ? "write" : blocked ? "restart" : "start";
    // A channel is read.
    this.element.hidden = this.chat.type === "channel";
    if (mode !== this.mode) {
      const focused = this.element.contains(document.activeElement);
      this.mode = mode;
      this.element.replaceChildren(mode === "write" ? this.#writing() : this.#starting(mode));
      if (focused) this.focus();
    }
    this.menu?.offer(commandsFor(this.world, this.chat, this.person));
  }

  focus() {
    (this.field?.isConnected ? this.field : this.element.querySelector("button"))?.focus();
  }

  /** Write *text* as if it had been typed. */
  async send(text) {
    if (this.person.blocked) await unblocks(this.person.id);
    return says(this.person.id, this.chat.id, text);
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
      placeholder: "Message",
      enterKeyHint: "send",
      autocomplete: "off",
      "aria-label": "Message",
      on: { input: () => this.#changed(), keydown: (event) => this.#key(event) },
    });
    this.menu = new CommandMenu(this.field, (text) => this.#submit(text), () => this.#changed());
    this.sendButton = h(
      "button",
      { className: "send", type: "button", "aria-label": "Send", disabled: true, on: { click: () => this.#submit() } },
      icon("send"),
    );
    return h(
      "div",
      { className: "writing" },
      this.menu.list,
      h("div", { className: "field-box" }, this.menu.button, this.field),
      this.sendButton,
    );
  }

  #changed() {
    this.sendButton.disabled = !this.field.value.trim();
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    this.menu.typed(this.field.value);
  }

  #key(event) {
    if (this.menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
  }

  async #submit(text = this.field.value) {
    if (!text.trim()) return;
    this.field.value = "";
    this.#changed();
    this.field.focus();
    if (!(await this.send(text))) {
      this.field.value ||= text;
      this.#changed();
    }
  }
}
