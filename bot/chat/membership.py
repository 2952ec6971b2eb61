"""A person who blocks the bot is gone, and is back when they lift the block; what they asked for stays."""

from telegram import ChatMember, ChatMemberUpdated

from bot.chat.services import Services
from storage.model import Address, SubscriberState
from storage.subscribers import set_state, subscriber_at


async def follow_block(services: Services, change: ChatMemberUpdated) -> None:
    """Let the private chat's subscriber, if it is one, be gone or back; whoever stopped by themselves stays so."""
    gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    async with services.database.transaction() as tx:
        subscriber = await subscriber_at(tx, Address(change.chat.id))
        match subscriber.state if subscriber else None:
            case SubscriberState.ACTIVE | SubscriberState.PAUSED if gone:
                await set_state(tx, change.chat.id, SubscriberState.GONE, reason="blocked the bot")
            case SubscriberState.GONE if not gone:
                await set_state(tx, change.chat.id, SubscriberState.ACTIVE)
            case _:
                pass
