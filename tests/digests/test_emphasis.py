"""Emphasis in Chinese, Japanese and Korean, by the rules of markdown-cjk-friendly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.digests.emphasis import CjkFriendlyInline, is_cjk

PLAIN = MarkdownIt("commonmark").enable("strikethrough")
FRIENDLY = MarkdownIt("commonmark").enable("strikethrough")
FRIENDLY.inline = CjkFriendlyInline()


def html(text: str, parser: MarkdownIt = FRIENDLY) -> str:
    return str(parser.renderInline(text))


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        # Chinese: brackets, quotes and book titles inside, at either end.
        ("该模型通过**硬蒸馏（hard distillation）**技术", "该模型通过<strong>硬蒸馏（hard distillation）</strong>技术"),
        ("他说**“开源会赢”**然后走了", "他说<strong>“开源会赢”</strong>然后走了"),
        ("发布了**《白皮书》**一书", "发布了<strong>《白皮书》</strong>一书"),
        ("增长**30%**以上", "增长<strong>30%</strong>以上"),
        ("这是**重点。**接着说", "这是<strong>重点。</strong>接着说"),
        ("参见**（附录）**和*【注】*部分", "参见<strong>（附录）</strong>和<em>【注】</em>部分"),
        ("价格是**￥99**元", "价格是<strong>￥99</strong>元"),
        ("叫做**`vLLM`**的引擎", "叫做<strong><code>vLLM</code></strong>的引擎"),
        ("看**[文档](https://example.org)**吧", '看<strong><a href="https://example.org">文档</a></strong>吧'),
        ("版本**v2.0!**已发布", "版本<strong>v2.0!</strong>已发布"),
        ("**速度：**提升两倍", "<strong>速度：</strong>提升两倍"),
        ("旧价~~（一百元）~~新价", "旧价<s>（一百元）</s>新价"),
        ("三重***强调（both）***在此", "三重<em><strong>强调（both）</strong></em>在此"),
        ("不~~是。~~对", "不<s>是。</s>对"),
        # Japanese: corner brackets, small kana, long vowel marks, half-width forms.
        ("これは**「強調」**です", "これは<strong>「強調」</strong>です"),
        ("新しい**モデル（GPT）**が出た", "新しい<strong>モデル（GPT）</strong>が出た"),
        ("**注意。**必ず読んで", "<strong>注意。</strong>必ず読んで"),
        ("価格は**¥100**です", "価格は<strong>¥100</strong>です"),
        ("これが*『本』*だ", "これが<em>『本』</em>だ"),
        ("**ﾃｽﾄ｡**終わり", "<strong>ﾃｽﾄ｡</strong>終わり"),
        ("〜**〜例〜**〜", "〜<strong>〜例〜</strong>〜"),
        ("~~「旧」~~新", "<s>「旧」</s>新"),
        # A variation selector belongs to the character before it.
        ("葛\U000e0100**（城）**市", "葛\U000e0100<strong>（城）</strong>市"),
        ("“\ufe01**引用**“\ufe01a", "“\ufe01<strong>引用</strong>“\ufe01a"),
        # Korean: particles follow without a blank.
        ("**스크립트(script)**라고", "<strong>스크립트(script)</strong>라고"),
        ("패키지를 **'새로'**설치", "패키지를 <strong>'새로'</strong>설치"),
        ("**이것은.**그리고", "<strong>이것은.</strong>그리고"),
        ("그는*“네”*라고", "그는<em>“네”</em>라고"),
        ("~~취소(cancel)~~하다", "<s>취소(cancel)</s>하다"),
        # An emoji is not CJK, and CommonMark's own rule holds beside it.
        ("a**(x)**👍", "a**(x)**👍"),
        ("字**(x)**👍", "字<strong>(x)</strong>👍"),
        # Underscores stay out of words, whatever their script.
        ("中__文__字", "中__文__字"),
        ("变量 _snake_case_ 名", "变量 <em>snake_case</em> 名"),
        # Blanks count as ever.
        ("这 ** 不是 ** 强调", "这 ** 不是 ** 强调"),
        ("全角\u3000**强调**\u3000空格", "全角\u3000<strong>强调</strong>\u3000空格"),
    ],
)
def test_emphasis_ends_where_a_reader_of_cjk_ends_it(markdown: str, shown: str) -> None:
    assert html(markdown) == shown


@settings(max_examples=1_000, deadline=None)
@given(st.text(alphabet="ab1 *_~()[].,!\"'`é\\-#\n\u00a0€", max_size=40))
def test_text_without_cjk_is_read_as_commonmark_reads_it(text: str) -> None:
    assert html(text) == html(text, PLAIN)


@pytest.mark.parametrize("character", "中あア가가。「（％￥〰㊗㈱𠮷︿ｱ〈🈂")
def test_a_character_of_the_three_scripts_is_cjk(character: str) -> None:
    assert is_cjk(character)


@pytest.mark.parametrize("character", "aéя“”…·—€😀⌚⭐🈚🀄①♥\u200d")
def test_any_other_character_is_not(character: str) -> None:
    assert not is_cjk(character)
