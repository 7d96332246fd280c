"""The one door for every text."""

import pytest

from coach.words import numbers, translate
from coach.words.translate import count, tr


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate, "_translator", list(translate._translator))


def test_without_a_translator_the_text_stays() -> None:
    assert tr("Pause") == "Pause"
    assert tr("Esc", "the key") == "Esc"
    assert tr("%n sets", "", 3) == "3 sets"
    assert tr("100 %n") == "100 %n"


def test_english_has_one_and_many() -> None:
    assert [count(n, "%n set", "%n sets") for n in (0, 1, 2, 21)] == ["0 sets", "1 set", "2 sets", "21 sets"]


def test_every_text_goes_through_the_translator() -> None:
    asked: list[tuple[str, str, int]] = []

    def german(text: str, comment: str, n: int) -> str:
        asked.append((text, comment, n))
        return {"%n days ago": f"vor {n} Tagen", "Get ready": "Achtung"}.get(text, text)

    translate.use(german)

    assert tr("Get ready", "spoken") == "Achtung"
    assert count(3, "%n day ago", "%n days ago") == "vor 3 Tagen"
    assert asked == [("Get ready", "spoken", -1), ("%n days ago", "", 3)]


def test_numbers_are_looked_up_with_their_comment() -> None:
    translate.use(lambda text, comment, n: f"<{text}|{comment}>")

    assert numbers.spoken(7) == "<seven|a number, spoken>"
