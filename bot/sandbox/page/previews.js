/** A message in one line, and what service messages say. */

import { fullName } from "./naming.js";

const LENGTH = 160;

// Of each kind what happened, told of the one who did it.
const SERVICES = {
  group_chat_created: (_, who, { chat }) => `${who} created the group “${chat.title}”`,
  supergroup_chat_created: (_, who, { chat }) => `${who} created the group “${chat.title}”`,
  channel_chat_created: () => "Channel created",
  new_chat_members: (members, who, { from }) =>
    members[0].id === from?.id ? `${who} joined the group` : `${who} added ${members.map(fullName).join(", ")}`,
  left_chat_member: (member, who, { from }) =>
    member.id === from?.id ? `${who} left the group` : `${who} removed ${fullName(member)}`,
  new_chat_title: (title, who) => `${who} changed the name to “${title}”`,
  chat_shared: ({ title }, who) => `${who} shared ${title ? `“${title}”` : "a chat"} with the bot`,
  pinned_message: (message, who) => `${who} pinned “${preview(message)}”`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
  forum_topic_created: (topic, who) => `${who} began the topic “${topic.name}”`,
  forum_topic_edited: (topic, who) => `${who} changed the topic to “${topic.name}”`,
  forum_topic_closed: (_, who) => `${who} closed the topic`,
  forum_topic_reopened: (_, who) => `${who} opened the topic again`,
};

/** Whether nobody wrote it: somebody joined, the group moved, and the like. */
export function isService(message) {
  return ["text", "caption", "document", "photo", "location"].every((content) => message[content] === undefined);
}

/** A message in one line. */
export function preview(message) {
  if (isService(message)) return serviceWords(message);
  const text = (message.text ?? message.caption ?? "").slice(0, LENGTH).replace(/\s+/g, " ");
  return text || (message.photo ? "Photo" : message.location ? "Location" : message.document.file_name);
}

function serviceWords(message) {
  const kind = Object.keys(SERVICES).find((name) => name in message);
  const who = message.sender_chat?.title ?? (message.from ? fullName(message.from) : message.chat.title);
  return kind ? SERVICES[kind](message[kind], who, message) : "Service message";
}
