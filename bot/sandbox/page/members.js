/** Who is in a chat, in which role, and what an administrator can do to them. */

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { menuButton } from "./menus.js";
import { botName, fullName, isBotIn, rules } from "./naming.js";
import { askForRights } from "./rights.js";
import { changeChat } from "./server.js";

/** All in *chat*, the bot last: `{ id, name, isBot, role, muted, rights, words }`. */
export function membersOf(world, chat, viewer) {
  const people = chat.people.map((id) => world.people.get(id)).filter(Boolean).map((person) => memberOf(chat, person));
  return isBotIn(chat) ? [...people, botIn(world, chat, viewer)] : people;
}

function memberOf(chat, person) {
  const role = chat.creator === person.id ? "owner" : rules(person, chat) ? "admin" : "";
  const muted = chat.muted.includes(person.id);
  const words = [String(person.id), chat.anonymous.includes(person.id) && "anonymous", muted && "muted"];
  return { id: person.id, name: fullName(person), isBot: false, role, muted, rights: role ? [] : null, words };
}

function botIn(world, chat, viewer) {
  const isAdmin = chat.bot_status === "administrator";
  const may = (right) => chat.bot_rights.includes(right);
  const posts = may("can_post_messages") ? "may post" : "may not post";
  const hears = isAdmin ? "has access to messages" : "has no access to messages";
  const muted = !chat.bot_can_send;
  const words = [chat.type === "channel" ? posts : hears, muted && "muted"];
  const { id } = world.bot;
  return { id, name: botName(world, viewer), isBot: true, role: isAdmin ? "admin" : "", muted, rights: isAdmin ? chat.bot_rights : null, words };
}

/** The row of *member* as *viewer* sees it. */
export function memberRow(chat, member, viewer) {
  const { id, name, isBot, role, words } = member;
  const offers = offersFor(chat, member, viewer);
  return h(
    "li",
    { className: "member", data: { key: id } },
    avatar(id, name, { isBot }),
    h("span", { className: "member-lines" }, h("span", { className: "member-name" }, name), h("span", { className: "member-words" }, words.filter(Boolean).join(" · "))),
    role && h("span", { className: "member-role" }, role),
    offers.length > 0 && menuButton("more", `Administer ${name}`, () => offers),
  );
}

function offersFor(chat, { id, name, isBot, role, muted, rights }, viewer) {
  const does = (change, more) => () => changeChat(chat.id, change, viewer.id, { user: id, ...more });
  if (!rules(viewer, chat)) return [];
  if (id === viewer.id || role === "owner") return id === chat.creator && id === viewer.id ? hiding(chat, does, viewer) : [];
  const place = chat.type === "channel" ? "channel" : "group";
  const grant = () => askForRights(chat, viewer, id, name, { given: isBot ? rights : rights && null, isBot });
  const leavesByIt = isBot && chat.type === "channel";
  const mutable = chat.type === "supergroup" && !role;
  return [
    { icon: "star", label: role ? "Change rights" : "Make administrator", do: grant },
    role && !leavesByIt && { icon: "down", label: "Make a member again", do: does("demotes") },
    mutable && { icon: "mute", label: muted ? "Let speak" : "Mute", do: does("restricts", { can_send: muted }) },
    { icon: "block", label: `Remove from the ${place}`, danger: true, do: does("kicks") },
  ].filter(Boolean);
}

function hiding(chat, does, viewer) {
  if (chat.type !== "supergroup") return [];
  const anonymous = chat.anonymous.includes(viewer.id);
  return [{ icon: "star", label: anonymous ? "Show my name" : "Remain anonymous", do: does("promotes", { anonymous: !anonymous }) }];
}
