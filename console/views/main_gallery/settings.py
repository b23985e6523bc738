"""Every section of the settings, and what opens in them."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta

from console.desk.types import Invite
from console.views.inbox.invite import InviteWindow
from console.views.main_gallery.tour import Tour, settle, until
from console.views.rail import INBOX, SETTINGS
from console.views.settings import sections
from console.views.settings.hours import HoursCard
from console.views.settings.quick_replies import QuickRepliesCard
from console.views.settings.team import TeamCard
from console.views.shell import Shell


async def settings(tour: Tour, shell: Shell) -> None:
    """Section by section; ends in the inbox."""
    screen = shell.settings
    kept = screen.section
    shell.show_section(SETTINGS)

    async def shown(section: str) -> None:
        screen.show_section(section)
        await until(lambda: screen.section == section, section)
        await until(lambda: screen.tasks.idle, section)

    for section in screen.sections:
        name = f"settings-{section.replace('_', '-')}"
        await tour.shoot(name, functools.partial(shown, section))
    await _form(tour, shell)
    await _edited(tour, shell)
    screen.show_section(kept)
    shell.show_section(INBOX)
    await _invite(tour, shell)


async def _form(tour: Tour, shell: Shell) -> None:
    """A colleague that cannot be added yet."""
    team = shell.settings.card(TeamCard)

    async def asked() -> None:
        shell.settings.show_section(sections.TEAM)
        await until(lambda: shell.settings.tasks.idle, "team")
        team.add.click()
        await settle()
        if team.form is not None:
            team.form.submit()

    await tour.shoot("settings-add", asked)
    if team.form is not None:
        team.form.cancel.click()


async def _edited(tour: Tour, shell: Shell) -> None:
    """Hours that are not saved yet, a quick reply on paper; both are given up again."""
    if sections.HOURS in shell.settings.sections:
        hours = shell.settings.card(HoursCard)

        async def other_hours() -> None:
            shell.settings.show_section(sections.HOURS)
            await until(lambda: hours.hours is not None, "hours")
            hours.week.days[0].open.click()

        await tour.shoot("settings-hours-edited", other_hours)
        hours.bar.undo.click()
    quick = shell.settings.card(QuickRepliesCard)

    async def on_paper() -> None:
        shell.settings.show_section(sections.QUICK_REPLIES)
        await until(lambda: bool(quick.shown), "quick replies")
        quick.list.choose()

    await tour.shoot("settings-quick-edit", on_paper)
    quick.editor.leave.click()


async def _invite(tour: Tour, shell: Shell) -> None:
    """An invitation that leads nowhere."""
    expires_at = datetime.now(UTC) + timedelta(days=30)
    invite = Invite(member_id=0, url="https://shop.example/?i=sample", expires_at=expires_at)
    shown = InviteWindow(invite, "周雨桐", shell.inbox.clock, shell)
    shown.open()
    await tour.shoot("invite", above=shown)
    shown.reject()
