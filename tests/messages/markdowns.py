"""Random Markdown, of the kinds that break parsers: CJK, emoji, right-to-left, controls, nesting, huge lines."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(
    [
        "model", "开源模型", "（hard distillation）", "オープンソース", "오픈소스", "مرحبا", "שלום", "naïve", "e\u0301\u0301",
        "👨‍👩‍👧‍👦", "🇩🇪🇫🇷", "👍🏽", "❤️", "1️⃣", "𠮷", "葛\U000e0100", "\u202eevil", "\u2066in", "\u200b", "\ufeff", "\u00a0", "\u3000",
        "\x00", "\x07", "\x1b", "\u2028", "\u0333", "&amp;", "&#x202e;", "&#xD800;", "&nbsp;", "<", ">", "&", "…", "。", "！", "word. Another",
        "x" * 300, "字" * 500, "https://example.org/a_b?c=(d)", "#tag", "@name", "/start", "a@b.example",
    ]
)  # fmt: skip
_SIGNS = st.sampled_from(
    [
        "*", "**", "***", "_", "__", "~~", "`", "``", "```", "[", "](", "](https://example.org/x)", "](javascript:x)", "][ref]",
        "![", "](http://localhost/)", "](<https://example.org/a b>)", "](/relative)", "](#anchor)", ")", "|", "||", "\\", "<br>",
        "<b>", "</b>", "<i>", "</i>", '<a href="https://example.org/">', "</a>", "<code>", "</code>", "<sup>", "</sup>", "<img src=x>",
        "<!--", "-->", "{{", "}}", "{%", "%}", "<div>", "</div>", "<ul><li>", "</li></ul>", "<table><tr><td>", "</table>", "<pre>",
        "</pre>", "<blockquote>", "</blockquote>", "<script>", "</script>", "<details>", "  \n",
    ]
)  # fmt: skip
_STARTS = st.sampled_from(
    [
        "", "", "", "# ", "## ", "### ", "- ", "* ", "1. ", "2) ", "7、", "① ", "> ", "> > ", "    ", "  - ", "      * ", "\t", "| ", "|-|-|",
        "---", "===", "```python", "```", "~~~", "+++", "- [ ] ", "[ref]: https://example.org/ref", "Title: x", ":--", "1️⃣ ", "> - 1. ",
    ]
)  # fmt: skip
_PIECES = st.one_of(_WORDS, _SIGNS, st.just(" "), st.text(max_size=12))
_LINES = st.builds(lambda start, pieces: start + "".join(pieces), _STARTS, st.lists(_PIECES, max_size=12))
_DEEP = st.builds(
    lambda mark, depth: "\n".join(
        f"{'  ' * level}{mark} [n{level}](https://example.org/{level})" for level in range(depth)
    ),
    st.sampled_from(["-", "1.", "*"]),
    st.integers(1, 60),
)
_MANY = st.builds(
    lambda text, times: "\n".join(
        f"{number}. [{text} {number}](https://example.org/{number})\n   {text}" for number in range(times)
    ),
    st.text(max_size=60),
    st.integers(1, 150),
)
_LONG = st.builds(lambda piece, times: piece * times, _PIECES, st.integers(1, 3_000))


def markdown() -> st.SearchStrategy[str]:
    """A body of a few lines to a few hundred."""
    blocks = st.one_of(_LINES, _LINES, _LINES, _LINES, _DEEP, _MANY, _LONG)
    return st.builds("\n".join, st.lists(blocks, max_size=25))
