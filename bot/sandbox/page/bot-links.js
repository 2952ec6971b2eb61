/** Links to the bot itself, which Telegram's apps follow without leaving: `t.me/bot?start=…`, `?startgroup=…`, `?startchannel`. */

import { choose } from "./choosing.js";
import { chatKind, isBotIn, rules } from "./naming.js";
import { go, place } from "./place.js";
import { changeChat, says } from "./server.js";

/** Whether *address* leads to the bot or a public chat here; then whoever looks at the page goes there. */
export function followed(world, address) {
  const link = /^(?:https?:\/\/)?t\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(address);
  if (!link) return false;
  const [, name, query = ""] = link;
  const person = world.people.get(place.person);
  if (name.toLowerCase() === world.bot.username.toLowerCase()) toBot(world, person, new URLSearchParams(query));
  else if (!toPublic(person, [...world.chats.values()].find((chat) => chat.username?.toLowerCase() === name.toLowerCase()))) return false;
  return true;
}

function toPublic(person, chat) {
  if (!chat?.people.includes(person.id)) return false;
  go(person.id, chat.id);
  return true;
}

function toBot(world, person, query) {
  if (query.has("startchannel")) return askWhere(world, person, query, "channel");
  if (query.has("startgroup")) return askWhere(world, person, query, "group");
  go(person.id, person.id);
  if (query.has("start")) says(person.id, { chat_id: person.id }, { text: `/start ${query.get("start")}`.trim() });
}

/** Ask which chat the bot is to be brought into. */
function askWhere(world, person, query, kind) {
  const fits = (chat) => (kind === "channel" ? chat.type === "channel" && rules(person, chat) : chat.type !== "private" && chat.type !== "channel");
  const press = (chat) => async () => {
    if (await bring(world, person, chat, query)) go(person.id, chat.id);
  };
  const offers = world.chatsOf(person.id).filter(fits).map((chat) => ({ chat, name: chat.title, words: chatKind(chat), press: press(chat) }));
  choose(`Add to a ${kind}`, offers, `You have no ${kind} to add the bot to.`);
}

async function bring(world, person, chat, query) {
  const rights = (query.get("admin") ?? "").split(/[ +]/).filter(Boolean).map((right) => `can_${right}`);
  const parameter = query.get("startgroup");
  const bot = { user: world.bot.id };
  const start = parameter === null || chat.type === "channel" ? {} : { start: parameter };
  if (chat.type !== "channel" && !isBotIn(chat) && !(await changeChat(chat.id, "adds", person.id, { ...bot, ...start }))) return false;
  if (chat.type !== "channel" && (!rights.length || !rules(person, chat))) return true;
  return changeChat(chat.id, "promotes", person.id, { ...bot, ...(rights.length ? { rights } : {}) });
}
