/** What messages of the bot ask the app to show: an answer begun, ready words to press, or neither any more. */

/**
 * The message whose `prompt` holds for *person* in *chat*, or in one *topic* of it, and whether they did as it asks;
 * null for none. The newest wins, whatever came before.
 */
export function promptFor(world, person, chat, topic) {
  const messages = world.messagesOf(chat.id, topic);
  const at = messages.findLastIndex((message) => message.prompt && concerns(message, person));
  if (at < 0 || messages[at].prompt.remove_keyboard) return null;
  const answers = messages.slice(at + 1).filter(({ author_id: author }) => author === person.id);
  const { prompt } = messages[at];
  return { message: messages[at], done: prompt.keyboard ? answers.some((each) => isPressed(prompt, each)) : answers.length > 0 };
}

/** A selective one is for who is named in the message, and for who is answered by it. */
function concerns(message, person) {
  if (!message.prompt.selective) return true;
  const named = message.entities?.some(
    ({ type, offset, length, user }) =>
      user?.id === person.id ||
      (type === "mention" && person.username && message.text.slice(offset + 1, offset + length) === person.username),
  );
  return Boolean(named) || message.reply_to_message?.from?.id === person.id;
}

function isPressed({ keyboard }, message) {
  return keyboard.flat().some((button) => {
    if (button.request_chat) return message.chat_shared?.request_id === button.request_chat.request_id;
    return button.request_location ? message.location : message.text === button.text;
  });
}
