"""Finding at a real relay: words come with messages and go with them, with and without a line."""

from __future__ import annotations

from pathlib import Path

from console.desk.begun import BegunMedium, BegunReply
from console.desk.find import FoundMessage
from console.desk.types import NewMessage
from tests.e2e.test_console_queue import Counter, counter  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import owner, relay, until  # noqa: F401 - fixtures
from tests.helpers.reader import Reader


async def found(counter: Counter, query: str) -> list[FoundMessage]:  # noqa: F811
    return list((await counter.desk.find.find(query)).page.messages)


async def becomes(counter: Counter, query: str, bodies: list[str]) -> None:  # noqa: F811
    async def holds() -> bool:
        return [message.body for message in await found(counter, query)] == bodies

    await until(holds)


def held(folder: Path, *words: str) -> list[str]:
    """Which of those words stand in a file below a folder."""
    data = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return [word for word in words if word.encode() in data]


async def test_a_message_is_found_and_after_its_recall_it_is_nowhere(
    counter: Counter, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    chat = await counter.writes("林小雨", "13812346021", "那件风衣还有吗", "要 L 码的风衣")
    await becomes(counter, "风衣", ["要 L 码的风衣", "那件风衣还有吗"])
    key = await counter.desk.writing.send(chat, NewMessage(body="留了一件龘靐 zyxwvutsrq 给您"))
    await becomes(counter, "龘靐", ["留了一件龘靐 zyxwvutsrq 给您"])
    (message,) = await found(counter, "zyxw")
    assert (message.title, message.mine) == ("林小雨", True)
    assert {message.body[slice(*hit)] for hit in message.hits} == {"zyxw"}
    await counter.desk.inbox.recall(key)
    await becomes(counter, "龘靐", [])
    assert await found(counter, "zyxw") == []

    async def erased() -> bool:
        return held(tmp_path / "home", "龘", "靐", "zyxwvutsrq") == []

    await until(erased)
    await becomes(counter, "风衣", ["要 L 码的风衣", "那件风衣还有吗"])


async def test_of_an_erased_member_nothing_is_left_not_even_what_was_only_begun(
    counter: Counter, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    kept = await counter.writes("林小雨", "13812346021", "在吗")
    async with Reader(counter.process.base) as page:
        chat = int((await page.join("王芳", "13812346022"))["conversation_id"])
        await page.connect()
        await page.command(
            "message.send", conversation_id=chat, client_id="w1", body="qzxjw 还有吗"
        )
        await becomes(counter, "qzxjw", ["qzxjw 还有吗"])
        await counter.desk.begun.keep_note(chat, "vkbdq 退过货")
        await counter.desk.begun.keep_note(kept, "喜欢红色")
        photo = await counter.desk.begun.own(b"wfhmg, a photo")
        begun = BegunReply(photos=(BegunMedium(file=str(photo), caption="jbqxk"),))
        await counter.desk.begun.keep_reply(chat, begun)
        await page.command("member.erase")

    async def gone() -> bool:
        return held(tmp_path / "home", "qzxjw", "vkbdq", "wfhmg", "jbqxk") == []

    await until(gone)
    assert await counter.desk.begun.note(kept) == "喜欢红色"


async def test_it_finds_without_a_line_and_who_looked_is_told_later(counter: Counter) -> None:  # noqa: F811
    await counter.writes("林小雨", "13812346021", "那件风衣还有吗")
    await counter.goes_offline()
    (member,) = (await counter.desk.find.find("6021")).members
    assert member.name == "林小雨"
    assert [message.body for message in await found(counter, "风衣")] == ["那件风衣还有吗"]
    await counter.comes_back()

    async def told() -> bool:
        return len(counter.logged("access.search")) == 1

    await until(told)


async def test_a_tag_put_on_offline_is_found_when_it_has_arrived(counter: Counter) -> None:  # noqa: F811
    await counter.writes("林小雨", "13812346021", "你好")
    await counter.desk.members.tag(counter.members["林小雨"], add=["只穿棉麻"])

    async def holds() -> bool:
        people = (await counter.desk.find.find("棉麻")).members
        return [member.tags for member in people] == [("只穿棉麻",)]

    await until(holds)
