/** The bot's commands: offered while one types `/`, or all of them by the menu button. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";

export class CommandMenu {
  #commands = [];
  #open = false;

  /**
   * Shows in *suggestions* of a field; *send* writes a command, *changed* is told when the text of the field was
   * replaced. *address* goes behind each command: where several bots may be, `@` and the bot's name.
   */
  constructor(suggestions, { send, changed, address = "" }) {
    this.suggestions = suggestions;
    this.send = send;
    this.changed = changed;
    this.address = address;
    this.button = h(
      "button",
      { className: "commands-button", type: "button", "aria-label": "Commands", title: "Commands", "aria-expanded": "false" },
      icon("commands"),
    );
    this.button.addEventListener("click", () => this.#toggle());
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Offer these from now on. */
  offer(commands) {
    this.#commands = commands;
    this.button.hidden = !commands.length;
  }

  /** Show what fits *text*; whether it is the beginning of a command. */
  typed(text) {
    const asked = /^\/(\w*)$/.exec(text);
    if (!asked) return false;
    const fitting = this.#commands.filter(({ command }) => command.startsWith(asked[1].toLowerCase()));
    this.#show(fitting, asked[1] ? 0 : -1);
    return true;
  }

  #toggle() {
    const { field } = this.suggestions;
    field.focus();
    if (this.#open) this.suggestions.clear();
    else this.#show(this.#commands);
  }

  #show(commands, chosen = -1) {
    const expand = (open) => {
      this.#open = open;
      this.button.setAttribute("aria-expanded", String(open));
    };
    this.suggestions.show(commands.map((each) => this.#entry(each)), { label: "Commands", chosen, gone: () => expand(false) });
    expand(commands.length > 0);
  }

  #entry({ command, description }) {
    return {
      className: "command",
      words: [
        h("span", { className: "command-name" }, `/${command}`),
        h("span", { className: "command-text", lang: languageOf(description) }, description),
      ],
      choose: () => this.send(`/${command}${this.address}`),
      complete: () => {
        this.suggestions.field.value = `/${command}${this.address} `;
        this.suggestions.clear();
        this.changed();
      },
    };
  }
}
