/** The buttons under a message: they press, open, copy. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { languageOf } from "./languages.js";
import { alertOf, toast } from "./notices.js";
import { presses } from "./server.js";

/** The keyboard of *message*, pressed by *person*; null for none. *follow* says of a link whether it stays in here. */
export function inlineKeyboard(message, person, botName, follow) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h(
    "div",
    { className: "keyboard", role: "group", "aria-label": "Buttons of the message" },
    rows.map((row) =>
      h("div", { className: "keyboard-row" }, row.map((button) => key(button, message, person, botName, follow))),
    ),
  );
}

/** Give the focus that a button of *before* had to the one in its place in *after*. */
export function keepFocus(before, after) {
  const focused = document.activeElement;
  if (!before?.contains(focused) || !after) return;
  const row = focused.parentElement;
  const rowIndex = [...before.children].indexOf(row);
  const rows = [...after.children];
  const next = rows[Math.min(rowIndex, rows.length - 1)];
  const index = [...row.children].indexOf(focused);
  queueMicrotask(() => next?.children[Math.min(index, next.children.length - 1)]?.focus({ preventScroll: true }));
}

function key(button, message, person, botName, follow) {
  const properties = { className: "key", lang: languageOf(button.text), data: button.style ? { style: button.style } : {} };
  const label = h("span", { className: "key-label" }, button.text);
  if (button.url) {
    const leaving = { href: button.url, target: "_blank", rel: "noopener noreferrer", title: button.url };
    const click = (event) => follow(button.url) && event.preventDefault();
    return h("a", { ...properties, ...leaving, on: { click } }, label, icon("out"));
  }
  const element = h("button", { ...properties, type: "button" }, label);
  if (button.copy_text) {
    element.append(icon("copy"));
    element.addEventListener("click", () => copy(button.copy_text.text));
  } else if (button.callback_data) {
    element.addEventListener("click", () => press(element, button, message, person, botName));
  } else {
    element.disabled = true;
    element.title = "This sandbox cannot press such a button yet";
  }
  return element;
}

async function press(element, button, message, person, botName) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  const answer = await presses(person, message, button);
  element.removeAttribute("aria-busy");
  if (answer?.url) open(answer.url, "_blank", "noopener,noreferrer");
  if (!answer?.text) return;
  if (answer.alert) alertOf(answer.text, botName);
  else toast(answer.text);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}
