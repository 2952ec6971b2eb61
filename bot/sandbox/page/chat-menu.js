/** What the menu of a chat offers, by its kind and by who looks at it. */

import { ask, line, words } from "./forms.js";
import { rules } from "./naming.js";
import { go } from "./place.js";
import { blocks, changeTopic, createTopic, deleteTopic, hides, unblocks } from "./server.js";
import { GENERAL } from "./topics.js";

/** The items for *person* in *chat*, of which one *topic* is looked at or null; *actions*: `search()` and `info()`. */
export function chatMenu(person, chat, topic, { search, info }) {
  const items = [{ icon: "search", label: "Search", do: search }];
  if (chat.type === "private") return [...items, ...withBot(person)];
  items.push({ icon: "info", label: "Members and administration", do: info });
  if (chat.is_forum) items.push({ icon: "topics", label: "New topic", do: () => askForTopic(person, chat) });
  const shown = topic === GENERAL ? null : chat.topics.find(({ id }) => id === topic);
  return shown && rules(person, chat) ? [...items, ...ofTopic(person, chat, shown)] : items;
}

function withBot({ id, started, blocked, hides_name: hidden }) {
  const hiding = { icon: "mask", label: hidden ? "Show my name in forwards" : "Hide my name in forwards", do: () => hides(id, !hidden) };
  if (!started) return [hiding];
  if (blocked) return [hiding, { icon: "restart", label: "Unblock bot", do: () => unblocks(id) }];
  return [hiding, { icon: "block", label: "Block bot", danger: true, do: () => blocks(id) }];
}

function ofTopic(person, chat, { id, name, closed }) {
  const rename = () => {
    const field = words(name);
    ask("Change the topic", "Save", [line("Name", field)], () => changeTopic(chat.id, id, person.id, { name: field.value.trim() }));
  };
  return [
    { icon: "pencil", label: "Change the topic", do: rename },
    { icon: "lock", label: closed ? "Open the topic again" : "Close the topic", do: () => changeTopic(chat.id, id, person.id, { closed: !closed }) },
    { icon: "trash", label: "Delete the topic", danger: true, do: () => deleteTopic(chat.id, id) },
  ];
}

/** Ask for the name of a new topic, and go there. */
export function askForTopic(person, chat) {
  const name = words("", "What it is about");
  ask("New topic", "Create", [line("Name", name)], async () => {
    const topic = await createTopic(chat.id, person.id, name.value.trim());
    if (topic) go(person.id, chat.id, { topic: topic.id });
  });
}
