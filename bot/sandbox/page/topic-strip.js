/** The topics of a forum above its messages. */

import { h, roving } from "./dom.js";
import { icon } from "./icons.js";
import { go, place } from "./place.js";
import { unreadMessages } from "./reading.js";
import { topicsOf } from "./topics.js";

/** The strip to choose a topic of *chat* by; *begin* asks for a new one, *enter* is called when one was chosen. */
export function topicStrip(world, person, chat, { begin, enter }) {
  const choose = (topic) => {
    go(person.id, chat.id, { topic });
    enter();
  };
  const all = tab("All", null, 0, () => choose(null));
  const each = topicsOf(chat).map(({ id, name, closed }) => {
    const unread = unreadMessages(world, person.id, chat.id, id).length;
    return tab([closed && icon("lock"), name], id, unread, () => choose(id), closed && "closed");
  });
  const add = h("button", { className: "topic-tab", type: "button", title: "New topic", "aria-label": "New topic", on: { click: begin } }, icon("plus"));
  const strip = h("nav", { className: "topics", "aria-label": "Topics" }, all, each, add);
  strip.addEventListener("keydown", (event) => roving(event, [...strip.children], { horizontal: true }));
  return strip;
}

function tab(label, id, unread, click, state) {
  return h(
    "button",
    { className: "topic-tab", type: "button", "aria-current": place.topic === id && "true", on: { click } },
    label,
    state && h("span", { className: "unseen" }, `, ${state}`),
    unread > 0 && h("span", { className: "badge" }, String(unread), h("span", { className: "unseen" }, " unread")),
  );
}
