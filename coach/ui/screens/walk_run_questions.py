"""What a guided walk/run asks: pain before it, "It hurts", and whether to end. The closing questions are a walk's."""

from PySide6.QtWidgets import QWidget

from coach.core.clinical.pain import Advice, Beginning, Choice
from coach.ui import theme
from coach.ui.icons import Icon
from coach.ui.screens.player_questions import BeforePage, EndPage, HurtPage
from coach.ui.widgets.buttons import Kind
from coach.words import walk_run as words
from coach.words.translate import tr


class RunBeforePage(BeforePage):
    """How the hip is before a walk/run: without an answer none begins, for above the limit none does."""

    def ask_before(self, title: str, sub: str) -> None:
        """Ask, with what is ahead."""
        self._scale.show()
        self._leave.show_text(tr("Not now"), hint=tr("Esc", "the key"))
        self.open(title, sub)
        self._skip.hide()

    def _keys(self) -> str:
        return tr("Press a number key, X for ten. The warm-up walk begins at once.")

    def hold_back(self, pain: int, limit: Beginning) -> None:
        super().hold_back(pain, limit)
        self._leave.show_text(tr("Not today"), hint=tr("Esc", "the key"))

    def bar(self, title: str, reason: str) -> None:
        """Say why there is none now; there is only the way back."""
        self.notice.hide()
        self.ask(title, reason)
        self._scale.hide()
        self._skip.hide()
        self._leave.show_text(tr("Back"), hint=tr("Esc", "the key"))
        self._leave.show_kind(Kind.PRIMARY)
        theme.focus_by_keys(self._leave)


class RunHurtPage(HurtPage):
    """It hurts on a walk/run: stop, walk instead, or go on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons[Choice.SKIP].show_text(tr("Walk instead"), hint="S", icon=Icon.SKIP)
        self._buttons[Choice.STOP].show_text(tr("Stop the run"), hint=tr("Esc", "the key"), icon=Icon.END)

    def _paused(self) -> str:
        return tr("The time stands still: slow down to a walk, or stand. Press a number key, X for ten.")

    def _reason(self, advice: Advice) -> str:
        return words.hurts(advice, running=Choice.SKIP in advice.choices)


class RunEndPage(EndPage):
    """Whether to end a walk/run early."""

    def _going_on(self) -> str:
        return tr("Go on with the run")

    def _asked(self) -> tuple[str, str]:
        return (
            tr("End the run?"),
            tr("What you ran and walked is recorded either way. Later, you can go on at this very second."),
        )
