"""The week planner."""

from __future__ import annotations

from console.views.main_gallery.tour import Tour, until
from console.views.rail import CAMPAIGNS, INBOX
from console.views.shell import Shell


async def week(tour: Tour, shell: Shell) -> None:
    """This week's plan; ends in the inbox."""
    shell.show_section(CAMPAIGNS)
    screen = shell.campaigns

    async def planned() -> None:
        screen.show_week()
        await until(lambda: screen.week.plan is not None, "the week's plan")

    await tour.shoot("campaigns-week", planned)
    screen.show_list()
    shell.show_section(INBOX)
