import asyncio

from storage.model import SubscriberState
from storage.subscribers import set_state
from tests.chat.conftest import Archive, Talk


async def state_of(archive: Archive, talk: Talk) -> SubscriberState | None:
    subscriber = await archive.subscriber(talk)
    return subscriber.state if subscriber else None


async def becomes(archive: Archive, talk: Talk, state: SubscriberState) -> bool:
    """Wait for what no answer tells of."""
    async with asyncio.timeout(5):
        while await state_of(archive, talk) != state:
            await asyncio.sleep(0.01)
    return True


async def put(archive: Archive, talk: Talk, state: SubscriberState) -> None:
    async with archive.database.transaction() as tx:
        await set_state(tx, talk.person.id, state)


async def test_who_blocks_the_bot_is_gone_and_who_unblocks_it_is_back_with_the_same_choice(
    ada: Talk, archive: Archive
) -> None:
    await ada.says("/subscribe Bees")

    await ada.person.blocks()
    assert await becomes(archive, ada, SubscriberState.GONE)

    await ada.person.unblocks()
    assert await becomes(archive, ada, SubscriberState.ACTIVE)
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_whoever_writes_is_gone_no_longer(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe")
    await put(archive, mei, SubscriberState.GONE)

    await mei.says("/help")

    assert await state_of(archive, mei) == SubscriberState.ACTIVE


async def test_who_stopped_stays_stopped_through_a_block(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.STOPPED)

    await ada.person.blocks()
    await ada.person.unblocks()
    await ada.says("/help")

    assert await state_of(archive, ada) == SubscriberState.STOPPED


async def test_start_brings_back_who_stopped(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.STOPPED)

    answer = await ada.says("/start")

    assert answer.text.endswith("You get everything.")
    assert await state_of(archive, ada) == SubscriberState.ACTIVE


async def test_what_an_operator_paused_is_not_resumed_by_a_message(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.PAUSED)

    await ada.says("/help")

    assert await state_of(archive, ada) == SubscriberState.PAUSED


async def test_a_stranger_who_blocks_the_bot_is_not_kept(ada: Talk, archive: Archive) -> None:
    await ada.says("/help")

    await ada.person.blocks()
    await ada.person.unblocks()
    await ada.says("/help")

    assert await archive.subscriber(ada) is None
