"""Where things stand on pages: nothing over another, nothing over an edge, nothing left out, nothing broken."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coach.ui.paper.flow import Piece, Placed, flow

ROOM = 100.0
heights = st.floats(0.5, 40.0)
pieces = st.builds(
    Piece,
    rows=st.lists(heights, min_size=1, max_size=14).map(tuple),
    beside=st.one_of(st.just(0.0), st.floats(1.0, 90.0)),
    gap=st.floats(0.0, 20.0),
    leads=st.booleans(),
    again=st.one_of(st.just(0.0), st.floats(1.0, 9.0)),
)


def rows(placed: tuple[Placed, ...], piece: int) -> list[int]:
    return [row for one in placed if one.piece == piece for row in range(one.first, one.end)]


@given(st.lists(pieces, max_size=12))
def test_every_row_of_every_piece_stands_once_and_in_order(some: list[Piece]) -> None:
    placed = flow(some, ROOM)

    for number, piece in enumerate(some):
        assert rows(placed, number) == list(range(len(piece.rows)))
    assert [one.piece for one in placed] == sorted(one.piece for one in placed)


@given(st.lists(pieces, max_size=12))
def test_nothing_overlaps_and_nothing_leaves_the_page(some: list[Piece]) -> None:
    placed = flow(some, ROOM)

    for one in placed:
        assert one.top >= 0
        assert one.top + one.height <= ROOM + 1e-3
        assert one.height >= sum(some[one.piece].rows[one.first : one.end]) - 1e-3
        assert one.first > 0 or one.height >= some[one.piece].beside - 1e-3
    for before, after in pairwise(placed):
        if before.page == after.page:
            assert after.top >= before.top + before.height - 1e-3
        else:
            assert after.page == before.page + 1
            assert after.top == (some[after.piece].again if after.headed else 0.0)


@given(st.lists(pieces, max_size=12))
def test_what_a_page_can_hold_is_never_broken(some: list[Piece]) -> None:
    placed = flow(some, ROOM)

    for number, piece in enumerate(some):
        if piece.height + piece.again <= ROOM:
            assert len({one.page for one in placed if one.piece == number}) == 1


@given(st.lists(pieces, max_size=12))
def test_the_gap_is_kept_but_for_the_top_of_a_page(some: list[Piece]) -> None:
    placed = flow(some, ROOM)

    for before, after in pairwise(placed):
        if before.page == after.page and before.piece != after.piece:
            assert after.top >= before.top + before.height + some[after.piece].gap - 1e-3


def test_a_heading_goes_with_what_it_leads() -> None:
    placed = flow([Piece((70.0,)), Piece((10.0,), leads=True), Piece((30.0,))], ROOM)

    assert [one.page for one in placed] == [0, 1, 1]


def test_a_heading_stays_where_what_it_leads_can_begin() -> None:
    placed = flow([Piece((40.0,)), Piece((10.0,), leads=True), Piece((10.0,) * 15)], ROOM)

    assert [(one.page, one.first, one.end) for one in placed] == [(0, 0, 1), (0, 0, 1), (0, 0, 5), (1, 5, 15)]


def test_what_stands_beside_needs_its_room_too() -> None:
    placed = flow([Piece((60.0,)), Piece((10.0,), beside=50.0), Piece((50.0,))], ROOM)

    assert [(one.page, one.top) for one in placed] == [(0, 0.0), (1, 0.0), (1, 50.0)]


def test_a_heading_goes_with_what_stands_beside_as_well() -> None:
    placed = flow([Piece((60.0,)), Piece((10.0,), leads=True), Piece((10.0,), beside=50.0)], ROOM)

    assert [one.page for one in placed] == [0, 1, 1]


def test_the_head_of_a_table_is_repeated_on_each_page() -> None:
    placed = flow([Piece((8.0,), leads=True), *[Piece((40.0,), again=8.0)] * 4], ROOM)

    assert [(one.page, one.top, one.headed) for one in placed] == [
        (0, 0.0, False),
        (0, 8.0, False),
        (0, 48.0, False),
        (1, 8.0, True),
        (1, 48.0, False),
    ]


def test_nothing_makes_no_page_go_wrong() -> None:
    assert flow([], ROOM) == ()
    assert flow([Piece(())], ROOM) == ()


def test_a_row_higher_than_a_page_ends_the_work_all_the_same() -> None:
    placed = flow([Piece((10.0,)), Piece((300.0, 5.0))], ROOM)

    assert rows(placed, 1) == [0, 1]
