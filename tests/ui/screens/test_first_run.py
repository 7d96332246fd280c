from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coach.app.ports import Trouble, TroubleKind
from coach.core.clinical.red_flags import ASKED, BY_NAME, FLAGS, Tier
from coach.core.log import Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.core.session.sounds import CueSound
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens.first_run import Finished, FirstRun
from coach.ui.screens.first_run_steps import FirstRoutine, Hip, RedFlags, SoundCheck, Welcome
from coach.ui.screens.safety import Safety, Screened
from coach.words import red_flags
from tests.ui import walk
from tests.ui.desks import Devices, demo_desk


@pytest.fixture
def devices() -> Devices:
    return Devices()


@pytest.fixture
def desk(tmp_path: Path, devices: Devices) -> Iterator[Desk]:
    made = demo_desk(tmp_path, devices)
    yield made
    made.close()


@pytest.fixture
def first(qtbot: QtBot, desk: Desk) -> Iterator[FirstRun]:
    made = FirstRun(desk)
    walk.opened(qtbot, made, 1200, 800)
    yield made
    made.close()


def at(first: FirstRun, kind: type, tier: Tier | None = None) -> None:
    """Go on, as a person would who has nothing to say, until the page of that kind is shown."""
    for _ in range(10):
        page = first.page
        if isinstance(page, kind) and (not isinstance(page, RedFlags) or page.questions.tier is tier):
            return
        if isinstance(page, SoundCheck):
            first.skip_to_next()
            continue
        if isinstance(page, RedFlags):
            page.questions.none.setChecked(True)
        walk.key(Qt.Key.Key_Return)
    raise AssertionError("no such page")


def flags_of(desk: Desk) -> list[str]:
    today = desk.today()
    assert today is not None
    return [flag.name for flag in today.flags]


def questions(first: FirstRun) -> RedFlags:
    assert isinstance(first.page, RedFlags)
    return first.page


def test_the_keyboard_alone_leads_through_every_page(first: FirstRun, desk: Desk) -> None:
    finished: list[Finished] = []
    first.on_finished(finished.append)

    walk.key(Qt.Key.Key_Return)  # welcome
    walk.key(Qt.Key.Key_Right)  # which hip: from "not sure" round to "left"
    walk.key(Qt.Key.Key_Tab)  # the first place
    walk.key(Qt.Key.Key_Space)
    walk.key(Qt.Key.Key_Return)
    for _ in Tier:
        for _ in range(20):
            if walk.focused() is questions(first).questions.none:
                break
            walk.key(Qt.Key.Key_Tab)
        walk.key(Qt.Key.Key_Space)
        walk.key(Qt.Key.Key_Return)
    assert isinstance(first.page, SoundCheck)
    for _ in range(10):
        if walk.spoken_name(walk.focused() or first) == "Next":
            break
        walk.key(Qt.Key.Key_Tab)
    walk.key(Qt.Key.Key_Return)
    assert isinstance(first.page, FirstRoutine)
    walk.key(Qt.Key.Key_Return)

    assert finished == [Finished()]
    assert desk.settings.pain_sites == (PainSite.LATERAL,)
    assert desk.settings.set_up
    assert desk.settings.screened == "2026-11-20"
    assert desk.settings.in_use == ("first-days",)


def test_the_keyboard_is_seen_where_it_went(first: FirstRun) -> None:
    walk.key(Qt.Key.Key_Return)

    here = walk.focused()
    assert here is not None
    assert theme.focus_visible(here)


def test_the_first_page_says_what_it_is_and_what_it_is_not(first: FirstRun) -> None:
    assert isinstance(first.page, Welcome)
    said = walk.texts(first)

    assert "Not a medical device" in said
    assert "stays on this computer" in said
    assert "Back" not in said.splitlines()


def test_hip_and_places_are_kept(first: FirstRun, desk: Desk) -> None:
    at(first, Hip)
    page = first.page
    assert isinstance(page, Hip)

    page.hip.segment("right").setFocus()
    walk.key(Qt.Key.Key_Space)
    for site in (PainSite.LATERAL, PainSite.GROIN):
        page.sites[site].setFocus()
        walk.key(Qt.Key.Key_Space)
    walk.key(Qt.Key.Key_Return)

    assert desk.settings.hip == "right"
    assert desk.settings.pain_sites == (PainSite.LATERAL, PainSite.GROIN)


def test_a_place_that_is_pressed_ticks_its_words_and_the_other_way_round(first: FirstRun, desk: Desk) -> None:
    at(first, Hip)
    page = first.page
    assert isinstance(page, Hip)
    left = Spot(PainSite.GROIN, BodySide.LEFT)

    QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=page.chart.middle_of(left).toPoint())
    page.sites[PainSite.BACK].click()

    assert page.sites[PainSite.GROIN].isChecked()
    assert set(page.chart.spots) == {left, Spot(PainSite.BACK)}
    page.sites[PainSite.GROIN].click()
    assert left not in page.chart.spots
    walk.key(Qt.Key.Key_Return)
    assert desk.settings.pain_sites == (PainSite.BACK,)


def test_words_that_are_ticked_show_the_sore_side(first: FirstRun) -> None:
    at(first, Hip)
    page = first.page
    assert isinstance(page, Hip)
    page.hip.segment("left").click()

    page.sites[PainSite.LATERAL].click()

    assert page.chart.spots == (Spot(PainSite.LATERAL, BodySide.LEFT),)


def test_a_sign_in_the_back_is_answered_at_once(first: FirstRun) -> None:
    at(first, Hip)
    page = first.page
    assert isinstance(page, Hip)

    page.sites[PainSite.BACK].click()

    assert "let a clinician look before you train" in walk.texts(first)


@pytest.mark.parametrize("tier", list(Tier))
def test_a_tier_is_never_passed_over_without_an_answer(first: FirstRun, tier: Tier) -> None:
    at(first, RedFlags, tier)
    assert "Skip this page" not in walk.texts(first)

    walk.key(Qt.Key.Key_Return)

    assert questions(first).questions.tier is tier
    assert "“None of these”" in first.page.notice.text
    questions(first).questions.none.click()
    assert first.page.notice.isHidden()


def in_sight(first: FirstRun, widget: QWidget) -> bool:
    for _ in range(4):
        QApplication.processEvents()
    view = first.page.findChildren(QScrollArea)[0].viewport()
    return view.rect().contains(widget.mapTo(view, QPoint(0, widget.height())))


def test_advice_is_seen_at_once_where_the_page_is_longer_than_the_window(first: FirstRun) -> None:
    walk.resized(first, 1097, 585)
    at(first, RedFlags, Tier.REFER)
    asked = questions(first).questions
    flag, row = list(asked.statements.items())[-1]

    row.click()

    assert in_sight(first, asked._advice[flag])


@pytest.mark.parametrize("flag", FLAGS, ids=[flag.name for flag in FLAGS])
def test_every_flag_has_its_question_and_its_advice(flag: object) -> None:
    found = next(one for one in FLAGS if one is flag)

    assert red_flags.question(found) if found.asked else True
    assert red_flags.short(found)
    assert red_flags.advice(found).startswith(red_flags.action(found.tier))


def test_the_emergency_numbers_are_named() -> None:
    assert "112 in Europe, 999 in the UK, 911 in North America" in red_flags.action(Tier.EMERGENCY)
    assert "no hop tests" in red_flags.action(Tier.URGENT)
    assert "within 1 to 2 days" in red_flags.action(Tier.URGENT)
    assert "within two weeks" in red_flags.action(Tier.REFER)


def test_nothing_is_diagnosed() -> None:
    said = " ".join(red_flags.advice(flag) + red_flags.short(flag) for flag in FLAGS).lower()
    said += " ".join(red_flags.question(flag) for flag in ASKED).lower()

    for word in ("you have a ", "fracture", "sepsis", "cauda", "thrombosis", "necrosis", "diagnos"):
        assert word not in said


def test_a_tick_shows_its_advice_at_once_and_is_kept(first: FirstRun, desk: Desk) -> None:
    at(first, RedFlags, Tier.EMERGENCY)
    asked = questions(first).questions
    flag = BY_NAME["cold_white_leg"]

    asked.statements[flag].setFocus()
    walk.key(Qt.Key.Key_Space)
    assert "Call your local emergency number now" in asked.said(flag)
    assert "Call your local emergency number now" in walk.texts(first)

    walk.key(Qt.Key.Key_Return)
    assert flags_of(desk) == ["cold_white_leg"]
    assert desk.blocked()


@pytest.mark.parametrize("name, stays", [
    ("cold_white_leg", True), ("groin_pain_with_running", True), ("limp_over_3_days", False),
])  # fmt: skip
def test_a_tick_taken_back_clears_only_what_blocks_no_loading(
    first: FirstRun, desk: Desk, name: str, stays: bool
) -> None:
    """Else the monthly questions would do what only a clinician's look may do."""
    flag = BY_NAME[name]
    desk.flag(name, raised=True)
    at(first, RedFlags, flag.tier)
    asked = questions(first).questions
    row = asked.statements[flag]
    assert row.isChecked(), "what was true the last time is ticked"

    row.click()
    asked.none.click()
    assert ("stands until a clinician has looked" in asked.said(flag)) is stays
    walk.key(Qt.Key.Key_Return)

    assert flags_of(desk) == ([name] if stays else [])
    assert not [one for one in desk.reading().flags() if not one.raised] or not stays


def test_none_and_a_sign_rule_each_other_out(first: FirstRun) -> None:
    at(first, RedFlags, Tier.URGENT)
    asked = questions(first).questions

    asked.none.click()
    asked.first.click()
    assert not asked.none.isChecked()

    asked.none.click()
    assert asked.raised == ()
    assert asked.said(next(iter(asked.statements))) == ""


def test_a_disk_that_is_full_is_told_and_does_not_shut_anybody_in(
    first: FirstRun, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.app.errors import Reason, Unavailable
    from coach.app.surroundings import Surroundings

    at(first, RedFlags, Tier.EMERGENCY)

    def full(self: Surroundings, patience_s: float = 5.0) -> object:
        raise Unavailable(Reason.DISK_FULL, "coach.db")

    monkeypatch.setattr(Surroundings, "open_log", full)
    questions(first).questions.first.click()

    walk.key(Qt.Key.Key_Return)
    assert questions(first).questions.tier is Tier.EMERGENCY
    assert "disk is full" in first.page.notice.text

    walk.key(Qt.Key.Key_Return)
    assert questions(first).questions.tier is Tier.URGENT


def test_the_sound_check_plays_and_asks(first: FirstRun, desk: Desk, devices: Devices, qtbot: QtBot) -> None:
    at(first, SoundCheck)
    page = first.page
    assert isinstance(page, SoundCheck)

    page.cue.test.click()
    page.voice.test.click()
    qtbot.waitUntil(lambda: bool(devices.sounds[0].played and devices.speeches[0].said), timeout=5000)
    assert devices.sounds[0].played == [CueSound.GET_READY]
    assert devices.speeches[0].said == ["Clamshell, left side. Twelve reps. Get ready."]

    page.cue.answer.segment("yes").click()
    page.voice.answer.segment("no").click()
    page.voice.answer.segment("no").setFocus()
    assert page.cue.said.startswith("Good.")
    assert "speech-dispatcher" in page.voice.said
    assert not desk.settings.voice

    walk.key(Qt.Key.Key_Return)
    assert [one.closed for one in (devices.sounds[0], devices.speeches[0])] == [True, True]


def test_what_keeps_the_coach_silent_is_said_without_being_asked(
    first: FirstRun, devices: Devices, qtbot: QtBot
) -> None:
    devices.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    devices.voice_trouble = Trouble(TroubleKind.NO_ENGINE)
    at(first, SoundCheck)
    page = first.page
    assert isinstance(page, SoundCheck)

    qtbot.waitUntil(lambda: bool(page.cue.said and page.voice.said), timeout=3000)

    assert "No sound device was found" in page.cue.said
    assert "No voice was found" in page.voice.said
    first.skip_to_next()


def test_the_sound_check_may_be_skipped(first: FirstRun) -> None:
    at(first, SoundCheck)

    first.skip_to_next()

    assert isinstance(first.page, FirstRoutine)


def test_at_least_one_routine_is_chosen(first: FirstRun, desk: Desk) -> None:
    at(first, FirstRoutine)
    page = first.page
    assert isinstance(page, FirstRoutine)
    assert "First days (recommended)" in walk.texts(first)
    assert "about 12 min · 5 exercises · every day" in page.choices["first-days"].accessibleDescription()

    page.choices["first-days"].click()
    walk.key(Qt.Key.Key_Return)
    assert not desk.settings.set_up

    page.choices["mobility"].click()
    walk.key(Qt.Key.Key_Return)
    assert desk.settings.in_use == ("mobility",)
    assert desk.settings.set_up


def test_a_routine_that_the_terminal_took_in_meanwhile_stays_in_use(first: FirstRun, desk: Desk) -> None:
    at(first, FirstRoutine)
    desk.surroundings.settings_file().change(lambda known: replace(known, in_use=("physio", *known.in_use)))

    walk.key(Qt.Key.Key_Return)

    assert desk.settings.in_use == ("physio", "first-days")


def test_back_keeps_what_was_ticked(first: FirstRun) -> None:
    at(first, RedFlags, Tier.URGENT)
    asked = questions(first).questions
    asked.first.click()

    first.go_back()
    walk.key(Qt.Key.Key_Return)

    assert asked.first.isChecked()


@pytest.mark.parametrize("page", range(7))
def test_every_page_can_be_used_without_a_mouse_and_without_sight(first: FirstRun, page: int) -> None:
    for _ in range(page):
        first.skip_to_next()
    QApplication.processEvents()

    assert walk.nameless(first) == []
    assert walk.too_small(first) == []
    assert walk.not_plain(first) == []
    assert walk.not_reached(first) == []


@pytest.mark.parametrize("page", range(7))
def test_texts_of_twice_the_length_fit(qtbot: QtBot, desk: Desk, page: int) -> None:
    with walk.doubled():
        first = FirstRun(desk)
        qtbot.addWidget(first)
        first.show()
        for _ in range(page):
            first.skip_to_next()
        if isinstance(first.page, RedFlags):
            first.page.questions.first.click()

        assert walk.every_size(first, lambda: walk.cut_off(first)) == {}
        first.close()


def test_the_safety_questions_are_asked_again_on_one_page(qtbot: QtBot, desk: Desk) -> None:
    desk.flag("limp_over_3_days", raised=True)
    sheet = Safety(desk)
    left: list[Screened] = []
    sheet.on_ended(left.append)
    walk.opened(qtbot, sheet, 1004, 800)
    sheet.first_focus()

    sheet.keep()
    assert left == [], "two tiers are not answered yet"
    assert sheet.notice.isVisible()

    for asked in sheet.tiers:
        asked.none.click()
    assert sheet.notice.isHidden()
    sheet.keep()
    assert left == [Screened(kept=True)]
    assert flags_of(desk) == []
    assert desk.settings.screened == "2026-11-20"
    assert walk.nameless(sheet) == []
    assert walk.not_reached(sheet) == []
