/** The bot's commands: offered while one types `/`, or all of them by the menu button. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";

export class CommandMenu {
  #commands = [];
  #shown = [];
  #chosen = -1;

  /** Belongs to *field*; *send* writes a command, *changed* is told when the text of the field was replaced. */
  constructor(field, send, changed) {
    this.field = field;
    this.send = send;
    this.changed = changed;
    this.list = h("div", { className: "commands", id: "commands", role: "listbox", "aria-label": "Commands", hidden: true });
    this.button = h(
      "button",
      { className: "commands-button", type: "button", "aria-label": "Commands", title: "Commands" },
      icon("commands"),
    );
    this.button.addEventListener("click", () => this.#toggle());
    // A press must not take the focus from the field.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", "commands");
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("blur", () => this.#show([]));
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
    this.#show([]);
  }

  /** Offer these from now on. */
  offer(commands) {
    this.#commands = commands;
    this.button.hidden = !commands.length;
  }

  /** Show what fits *text*. */
  typed(text) {
    const asked = /^\/(\w*)$/.exec(text);
    const fitting = asked ? this.#commands.filter(({ command }) => command.startsWith(asked[1].toLowerCase())) : [];
    this.#show(fitting, asked?.[1] ? 0 : -1);
  }

  /** Whether *event* was for the menu. */
  key(event) {
    if (!this.#shown.length) return false;
    const last = this.#shown.length - 1;
    switch (event.key) {
      case "ArrowDown":
        this.#choose(this.#chosen >= last ? 0 : this.#chosen + 1);
        break;
      case "ArrowUp":
        this.#choose(this.#chosen <= 0 ? last : this.#chosen - 1);
        break;
      case "Tab":
        if (event.shiftKey) return false;
        this.#complete(this.#shown[Math.max(this.#chosen, 0)]);
        break;
      case "Enter":
        if (this.#chosen < 0 || event.isComposing) return false;
        this.send(`/${this.#shown[this.#chosen].command}`);
        break;
      case "Escape":
        this.#show([]);
        event.stopPropagation();
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  }

  #toggle() {
    this.field.focus();
    this.#show(this.#shown.length ? [] : this.#commands);
  }

  #complete({ command }) {
    this.field.value = `/${command} `;
    this.#show([]);
    this.changed();
  }

  #show(commands, chosen = -1) {
    this.#shown = commands;
    this.list.hidden = !commands.length;
    this.field.setAttribute("aria-expanded", String(commands.length > 0));
    this.button.setAttribute("aria-expanded", String(commands.length > 0));
    this.list.replaceChildren(...commands.map((command, index) => this.#entry(command, index)));
    this.#choose(commands.length ? chosen : -1);
  }

  #entry({ command, description }, index) {
    return h(
      "div",
      { className: "command", id: `command-${index}`, role: "option", on: { click: () => this.send(`/${command}`) } },
      h("span", { className: "command-name" }, `/${command}`),
      h("span", { className: "command-text", lang: languageOf(description) }, description),
    );
  }

  #choose(index) {
    this.#chosen = index;
    [...this.list.children].forEach((entry, at) => {
      entry.setAttribute("aria-selected", String(at === index));
      if (at === index) entry.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `command-${index}`);
  }
}
