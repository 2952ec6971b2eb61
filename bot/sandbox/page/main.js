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
import { World } from "./world.js";

const part = (id) => document.getElementById(id);
const world = new World();

restoreTheme();
const panel = showPanel(part("panel"), world);
const conversation = new Conversation(part("conversation"), world);
showPeople(part("people"), world, panel);
showChats(part("chats"), world, () => conversation.focus());

world.on(["state", "message", "read"], soon(showUnread));
onPlace(settle);
narrow.addEventListener("change", settle);
follow(
  (kind, data) => {
    world.apply(kind, data);
    if (kind === "state" || kind === "person") settle();
  },
  (there) => world.tell("connection", there),
);
read();

/** Where no one was chosen, the first person; beside the list there is room for a chat, so the newest. */
function settle() {
  if (!world.bot) return;
  const person = world.people.get(place.person) ?? world.people.values().next().value;
  if (!person) return;
  const known = world.chats.has(place.chat) && place.person === person.id;
  const chat = known ? place.chat : narrow.matches ? null : (world.chatsOf(person.id)[0]?.id ?? null);
  if (chat !== place.chat || person.id !== place.person) go(person.id, chat, { replace: true });
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
