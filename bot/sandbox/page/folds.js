/** Quotes that show three lines until they are opened. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** A quote around *content* that folds if it is longer than three lines. */
export function foldable(content) {
  const button = h("button", { className: "fold-button", type: "button" }, icon("down"));
  const quote = h("blockquote", { className: "quote foldable" }, content, button);
  const turn = () => setOpen(quote, !quote.classList.contains("open"));
  button.addEventListener("click", turn);
  quote.addEventListener("click", (event) => {
    if (event.target.closest("a, button") || !getSelection().isCollapsed) return;
    if (quote.classList.contains("long")) turn();
  });
  setOpen(quote, false);
  heights.observe(content);
  return quote;
}

/** Open in *after* the quotes that were open in *before*, for an edit that keeps their order. */
export function keepFolds(before, after) {
  const quotes = after.querySelectorAll(".foldable");
  before.querySelectorAll(".foldable").forEach((quote, index) => {
    if (quotes[index] && quote.classList.contains("open")) {
      // An open quote cannot be measured.
      quotes[index].classList.add("long");
      setOpen(quotes[index], true);
    }
    heights.unobserve(quote.firstElementChild);
  });
}

function setOpen(quote, open) {
  const button = quote.querySelector(".fold-button");
  quote.classList.toggle("open", open);
  button.setAttribute("aria-expanded", String(open));
  button.setAttribute("aria-label", open ? "Fold the quote" : "Read the whole quote");
}

// Only layout tells whether a quote is longer than its three lines, and it changes with the width.
const heights = new ResizeObserver((entries) => {
  for (const { target: content } of entries) {
    const quote = content.parentElement;
    if (quote?.classList.contains("open") || !content.clientHeight) continue;
    quote?.classList.toggle("long", content.scrollHeight > content.clientHeight + 2);
  }
});
