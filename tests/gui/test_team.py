"""The settings' cards of colleagues and of signed in computers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from console.desk.team import Colleague
from console.ui.appearance import Appearance
from console.ui.section import Section
from console.ui.tasks import Tasks
from console.ui.widgets import LineLabel
from console.views.settings.devices import DevicesCard
from console.views.settings.forms import AddForm, SecretForm, ShutOutForm
from console.views.settings.team import TeamCard
from tests.gui.memory_team import CLERK, MemoryTeam

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def team(appearance: Appearance) -> MemoryTeam:
    """Four people, one of them deactivated, three computers."""
    return MemoryTeam()


@pytest.fixture
def shown() -> Iterator[Any]:
    """Show a card; it is thrown away after the test."""
    cards: list[Section] = []

    def show(card: Section) -> Section:
        cards.append(card)
        card.resize(620, 500)
        card.show()
        card.reload()
        return card

    yield show
    for card in cards:
        card.close()
        card.deleteLater()


@pytest.fixture
async def tasks(appearance: Appearance) -> Any:
    made = Tasks(appearance)
    yield made
    await made.close()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def found(card: QWidget, name: str) -> QPushButton | None:
    """A button of a row that is shown."""
    buttons = card.findChildren(QPushButton, name)
    return next((each for each in buttons if each.isVisible()), None)


def texts(card: QWidget, kind: type[QLabel] = QLabel) -> str:
    return "\n".join(each.text() for each in card.findChildren(kind) if each.isVisible())


async def opened(card: TeamCard, name: str, kind: type[W], until: Any) -> W:
    """Press a row's button and take the form that opens."""
    await until(lambda: found(card, name) is not None)
    button = found(card, name)
    assert button is not None
    click(button)
    assert isinstance(card.form, kind)
    return card.form


async def test_an_owner_sees_everybody_and_may_not_shut_herself_out(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(TeamCard(team, tasks))
    await until(lambda: card.rows.count() == 4)
    said = texts(card)
    assert "Owner · you" in said
    assert "Clerk · deactivated" in said
    assert found(card, "active-1") is None
    assert found(card, "active-4") is not None
    assert found(card, "secret-4") is None, "who is out needs no PIN"


async def test_a_clerk_sees_herself_and_changes_her_own_pin_only(
    tasks: Tasks, shown: Any, until: Any, appearance: Appearance
) -> None:
    team = MemoryTeam(CLERK)
    card = shown(TeamCard(team, tasks))
    await until(lambda: card.rows.count() == 1)
    assert not card.add.isVisible()
    assert found(card, "active-2") is None
    form = await opened(card, "secret-2", SecretForm, until)
    QTest.keyClicks(form.edits["current"], "000000")
    QTest.keyClicks(form.edits["secret"], "846105")
    click(form.save)
    await until(lambda: form.fields["current"].fault_text)
    assert form.edits["secret"].text() == "846105", "what was typed stays"
    form.edits["current"].clear()
    QTest.keyClicks(form.edits["current"], "135790")
    QTest.keyClick(form.edits["secret"], Qt.Key.Key_Return)
    await until(lambda: team.secrets == {2: "846105"})
    await until(card.done.isVisible)
    assert card.form is None


async def test_a_colleague_is_added_after_what_was_wrong_is_said_at_its_field(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(TeamCard(team, tasks))
    await until(lambda: card.rows.count() == 4)
    click(card.add)
    form = card.form
    assert isinstance(form, AddForm)
    click(form.save)
    assert form.fields["name"].fault_text
    assert form.fields["secret"].fault_text
    QTest.keyClicks(form.edits["name"], "Wu")
    QTest.keyClicks(form.edits["secret"], "123456")
    click(form.roles["owner"])
    click(form.save)
    await until(lambda: "PIN" in form.fields["secret"].fault_text and form.save.isEnabled())
    assert not form.fields["name"].fault_text
    form.edits["secret"].clear()
    QTest.keyClicks(form.edits["secret"], "846105")
    click(form.save)
    await until(lambda: card.rows.count() == 5)
    assert (team.staff[-1].name, team.staff[-1].role) == ("Wu", "owner")
    assert card.add.isVisible()


async def test_without_a_line_nothing_typed_is_lost(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(TeamCard(team, tasks))
    form = await opened(card, "secret-2", SecretForm, until)
    assert "current" not in form.edits, "an owner need not know a clerk's PIN"
    team.line = False
    QTest.keyClicks(form.edits["secret"], "846105")
    click(form.save)
    await until(lambda: form.fault_text)
    assert form.edits["secret"].text() == "846105"
    team.line = True
    click(form.save)
    await until(lambda: team.secrets == {2: "846105"})


async def test_somebody_is_out_only_after_a_second_yes_and_is_let_in_again(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(TeamCard(team, tasks))
    form = await opened(card, "active-2", ShutOutForm, until)
    click(form.cancel)
    assert card.form is None
    assert team.staff[1].active
    form = await opened(card, "active-2", ShutOutForm, until)
    click(form.save)
    await until(lambda: not team.staff[1].active)
    # Of the old row nothing is seen any more, of the new one nothing yet.
    await until(lambda: not found(card, "secret-2") and found(card, "active-2"))
    back = found(card, "active-2")
    assert back is not None
    click(back)
    await until(lambda: team.staff[1].active)


async def test_a_refusal_of_the_relay_is_said_in_the_form(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(TeamCard(team, tasks))
    form = await opened(card, "active-3", ShutOutForm, until)
    click(form.save)
    await until(lambda: "last owner" in form.fault_text)


async def test_who_was_added_elsewhere_appears_and_leaving_ends_listening(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any, appearance: Appearance
) -> None:
    card = TeamCard(team, tasks)
    shown(card)
    await until(lambda: card.rows.count() == 4)
    team.staff.append(Colleague(staff_id=9, name="新来的"))
    team.tell()
    await until(lambda: "新来的" in texts(card))
    appearance.set_language("zh")
    await until(lambda: card.title.text() == "店里的人")
    assert "店员 · 已停用" in texts(card)


# --- computers --------------------------------------------------------------------------------


async def test_this_computer_stands_first_and_has_no_way_out(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(DevicesCard(team, tasks))
    await until(lambda: card.rows.count() == 3)
    lines = texts(card, LineLabel).split("\n")
    assert lines[0] == "OFFICE"
    assert found(card, "leave-8") is None
    assert "connected now" in lines[1]
    assert any("last seen" in line for line in lines)


async def test_a_lost_computer_is_signed_out(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(DevicesCard(team, tasks))
    await until(lambda: found(card, "leave-7"))
    leave = found(card, "leave-7")
    assert leave is not None
    assert leave.accessibleName() == "Sign out COUNTER-2"
    click(leave)
    await until(lambda: card.rows.count() == 2)
    assert found(card, "leave-7") is None


async def test_without_a_line_the_computers_say_so(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    team.line = False
    card = shown(DevicesCard(team, tasks))
    await until(lambda: "line is back" in card.lead_text)
    assert card.rows.count() == 0
    team.line = True
    card.reload()
    await until(lambda: card.rows.count() == 3)


async def test_a_line_that_breaks_while_signing_out_is_said(
    team: MemoryTeam, tasks: Tasks, shown: Any, until: Any
) -> None:
    card = shown(DevicesCard(team, tasks))
    said: list[str] = []
    card.complained.connect(said.append)
    await until(lambda: found(card, "leave-7"))
    team.line = False
    leave = found(card, "leave-7")
    assert leave is not None
    click(leave)
    await until(lambda: said == ["offline"])
    assert card.rows.count() == 3, "what was known stays to be seen"
