"""Entities as the Bot API and python-telegram-bot take them."""

from datetime import UTC, datetime

import telegram

from bot.messages.entities import as_bot_api
from storage.model import Entity, EntityType


def test_offsets_count_utf_16_units() -> None:
    text = "🚀 x 𠮷y"

    entities = as_bot_api(text, [Entity(EntityType.BOLD, 0, 1), Entity(EntityType.CODE, 4, 2)])

    assert entities == [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "code", "offset": 5, "length": 3},
    ]


def test_what_an_entity_carries_has_the_name_that_telegram_gives_it() -> None:
    entities = as_bot_api(
        "abcd",
        [
            Entity(EntityType.TEXT_LINK, 0, 1, "https://a.example/"),
            Entity(EntityType.PRE, 1, 1, "python"),
            Entity(EntityType.PRE, 2, 1),
            Entity(EntityType.DATE_TIME, 3, 1, "1753128034"),
        ],
    )

    assert entities == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.example/"},
        {"type": "pre", "offset": 1, "length": 1, "language": "python"},
        {"type": "pre", "offset": 2, "length": 1},
        {"type": "date_time", "offset": 3, "length": 1, "unix_time": 1753128034, "date_time_format": "Dt"},
    ]


def test_python_telegram_bot_takes_them_as_they_are() -> None:
    (made,) = as_bot_api("d", [Entity(EntityType.DATE_TIME, 0, 1, "1753128034")])

    entity = telegram.MessageEntity.de_json(dict(made))

    assert entity.unix_time == datetime(2025, 7, 21, 20, 0, 34, tzinfo=UTC)
    assert {key: entity.to_dict()[key] for key in made} == made
