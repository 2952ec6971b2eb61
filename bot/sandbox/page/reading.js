/** Up to where each person has read each chat, topic by topic in a forum; this browser remembers it. */

import { topicOf } from "./topics.js";

/** How many messages of a chat *person* has not read; their own count as read. */
export function unreadOf(world, person, chatId) {
  return unreadMessages(world, person, chatId).length;
}

/** The messages of a chat, or of one *topic* of it, that *person* has not read. */
export function unreadMessages(world, person, chatId, topic = null) {
  const messages = world.messagesOf(chatId);
  const everywhere = lastRead(messages, person, chatId);
  const byTopic = new Map();
  const read = (of) => {
    if (!byTopic.has(of)) byTopic.set(of, lastRead(messages, person, `${chatId}/${of}`));
    return Math.max(everywhere, byTopic.get(of));
  };
  const isForum = world.chats.get(chatId)?.is_forum;
  return messages.filter(
    (message) =>
      message.author_id !== person &&
      (topic === null || topicOf(message) === topic) &&
      message.message_id > (isForum ? read(topicOf(message)) : everywhere),
  );
}

/** Remember that *person* has read *message* and all before it, in the whole chat or in one *topic*. */
export function markRead(person, message, topic = null) {
  const stored = { id: message.message_id, date: message.date };
  const where = topic === null ? message.chat.id : `${message.chat.id}/${topic}`;
  localStorage.setItem(key(person, where), JSON.stringify(stored));
}

function lastRead(messages, person, where) {
  const stored = JSON.parse(localStorage.getItem(key(person, where)) ?? "null");
  if (!stored || !messages.length) return 0;
  // Another sandbox on this port counts its messages from 1 again: the same id at another time is not the one we read.
  const known = messages.find((message) => message.message_id === stored.id);
  const other = known ? known.date !== stored.date : stored.id > messages.at(-1).message_id || stored.date > messages.at(-1).date;
  return other ? 0 : stored.id;
}

function key(person, where) {
  return `read ${person} ${where}`;
}
