"""Items as varied as real ones, Chinese and English, from a seed: words by Zipf's law, none of the texts repeated.

The most common words are real; the others are put together from characters and syllables, each as often as its rank
says, so that pairs of characters within words and between them are as unevenly spread as in what people write.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count

SEED = 6
# In so many items, whatever they are about.
EVERYWHERE, SHARE_OF_EVERYWHERE = "AI", 0.6

_CHINESE = """
的 了 在 是 和 与 将 为 对 中 年 月 日 新 可 其 已 更 等 也 上 并 以 从 到 不 被 让 用 于 模型 发布 开源 公司
数据 支持 智能 用户 推出 研究 技术 能力 训练 推理 芯片 平台 应用 开发者 系统 工具 性能 提升 团队 项目 代码
版本 更新 服务 安全 生成 语言 企业 市场 表示 全球 成本 美元 学习 视频 图像 机器人 人工智能 大模型 智能体
具身智能 上下文 数据中心 自动驾驶 操作系统 编程语言 供应链
"""
_ENGLISH = """
the of and to in a for is on with that by as it from at are an be this was or its has new can will more now
also into model release open source data support research training chip platform agent system code version
update security language company users million team world memory cloud network kernel server compiler
community project tool test
"""
_NAMES = ("Qwen3", "GPT-5", "DeepSeek V3", "Llama 4", "Rust 1.80", "Linux 6.9", "Claude", "Kubernetes", "PostgreSQL 17")
_SYLLABLES = """
ba be bi co cu da de di fa fo ga ge ha hi ka ke la le lo ma me mi na ne no pa pe ra re ri ro sa se so ta te ti
to va ve wi ze
"""
_ENDINGS = ("", "", "s", "n", "r", "ing", "ed", "er", "ly", "al", "ion")
# Of Chinese words, in characters; and how many characters there are.
_LENGTHS = (2, 2, 2, 2, 1, 3, 3, 4)
_CHARACTERS = 4500


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one item, and where it links to."""

    headline: str
    summary: str
    host: str
    is_chinese: bool


class Words:
    """Words, of which each comes up as often as its rank says."""

    def __init__(self, words: Sequence[str], *, exponent: float) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + 2.7) ** exponent for rank in range(len(words))))

    def some(self, chance: random.Random, number: int) -> list[str]:
        """Draw *number* of them, each with what came before forgotten."""
        return chance.choices(self.words, cum_weights=self._weights, k=number)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What items are written with."""

    chinese: Words
    english: Words
    hosts: Words


def a_vocabulary() -> Vocabulary:
    """Make the vocabulary, always the same."""
    chance = random.Random(SEED)
    characters = [chr(0x4E00 + at * 4) for at in range(_CHARACTERS)]
    chance.shuffle(characters)
    spread = Words(characters, exponent=0.8)
    chinese = _distinct(_CHINESE.split(), 60_000, lambda: "".join(spread.some(chance, chance.choice(_LENGTHS))))
    syllables = Words(_SYLLABLES.split(), exponent=0.3)
    english = _distinct(
        _ENGLISH.split(),
        60_000,
        lambda: "".join(syllables.some(chance, chance.randint(2, 4))) + chance.choice(_ENDINGS),
    )
    hosts = _distinct(
        ("x.com", "github.com", "arxiv.org", "mp.weixin.qq.com", "www.reddit.com", "news.ycombinator.com"),
        3_000,
        lambda: "".join(syllables.some(chance, 3)) + chance.choice((".com", ".org", ".io", ".cn", ".dev")),
    )
    return Vocabulary(Words(chinese, exponent=1.0), Words(english, exponent=1.05), Words(hosts, exponent=1.0))


def written(vocabulary: Vocabulary, number: int) -> Iterator[Written]:
    """Write *number* items, two in three of them in Chinese, always the same."""
    chance = random.Random(SEED + 1)
    for _ in range(number):
        is_chinese = chance.random() < 2 / 3
        write = _in_chinese if is_chinese else _in_english
        yield Written(
            headline=write(vocabulary, chance, chance.randint(6, 12) if is_chinese else chance.randint(5, 10)),
            summary=write(vocabulary, chance, chance.randint(20, 55) if is_chinese else chance.randint(15, 40)),
            host=vocabulary.hosts.some(chance, 1)[0],
            is_chinese=is_chinese,
        )


def _in_chinese(vocabulary: Vocabulary, chance: random.Random, length: int) -> str:
    words = vocabulary.chinese.some(chance, length)
    # As people write: a foreign name or a number in between, a comma, a full stop.
    _strew(words, chance, [*vocabulary.english.some(chance, 1), chance.choice(_NAMES), str(chance.randint(2, 2030))])
    for at in range(chance.randint(5, 9), len(words), 9):
        words[at] += "，"
    return "".join(words) + "。"


def _in_english(vocabulary: Vocabulary, chance: random.Random, length: int) -> str:
    words = vocabulary.english.some(chance, length)
    _strew(words, chance, [chance.choice(_NAMES), str(chance.randint(2, 2030))])
    return f"{words[0].title()} {' '.join(words[1:])}."


def _strew(words: list[str], chance: random.Random, others: Sequence[str]) -> None:
    for other in others:
        if chance.random() < 0.5:
            words.insert(chance.randrange(len(words) + 1), other)
    # Of two texts, so that the item has it with the share that is wanted.
    if chance.random() < 1 - (1 - SHARE_OF_EVERYWHERE) ** 0.5:
        words.insert(chance.randrange(len(words) + 1), EVERYWHERE)


def _distinct(first: Sequence[str], number: int, make: Callable[[], str]) -> list[str]:
    words = dict.fromkeys(first)
    for _ in count():
        if len(words) >= number:
            break
        words.setdefault(make())
    return list(words)
