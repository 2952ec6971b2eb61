"""Chinese has a blank beside Latin letters and digits, and nowhere else."""

from datetime import timedelta

import pytest

from bot.messages.rows import in_a_row, lasting


@pytest.mark.parametrize(
    ("things", "row"),
    [
        (["3 人", "1 个群组", "1 个频道"], "3 人、1 个群组和 1 个频道"),
        (["AI", "开源"], "AI 和开源"),
        (["开源", "AI"], "开源和 AI"),
        (["“AI”", "“开源”"], "“AI”和“开源”"),
        # What is named is shown as it is.
        (["AI工具", "C语言"], "AI工具和 C语言"),
        (["AI"], "AI"),
        ([], ""),
    ],
)
def test_in_chinese_a_blank_stands_beside_digits_and_latin_letters_alone(things: list[str], row: str) -> None:
    assert in_a_row("zh-Hans", things) == row


def test_other_languages_are_left_as_they_are() -> None:
    assert in_a_row("en", ["3 people", "1 group"]) == "3 people and 1 group"
    assert in_a_row("en", ["a", "b"], style="or") == "a or b"
    assert lasting("en", timedelta(seconds=1)) == "1 second"


def test_in_chinese_a_length_of_time_has_blanks_between_number_and_unit() -> None:
    assert lasting("zh-Hans", timedelta(seconds=1)) == "1 秒钟"
    assert lasting("zh-Hans", timedelta(minutes=12)) == "12 分钟"
