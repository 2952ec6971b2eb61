/** Short notices: the toast that goes by itself, the alert that wants an OK, and words for screen readers. */

import { h } from "./dom.js";

const SHOWN_MS = 4000;
const SPOKEN_LENGTH = 300;

/** Show *text* for a moment. */
export function toast(text) {
  const shown = h("div", { className: "toast" }, text);
  document.getElementById("toasts").replaceChildren(shown);
  setTimeout(() => {
    shown.classList.add("leaving");
    setTimeout(() => shown.remove(), 250);
  }, SHOWN_MS);
}

/** Show *text* until it is dismissed. */
export function alertOf(text, title) {
  const dialog = h("dialog", { className: "dialog", "aria-label": title });
  dialog.append(
    h("h2", {}, title),
    h("p", { className: "dialog-text" }, text),
    h("form", { method: "dialog", className: "dialog-buttons" }, h("button", { className: "plain" }, "OK")),
  );
  open(dialog);
}

/** Open a dialog that leaves the page when it is closed; a click beside it closes it. */
export function open(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

/** Have a screen reader say *text*. */
export function speak(text) {
  const log = document.getElementById("spoken");
  log.append(h("p", {}, text.slice(0, SPOKEN_LENGTH)));
  while (log.children.length > 5) log.firstElementChild.remove();
}
