/** What administrators may do, as far as it can be seen here, and the form that grants it. */

import { ask, choices } from "./forms.js";
import { changeChat } from "./server.js";

const EVERYWHERE = {
  can_change_info: "Change the name",
  can_delete_messages: "Delete messages",
  can_invite_users: "Add members",
  can_restrict_members: "Mute and remove members",
};
const RIGHTS = {
  group: { can_pin_messages: "Pin messages", ...EVERYWHERE },
  supergroup: { can_pin_messages: "Pin messages", can_manage_topics: "Manage topics", ...EVERYWHERE },
  channel: { can_post_messages: "Post messages", can_edit_messages: "Edit messages of others", ...EVERYWHERE },
};
const ANONYMOUS = "is_anonymous";

/** What those of *rights* are called that mean something in a chat of this *type*. */
export function rightsNamed(type, rights) {
  return rights.map((right) => RIGHTS[type][right]?.toLowerCase()).filter(Boolean);
}

/** Have *by* choose what *user*, called *name*, may do in *chat*; *given* are the rights they have now, null: none. */
export function askForRights(chat, by, user, name, { given, isBot }) {
  const offers = Object.entries(RIGHTS[chat.type]).map(([value, label]) => ({
    value,
    label,
    checked: given === null || given.includes(value),
  }));
  const mayHide = chat.type === "supergroup" && !isBot;
  if (mayHide) offers.push({ value: ANONYMOUS, label: "Remain anonymous", checked: chat.anonymous.includes(user) });
  const rights = choices(`What ${name} may do`, offers);
  ask(given === null ? "Make administrator" : "Administrator", "Save", [rights.element], () => {
    const chosen = rights.chosen();
    const granted = { rights: chosen.filter((right) => right !== ANONYMOUS), anonymous: chosen.includes(ANONYMOUS) };
    changeChat(chat.id, "promotes", by.id, { user, ...granted });
  });
}
