/** Up to where each person has read each chat; this browser remembers it. */

/** How many messages of a chat *person* has not read; their own count as read. */
export function unreadOf(world, person, chatId) {
  return unreadMessages(world, person, chatId).length;
}

/** The messages of a chat that *person* has not read. */
export function unreadMessages(world, person, chatId) {
  const messages = world.messagesOf(chatId);
  const read = lastRead(messages, person, chatId);
  return messages.filter((message) => message.message_id > read && message.from?.id !== person);
}

/** Remember that *person* has read *message* and all before it. */
export function markRead(person, message) {
  const stored = { id: message.message_id, date: message.date };
  localStorage.setItem(key(person, message.chat.id), JSON.stringify(stored));
}

function lastRead(messages, person, chatId) {
  const stored = JSON.parse(localStorage.getItem(key(person, chatId)) ?? "null");
  if (!stored || !messages.length) return 0;
  // Another sandbox on this port counts its messages from 1 again: the same id at another time is not the one we read.
  const known = messages.find((message) => message.message_id === stored.id);
  const other = known ? known.date !== stored.date : stored.id > messages.at(-1).message_id || stored.date > messages.at(-1).date;
  return other ? 0 : stored.id;
}

function key(person, chatId) {
  return `read ${person} ${chatId}`;
}
