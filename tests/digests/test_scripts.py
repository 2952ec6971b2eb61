"""The script tells the language where it is plain."""

import pytest

from bot.digests.scripts import language_by_script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("蜜蜂回来了，今年的花蜜比去年多。", "zh"),
        ("Nvidia在开源社区表现卓越，Hugging Face影响力持续扩大", "zh"),
        ("開源模型再添新成員", "zh"),
        ("日文的の出现一次，这仍然是一篇很长的中文文章，说的都是中文的事情，一点也不难认出来。", "zh"),
        ("新しいモデルが公開されました", "ja"),
        ("オープンソースのLLMを試す", "ja"),
        ("새로운 모델이 공개되었습니다", "ko"),
        ("GPT-5 모델 공개", "ko"),
        ("The bees are back", None),
        ("The bees (蜜蜂) are back, and the wasps are not", None),
        ("Пчёлы вернулись", None),
        ("2025.07.22 🐝 — 1, 2, 3", None),
        ("", None),
    ],
)
def test_a_text_mostly_in_one_script_is_in_its_language(text: str, language: str | None) -> None:
    assert language_by_script(text) == language


def test_a_long_text_is_judged_by_its_beginning() -> None:
    assert language_by_script("蜜蜂" * 10_000 + "bees " * 100_000) == "zh"
