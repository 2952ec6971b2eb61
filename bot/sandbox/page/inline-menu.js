/** Inline mode: whoever types `@bot words` is shown what the bot offers, and sends it by choosing. */

import { h } from "./dom.js";
import { languageOf } from "./languages.js";
import { asks, chooses } from "./server.js";

// Nobody means what they typed until they pause.
const PAUSE_MS = 300;

export class InlineMenu {
  #asked = null;
  #waiting = 0;

  /** Shows in *suggestions* what the bot *username* offers *person* at *place*; *sent* is called when one was chosen. */
  constructor(suggestions, { username, person, place, sent, begin }) {
    Object.assign(this, { suggestions, person, place, sent, begin });
    this.shape = new RegExp(`^@${username}\\s(.*)$`, "is");
  }

  /** Ask the bot if *text* is meant for it; whether it is. */
  typed(text) {
    const query = this.shape.exec(text)?.[1] ?? null;
    if (query === this.#asked) return query !== null;
    this.#asked = query;
    clearTimeout(this.#waiting);
    if (query !== null) this.#waiting = setTimeout(() => this.#ask(query), PAUSE_MS);
    return query !== null;
  }

  async #ask(text) {
    const found = await asks(this.person.id, this.place, text);
    if (this.#asked !== text || !found?.answer) return;
    const { results, button } = found.answer;
    const entries = results.map((result) => this.#entry(found.query_id, result));
    this.suggestions.show(button ? [this.#above(button), ...entries] : entries, { label: "Results of the bot" });
  }

  #entry(query, { id, title, description = "" }) {
    return {
      className: "inline-result",
      words: [
        h("span", { className: "command-name", lang: languageOf(title) }, title),
        h("span", { className: "command-text", lang: languageOf(description) }, description),
      ],
      choose: async () => {
        this.suggestions.clear();
        if (await chooses(this.person.id, this.place, query, id)) this.sent();
      },
    };
  }

  #above({ text, start_parameter: parameter }) {
    const words = h("span", { className: "inline-button" }, text);
    return { className: "inline-result", words, choose: () => parameter && this.begin(parameter) };
  }
}
