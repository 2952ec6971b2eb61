/** A message in one line, and what service messages say. */

const LENGTH = 160;

const SERVICES = {
  new_chat_members: (members) => `${members.map((member) => member.first_name).join(", ")} joined`,
  left_chat_member: (member) => `${member.first_name} left`,
  new_chat_title: (title) => `The chat is now called “${title}”`,
  pinned_message: (message) => `Pinned “${preview(message)}”`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became this supergroup",
  forum_topic_created: (topic) => `Topic “${topic.name}” was created`,
  forum_topic_closed: () => "The topic was closed",
  forum_topic_reopened: () => "The topic was opened again",
};

/** Whether nobody wrote it: somebody joined, the group moved, and the like. */
export function isService(message) {
  return message.text === undefined && message.caption === undefined && !message.document;
}

/** A message in one line. */
export function preview(message) {
  if (isService(message)) return serviceWords(message);
  return (message.text ?? message.caption ?? "").slice(0, LENGTH).replace(/\s+/g, " ") || message.document.file_name;
}

function serviceWords(message) {
  const kind = Object.keys(SERVICES).find((name) => name in message);
  return kind ? SERVICES[kind](message[kind]) : "Service message";
}
