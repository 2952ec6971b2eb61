/** What things are called: chats and senders, texts and commands of the bot in somebody's language. */

/** The text for *language* among those the bot set by language; empty: the one for everybody. */
export function inLanguage(texts, language = "") {
  for (const code of [language.toLowerCase(), primary(language), ""]) if (texts[code]) return texts[code];
  return "";
}

/** The bot's name, as *person* reads it. */
export function botName(world, person) {
  return inLanguage(world.profile.names, person?.language_code) || world.bot.first_name;
}

/** What *chat* is called in the list of *person*. */
export function chatTitle(world, chat, person) {
  return chat.type === "private" ? botName(world, person) : chat.title;
}

/** What a chat is called by who sees all of them: the person of a private one, else its title. */
export function chatNamed(world, chatId) {
  const person = world.people.get(chatId);
  return person ? fullName(person) : (world.chats.get(chatId)?.title ?? String(chatId));
}

/** The line below the title of a chat. */
export function chatKind(chat) {
  if (chat.type === "private") return "bot";
  const count = chat.people.length + (isBotIn(chat) ? 1 : 0);
  const each = chat.type === "channel" ? "subscriber" : "member";
  return `${count} ${each}${count === 1 ? "" : "s"}`;
}

/** Whether the bot is in *chat*. */
export function isBotIn(chat) {
  return ["creator", "administrator", "member", "restricted"].includes(chat.bot_status);
}

/** Whether *person* is an administrator of *chat*. */
export function rules(person, chat) {
  return chat.administrators.includes(person.id);
}

/** Whether *person* may write in *chat*, in one of its topics at least. */
export function mayWrite(person, chat) {
  return chat.type === "private" || rules(person, chat) || (chat.type !== "channel" && !chat.muted.includes(person.id));
}

/** A whole name. */
export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** Who speaks in a message: a person, the bot, or the chat itself. */
export function senderName(world, message, person) {
  // Of an anonymous administrator or a channel the sender is only a stand-in.
  if (message.sender_chat || !message.from) return (message.sender_chat ?? message.chat).title;
  return message.from.id === world.bot.id ? botName(world, person) : fullName(message.from);
}

/** Who or what the avatar of a message shows. */
export function senderId(message) {
  return message.sender_chat?.id ?? message.from?.id ?? message.chat.id;
}

/** The commands that the menu offers in *chat* to *person*: the narrowest scope that has some, their language first. */
export function commandsFor(world, chat, person) {
  const inGroups = [...(rules(person, chat) ? ["all_chat_administrators"] : []), "all_group_chats"];
  const wide = chat.type === "private" ? ["all_private_chats"] : inGroups;
  for (const type of ["chat", ...wide, "default"]) {
    const fitting = world.profile.commands.filter(
      ({ scope }) => scope.type === type && (type !== "chat" || scope.chat_id === chat.id),
    );
    for (const code of new Set([primary(person?.language_code), ""])) {
      const found = fitting.find(({ language, commands }) => language === code && commands.length);
      if (found) return found.commands;
    }
  }
  return [];
}

function primary(language = "") {
  return language.toLowerCase().split("-")[0];
}
