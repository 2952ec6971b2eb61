"""Markdown and HTML as text that reads well in a chat."""

import pytest

from bot.digests.markdown import read_markdown
from bot.digests.placeholders import without_placeholders
from bot.digests.prose import write
from storage.model import Entity, EntityType, FormattedText


def prose(markdown: str) -> FormattedText:
    return write(read_markdown(without_placeholders(markdown), first_line=1, base="https://example.org/"))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\ntwo", "one two"),
        ("一行\n二行", "一行二行"),
        ("一行\nline", "一行 line"),
        ("한국어\n문장", "한국어문장"),
        ("one  \ntwo<br>three", "one\ntwo\nthree"),
        ("- a\n- b\n  - c\n    - d\n  - e\n- f", "• a\n• b\n   ◦ c\n      ▪ d\n   ◦ e\n• f"),
        ("3. a\n4. b\n   - c", "3. a\n4. b\n   ◦ c"),
        ("one:\n\n- a\n\n- b\n\ntwo", "one:\n• a\n• b\n\ntwo"),
        ("# Head\n\ntext", "Head\ntext"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("> one\n>\n> two", "one\n\ntwo"),
        ("AT&amp;T &lt;b&gt; &copy; &#128512;", "AT&T <b> © 😀"),
        ("H<sub>2</sub>O, x<sup>2</sup>, 1<sup>st</sup>", "H₂O, x², 1st"),
        ("<b>x</b> <span class='y'>z</span> <unknown>w</unknown>", "x z w"),
        ("a <!-- hidden --> b\n\n<!-- more -->\n\nc", "a b\n\nc"),
        ('a {{< figure src="x" >}} b {% include x %} {{ page.title }}c{:.note}', "a b c"),
        ("`{{ kept }}` and\n\n```\n{% kept %}\n```", "{{ kept }} and\n\n{% kept %}"),
        ("![A bee](bee.png) ![](x.png) ![](javascript:x)", "🖼 A bee 🖼"),
        ("<video src='/film.mp4'></video>", "▶️"),
        ("<script>alert(1)</script>\n\nx", "x"),
        ("<p>one</p><ul><li>a<li>b</ul><pre>x\n y</pre>", "one\n• a\n• b\n\nx\n y"),
        ("a\u202eb\u2066c\u200bd\x07e\ufefff", "abcdef"),
        ("see [the rule][missing label] here", "see the rule here"),
        ("array[0][1]", "array[0][1]"),
        ("a   b\tc", "a b c"),
        ("\\*not bold\\* 1 < 2", "*not bold* 1 < 2"),
        ("**Time:** noon\n**Place:** Rome", "Time: noon\nPlace: Rome"),
        ("**Time:** noon\nin Rome", "Time: noon in Rome"),
        ("*one*\n**", "one"),
        ("one\n**\ntwo", "one two"),
    ],
)
def test_markup_becomes_text(markdown: str, text: str) -> None:
    assert prose(markdown).text == text


@pytest.mark.parametrize(
    ("markdown", "entity"),
    [
        ("**x**", Entity(EntityType.BOLD, 0, 1)),
        ("*x*", Entity(EntityType.ITALIC, 0, 1)),
        ("~~x~~", Entity(EntityType.STRIKETHROUGH, 0, 1)),
        ("<u>x</u>", Entity(EntityType.UNDERLINE, 0, 1)),
        ("`x`", Entity(EntityType.CODE, 0, 1)),
        ("```rust,ignore\nx\n```", Entity(EntityType.PRE, 0, 1, "rust")),
        ("    x", Entity(EntityType.PRE, 0, 1)),
        ("[x](/y 'title')", Entity(EntityType.TEXT_LINK, 0, 1, "https://example.org/y")),
        ("<a href='/y?a&amp;b'>x</a>", Entity(EntityType.TEXT_LINK, 0, 1, "https://example.org/y?a&b")),
        ("> x", Entity(EntityType.BLOCKQUOTE, 0, 1)),
        ("[`x`](/y)", Entity(EntityType.TEXT_LINK, 0, 1, "https://example.org/y")),
    ],
)
def test_markup_becomes_an_entity(markdown: str, entity: Entity) -> None:
    assert prose(markdown) == FormattedText("x", (entity,))


@pytest.mark.parametrize(
    "link", ["[x](javascript:y)", "[x](#part)", "[x]()", "[x](mailto:a@b.example)", "[x](http://localhost)"]
)
def test_a_link_that_telegram_does_not_open_is_plain_text(link: str) -> None:
    assert prose(link) == FormattedText("x")


def test_a_narrow_table_is_aligned_and_counts_cjk_as_two() -> None:
    table = prose("| 模型 | n |\n|---|---|\n| Qwen | 7 |\n| 通义千问 | 72 |")

    assert table.text == "模型      n\nQwen      7\n通义千问  72"
    assert [entity.type for entity in table.entities] == [EntityType.PRE]


def test_a_wide_table_becomes_rows_of_words() -> None:
    wide = "a rather long cell that fills a phone"

    table = prose(f"| Name | What | Link |\n|---|---|---|\n| x | {wide} | [y](/y) |\n| z | | w |")

    assert table.text == f"Name: x · What: {wide} · Link: y\nName: z · Link: w"
    assert [entity.type for entity in table.entities] == [EntityType.BOLD, EntityType.TEXT_LINK, EntityType.BOLD]


@pytest.mark.parametrize(
    "markdown",
    [
        "> " * 2_000 + "x",
        "\n".join(f"{'  ' * level}- x" for level in range(1_000)),
        "<ul><li>" * 5_000 + "x",
        "<blockquote>" * 5_000 + "x",
        "[" * 5_000 + "x",
        "*" * 5_000 + "x",
        "<b>" * 5_000 + "x",
    ],
    ids=lambda markdown: markdown[:8],
)
def test_nesting_without_end_is_survived_and_loses_no_word(markdown: str) -> None:
    assert prose(markdown).text.count("x") == markdown.count("x")
