/** Topics of a forum: what belongs to which, and what they are called. */

/** General is what is in no other topic. */
export const GENERAL = 0;

/** The topic that *message* is in. */
export function topicOf(message) {
  return message.message_thread_id ?? GENERAL;
}

/** What a topic of *chat* is called. */
export function topicName(chat, id) {
  return id === GENERAL ? "General" : (chat.topics.find((topic) => topic.id === id)?.name ?? "Topic");
}

/** All topics of *chat*, General first. */
export function topicsOf(chat) {
  return [{ id: GENERAL, name: "General", closed: false }, ...chat.topics];
}
