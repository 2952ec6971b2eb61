"""When nothing is found, what is nearest is: a word less, or another spelling."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.search import Nearest, nearest
from storage.search_query import read_query
from tests.builders import MONDAY, a_digest, an_item, stored

LATER = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
async def archive(database: Database) -> None:
    items = [
        an_item("Kubernetes 1.33 released", "The scheduler got faster."),
        an_item("Kubernetes on the desk", "A cluster of toys."),
        an_item("Kuberneter, a parody", ""),
        an_item("具身智能的一年", "机器人走进工厂"),
        an_item("具身智能与数据", "具有智能的数据"),
    ]
    await stored(database, a_digest(*items, categories=["开源"]))


async def near(database: Database, words: str) -> Nearest:
    async with database.snapshot() as tx:
        return await nearest(tx, read_query(words, category_of=str), now=LATER)


@pytest.mark.parametrize(
    ("words", "respelled"),
    [
        pytest.param("kubernets", ["kubernetes"], id="a letter too few"),
        pytest.param("kuberneetes", ["kubernetes"], id="a letter too many"),
        pytest.param("kubernetse", ["kubernetes"], id="letters changed about"),
        pytest.param("Kubernetea", ["kubernetes", "kuberneter"], id="a wrong letter, and what is commoner first"),
        pytest.param("toys kubernets", ["toys kubernetes"], id="one word of two"),
        pytest.param('"kubernets"', ['"kubernetes"'], id="in quotes"),
        pytest.param("具身能智", ["具身智能", "具身智"], id="characters changed about"),
        pytest.param("具生智能", ["具身智能", "具有智能"], id="a wrong character"),
        pytest.param("具身智能化", ["具身智能", "具身智能与", "具身智能的"], id="a character too many, or a wrong one"),
        pytest.param("工厂机器人", ["工厂 机器人"], id="two words without a blank"),
        pytest.param("xqzj", [], id="a word that is like none"),
        pytest.param("zz", [], id="too short to tell"),
    ],
)
async def test_other_spellings(database: Database, words: str, respelled: list[str]) -> None:
    found = await near(database, words)

    assert [query.text for query in found.respelled] == respelled


@pytest.mark.parametrize(
    ("words", "shortened"),
    [
        pytest.param("kubernetes 机器人", ["机器人", "kubernetes"], id="either of two words"),
        pytest.param("toys category:芯片", ["toys"], id="a category too many"),
        pytest.param("toys since:2026", ["toys"], id="a time too late"),
        pytest.param("toys -cluster", ["toys"], id="what was not wanted"),
        pytest.param("xqzj -cluster", [], id="nothing but what is not wanted"),
        pytest.param("toys xqzj qqqq", [], id="two words too many"),
        pytest.param("机器人霍霍霍", ["机器人"], id="half of a word without blanks"),
        pytest.param("园艺机器人霍霍霍霍霍", [], id="a sentence of which little is there"),
    ],
)
async def test_a_word_less(database: Database, words: str, shortened: list[str]) -> None:
    found = await near(database, words)

    assert [query.text for query in found.shortened] == shortened


async def test_a_question_of_ten_thousand_characters_has_an_answer(database: Database) -> None:
    assert await near(database, "abcdefgh" * 1250) == Nearest()
