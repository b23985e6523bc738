"""Sign-in and first run."""

from __future__ import annotations

from console.desk.accounts import AccountsDesk
from console.views.first_run import FirstRun
from console.views.main_gallery.tour import Tour, until
from console.views.sign_in import ELSEWHERE, SignIn


async def before(tour: Tour, accounts: AccountsDesk) -> None:
    """Each in the place of the page that is shown."""
    sign_in = SignIn(accounts)
    tour.window.cover(sign_in)
    await tour.shoot("sign-in", lambda: until(lambda: sign_in.tasks.idle, "staff"))

    async def elsewhere() -> None:
        sign_in.show_way(ELSEWHERE)

    await tour.shoot("sign-in-elsewhere", elsewhere)
    tour.window.uncover(sign_in)
    await sign_in.tasks.close()
    first = FirstRun(accounts)
    tour.window.cover(first)
    first.shop.setText("时光衣橱")
    first.owner.setText("小李")
    for step in range(3):
        first.show_step(step)
        await tour.shoot(f"first-run-{step + 1}", lambda: until(lambda: first.tasks.idle, "reach"))

    async def on_server() -> None:
        first.reach.server.setChecked(True)

    await tour.shoot("first-run-3-server", on_server)
    first.reach.wifi.setChecked(True)
    first.show_poster()
    await tour.shoot("first-run-4")
    tour.window.uncover(first)
    await first.tasks.close()
