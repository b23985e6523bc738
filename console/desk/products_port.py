"""What the screen of the catalogue may call; see ``desk.products.ProductsDesk``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from console.desk.product_types import (
    FieldEdit,
    NewProduct,
    ProductDetail,
    ProductQuery,
    SavedArticle,
    VariantItem,
)
from console.desk.types import LinkState
from console.wire.commands import SaveProduct


class ProductsPort(Protocol):
    """Articles, their variants and stock."""

    @property
    def may_edit(self) -> bool:
        """Whether she may change articles; counting and moving stock anybody may."""
        ...

    @property
    def link(self) -> LinkState:
        """The line now."""
        ...

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after goods may have changed; returns what ends that."""
        ...

    async def ids(self, query: ProductQuery) -> list[int]:
        """Variants that a query means, in its order."""
        ...

    async def rows(self, ids: Sequence[int]) -> list[VariantItem]:
        """Variants of those ids that are here, in no order."""
        ...

    async def categories(self) -> list[str]:
        """The shop's categories, the largest first."""
        ...

    async def scanned(self, code: str) -> int:
        """The variant with exactly that barcode, 0 for none."""
        ...

    async def detail(self, variant_id: int) -> ProductDetail | None:
        """The article of a variant and the variant's ledger; ``None`` when it is not here."""
        ...

    async def new_products(self) -> list[NewProduct]:
        """Articles that wait to be made, or were refused."""
        ...

    async def edit(self, edit: FieldEdit) -> None:
        """Change one field, also without a line.  Raises ``Refusal`` for what cannot be."""
        ...

    async def create(self, article: SaveProduct) -> None:
        """Make an article, also without a line.  Raises ``Refusal`` for what cannot be."""
        ...

    async def count(self, variant_id: int, units: int, seen: int, note: str = "") -> None:
        """So many are on the shelf, where ``seen`` were shown."""
        ...

    async def move(self, variant_id: int, delta: int, reason: str, note: str = "") -> None:
        """Units came or went.  Raises ``Refusal`` for what cannot be."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        ...

    async def present(self, skus: Sequence[str]) -> dict[str, list[VariantItem]]:
        """Of those articles the ones that are here, with their variants."""
        ...

    async def send(self, article: SaveProduct) -> SavedArticle:
        """Save an article of a list and wait for the answer.

        Raises ``Refusal`` (and keeps nothing of it) and ``Offline``.
        """
        ...
