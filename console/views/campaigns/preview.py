"""The phone beside the draft: as any member sees it, light or dark, Chinese or English."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from console.desk import question_drafts
from console.desk.campaign_types import AudienceMember
from console.desk.campaigns_port import CampaignsPort
from console.domain.offers import last_moment
from console.domain.templates import Facts, render
from console.ui import campaign_phrases, coupon_phrases, i18n
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.phone_offer import ShownOffer
from console.ui.phone_preview import PhonePreview, Shown
from console.ui.phone_question import ShownQuestion
from console.ui.pictures import Pictures
from console.ui.tasks import Tasks
from console.ui.widgets import Chip, snug, speaks
from console.views.campaigns.editing import Editing
from console.views.campaigns.who import WhoPart
from console.wire.offer_rows import OfferTerms


class PreviewPart(QFrame):
    """Words with one member's own facts in them."""

    def __init__(
        self, editing: Editing, port: CampaignsPort, who: WhoPart, pictures: Pictures,
        clock: ShopClock, tasks: Tasks, shop: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self._editing, self._port, self._who, self._tasks = editing, port, who, tasks
        self._shop, self._clock = shop, clock
        self._facts: Facts | None = None
        self._members: list[AudienceMember] = []
        self._chosen: AudienceMember | None = None
        self._by_hand = False
        """Whether somebody chose her; else it is whoever comes first."""
        self._shown_to: AudienceMember | None = None
        self.setProperty("look", "ground")
        self.phone = PhonePreview(pictures.get)
        self.member = QComboBox()
        self.dark, self.chinese, self.english = Chip(tiny=True), Chip(tiny=True), Chip(tiny=True)
        self._arrange()
        editing.changed.connect(self.show_draft)
        editing.changed.connect(self._follow_version)
        who.counted.connect(lambda: tasks.spawn(self.offer_members()))
        who.member_chosen.connect(self.show_member)
        pictures.arrived.connect(lambda _: self.phone.update())
        self.member.activated.connect(lambda row: self._choose(self._members[row]))
        self.dark.clicked.connect(self.show_draft)
        self.chinese.clicked.connect(lambda: self.speak_to("zh"))
        self.english.clicked.connect(lambda: self.speak_to("en"))
        self._language = i18n.language()
        self._speak()

    def _arrange(self) -> None:
        chips, column = QHBoxLayout(), QVBoxLayout(self)
        snug(chips, spacing=6)
        chips.addStretch(1)
        for chip in (self.chinese, self.english, self.dark):
            chips.addWidget(chip)
        chips.addStretch(1)
        snug(column, 19, 12, 19, 12, spacing=10)
        column.addWidget(self.member)
        column.addWidget(self.phone, 1)
        column.addLayout(chips)
        self.setFixedWidth(self.phone.sizeHint().width() + 38)

    # --- whose phone ----------------------------------------------------------------------

    async def offer_members(self) -> None:
        """Offer some of those who will receive it; who was chosen stays so."""
        self._members = list(await self._who.some())
        chosen = self._chosen
        if chosen is not None:
            known = [each for each in self._members if each.member_id == chosen.member_id]
            self._chosen = known[0] if known else chosen
            if not known and self._members and not self._by_hand:
                self._chosen = self._members[0]
            elif not known:
                self._members.insert(0, chosen)
        elif self._members:
            self._chosen = self._members[0]
        self.member.clear()
        self.member.addItems([each.name for each in self._members])
        self.member.setEnabled(bool(self._members))
        self._follow_version()
        await self._look()

    def _follow_version(self) -> None:
        """Of women's and men's version each is shown to somebody who gets it."""
        name, chosen = self._editing.variant.name, self._chosen
        if chosen is None or not (name and chosen.variant) or chosen.variant == name:
            return
        other = next((each for each in self._members if each.variant == name), None)
        if other is not None:
            self._chosen, self._by_hand = other, False
            self._tasks.spawn(self._look())

    def show_member(self, member: AudienceMember) -> None:
        """Show it as she sees it."""
        if member.member_id not in [each.member_id for each in self._members]:
            self._members.insert(0, member)
            self.member.insertItem(0, member.name)
        self._choose(member)

    def _choose(self, member: AudienceMember) -> None:
        """Show it as a member that somebody chose sees it, in the version that she gets."""
        self._chosen, self._by_hand = member, True
        names = [each.name for each in self._editing.draft.variants]
        if member.variant in names and names.index(member.variant) != self._editing.at:
            self._editing.show_variant(names.index(member.variant))
        self._tasks.spawn(self._look())

    async def _look(self) -> None:
        """With the facts of who is chosen, unless somebody else is by the time they are here."""
        member = self._chosen
        facts = None
        if member is not None:
            ids = [each.member_id for each in self._members]
            self.member.setCurrentIndex(ids.index(member.member_id))
            facts = await self._port.facts(member.member_id, self._editing.draft)
        if member is self._chosen:
            self._facts, self._shown_to = facts, member
            self.show_draft()

    # --- showing --------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show the version that is edited."""
        variant = self._editing.variant
        words = render(variant.body, self._facts or Facts(), variant.fields)
        whose = translate("Campaigns", "as {name} sees it")
        name = self._shown_to.name if self._shown_to is not None else ""
        terms, question = self._editing.draft.offer, self._question(words)
        if question is not None and question.alone:
            words = question.text
        empty = not words.strip() and not variant.photos and question is None
        self.phone.show_message(Shown(
            shop=self._shop, to=whose.format(name=name) if name else "", words=words,
            photos=tuple(photo.item for photo in variant.photos), layout=variant.layout,
            language=self._language, dark=self.dark.isChecked(),
            question=question, offer=None if terms is None else self._offer(terms),
            note=self._why_empty() if empty else "",
        ))  # fmt: skip
        self.chinese.setChecked(self._language == "zh")
        self.english.setChecked(self._language == "en")

    def _why_empty(self) -> str:
        item = self._editing.item
        if item is not None and item.recalled_at is not None:
            return campaign_phrases.erased()
        return translate("Campaigns", "What you write and drag in shows here.")

    def _question(self, words: str) -> ShownQuestion | None:
        terms = question_drafts.kept(self._editing.draft.question)
        if terms is None:
            return None
        return ShownQuestion(terms.text, terms.choices, terms.free_text, not words.strip())

    def _offer(self, terms: OfferTerms) -> ShownOffer:
        """As it stands when the message comes in."""
        now = self._clock.now()
        came = max(now, self._editing.draft.due_at or now)
        last = self._clock.local(last_moment(terms.valid_until))
        return ShownOffer(
            title=terms.title, left=terms.quantity, good_until=last,
            lasts_s=(terms.ends_at - came).total_seconds(),
            whole_day=coupon_phrases.is_whole_day(last),
        )  # fmt: skip

    def speak_to(self, language: str) -> None:
        """Show the page in ``zh`` or ``en``."""
        self._language = language
        self.show_draft()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.dark.setText(translate("Campaigns", "Dark"))
        self.chinese.setText("中文")
        self.english.setText("English")
        self.member.setAccessibleName(translate("Campaigns", "Preview as this member sees it"))
        self.member.setToolTip(translate("Campaigns", "Preview as this member sees it"))
        self.show_draft()
