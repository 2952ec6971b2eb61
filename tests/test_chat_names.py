import pytest

from bot.chat.names import read_names
from bot.digests.categories import categories_of

KNOWN = {c.folded: c for c in categories_of(["AI 资讯", "AI快讯", "开源动态", "开源", "Machine Learning", "AI"])}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        (" ,，、 ", []),
        ('""', []),
        ("AI 资讯", ["AI 资讯"]),
        ("ai资讯", ["AI 资讯"]),
        ("ＡＩ-资讯", ["AI 资讯"]),
        ("开源动态 AI快讯", ["开源动态", "AI快讯"]),
        ("开源动态 AI 快讯", ["开源动态", "AI快讯"]),
        ("开源 AI 资讯 AI", ["开源", "AI 资讯", "AI"]),
        ("AI, 资讯", ["AI", "资讯"]),
        ("AI，开源、开源动态", ["AI", "开源", "开源动态"]),
        ("开源动态 AI快讯, 机器人", ["开源动态", "AI快讯", "机器人"]),
        ("AI chips, 开源 硬件", ["AI chips", "开源 硬件"]),
        ('"AI chips" 开源', ["AI chips", "开源"]),
        ("“AI 芯片”「开源 硬件」", ["AI 芯片", "开源 硬件"]),
        ("”AI 芯片”", ["AI 芯片"]),
        ("#开源动态 #AI快讯", ["开源动态", "AI快讯"]),
        ("#AI_资讯", ["AI 资讯"]),
        ("#robots #chips", ["robots", "chips"]),
        ("C#", ["C#"]),
        ("machine learning", ["Machine Learning"]),
        ("deep learning", ["deep learning"]),
        ("deep learning machine learning", ["deep learning", "Machine Learning"]),
        ("机器人 量子计算", ["机器人", "量子计算"]),
        ("AI 芯片", ["AI", "芯片"]),
        ("开源 开源 开 源", ["开源"]),
        ('don"t', ['don"t']),
    ],
)
def test_names_are_read_as_they_were_meant(typed: str, names: list[str]) -> None:
    assert [category.name for category in read_names(typed, KNOWN)] == names


def test_a_message_full_of_words_is_read_in_no_time() -> None:
    assert len(read_names("a " * 2000, KNOWN)) == 1
