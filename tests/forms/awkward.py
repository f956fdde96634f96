"""Five hundred cells that something between a form and a record is known to spoil."""

from datetime import date
from random import Random

from tests.twins.spreadsheet import ERRORS, Broken, Cell, Moment

KNOWN: list[Cell] = [
    *(
        "00123",
        "0012345",
        "1E5",
        "1E400",
        "NaN",
        "Infinity",
        "1,234",
        "١٢٣",
        "1_000",
        "0x1F",
        "0",
        "0.10",
        "1.50",
        "-0",
    ),
    *(
        "=1+1",
        '=HYPERLINK("http://example.org")',
        "+44",
        "-5",
        "@x",
        "'quoted",
        '"quoted"',
        "`",
        "\\",
        "\\n",
        "%s",
        "{}",
    ),
    *("a;b", "a,b", "a\tb", "a\nb", "a\r\nb", "a\rb", "a\x0bb", "a\x0cb", "a\x1fb", "a\x7fb", "a\x85b", "a\u2028b"),
    *("null", "None", "nan", "true", "TRUE", "Yes", "no", "2017-10-31", "1/2", "3-4", "12:30", "Mar 1", "1e", "e1"),
    *("Zoë", "Zoe\u0308", "“curly”", "naïve", "Łódź", "İstanbul", "ß", "ẞ", "ﬁ", "Ω", "Ω", "가", "가", "ไทย"),
    *(
        "שלום",
        "a\u202eb",
        "a\u200bb",
        "a\ufeffb",
        "\ufeffa",
        "🙂",
        "👨‍👩‍👧",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "\U0001f3fd",
        "\U0010ffff",
        "\ufffd",
        "\uffff",
    ),
    *(
        "<b>bold</b>",
        "<script>",
        "&amp;",
        "&lt;",
        "'; DROP TABLE submission; --",
        "{{ 1 }}",
        "${x}",
        "<!channel>",
        "<@U1>",
    ),
    *("a\x00b", "\x00", "\ud800", "a\udfffb", "", " ", "\t", "\u3000", "\u200b", "x" * 5_000, "x" * 5_001, "é" * 5_000),
    *(0, 1, -1, 12345, 0.1, 1.5, 1e15, 1.2345678901234567e19, 1e-7, 43011.395833333336, True, False),
    *(Moment.on(date(2017, 10, 31)), Moment(43011.5)),
    *(Broken(words) for words in ERRORS),
    *ERRORS,
]
LETTERS = (
    *("abcXYZ 0123456789", ".,;:!?'\"()[]{}<>/\\|@#$%^&*-_=+~`", "\t\n\r \x0b\x0c\x1c\x1f\x7f\x85\xa0\xad"),
    *(
        "àéîõüßøœçñ",
        "ابتثجحخد",
        "अआइई\u093e\u094d",
        "漢字かなカナ",
        "\u0300\u0301\u200b\u200d\u200e\u202e\u2066\ufeff",
        "🙂👍🏽🇬🇧",
    ),
)


def awkward_cells(how_many: int, seed: int) -> list[Cell]:
    """Those that are known, and more that chance puts together."""
    chance, cells = Random(seed), list(KNOWN)
    while len(cells) < how_many:
        letters = "".join(chance.sample(LETTERS, chance.randint(1, 3)))
        cells.append("".join(chance.choices(letters, k=chance.randint(1, 40))))
    return cells[:how_many]
