"""What the text session says beside its steps."""

import pytest

from coach.app.ports import Trouble, TroubleKind
from coach.words.announce import Told
from coach.words.text_session import unheard


@pytest.mark.parametrize(("voice", "device"), [(False, "tones"), (True, "voice")])
def test_what_is_heard_again_is_said_too(*, voice: bool, device: str) -> None:
    lost = unheard(Told(voice, Trouble(TroubleKind.SILENT)))
    found = unheard(Told(voice, None))

    assert "goes on" in lost
    assert found == f"The {device} can be heard again."
