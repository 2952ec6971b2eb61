/** A text with entities as elements: what each kind looks like and what a press on it does. */

import { h, pressable } from "./dom.js";
import { nested } from "./entities.js";
import { foldable } from "./folds.js";
import { languageOf } from "./languages.js";
import { toast } from "./notices.js";
import { dateTimeOf, momentOf } from "./times.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const OPENABLE = /^(https?|tg|ton|tonsite|mailto|tel):/i;

/**
 * The text element of a message. *actions* are what words can do here: `search(tag)`, `send(command)`, and
 * `follow(address)`, which says whether a link stays in here.
 */
export function richText(text, entities, actions) {
  const root = h("div", { className: "text", dir: "auto", lang: languageOf(text) });
  fill(root, nested(text, entities), actions);
  return root;
}

function fill(parent, stretches, actions) {
  let afterBlock = false;
  for (const stretch of stretches) {
    if (typeof stretch === "string") {
      // A block ends its line by itself; the line feed behind it would make an empty one.
      const text = afterBlock ? stretch.replace(/^\n/, "") : stretch;
      if (text) parent.append(text);
      afterBlock = false;
    } else {
      const { entity, children } = stretch;
      parent.append(element(entity, wordsOf(children), (into) => fill(into, children, actions), actions));
      afterBlock = ["pre", "blockquote", "expandable_blockquote"].includes(entity.type);
    }
  }
}

function element(entity, words, filled, actions) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
    case "code":
      return into(h(TAGS[entity.type]), filled);
    case "pre":
      return h("pre", { data: entity.language ? { language: entity.language } : {} }, into(h("code"), filled));
    case "spoiler":
      return spoiler(filled);
    case "blockquote":
      return into(h("blockquote", { className: "quote" }), filled);
    case "expandable_blockquote":
      return foldable(into(h("div", { className: "folding" }), filled));
    case "date_time":
      return dateTime(entity, words);
    case "text_link":
      return link(entity.url, filled, actions.follow, entity.url);
    case "url":
      return link(OPENABLE.test(words) ? words : `http://${words}`, filled, actions.follow);
    case "email":
      return link(`mailto:${words}`, filled);
    case "phone_number":
      return link(`tel:${words}`, filled);
    case "hashtag":
    case "cashtag":
      return into(pressable(() => actions.search(words), { className: "word" }), filled);
    case "bot_command":
      return into(pressable(() => actions.send(words), { className: "word" }), filled);
    default:
      return into(h("span", { className: entity.type.endsWith("mention") ? "mention" : "" }), filled);
  }
}

function into(element, filled) {
  filled(element);
  return element;
}

function link(address, filled, follow = () => false, title = "") {
  if (!OPENABLE.test(address)) return into(h("span"), filled);
  const click = (event) => follow(address) && event.preventDefault();
  return into(h("a", { href: address, target: "_blank", rel: "noopener noreferrer", title, on: { click } }), filled);
}

function spoiler(filled) {
  const hidden = h("span", { className: "spoiler-words", "aria-hidden": "true" });
  const uncover = () => {
    cover.replaceWith(into(h("span", { className: "uncovered" }), filled));
  };
  const cover = pressable(uncover, { className: "spoiler", "aria-label": "Hidden words, press to read" }, hidden);
  filled(hidden);
  // What is hidden is not to be reached with Tab.
  hidden.inert = true;
  return cover;
}

function dateTime({ unix_time: unix, date_time_format: shape }, words) {
  const time = h("time", { dateTime: new Date(unix * 1000).toISOString(), title: momentOf(unix) });
  time.textContent = dateTimeOf(unix, shape, words);
  return pressable(() => toast(momentOf(unix)), { className: "date-time" }, time);
}

function wordsOf(stretches) {
  return stretches.map((stretch) => (typeof stretch === "string" ? stretch : wordsOf(stretch.children))).join("");
}
