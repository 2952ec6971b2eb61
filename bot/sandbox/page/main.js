/** The page: Telegram's web client for a Telegram on this machine. This builds its parts and ties them together. */

import { showChats } from "./chat-list.js";
import { Conversation } from "./conversation.js";
import { soon } from "./dom.js";
import { showPanel } from "./panel.js";
import { showPeople } from "./people.js";
import { go, narrow, onPlace, place, read } from "./place.js";
import { unreadOf } from "./reading.js";
import { follow } from "./server.js";
import { restoreTheme } from "./theme.js";
import { GENERAL } from "./topics.js";
import { World } from "./world.js";

const part = (id) => document.getElementById(id);
const world = new World();
// The last topic that was looked at and there; one that never was is still to come.
let topicSeen = null;

restoreTheme();
const panel = showPanel(part("panel"), world);
const conversation = new Conversation(part("conversation"), world);
showPeople(part("people"), world, panel);
showChats(part("chats"), world, () => conversation.focus());

world.on(["state", "message", "read"], soon(showUnread));
onPlace(settle);
narrow.addEventListener("change", () => settle());
follow(
  (kind, data) => {
    world.apply(kind, data);
    if (kind === "state" || kind === "person" || kind === "chat") settle(kind);
  },
  (there) => world.tell("connection", there),
);
read();

/** Where no one was chosen, the first person; beside the list there is room for a chat, so the newest. */
function settle(kind) {
  if (!world.bot) return;
  // Who made a chat may be there before the news of it; a snapshot has all the news.
  if (kind !== "state" && place.chat !== null && !world.chats.has(place.chat)) return;
  const person = world.people.get(place.person) ?? world.people.values().next().value;
  if (!person) return;
  const chats = world.chatsOf(person.id);
  // A group that became a supergroup goes on there; who was thrown out sees the chat no more.
  const sought = world.chats.get(place.chat)?.migrated_to ?? place.chat;
  const known = place.person === person.id && chats.find(({ id }) => id === sought);
  const chat = known || (narrow.matches ? null : chats[0]);
  const topic = known?.is_forum ? topicIn(known, kind) : null;
  const there = chat?.id ?? null;
  if (there !== place.chat || person.id !== place.person || topic !== place.topic) go(person.id, there, { topic, replace: true });
}

/** The topic of the place, unless it is gone. */
function topicIn(chat, kind) {
  const asked = `${chat.id}/${place.topic}`;
  const there = place.topic === GENERAL || chat.topics.some(({ id }) => id === place.topic);
  if (!there && (topicSeen === asked || kind === "state")) return null;
  if (there) topicSeen = asked;
  return place.topic;
}

function showUnread() {
  const unread = [...world.people.keys()]
    .flatMap((person) => world.chatsOf(person).map((chat) => unreadOf(world, person, chat.id)))
    .reduce((sum, each) => sum + each, 0);
  document.title = unread ? `(${unread}) Telegram sandbox` : "Telegram sandbox";
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape") {
    if (!panel.escape() && !conversation.escape()) part("chats").querySelector("[aria-current], .chat")?.focus();
  } else if (event.key === "f" && (event.ctrlKey || event.metaKey) && !event.shiftKey && conversation.search) {
    event.preventDefault();
    conversation.search.open();
  } else if (!typing && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
    // Whoever begins to write means the field, wherever the focus is.
    conversation.composer?.focus();
  }
});
