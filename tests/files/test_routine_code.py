"""The text of a handout's code: fixed in its form, whole or refused."""

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.core.routine.problems import Findings, Rule
from coach.files import routine_code
from coach.files.routine_code import PREFIX, code_text, is_code, routine_in

ROUTINE = b'{\n  "format": "rehab-routine",\n  "title": "Hip, \\u00fcb 1.0",\n  "x-mine": [1, 2.50]\n}\n'


def rule(found: bytes | Findings) -> Rule:
    assert isinstance(found, Findings)
    [problem] = found.problems
    return problem.rule


def packed(data: bytes) -> bytes:
    return (PREFIX + routine_code._to_base45(data)).encode()


# RFC 9285, section 4.3 and 4.4.
@pytest.mark.parametrize("data,text", [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"ietf!", "QED8WEX0")])
def test_base45_is_that_of_the_standard(data: bytes, text: str) -> None:
    assert routine_code._to_base45(data) == text
    assert routine_code._from_base45(text) == data


@given(st.binary(max_size=200))
def test_whatever_goes_in_comes_out(data: bytes) -> None:
    assert routine_code._from_base45(routine_code._to_base45(data)) == data


@given(st.text(alphabet=routine_code._SIGNS + "abc!é", max_size=60))
def test_no_text_raises(text: str) -> None:
    routine_in((PREFIX + text).encode())


def test_a_routine_comes_back_as_it_was_but_for_its_blanks() -> None:
    found = routine_in(code_text(ROUTINE).encode())

    assert found == b'{"format":"rehab-routine","title":"Hip, \\u00fcb 1.0","x-mine":[1,2.50]}'


def test_all_signs_fit_the_capitals_of_a_code() -> None:
    assert set(code_text(ROUTINE)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@given(st.binary(min_size=1, max_size=60))
def test_no_text_ends_with_a_blank_that_could_get_lost(data: bytes) -> None:
    assert not routine_code._to_base45(data).endswith(" ")


def test_blanks_and_line_ends_around_it_do_not_matter() -> None:
    assert routine_in(b"\n  " + code_text(ROUTINE).encode() + b" \r\n") == routine_in(code_text(ROUTINE).encode())


@pytest.mark.parametrize(
    "text",
    [
        PREFIX,
        PREFIX + "A",
        PREFIX + "::::::",
        code_text(ROUTINE)[:-9],
        code_text(ROUTINE).lower(),
        PREFIX + "0" * 5_000,
    ],
    ids=["nothing", "half", "above 65535", "cut", "small letters", "too long"],
)
def test_a_text_that_is_not_whole_is_refused(text: str) -> None:
    assert rule(routine_in(text.encode())) is Rule.BROKEN_CODE


def test_a_changed_sign_is_noticed() -> None:
    text = code_text(ROUTINE)

    for at in range(len(PREFIX), len(text)):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        found = routine_in(changed.encode())
        assert isinstance(found, Findings) or found == routine_in(text.encode())


def test_a_small_text_never_becomes_a_large_file() -> None:
    found = routine_in(packed(zlib.compress(b" " * (60 * 2**20) + b"{}", 9)[:2_800]))

    assert isinstance(found, Findings) or len(found) == MAX_FILE_BYTES + 1


def test_it_is_known_by_its_beginning() -> None:
    assert is_code(b" \n" + code_text(ROUTINE).encode())
    assert not is_code(ROUTINE)
    assert not is_code(base64.b64encode(ROUTINE))
