from bot.chat.keyboards import button, keyboard, packed
from bot.messages.taps import Close


def rows(*labels: str) -> list[list[str]]:
    return [[each.text for each in row] for row in packed(button(label, Close()) for label in labels)]


def test_short_labels_share_a_row_and_long_ones_have_their_own() -> None:
    assert rows("Bees", "Wasps", "Ants") == [["Bees", "Wasps"], ["Ants"]]
    assert rows("Bees", "Machine learning research", "Ants") == [["Bees"], ["Machine learning research"], ["Ants"]]
    assert rows("开源动态", "大语言模型技术前沿") == [["开源动态"], ["大语言模型技术前沿"]]


def test_a_label_that_no_phone_shows_whole_is_cut() -> None:
    assert rows("x" * 700) == [["x" * 39 + "…"]]


def test_a_keyboard_has_no_empty_rows() -> None:
    assert len(keyboard([], [button("Done", Close())], []).inline_keyboard) == 1
