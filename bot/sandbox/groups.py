"""Groups, supergroups and channels: how they come to be, who comes and goes, what becomes of them."""

from bot.sandbox.chats import IN_CHARGE, PRESENT, Chat, ChatType, Member
from bot.sandbox.errors import ControlError
from bot.sandbox.members import RIGHTS, USUAL
from bot.sandbox.people import ANONYMOUS, User, user_json
from bot.sandbox.services import announce
from bot.sandbox.standing import stand
from bot.sandbox.state import Sandbox


def create(
    sandbox: Sandbox, title: str, creator: User, *, kind: ChatType = "group", username: str = "", chat_id: int = 0
) -> Chat:
    """Create a chat with one person in it; a *chat_id* of 0 is the next free one."""
    chat = Chat(chat_id or sandbox.free_chat_id(kind), kind, title, username=username)
    if chat.id in sandbox.chats or chat.id > 0:
        raise ControlError(409, f"{chat.id} is taken or no id of a {kind}")
    chat.members[creator.id] = Member(creator, "creator")
    sandbox.chats[chat.id] = chat
    service = {"group": "group_chat_created", "supergroup": "supergroup_chat_created"}
    announce(sandbox, chat, creator, {service.get(kind, "channel_chat_created"): True})
    sandbox.chat_changed(chat)
    return chat


def creator_of(chat: Chat) -> User:
    """Who made it; they do what a control call does not say who does."""
    for member in chat.members.values():
        if member.status == "creator":
            return member.user
    raise ControlError(409, f"{chat.title} has no creator any more: say who does it (by)")


def require(chat: Chat, by: User, *, administrator: bool = True) -> None:
    """Refuse what *by* could not do in the app either."""
    status = chat.status(by.id)
    if chat.deleted or chat.migrated_to:
        raise ControlError(409, f"{chat.title} is gone: it was deleted or became a supergroup")
    if status not in (IN_CHARGE if administrator else PRESENT):
        raise ControlError(
            403, f"{by.first_name} is no {'administrator' if administrator else 'member'} of {chat.title}"
        )


def add(sandbox: Sandbox, chat: Chat, user: User, *, by: User) -> None:
    """Bring *user* in; into a channel a bot comes as administrator only, by promoting it."""
    require(chat, by, administrator=chat.type == "channel")
    if chat.type == "channel" and user.is_bot:
        raise ControlError(409, "a channel has bots as administrators only: promote it")
    if chat.status(user.id) in PRESENT:
        raise ControlError(409, f"{user.first_name} is in {chat.title} already")
    _enter(sandbox, chat, user, by=by)


def join(sandbox: Sandbox, chat: Chat, person: User) -> None:
    """Come in by oneself, as by a link."""
    if chat.deleted or chat.migrated_to or chat.status(person.id) in (*PRESENT, "kicked"):
        raise ControlError(409, f"{person.first_name} cannot join {chat.title}: there already, banned, or it is gone")
    _enter(sandbox, chat, person, by=person)


def _enter(sandbox: Sandbox, chat: Chat, user: User, *, by: User) -> None:
    stand(sandbox, chat, Member(user), by=by)
    if chat.type != "channel":
        shown = user_json(user)
        joined = {"new_chat_participant": shown, "new_chat_member": shown, "new_chat_members": [shown]}
        announce(sandbox, chat, by, joined)


def promote(
    sandbox: Sandbox, chat: Chat, user: User, *, by: User, rights: frozenset[str] | None = None, anonymous: bool = False
) -> None:
    """Make *user* an administrator with these *rights* (None: the usual ones), coming in if need be."""
    require(chat, by)
    chosen = USUAL[chat.type] if rights is None else rights | {"can_manage_chat"}
    if unknown := chosen - set(RIGHTS[chat.type]):
        raise ControlError(400, f"a {chat.type} has no such rights: {', '.join(sorted(unknown))}")
    if chat.status(user.id) == "creator":
        stand(sandbox, chat, Member(user, "creator", anonymous=anonymous), by=by)
    else:
        stand(sandbox, chat, Member(user, "administrator", chosen, anonymous=anonymous), by=by)


def demote(sandbox: Sandbox, chat: Chat, user: User, *, by: User) -> None:
    """Make *user* a member like others; a bot that is no administrator leaves a channel."""
    require(chat, by)
    _require_there(chat, user)
    stand(sandbox, chat, Member(user, "left" if chat.type == "channel" and user.is_bot else "member"), by=by)


def restrict(sandbox: Sandbox, chat: Chat, user: User, *, by: User, can_send: bool) -> None:
    """Mute *user*, or let them speak again."""
    require(chat, by)
    _require_there(chat, user)
    if chat.type != "supergroup":
        raise ControlError(409, f"only a supergroup restricts single members, not a {chat.type}: upgrade it first")
    muted = Member(user, "restricted", can_send_messages=False)
    stand(sandbox, chat, Member(user) if can_send else muted, by=by)


def kick(sandbox: Sandbox, chat: Chat, user: User, *, by: User) -> None:
    """Throw *user* out; they are banned."""
    require(chat, by)
    _require_there(chat, user)
    stand(sandbox, chat, Member(user, "kicked"), by=by)
    _say_gone(sandbox, chat, user, by=by)


def leave(sandbox: Sandbox, chat: Chat, user: User) -> None:
    """Go by oneself."""
    _require_there(chat, user)
    stand(sandbox, chat, Member(user, "left"), by=user)
    _say_gone(sandbox, chat, user, by=user)


def _say_gone(sandbox: Sandbox, chat: Chat, user: User, *, by: User) -> None:
    if chat.type != "channel":
        shown = user_json(user)
        announce(sandbox, chat, by, {"left_chat_participant": shown, "left_chat_member": shown})


def _require_there(chat: Chat, user: User) -> None:
    if chat.status(user.id) not in PRESENT:
        raise ControlError(409, f"{user.first_name} is not in {chat.title}")


def rename(sandbox: Sandbox, chat: Chat, title: str, *, by: User) -> None:
    """Give the chat another title."""
    require(chat, by)
    if not title:
        raise ControlError(400, "title is missing")
    chat.title = title
    announce(sandbox, chat, by, {"new_chat_title": title})
    sandbox.chat_changed(chat)


def take_username(sandbox: Sandbox, chat: Chat, username: str, *, by: User) -> None:
    """Make the chat public under a name, or private with an empty one; the bot is not told."""
    require(chat, by)
    if chat.type == "group":
        raise ControlError(409, f"{chat.title} is a basic group, which cannot be public: upgrade it first")
    if any(username and other.username.lower() == username.lower() for other in sandbox.chats.values()):
        raise ControlError(409, f"@{username} is taken")
    chat.username = username
    sandbox.chat_changed(chat)


def delete(sandbox: Sandbox, chat: Chat, *, by: User) -> None:
    """Delete the chat for everybody.

    The bot hears of it as of leaving, in a group and the supergroup it became alike (telegram-bot-api issue 266).
    """
    require(chat, by)
    old = next((other for other in sandbox.chats.values() if other.migrated_to == chat.id), None)
    chat.deleted = True
    for gone in (old, chat):
        if gone is not None and gone.status(sandbox.bot.id) in PRESENT:
            stand(sandbox, gone, Member(sandbox.bot, "left"), by=by)
    sandbox.chat_changed(chat)


def upgrade(sandbox: Sandbox, chat: Chat, *, by: User) -> Chat:
    """Make a supergroup of a group: another chat with the same people, and the old id is dead.

    The bot hears that it is in the new one, and never that it left the old one (telegram-bot-api issue 266).
    """
    require(chat, by)
    if chat.type != "group":
        raise ControlError(409, f"{chat.title} is a {chat.type} already")
    new = Chat(sandbox.free_chat_id("supergroup"), "supergroup", chat.title)
    sandbox.chats[new.id] = new
    for member in chat.present():
        if member.user is not sandbox.bot:
            new.members[member.user.id] = member
    announce(sandbox, chat, by, {"migrate_to_chat_id": new.id})
    chat.migrated_to = new.id
    if (bot := sandbox.membership(chat)) and bot.status in PRESENT:
        stand(sandbox, new, bot, by=by)
    announce(sandbox, new, ANONYMOUS, {"migrate_from_chat_id": chat.id})
    sandbox.chat_changed(chat)
    sandbox.chat_changed(new)
    return new
