import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from coach import __version__
from coach.app import copies
from coach.app.errors import BeingReplaced, Damaged
from coach.app.licences import Part
from coach.app.ports import Trouble, TroubleKind
from coach.app.settings import Settings
from coach.app.surroundings import Log, Surroundings
from coach.app.window_lock import WindowLock
from coach.core.routine.exercise import PainSite
from coach.core.session.sounds import CueSound
from coach.paths import Home
from coach.ui.presenters.data import Done
from coach.ui.presenters.desk import Desk, Failure
from coach.ui.screens.about import Licences
from coach.ui.screens.safety import Safety
from coach.ui.screens.settings import SettingsPage
from coach.ui.screens.settings_cards import ReminderCard
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.segmented import Segmented
from tests.ui import walk
from tests.ui.desks import Devices, demo_desk, demo_surroundings
from tests.ui.fakes import data, plain


@pytest.fixture
def devices() -> Devices:
    return Devices()


@pytest.fixture
def desk(tmp_path: Path, devices: Devices) -> Iterator[Desk]:
    made = demo_desk(tmp_path, devices)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[SettingsPage]:
    made = SettingsPage(desk)
    walk.opened(qtbot, made)
    yield made
    made.close()


def stored(desk: Desk) -> Settings:
    """What the next start will read."""
    return desk.surroundings.settings_file().read().settings


def pick(control: Segmented, value: str) -> None:
    control.segment(value).setFocus()
    walk.key(Qt.Key.Key_Space)


def press(button: Button) -> None:
    button.setFocus()
    walk.key(Qt.Key.Key_Space)


def test_every_choice_is_on_disk_at_once(page: SettingsPage, desk: Desk) -> None:
    pick(page.look.appearance, "dark")
    pick(page.look.units, "mi")
    pick(page.session.ticks, "10")
    pick(page.session.reps, "self")
    pick(page.person.hip, "left")
    pick(page.figure.skin, "deep")
    pick(page.figure.hair, "grey")
    for switch in (page.hearing.on, page.voice.on, page.look.less_motion):
        switch.setFocus()
        walk.key(Qt.Key.Key_Space)
    page.person.sites[PainSite.GROIN].setFocus()
    walk.key(Qt.Key.Key_Space)
    page.look.weekday.setFocus()
    walk.key(Qt.Key.Key_End)

    assert stored(desk) == Settings(
        appearance="dark",
        units="mi",
        countdown=10,
        self_paced=True,
        hip="left",
        skin="deep",
        hair="grey",
        sound=False,
        voice=False,
        less_motion=True,
        pain_sites=(PainSite.GROIN,),
        first_weekday=6,
    )


def test_what_the_voice_says_can_be_chosen_while_it_is_on(page: SettingsPage, desk: Desk) -> None:
    page.voice.counts.click()
    assert not stored(desk).say_counts

    page.voice.on.click()
    assert not page.voice.counts.isEnabled()
    assert not page.voice.name.isEnabled()


def test_what_is_chosen_is_shown(qtbot: QtBot, desk: Desk) -> None:
    chosen = Settings(
        sound=False, volume=35, voice=False, countdown=5, self_paced=True, appearance="light", units="mi", hip="both"
    )
    desk.choose(**{name: getattr(chosen, name) for name in Settings.__struct_fields__})

    page = SettingsPage(desk)
    walk.opened(qtbot, page)

    assert not page.hearing.on.isChecked()
    assert page.hearing.volume.value() == 35
    assert "35 %" in walk.texts(page)
    assert (page.session.ticks.value, page.session.reps.value) == ("5", "self")
    assert (page.look.appearance.value, page.look.units.value, page.person.hip.value) == ("light", "mi", "both")
    page.close()


def test_what_is_changed_elsewhere_is_shown_and_not_stored_again(page: SettingsPage, desk: Desk) -> None:
    desk.choose(hip="right", countdown=0)

    assert (page.person.hip.value, page.session.ticks.value) == ("right", "0")


def test_the_volume_is_stored_once_it_rests(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    page.hearing.volume.setFocus()
    for _ in range(3):
        walk.key(Qt.Key.Key_Left)

    assert "65 %" in walk.texts(page)
    assert desk.settings.volume == 80
    qtbot.waitUntil(lambda: desk.settings.volume == 65, timeout=3000)


def test_the_slider_follows_the_pointer(page: SettingsPage) -> None:
    slider = page.hearing.volume

    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 1, 20))
    assert slider.value() == 100

    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(0, 20))
    assert slider.value() == 0
    slider.settle()


def test_a_test_is_heard_as_loud_and_as_fast_as_was_chosen_a_moment_ago(
    page: SettingsPage, desk: Desk, devices: Devices, qtbot: QtBot
) -> None:
    assert devices.sounds == [], "no device is woken before it is asked for"
    page.hearing.volume.setValue(40)
    page.voice.rate.setValue(5)

    press(page.hearing.cue)
    press(page.hearing.speak)
    qtbot.waitUntil(lambda: bool(devices.sounds[0].played and devices.speeches[0].said), timeout=5000)

    assert devices.sounds[0].played == [CueSound.GET_READY]
    assert devices.sounds[0].volume == 40
    assert (desk.settings.volume, desk.settings.voice_rate) == (40, 0.5)


def test_another_voice_is_heard_at_the_next_test(
    page: SettingsPage, desk: Desk, devices: Devices, qtbot: QtBot
) -> None:
    press(page.hearing.speak)
    desk.choose(voice_name="Anna")
    press(page.hearing.speak)

    assert len(devices.speeches) == 2
    assert devices.speeches[0].closed


def test_the_devices_are_let_go_when_the_page_is_left(page: SettingsPage, devices: Devices) -> None:
    press(page.hearing.cue)
    press(page.hearing.speak)

    page.hide()

    assert [devices.sounds[0].closed, devices.speeches[0].closed] == [True, True]


def test_what_is_wrong_with_the_sound_is_said(page: SettingsPage, devices: Devices, qtbot: QtBot) -> None:
    devices.sound_trouble = Trouble(TroubleKind.NO_DEVICE)
    devices.voice_trouble = Trouble(TroubleKind.NO_ENGINE)

    press(page.hearing.cue)
    assert "No sound device was found" in page.hearing.trouble.said
    press(page.hearing.speak)
    assert "No voice was found" in page.hearing.trouble.said


def test_voices_are_listed_off_the_window_s_thread(qtbot: QtBot, desk: Desk) -> None:
    threads: list[threading.Thread] = []
    evil = '<img src="x">'

    def list_voices() -> tuple[str, ...]:
        threads.append(threading.current_thread())
        return ("Anna", evil)

    desk.choose(voice_name="Gone")
    page = SettingsPage(desk, list_voices=list_voices)
    walk.opened(qtbot, page)
    qtbot.waitUntil(lambda: page.voice.name.count() == 4)

    assert threads[0] is not threading.main_thread()
    assert page.voice.name.currentData() == "Gone", "a voice that is not there now is not forgotten"
    page.voice.name.setFocus()
    walk.key(Qt.Key.Key_Home)
    assert desk.settings.voice_name == ""
    walk.key(Qt.Key.Key_Down)
    assert desk.settings.voice_name == "Anna"
    page.close()


def test_settings_that_could_not_be_read_are_named(qtbot: QtBot, tmp_path: Path) -> None:
    surroundings = demo_surroundings(tmp_path)
    surroundings.home.settings.write_text('{"volume": 500}')
    page = SettingsPage(Desk(surroundings))
    qtbot.addWidget(page)

    assert "volume" in page.notice.text


def test_the_safety_questions_can_be_answered_again(page: SettingsPage, desk: Desk) -> None:
    press(page.person.safety)
    (sheet,) = page.findChildren(Safety)
    assert sheet.isVisible()

    for asked in sheet.tiers:
        asked.none.click()
    sheet.keep()
    QApplication.processEvents()

    assert "Last answered: today." in walk.texts(page)
    assert walk.focused() is page.person.safety


def test_escape_leaves_the_safety_questions_as_they_were(page: SettingsPage, desk: Desk) -> None:
    press(page.person.safety)

    walk.key(Qt.Key.Key_Escape)

    assert "Not answered yet." in walk.texts(page)
    assert desk.settings.screened == ""


# -- the data as a whole --------------------------------------------------------------------------------------------


def chosen(page: SettingsPage, button: Button, path: Path) -> None:
    """Press the button, and choose the file in the dialog it opens."""
    press(button)
    (dialog,) = (one for one in page.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    page.activateWindow()
    for _ in range(100):
        QApplication.processEvents()
        if page.isActiveWindow():
            break


def over(page: SettingsPage, qtbot: QtBot) -> str:
    """Wait for what was begun; return what is said of it."""
    qtbot.waitUntil(lambda: not page.data.data.busy, timeout=20_000)
    return page.data.said.said


def test_the_log_is_backed_up_and_restored(page: SettingsPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    desk.check_in(morning=3)

    chosen(page, page.data.back_up, copy)
    assert "written and was checked" in over(page, qtbot)
    assert copy.stat().st_size > 0

    desk.check_in(morning=7)
    chosen(page, page.data.restore, copy)
    assert page.data.sure.isVisible(), "it is asked before the log is replaced"
    press(page.data.sure.yes)
    assert "The copy is in place." in over(page, qtbot)

    today = desk.today()
    assert today is not None
    assert today.entry is not None
    assert today.entry.morning == 3


@pytest.mark.parametrize(
    "name,begins",
    [
        ("log.json", '{"format": "rehab-log"'),
        ("log.csv", "kind,day,time"),
        ("log.fhir.json", '{"resourceType":"Bundle"'),
        ("log.ics", "BEGIN:VCALENDAR"),
    ],
)
def test_the_log_is_exported(
    page: SettingsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, name: str, begins: str
) -> None:
    desk.check_in(morning=3)

    chosen(page, page.data.export, tmp_path / name)

    assert "The file is written" in over(page, qtbot)
    assert (tmp_path / name).read_text("utf-8-sig").startswith(begins)


def test_a_folder_that_cannot_be_written_is_told(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    chosen(page, page.data.export, tmp_path / "missing" / "log.json")

    assert "There is no such file" in over(page, qtbot)


def test_a_restore_is_not_begun_by_the_file_alone(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    chosen(page, page.data.restore, tmp_path / "some.db")

    walk.key(Qt.Key.Key_Escape)

    assert not page.data.sure.isVisible()
    assert not page.data.data.busy


def test_a_question_unfolds_with_room_above_it_and_labels_stand_off_their_boxes(page: SettingsPage) -> None:
    press(page.data.erase)
    walk.resized(page, 1004, 800)

    buttons = page.data.erase.parentWidget()
    assert buttons is not None
    assert page.data.confirm.y() - buttons.geometry().bottom() >= 12
    label = next(one for one in page.findChildren(QLabel) if one.text() == "Which hip")
    assert page.person.hip.y() - label.geometry().bottom() >= 4


def test_a_question_unfolds_where_it_is_seen(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    walk.resized(page, 901, 585)
    page.show_data()
    view = page.findChildren(QScrollArea)[0].viewport()

    for button, question in ((page.data.restore, page.data.sure), (page.data.erase, page.data.confirm)):
        if button is page.data.restore:
            chosen(page, button, tmp_path / "some.db")
        else:
            press(button)
        for _ in range(4):
            QApplication.processEvents()
        foot = question.mapTo(view, QPoint(0, question.height()))
        assert view.rect().contains(foot)
        question.put_away()


def test_what_could_not_be_read_is_told_no_longer_once_it_can(page: SettingsPage, desk: Desk) -> None:
    desk.failed.emit(Failure(Damaged(("page 7",))))
    assert page.notice.isVisible()

    desk.begin_anew()

    assert page.notice.isHidden()


@pytest.mark.parametrize("task", ["restore", "erase"])
def test_while_the_log_is_replaced_nothing_is_said_to_be_saved(
    page: SettingsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, may = tmp_path / "copy.db", Event()
    desk.check_in(morning=3)
    desk.choose(hip="left")
    chosen(page, page.data.back_up, copy)
    over(page, qtbot)
    act = getattr(copies, task)

    def waits(*arguments: object) -> object:
        may.wait(20)
        return act(*arguments)

    monkeypatch.setattr(copies, task, waits)
    failed: list[Failure] = []
    desk.on_failed(failed.append)

    page.data.data.restore(copy) if task == "restore" else page.data.data.erase()

    assert desk.today() is None
    assert failed == [], "what is only looked at is not worth a word"
    assert not desk.check_in(worst=9)
    assert desk.training.go_on() is None
    desk.choose(volume=10)
    assert desk.settings.volume != 10
    assert desk.routines.keep_own(data(plain())) is None
    desk.refresh()
    assert [type(one.error) for one in failed] == [BeingReplaced] * 4
    assert "being replaced" in page.notice.text
    may.set()
    over(page, qtbot)
    assert desk.check_in(worst=8)
    today = desk.today()
    assert today is not None
    assert today.entry is not None
    assert (today.entry.morning, today.entry.worst) == (3 if task == "restore" else None, 8)
    assert list(desk.surroundings.home.routines.glob("*.json")) == []


def test_a_task_that_is_asked_for_during_another_one_leaves_the_desk_as_it_is(
    page: SettingsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, act = Event(), copies.backup
    desk.check_in(morning=3)

    def waits(log: Log, target: Path) -> None:
        may.wait(20)
        act(log, target)

    monkeypatch.setattr(copies, "backup", waits)
    page.data.data.back_up(tmp_path / "copy.db")

    page.data.data.erase()
    may.set()
    over(page, qtbot)

    assert desk.check_in(worst=8)


def test_erasing_waits_for_the_copy_of_the_day(
    page: SettingsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, reached, done = Event(), Event(), list[str]()
    keep, erase, wait = copies.keep_daily, copies.erase, desk.wait_for_copy
    desk.check_in(morning=3)

    def keeps(surroundings: Surroundings, log: Log) -> None:
        reached.set()
        may.wait(20)
        keep(surroundings, log)
        done.append("copied")

    def erases(home: Home) -> tuple[Path, ...]:
        done.append("erased")
        may.set()
        return erase(home)

    def waits() -> None:
        may.set()
        wait()

    for where, name, act in ((copies, "keep_daily", keeps), (copies, "erase", erases), (desk, "wait_for_copy", waits)):
        monkeypatch.setattr(where, name, act)
    desk.rotate()
    assert reached.wait(20)

    page.data.data.erase()

    assert over(page, qtbot) == "Everything of yours was removed."
    assert done == ["copied", "erased"]
    assert list(desk.surroundings.home.folder.rglob("*.db")) == []
    assert list(desk.surroundings.home.folder.rglob(".coach-*")) == []


def test_a_file_that_is_no_copy_is_refused_and_changes_nothing(
    page: SettingsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.check_in(morning=3)
    wrong = tmp_path / "wrong.db"
    wrong.write_text("no database")

    chosen(page, page.data.restore, wrong)
    press(page.data.sure.yes)

    assert over(page, qtbot).startswith("This file was not restored:")
    today = desk.today()
    assert today is not None
    assert today.entry is not None


def test_the_window_s_own_lock_is_no_obstacle_and_is_held_again(
    page: SettingsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    home = desk.surroundings.home
    desk.window_lock = WindowLock(home.lock)
    assert desk.window_lock.acquire()
    copy = tmp_path / "copy.db"
    desk.check_in(morning=3)
    chosen(page, page.data.back_up, copy)
    over(page, qtbot)

    chosen(page, page.data.restore, copy)
    press(page.data.sure.yes)

    assert "The copy is in place." in over(page, qtbot)
    assert WindowLock(home.lock).held_by_other()
    desk.window_lock.release()


def test_erasing_says_what_goes_and_wants_a_word(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    erased: list[Done] = []
    page.on_erased(erased.append)
    desk.check_in(morning=3)
    desk.choose(hip="left")

    press(page.data.erase)
    said = walk.texts(page.data.confirm)
    for text in ("Your whole log", "Every copy of it", "routines from your physio", "cannot be undone"):
        assert text in said
    assert "Back up first…" in said
    assert not page.data.confirm.yes.isEnabled()

    page.data.confirm.field.setFocus()
    QTest.keyClicks(page.data.confirm.field, "erase")
    assert page.data.confirm.yes.isEnabled()
    press(page.data.confirm.yes)
    over(page, qtbot)

    assert [done.error for done in erased] == [None]
    assert not desk.surroundings.home.database.exists()
    assert desk.settings == Settings()
    today = desk.today()
    assert today is not None
    assert today.entry is None


def test_escape_keeps_everything(page: SettingsPage, desk: Desk) -> None:
    press(page.data.erase)
    QTest.keyClicks(page.data.confirm.field, "ERASE")

    walk.key(Qt.Key.Key_Escape)
    assert not page.data.confirm.isVisible()

    press(page.data.erase)
    assert not page.data.confirm.yes.isEnabled(), "the word is typed anew"


def test_long_work_does_not_hold_up_the_window(
    page: SettingsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.app import copies

    let_go = threading.Event()
    monkeypatch.setattr(copies, "backup", lambda log, target: let_go.wait(20))

    chosen(page, page.data.back_up, tmp_path / "copy.db")
    assert page.data.data.busy
    assert not page.data.erase.isEnabled()
    pick(page.look.units, "mi")
    assert page.look.units.value == "mi"

    let_go.set()
    over(page, qtbot)
    assert page.data.erase.isEnabled()


# -- for everybody --------------------------------------------------------------------------------------------------


def test_every_control_is_named_large_enough_and_reached(page: SettingsPage) -> None:
    page.data.confirm.ask()
    page.data.sure.ask(Path("copy.db"))
    QApplication.processEvents()
    page.first_focus()

    assert walk.nameless(page) == []
    assert walk.too_small(page) == []
    assert walk.not_plain(page) == []
    assert walk.not_reached(page) == []


def test_tab_goes_down_the_page(page: SettingsPage) -> None:
    page.first_focus()

    stops = walk.tabbed(page)
    cards = [page.hearing, page.voice, page.session, page.person, page.look, page.data]
    order = [next((place for place, card in enumerate(cards) if card.isAncestorOf(stop)), -1) for stop in stops]

    inside = [place for place in order if place >= 0]
    assert inside[:-1] == sorted(inside[:-1])


def test_nothing_is_cut_off_at_any_size(page: SettingsPage) -> None:
    page.data.confirm.ask()

    assert walk.every_size(page, lambda: walk.cut_off(page)) == {}


def test_texts_of_twice_the_length_fit(qtbot: QtBot, desk: Desk) -> None:
    with walk.doubled():
        page = SettingsPage(desk)
        walk.opened(qtbot, page)
        page.data.confirm.ask()
        page.data.sure.ask(Path("copy.db"))

        assert walk.every_size(page, lambda: walk.cut_off(page)) == {}
        page.close()


def test_a_file_s_name_is_never_markup(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    name = canary.markup.replace("/", "\u2215")

    chosen(page, page.data.restore, tmp_path / name)
    press(page.data.sure.yes)
    over(page, qtbot)
    page.grab()

    assert not canary.was_opened()
    assert walk.not_plain(page) == []


# -- reminders --------------------------------------------------------------------------------------------------


def test_reminders_are_chosen_with_their_time(desk: Desk, page: SettingsPage) -> None:
    card = page.reminders
    assert card.on.isChecked()

    card.at.setCurrentText("06:30")
    card.at.activated.emit(card.at.currentIndex())
    card.on.click()

    assert (desk.settings.remind_at, desk.settings.reminders) == ("06:30", False)
    assert not card.at.isEnabled()


def test_a_time_from_elsewhere_is_offered_too(desk: Desk, page: SettingsPage) -> None:
    desk.choose(remind_at="14:20")
    page.refresh()

    assert page.reminders.at.currentText() == "14:20"


@pytest.mark.parametrize("has_tray", [True, False])
def test_the_tray_is_offered_where_there_is_one(qtbot: QtBot, desk: Desk, has_tray: bool) -> None:
    card = ReminderCard(desk, has_tray=has_tray)
    qtbot.addWidget(card)
    card.refresh()
    assert not card.tray.isChecked()

    card.tray.click()

    assert desk.settings.tray is has_tray
    assert ("This desktop has no tray." in walk.texts(card)) is not has_tray


# -- about and licences -----------------------------------------------------------------------------------------


def licences(page: SettingsPage) -> Licences:
    press(page.about.licences)
    sheet = page.findChild(Licences)
    assert isinstance(sheet, Licences)
    return sheet


def test_about_says_which_version_this_is_and_that_it_is_no_medical_device(page: SettingsPage) -> None:
    said = walk.texts(page.about)

    assert f"Rehab Coach {__version__}" in said
    assert "Not a medical device" in said


def test_every_licence_can_be_read_with_the_keyboard_alone(page: SettingsPage) -> None:
    sheet = licences(page)

    assert walk.focused() is sheet.part
    read = {}
    for _ in range(sheet.part.count()):
        read[sheet.part.currentText().split()[0]] = sheet.text.text()
        walk.key(Qt.Key.Key_Down)

    assert "Apache License" in read["Rehab"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in read["PySide6_Essentials"]
    assert "Mozilla Public License" in read["bidict"]
    assert min(len(text) for text in read.values()) > 20


def test_a_licence_that_is_missing_is_said(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> tuple[Part, ...]:
        raise FileNotFoundError(2, "No such file or directory", "LGPL-3.0.txt")

    monkeypatch.setattr("coach.app.licences.parts", gone)

    press(page.about.licences)

    assert page.findChild(Licences) is None
    assert "LGPL-3.0.txt" in page.notice.text


def test_page_keys_scroll_a_long_licence_and_esc_leads_back(page: SettingsPage) -> None:
    sheet = licences(page)
    [bar] = [area.verticalScrollBar() for area in sheet.findChildren(QScrollArea)]
    for _ in range(8):
        QApplication.processEvents()

    walk.key(Qt.Key.Key_PageDown)

    assert bar.value() > 0
    assert sheet.part.currentIndex() == 0
    walk.key(Qt.Key.Key_Escape)
    assert walk.focused() is page.about.licences


def test_the_licences_stop_nobody(page: SettingsPage) -> None:
    sheet = licences(page)

    assert walk.nameless(sheet) == []
    assert walk.too_small(sheet) == []
    assert walk.not_plain(sheet) == []
    assert walk.not_reached(sheet) == []
    assert walk.every_size(page, lambda: walk.cut_off(sheet)) == {}
