"""Where somebody may live who reads a language: pure."""

# Those most of whose readers share one clock; English, Spanish, Portuguese and Arabic are not among them.
_HOMES = {
    "be": "Europe/Minsk", "bg": "Europe/Sofia", "bn": "Asia/Dhaka", "cs": "Europe/Prague", "da": "Europe/Copenhagen",
    "de": "Europe/Berlin", "el": "Europe/Athens", "et": "Europe/Tallinn", "fa": "Asia/Tehran",
    "fi": "Europe/Helsinki", "fr": "Europe/Paris", "he": "Asia/Jerusalem", "hi": "Asia/Kolkata",
    "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "id": "Asia/Jakarta", "it": "Europe/Rome", "ja": "Asia/Tokyo",
    "ka": "Asia/Tbilisi", "ko": "Asia/Seoul", "lt": "Europe/Vilnius", "lv": "Europe/Riga", "ms": "Asia/Kuala_Lumpur",
    "nb": "Europe/Oslo", "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "pl": "Europe/Warsaw",
    "ro": "Europe/Bucharest", "ru": "Europe/Moscow", "sk": "Europe/Bratislava", "sr": "Europe/Belgrade",
    "sv": "Europe/Stockholm", "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "uk": "Europe/Kyiv",
    "uz": "Asia/Tashkent", "vi": "Asia/Ho_Chi_Minh", "zh": "Asia/Shanghai",
}  # fmt: skip
# Hong Kong and Macau have their own, and the same clock.
_TRADITIONAL = {"hant": "Asia/Taipei", "tw": "Asia/Taipei", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau"}


def guessed_zone(tag: str | None) -> str | None:
    """Guess the zone of who reads the language of this BCP 47 tag; None: it may be anywhere."""
    language, *more = (tag or "").replace("_", "-").lower().split("-")
    for subtag in more:
        if language == "zh" and subtag in _TRADITIONAL:
            return _TRADITIONAL[subtag]
    return _HOMES.get(language)
