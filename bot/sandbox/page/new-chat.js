/** The button by the list of chats: a new group, a group with topics, a channel. */

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { ask, choices, line, words } from "./forms.js";
import { menuButton } from "./menus.js";
import { botName, fullName } from "./naming.js";
import { go, place } from "./place.js";
import { changeChat, createGroup } from "./server.js";

export const KINDS = {
  group: { icon: "people", label: "New group", placeholder: "Name of the group", create: { type: "group" } },
  forum: { icon: "topics", label: "New group with topics", placeholder: "Name of the group", create: { type: "supergroup" }, topics: true },
  channel: { icon: "megaphone", label: "New channel", placeholder: "Name of the channel", create: { type: "channel" } },
};

/** The button; the new chat belongs to whoever is looked at. */
export function newChatButton(world) {
  const items = () => Object.values(KINDS).map((kind) => ({ icon: kind.icon, label: kind.label, do: () => askForNewChat(world, kind) }));
  return h("div", { className: "new-chat" }, menuButton("pencil", "New chat", items));
}

/** Ask for the name of a new chat of one of KINDS and who is in it; *then* is given it, unless one only goes there. */
export function askForNewChat(world, kind, then = ({ id }) => go(place.person, id)) {
  const person = world.people.get(place.person);
  if (!person) return;
  const title = words("", kind.placeholder);
  const isChannel = kind.create.type === "channel";
  const others = choices(isChannel ? "Who is in it" : "Members", [
    { ...botOffer(world, person), note: isChannel && "as an administrator" },
    ...[...world.people.values()].filter((other) => other !== person).map(personOffer),
  ]);
  ask(kind.label, "Create", [line("Name", title), others.element], async () => {
    const chat = await create(world, person, kind, title.value.trim(), others.chosen().map(Number));
    if (chat) then(chat);
  });
}

async function create(world, person, kind, title, users) {
  const chat = await createGroup({ ...kind.create, title, creator: person.id });
  if (!chat) return null;
  if (kind.topics) await changeChat(chat.id, "turns_on_topics", person.id);
  for (const user of users) {
    // A channel has bots as administrators only.
    const bring = kind.create.type === "channel" && user === world.bot.id ? "promotes" : "adds";
    await changeChat(chat.id, bring, person.id, { user });
  }
  return chat;
}

/** The bot among those who could be in a chat. */
export function botOffer(world, person) {
  const name = botName(world, person);
  return { value: world.bot.id, label: name, shown: avatar(world.bot.id, name, { isBot: true }) };
}

/** A person among those who could be in a chat. */
export function personOffer(person) {
  return { value: person.id, label: fullName(person), shown: avatar(person.id, fullName(person)) };
}
