"""Which category goes to which topic of a forum, by command and by button."""

import pytest
from structlog.testing import capture_logs
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.route_view import RouteNew, RouteTo, ShowRoute, ShowRoutes
from bot.chat.route_words import Asked, read_route
from bot.digests.categories import fold
from bot.messages.phrases import phrase
from bot.messages.taps import write
from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import Message
from storage.changes import last_changes
from storage.database import Database
from storage.model import Address
from storage.routes import routes_of
from storage.subscribers import subscriber_at
from storage.topics import topics_of
from tests.chat.conftest import Archive, Talk, a_digest, labels


@pytest.fixture
async def forum(telegram: Telegram, archive: Archive, ada: Talk) -> Group:
    """One that Ada made, in which the bot may manage topics, and an archive with something for them."""
    await archive.add(a_digest("One", of="AI,Bees"), a_digest("Two", of="AI"), a_digest("Three", of="Open Source"))
    forum = await telegram.group("Lab", creator=ada.person, kind="supergroup")
    await forum.turns_on_topics()
    await forum.promotes()
    return forum


async def says(person: Person, forum: Group, text: str, *, topic_id: int = 0) -> Message:
    """Say something there; what the bot answers."""
    asked = await person.says(text, chat_id=forum.id, topic_id=topic_id)
    while True:
        message = await forum.next_message()
        if message.raw.get("reply_to_message", {}).get("message_id") == asked.id:
            return message


async def presses(person: Person, forum: Group, button: str) -> Message:
    """Press a button of the newest message that has it; what that message says then."""
    [*_, message] = [each for each in await forum.received() if button in labels(each)]
    last = await person.telegram.last_call()
    await person.presses(button, chat_id=forum.id, message_id=message.id)
    await person.telegram.called("editMessageText", after=last, outcome="answered")
    return next(each for each in await forum.received() if each.id == message.id)


async def routes(database: Database, forum: Group) -> dict[str, list[str]]:
    """What each topic gets, by its name."""
    async with database.snapshot() as tx:
        names = {topic.topic_id: topic.name for topic in await topics_of(tx, forum.id)}
        return {
            names.get(route.topic_id, ""): ["*"]
            if route.everything
            else [each.name for each in route.categories.values()]
            for route in await routes_of(tx, forum.id)
            if route.everything or route.categories
        }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("AI", Asked("AI", "show")),
        ("AI News", Asked("AI", "topic", "News")),
        ("AI → News", Asked("AI", "topic", "News")),
        ("开源->新闻", Asked("开源", "topic", "新闻")),
        ("open source The News", Asked("open source", "topic", "The News")),
        ('"open source" "The News"', Asked("open source", "topic", "The News")),
        ("AI “The News”", Asked("AI", "topic", "The News")),
        ("AI News → Lab", Asked("AI News", "topic", "Lab")),
        ("AI new", Asked("AI", "new")),
        ("AI 新建", Asked("AI", "new")),
        ("AI => new Models of today", Asked("AI", "new", "Models of today")),
        ('AI "new"', Asked("AI", "topic", "new")),
        ("AI off", Asked("AI", "off")),
        ("AI here", Asked("AI", "here")),
        ("AI here and now", Asked("AI", "topic", "here and now")),
        ("→ News", Asked("", "topic", "News")),
    ],
)
def test_what_is_typed_names_a_category_and_a_topic(words: str, expected: Asked) -> None:
    assert read_route(words, {fold("AI"), fold("open source")}) == expected


async def test_a_category_goes_to_a_topic_that_is_named(database: Database, forum: Group, ada: Talk) -> None:
    await forum.topic("News")
    answer = await says(ada.person, forum, "/route AI → news")

    assert answer.text.splitlines()[0] == "“AI” goes to: News"
    assert await routes(database, forum) == {"News": ["AI"]}
    answer = await says(ada.person, forum, "/route")
    assert answer.text.splitlines()[:2] == ["What each topic of Lab gets:", "News: AI"]
    assert labels(answer) == ["✅ AI", "Open Source", "Bees"]


async def test_categories_of_topics_are_apart(database: Database, forum: Group, ada: Talk) -> None:
    await forum.topic("News")
    honey = await forum.topic("Honey")
    await says(ada.person, forum, "/route AI News")
    await says(ada.person, forum, "/subscribe Bees", topic_id=honey.id)
    await says(ada.person, forum, "/subscribe")

    assert await routes(database, forum) == {"": ["*"], "News": ["AI"], "Honey": ["Bees"]}


async def test_buttons_send_a_category_to_a_topic_and_take_it_away_again(
    database: Database, forum: Group, ada: Talk
) -> None:
    await forum.topic("News")
    await says(ada.person, forum, "/route")

    shown = await presses(ada.person, forum, "AI")
    assert labels(shown) == ["General", "News", "＋ New topic “AI”", "‹ Back"]
    shown = await presses(ada.person, forum, "News")
    assert "✅ News" in labels(shown)
    assert await routes(database, forum) == {"News": ["AI"]}
    await presses(ada.person, forum, "✅ News")
    assert await routes(database, forum) == {}
    assert shown.raw["reply_markup"]["inline_keyboard"][-1][0]["callback_data"] == write(ShowRoutes())
    shown = await presses(ada.person, forum, "‹ Back")
    assert shown.text.splitlines()[0] == "No topic of Lab gets anything yet."


async def test_a_topic_is_created_for_a_category_once(database: Database, forum: Group, ada: Talk) -> None:
    await says(ada.person, forum, "/route Open Source")
    shown = await presses(ada.person, forum, "＋ New topic “Open Source”")
    assert shown.text.splitlines()[0] == "“Open Source” goes to: Open Source"
    await says(ada.person, forum, "/route AI new open source")
    await says(ada.person, forum, "/route AI new Models")

    assert await routes(database, forum) == {"Open Source": ["AI", "Open Source"], "Models": ["AI"]}
    assert len(await ada.person.telegram.calls("createForumTopic")) == 2


async def test_who_may_not_manage_topics_creates_none(database: Database, forum: Group, telegram: Telegram) -> None:
    grace = await telegram.person("Grace", language="en")
    await forum.adds(grace)
    await forum.promotes(grace, rights=["can_pin_messages"])

    answer = await says(grace, forum, "/route AI new")

    assert answer.text == "Only administrators of Lab who may manage topics can create one."
    assert await routes(database, forum) == {}


async def test_a_bot_that_may_not_manage_topics_says_so(database: Database, forum: Group, ada: Talk) -> None:
    await forum.promotes(rights=["can_pin_messages"])

    answer = await says(ada.person, forum, "/route AI new")

    assert answer.text.startswith("I may not create topics in Lab.")
    assert await routes(database, forum) == {}


async def test_what_telegram_refuses_all_the_same_is_said(forum: Group, ada: Talk, telegram: Telegram) -> None:
    await telegram.refuse(code=400, method="createForumTopic")

    assert (await says(ada.person, forum, "/route AI new")).text == "Telegram does not let me create a topic in Lab."


async def test_what_cannot_be_written_down_leaves_no_topic_behind(
    database: Database, forum: Group, ada: Talk, telegram: Telegram
) -> None:
    async with database.transaction() as tx:
        await tx.run("CREATE TRIGGER full BEFORE INSERT ON subscriptions BEGIN SELECT RAISE(ABORT, 'disk full'); END")

    with capture_logs() as logs:
        await ada.person.says("/route AI new", chat_id=forum.id)
        [deleted] = await telegram.called("deleteForumTopic", outcome="answered")

    [created] = await telegram.calls("createForumTopic")
    assert isinstance(created.answer, dict)
    assert str(deleted.parameters["message_thread_id"]) == str(created.answer["result"]["message_thread_id"])
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["answer_failed"]


async def test_an_anonymous_administrator_creates_a_topic_by_a_button(
    database: Database, forum: Group, ada: Talk
) -> None:
    await forum.promotes(ada.person, anonymous=True)

    answer = await says(ada.person, forum, "/route AI new")
    assert labels(answer) == ["＋ New topic “AI”"]
    await presses(ada.person, forum, "＋ New topic “AI”")

    assert await routes(database, forum) == {"AI": ["AI"]}


async def test_an_unknown_topic_is_offered_to_be_created(database: Database, forum: Group, ada: Talk) -> None:
    answer = await says(ada.person, forum, "/route AI → Models")

    assert answer.text == "I know no topic “Models”. If there is one, write /route in it."
    await presses(ada.person, forum, "＋ New topic “Models”")
    assert await routes(database, forum) == {"Models": ["AI"]}


async def test_an_unknown_category_offers_those_that_may_be_meant(forum: Group, ada: Talk) -> None:
    answer = await says(ada.person, forum, "/route Beez News")

    assert answer.text.splitlines()[0] == "No digest has the category “Beez”. One says it like this:"
    assert "/route Bees → News" in answer.text
    assert labels(answer) == ["Bees"]


async def test_the_topic_where_it_is_asked_comes_first(database: Database, forum: Group, ada: Talk) -> None:
    await forum.topic("News")
    honey = await forum.topic("Honey")

    answer = await says(ada.person, forum, "/route AI", topic_id=honey.id)
    assert labels(answer) == ["Here: Honey", "General", "News", "＋ New topic “AI”", "‹ Back"]
    await presses(ada.person, forum, "Here: Honey")

    assert await routes(database, forum) == {"Honey": ["AI"]}


async def test_settings_lead_there_and_back(forum: Group, ada: Talk) -> None:
    await says(ada.person, forum, "/settings")

    shown = await presses(ada.person, forum, "Topics")
    assert shown.text.splitlines()[0] == "No topic of Lab gets anything yet."
    shown = await presses(ada.person, forum, "‹ Back")
    assert "Topics" in labels(shown)


async def test_off_ends_every_route_and_leaves_the_rest_of_everything(
    database: Database, forum: Group, ada: Talk
) -> None:
    await forum.topic("News")
    await says(ada.person, forum, "/subscribe")
    await says(ada.person, forum, "/route AI News")
    await says(ada.person, forum, "/route AI off")

    assert await routes(database, forum) == {"": ["Bees", "Open Source"]}


async def test_here_is_the_topic_in_which_it_is_said(database: Database, forum: Group, ada: Talk) -> None:
    news = await forum.topic("News")
    await says(ada.person, forum, "/route AI here", topic_id=news.id)

    assert await routes(database, forum) == {"News": ["AI"]}


async def test_who_routed_is_remembered_for_the_topic(database: Database, forum: Group, ada: Talk) -> None:
    news = await forum.topic("News")
    await says(ada.person, forum, "/route AI News")

    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(forum.id, news.id))
        assert subscriber is not None
        [change] = await last_changes(tx, subscriber.id, limit=5)
    assert (subscriber.subscribed_by, change.user_id, change.what) == (ada.person.id, ada.person.id, ("categories",))


async def test_without_topics_it_says_where_there_are_some(telegram: Telegram, ada: Talk) -> None:
    assert (await ada.says("/route")).text.startswith("This sends each category to its own topic")
    group = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await group.adds()
    assert (await says(ada.person, group, "/route")).text.startswith("This sends each category to its own topic")


async def test_old_buttons_do_nothing(database: Database, forum: Group, ada: Talk, telegram_bot: ExtBot[None]) -> None:
    taps = {"a": ShowRoute(99), "b": RouteTo(99, 0, on=True), "c": RouteTo(1, 99, on=True), "d": RouteNew(99, "")}
    buttons = [InlineKeyboardButton(name, callback_data=write(tap)) for name, tap in taps.items()]
    await telegram_bot.send_message(forum.id, "old", reply_markup=InlineKeyboardMarkup([buttons]))

    # Of a person's own chat they are nothing either.
    forged = {"e": ShowRoutes(), "f": ShowRoute(1), "g": RouteTo(1, 0, on=True), "h": RouteNew(1, "")}
    buttons = [InlineKeyboardButton(name, callback_data=write(tap)) for name, tap in forged.items()]
    await ada.says("/help")
    await telegram_bot.send_message(ada.person.id, "forged", reply_markup=InlineKeyboardMarkup([buttons]))
    for name in forged:
        assert (await ada.person.presses(name)).text == phrase("en", "old-button")
    for name in taps:
        answer = await ada.person.presses(name, chat_id=forum.id)
        assert answer.text == phrase("en", "old-button")
    assert await routes(database, forum) == {}


async def test_the_topic_that_is_always_there_is_spoken_of_as_one(forum: Group, ada: Talk) -> None:
    answer = await says(ada.person, forum, "/subscribe")

    assert answer.text == "This topic gets everything."
