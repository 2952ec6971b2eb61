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

/** The line below the title of a chat. */
export function chatKind(chat) {
  const members = `${chat.people.length} ${chat.people.length === 1 ? "member" : "members"}`;
  return { private: "bot", channel: "channel" }[chat.type] ?? members;
}

/** A whole name. */
export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** Who speaks in a message: a person, the bot, or the chat itself. */
export function senderName(world, message, person) {
  if (!message.from) return message.sender_chat?.title ?? message.chat.title;
  return message.from.id === world.bot.id ? botName(world, person) : fullName(message.from);
}

/** The commands that the menu offers in *chat* to *person*: the narrowest scope that has some, their language first. */
export function commandsFor(world, chat, person) {
  const wide = chat.type === "private" ? ["all_private_chats"] : ["all_chat_administrators", "all_group_chats"];
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
