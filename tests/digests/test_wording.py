"""Words that readers follow or mute."""

import string
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.digests.characters import clean
from bot.digests.quotes import without_quotes
from bot.digests.wording import LONGEST_PHRASE, can_be_kept, read_words, word_of, word_shown, worded
from storage.model import Digest, FormattedText, Word
from tests.builders import a_digest, an_item

# Each beside how Simplified Chinese writes it.
TRADITIONAL = {
    "馬": "马",
    "機": "机",
    "學": "学",
    "習": "习",
    "雲": "云",
    "裡": "里",
    "著": "着",
    "衞": "卫",
    "龍": "龙",
}
# Simplified alike in both.
HAN = "人工智能模型芯片大中文\u3007"


def has(text: str, typed: str) -> bool:
    [word] = read_words(typed)
    return worded(a_digest(an_item(text))).places_of(word) == {0}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Gov. AI plans", "ai"),
        ("the world-model race", '"World Model"'),
        ("OpenAI's plans", "OPENAI"),
        ("Ｑｗｅｎ ３", "qwen"),
        ("阿里发布Qwen3-Max", "Qwen"),
        ("阿里发布Qwen3-Max", "Qwen3"),
        ("阿里发布 Qwen 3", "Qwen3"),
        ("GPT4 and GPT-4o", "GPT-4"),
        ("GPT-4.5 is here", "4.5"),
        ("10\n000", '"10 000"'),
        ("o3-mini", "o3"),
        ("Written in C++17", "C++"),
        ("F#, at last", "f#"),
        ("ASP.NET 9", ".NET"),
        ("Node js", "Node.js"),
        ("AT&T Labs", "AT&T"),
        ("Dr. Who", '"Dr Who"'),
        ("AI+医疗", "AI"),
        ("AI+医疗", "AI+"),
        ("AI 芯片出货", "AI芯片"),
        ("AI芯片出货", '"AI 芯片"'),
        ("具身智能体", "具身智能"),
        ("馬斯克說", "马斯克"),
        ("马斯克说", "馬斯克"),
        ("Pokémon", "pokemon"),
        ("Straße", "STRASSE"),
        ("삼성전자는", "삼성전자"),
        ("हिन्दी में", "हिन्दी"),
        ("ข่าวภาษาไทยวันนี้", "ภาษาไทย"),
        ("за́мок", "замок"),
    ],
)
def test_a_word_is_found_as_a_reader_means_it(text: str, typed: str) -> None:
    assert has(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("training", "AI"),
        ("OpenAI", "AI"),
        ("AIs", "AI"),
        ("world, model", '"world model"'),
        ("gpto3", "o3"),
        ("o30", "o3"),
        ("GPT-45", "GPT-4"),
        ("4-5 people", "4.5"),
        ("45 people", "4.5"),
        ("C++ and C#", "C"),
        ("C", "C++"),
        ("the net", ".NET"),
        ("AI", "AI+"),
        ("Chinese 具身。智能", "具身智能"),
        ("हिन्दीवाद", "हिन्दी"),
    ],
)
def test_what_only_looks_like_a_word_is_not_it(text: str, typed: str) -> None:
    assert not has(text, typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('Qwen "world model" 具身智能', ["Qwen", "world model", "具身智能"]),
        ("“world model” 「具身 智能」 『AI』 „Köln“ «мир»", ["world model", "具身 智能", "AI", "Köln", "мир"]),
        ("world model, Qwen 3、具身智能", ["world model", "Qwen 3", "具身智能"]),
        ('Qwen, "AI, chips"', ["Qwen", "AI, chips"]),
        ("#AI ＃机器人 C#", ["AI", "机器人", "C#"]),
        ("qwen QWEN Ｑｗｅｎ", ["qwen"]),
        ("GPT-4 gpt4", ["GPT-4"]),
        ("!!! … 🔥 —", []),
        ("", []),
        ('"world model', ["world", "model"]),
    ],
)
def test_words_are_read_as_they_are_typed(typed: str, shown: list[str]) -> None:
    assert [word.shown for word in read_words(typed)] == shown


def test_a_comma_inside_a_phrase_asks_for_both_sides_of_it() -> None:
    [word] = read_words('"Hello, world"')

    found = worded(a_digest(an_item("The world says hello"), an_item("Hello"))).places_of(word)

    assert found == {0}


def test_all_phrases_of_a_search_are_needed_in_one_item_in_any_order() -> None:
    word = word_of(["world model", "Qwen"])
    digest = a_digest(an_item("Qwen", "has a world model"), an_item("Qwen"), an_item("World models"))

    assert word == word_of(["Qwen", "World Model"])
    assert word is not None
    assert word.shown == "world model ＋ Qwen"
    assert worded(digest).places_of(word) == {0}
    assert word_shown(word.shown) == word
    assert word_of(["!", ""]) is None


def test_a_word_is_looked_for_in_headlines_and_summaries_and_each_by_itself() -> None:
    digest = a_digest(an_item("A world", "model of ours"), an_item("Bees", "A world model"), an_item("World model"))

    assert worded(digest).places_of(read_words('"world model"')[0]) == {1, 2}


def test_a_digest_without_items_is_looked_through_as_one() -> None:
    digest = Digest("a.md", "Qwen 3", None, False, (), (), intro=FormattedText("具身智能"))

    assert [bool(worded(digest).places_of(word)) for word in read_words("Qwen 具身智能 bees")] == [True, True, False]


@pytest.mark.parametrize("typed", ["x" * LONGEST_PHRASE, "具" * LONGEST_PHRASE])
def test_a_word_may_be_long_but_not_without_end(typed: str) -> None:
    assert [can_be_kept(word) for word in read_words(typed)] == [True]
    assert [can_be_kept(word) for word in read_words(typed + "x" * LONGEST_PHRASE)] == [False]
    assert [can_be_kept(word) for word in read_words("x" + "!" * LONGEST_PHRASE)] == [False]
    assert [can_be_kept(word) for word in read_words('"' + ";".join(map(str, range(9))) + '"')] == [False]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_found_in_itself(typed: str) -> None:
    assume(without_quotes(typed) == typed)
    for word in read_words(f'"{typed}"'):
        assert worded(a_digest(an_item(clean(typed)))).places_of(word) == {0}
        assert worded(a_digest(an_item(f"bees {clean(typed)} wasps"))).places_of(word) == {0}


@given(st.text(max_size=40))
def test_a_word_read_again_as_it_is_kept_is_the_same(typed: str) -> None:
    for word in read_words(typed):
        assert word_of(word.folded.split("\n")) == word
        assert word_shown(word.shown) == word


def spelled(word: str, ways: Sequence[int]) -> str:
    """Another spelling of *word*: the case, the width or the script of some of its letters is changed."""
    other = {simplified: traditional for traditional, simplified in TRADITIONAL.items()}
    changed = ""
    for letter, way in zip(word, ways, strict=True):
        if way == 1:
            changed += letter.upper()
        elif way == 2 and letter in string.ascii_lowercase:
            changed += chr(ord(letter) + 0xFEE0)
        else:
            changed += other.get(letter, letter) if way == 3 else letter
    return changed


LETTERS = st.text(string.ascii_lowercase[:3], min_size=1, max_size=3)
CHINESE = st.text(HAN[:4] + "".join(TRADITIONAL.values()), min_size=1, max_size=4)


@given(st.data(), st.lists(LETTERS, min_size=1, max_size=8), LETTERS)
def test_latin_words_are_whole_words_however_they_are_spelled(data: st.DataObject, text: list[str], word: str) -> None:
    between = data.draw(st.sampled_from([" ", ", ", "-", "：", "。", "3", "模型"]))
    ways = data.draw(st.lists(st.integers(0, 3), min_size=len(word), max_size=len(word)))

    assert has(between.join(text), spelled(word, ways)) == (word in text)


@given(st.data(), CHINESE, st.text(HAN[:4] + "".join(TRADITIONAL.values()) + "，a", max_size=12))
def test_chinese_words_are_stretches_however_they_are_spelled(data: st.DataObject, word: str, text: str) -> None:
    ways = data.draw(st.lists(st.integers(0, 3), min_size=len(text), max_size=len(text)))

    assert has(spelled(text, ways), word) == (word in text)
    assert has(text, spelled(word, [3] * len(word))) == (word in text)


@given(st.lists(LETTERS, min_size=1, max_size=12), st.lists(LETTERS, min_size=1, max_size=3))
def test_phrases_are_words_one_after_the_other(text: list[str], phrase: list[str]) -> None:
    starts = range(len(text) - len(phrase) + 1)

    assert has(" ".join(text), f'"{" ".join(phrase)}"') == any(
        text[start : start + len(phrase)] == phrase for start in starts
    )


def test_what_many_words_are_asked_for_gives_those_that_any_item_has() -> None:
    found = worded(a_digest(an_item("Qwen"), an_item("具身智能", "world model")))

    words = [word.folded for word in read_words('Qwen bees 智能 "world model" model wasps')]

    assert found.carried(words) == ["qwen", "智能", "world model", "model"]


def test_a_kept_word_shows_what_was_typed() -> None:
    assert [(word.folded, word.shown) for word in read_words("“World  Model”")] == [("world model", "World Model")]
    assert Word("a", "A") == Word("a", "ａ")
