/** The round pictures: initials on one of Telegram's seven colours. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const COLOURS = 7;

/** The picture of a person or a chat called *name*; the bot has a newspaper. */
export function avatar(id, name, { isBot = false } = {}) {
  const shown = isBot ? icon("paper") : initials(name);
  return h("span", { className: `avatar${isBot ? " avatar-bot" : ""}`, data: { colour: colourOf(id) }, "aria-hidden": "true" }, shown);
}

/** The number of the colour of a person or a chat. */
export function colourOf(id = 0) {
  return String(Math.abs(id) % COLOURS);
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen.map((word) => [...word][0] ?? "").join("").toUpperCase();
}
