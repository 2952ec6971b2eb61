"""Which zone is meant by the name of a place."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.messages.times import place
from bot.zones.guessed import guessed_zone
from bot.zones.located import zone_at
from bot.zones.named import is_zone, nearest, zones_called, zones_named

SHANGHAI, BERLIN, NEW_YORK, TOKYO = "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Tokyo"


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin", BERLIN),
        ("  berlin ", BERLIN),
        ("BERLIN", BERLIN),
        ("柏林", BERLIN),
        ("Munich", BERLIN),
        ("München", BERLIN),
        ("慕尼黑", BERLIN),
        ("Germany", BERLIN),
        ("德国", BERLIN),
        ("CET", BERLIN),
        ("Europe/Berlin", BERLIN),
        ("europe/berlin", BERLIN),
        ("New York", NEW_YORK),
        ("new-york", NEW_YORK),
        ("New_York", NEW_YORK),
        ("NYC", NEW_YORK),
        ("纽约", NEW_YORK),
        ("紐約", NEW_YORK),
        ("Boston", NEW_YORK),
        ("Eastern Time", NEW_YORK),
        ("上海", SHANGHAI),
        ("北京", SHANGHAI),
        ("北京市", SHANGHAI),
        ("北京时间", SHANGHAI),
        ("中国", SHANGHAI),
        ("广东省深圳市南山区", SHANGHAI),
        ("Beijing", SHANGHAI),
        ("东京", TOKYO),
        ("東京", TOKYO),
        ("大阪", TOKYO),
        ("日本", TOKYO),
        ("Japan", TOKYO),
        ("香港", "Asia/Hong_Kong"),
        ("台北", "Asia/Taipei"),
        ("臺北", "Asia/Taipei"),
        ("台湾", "Asia/Taipei"),
        ("新加坡", "Asia/Singapore"),
        ("Mumbai", "Asia/Kolkata"),
        ("India", "Asia/Kolkata"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kiev", "Europe/Kyiv"),
        ("São Paulo", "America/Sao_Paulo"),
        ("San Francisco", "America/Los_Angeles"),
        ("旧金山", "America/Los_Angeles"),
        ("Xi'an", SHANGHAI),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("UTC+8", "Etc/GMT-8"),
        ("+8", "Etc/GMT-8"),
        ("GMT -5", "Etc/GMT+5"),
        ("utc+0", "UTC"),
    ],
)
def test_a_place_has_a_zone_however_it_is_typed(typed: str, zone: str) -> None:
    assert zones_named(typed) == (zone,)


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("乌鲁木齐", (SHANGHAI, "Asia/Urumqi")),
        ("CST", ("America/Chicago", SHANGHAI)),
    ],
)
def test_a_name_may_stand_for_several(typed: str, zones: tuple[str, ...]) -> None:
    assert zones_named(typed) == zones


def test_a_country_of_many_zones_offers_what_fits_under_a_message() -> None:
    for country in ("USA", "俄罗斯", "Canada", "澳大利亚", "Brazil", "Mexico", "Indonesia", "Kazakhstan"):
        assert 1 <= len(zones_named(country)) <= 8


@pytest.mark.parametrize(
    "typed", ["", " ", "Nowhere", "某地", "UTC+15", "UTC-13", "1:zone:UTC", "\x00", "../etc", "x" * 10_000]
)
def test_what_is_no_place_has_no_zone(typed: str) -> None:
    assert zones_named(typed) == ()


def test_whatever_is_named_is_a_zone_that_there_is() -> None:
    for zone in available_timezones():
        for named in zones_named(zone):
            ZoneInfo(named)


def test_a_place_inside_a_sentence_is_not_what_the_sentence_is_called() -> None:
    assert zones_called("每天8点 柏林") == ()
    assert zones_named("每天8点 柏林") == (BERLIN,)


@pytest.mark.parametrize(
    ("typed", "zone"), [("Londn", "Europe/London"), ("Singapor", "Asia/Singapore"), ("New Yrok", NEW_YORK)]
)
def test_what_is_nearly_spelled_right_has_its_place_near(typed: str, zone: str) -> None:
    assert zone in nearest(typed)


@pytest.mark.parametrize("name", ["Asia/Nowhere", "", "../../etc/passwd", "asia/shanghai"])
def test_a_forged_name_is_none(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("tag", "zone"),
    [
        ("zh-hans", SHANGHAI),
        ("zh", SHANGHAI),
        ("zh-Hant", "Asia/Taipei"),
        ("zh-TW", "Asia/Taipei"),
        ("zh_HK", "Asia/Hong_Kong"),
        ("de-AT", BERLIN),
        ("ja", TOKYO),
        ("en", None),
        ("pt-br", None),
        ("", None),
        (None, None),
    ],
)
def test_the_zone_is_guessed_by_the_language_where_most_of_its_readers_share_one(
    tag: str | None, zone: str | None
) -> None:
    assert guessed_zone(tag) == zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (31.23, 121.47, SHANGHAI),
        (52.52, 13.40, BERLIN),
        (-13.83, -171.76, "Pacific/Apia"),
        (0.0, -30.0, "Etc/GMT+2"),
        (90.0, 0.0, "Etc/GMT"),
    ],
)
def test_a_location_has_a_zone_anywhere(latitude: float, longitude: float, zone: str) -> None:
    assert zone_at(latitude, longitude) == zone


def test_every_zone_has_a_name_in_each_language() -> None:
    for language in ("en", "zh-Hans"):
        for zone in available_timezones():
            shown = place(language, zone)
            assert shown
            assert "/" not in shown
            assert "_" not in shown
