"""Hostile photos by family: bombs, cut short, bits turned, endless, and full of garbage.

Every family makes another file for each ``n``; ``Made.may`` says what may become of it.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image, ImageCms

from soak import hostile_parts as parts
from soak.hostile_parts import Grid, honest, png, segment, with_segments

TAKEN, TYPE, BROKEN, LARGE, UNREADABLE = (
    "taken", "media.type", "media.broken", "upload.too_large", "unreadable",
)  # fmt: skip
ANY = frozenset({TAKEN, TYPE, BROKEN, LARGE})
REFUSED = frozenset({BROKEN, LARGE})
KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF")


class Made(NamedTuple):
    """One hostile file.

    Attributes:
        suffix: of its name; many lie.
        content: its bytes.
        may: what may become of it.
        right: when it is taken it must show ``hostile_parts.quarters``.
    """

    suffix: str
    content: bytes
    may: frozenset[str]
    right: bool = False


Family = Callable[[random.Random, int], Made]


def _only(*outcomes: str) -> frozenset[str]:
    return frozenset(outcomes)


# --- bombs ------------------------------------------------------------------------------------


def png_bomb(chance: random.Random, n: int) -> Made:
    """More pixels than anybody has, packed into little."""
    side = chance.randrange(8_000, 30_001)
    pixels = parts.packed_zeros(8 << 20)
    return Made("png", png(side, side + n, pixels, interlaced=n % 2), _only(LARGE))


def png_at_the_limit(chance: random.Random, n: int) -> Made:
    """As many pixels as are taken, of eight bytes each."""
    width = 7_000 - chance.randrange(20)
    depth, colour, samples = ((16, 6, 8), (16, 2, 6), (16, 0, 2), (8, 6, 4))[n % 4]
    pixels = parts.packed_zeros((width * samples + 1) * 7_000)
    made = png(width, 7_000, pixels, depth=depth, colour=colour, interlaced=n // 4 % 2)
    return Made("png", made, _only(TAKEN, *REFUSED))


def png_long_pixels(chance: random.Random, n: int) -> Made:
    """A small picture before a gigabyte of zeros."""
    side = 50 + n + chance.randrange(50)
    return Made("png", png(side, 50, parts.packed_zeros(1 << 30)), _only(TAKEN, BROKEN))


def png_long_words(chance: random.Random, n: int) -> Made:
    """Words and profiles that unpack into hundreds of megabytes, or very many of them."""
    packed = parts.packed_zeros(300 << 20)
    extra = (
        parts.chunk(b"zTXt", b"Comment\0\0" + packed),
        parts.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed),
        parts.chunk(b"iCCP", b"sRGB\0\0" + packed),
        parts.chunk(b"tEXt", b"Comment\0" + chance.randbytes(20)) * 100_000,
    )[n % 4]
    made = png(60 + n, 60, parts.packed_zeros((61 + n) * 60), extra=extra)
    return Made("png", made, _only(TAKEN, *REFUSED))


def webp_bomb(chance: random.Random, n: int) -> Made:
    """A header of a picture of 16,383 by 16,383."""
    side = 16_383 - chance.randrange(200)
    if n % 2:
        canvas = struct.pack("<I", 0x10) + (side - 1).to_bytes(3, "little") * 2
        picture = honest("WEBP")[12:]
        made = parts.riff((b"VP8X", canvas)) + picture
        return Made("webp", made[:4] + struct.pack("<I", len(made) - 8) + made[8:], REFUSED)
    bits = struct.pack("<BI", 0x2F, (side - 1) | (side - 1) << 14)
    return Made("webp", parts.riff((b"VP8L", bits + chance.randbytes(100 + n))), REFUSED)


def webp_at_the_limit(chance: random.Random, n: int) -> Made:
    """As many flat pixels as are taken."""
    image = Image.new("RGB", (5_000, 4_900 + n), (chance.randrange(256), 9, 9))
    made = parts.encoded(image, "WEBP", lossless=n % 2 == 0, method=0, quality=0)
    return Made("webp", made, _only(TAKEN, LARGE))


def gif_bomb(chance: random.Random, n: int) -> Made:
    """A screen or a frame of 65,535 by 65,535."""
    gif, side = bytearray(honest("GIF")), 65_535 - chance.randrange(999)
    at = 6 if n % 2 else gif.index(b"\x2c\0\0\0\0", 13) + 5
    gif[at : at + 4] = struct.pack("<HH", side, side - n)
    return Made("gif", bytes(gif), REFUSED)


def gif_at_the_limit(chance: random.Random, n: int) -> Made:
    """As many flat pixels as are taken: they pack well."""
    image = Image.new("P", (5_000, 4_900 + n), chance.randrange(4))
    return Made("gif", parts.encoded(image, "GIF"), _only(TAKEN, LARGE))


def jpeg_bomb(chance: random.Random, n: int) -> Made:
    """A header of 4 gigapixels, or of none."""
    jpeg = bytearray(honest("JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    size = ((65_500 - chance.randrange(99), 65_500), (0, 0), (65_500, 1 + n), (0, 300))[n % 4]
    jpeg[at : at + 4] = struct.pack(">HH", *size)
    return Made("jpg", bytes(jpeg), _only(TAKEN, *REFUSED) if n % 4 == 2 else REFUSED)


def jpeg_of_many_scans(chance: random.Random, n: int) -> Made:
    """A progressive photo whose refinements come again, thousands of times."""
    image = parts.quarters(6_000, 4_000 + 8 * n)
    before, scans = parts.scans(parts.encoded(image, "JPEG", progressive=True))
    again = b"".join(scans) + scans[-1] * (2_000 + chance.randrange(99))
    return Made("jpg", before + again + b"\xff\xd9", _only(TAKEN, *REFUSED))


def jpeg_progressive_large(chance: random.Random, n: int) -> Made:
    """48 to 200 megapixels, of which a decoder must keep every coefficient."""
    width, height = ((8_000, 6_000), (12_000, 17_000), (10_000, 10_000))[n % 3]
    image = parts.quarters(width - chance.randrange(90), height)
    made = parts.encoded(image, "JPEG", progressive=True, subsampling=0, quality=30)
    return Made("jpg", made, _only(LARGE if n % 3 else TAKEN), right=True)


def heic_of_200_megapixels(chance: random.Random, n: int) -> Made:
    """A HEIC of 12,000 by 17,000, as a phone would write it: tiles of one small photo."""
    cut = chance.randrange(200) + n
    grid = (Grid(24, 34, says=(12_000 - cut, 17_000)), Grid(34, 24, says=(17_000, 12_000 - cut)),
            Grid(12, 16, says=(6_100 + cut, 8_150)))[n % 3]  # fmt: skip
    return Made("heic", parts.grid_heic(grid), _only(LARGE, BROKEN) if n % 3 else _only(LARGE))


def heic_grid(chance: random.Random, n: int) -> Made:
    """Grids inside grids, of themselves, of too few tiles, of other sizes than they say."""
    columns, rows = 2 + chance.randrange(4), 2 + n % 3
    odd = (Grid(columns, rows, depth=1 + n), Grid(columns, rows, loop=True),
           Grid(columns, rows, missing=1 + n % 3), Grid(columns, rows, says=(60 + n, 60_000)),
           Grid(columns, rows, depth=2, loop=True), Grid(1, 1, says=(0, n)))[n % 6]  # fmt: skip
    taken = {TAKEN} if n % 6 == 0 else set()
    return Made("heic", parts.grid_heic(odd), REFUSED | taken)


def heic_right_grid(chance: random.Random, n: int) -> Made:
    """A right photo of tiles: none of the above may cost it its place."""
    side = 128 * (1 + n % 4)
    return Made("heic", parts.grid_heic(Grid(1 + chance.randrange(5), 1 + n), side), _only(TAKEN))


def lying_box(chance: random.Random, n: int) -> Made:
    """A HEIC or AVIF whose box says another size than its pictures have."""
    kind = ("HEIF", "AVIF")[n % 2]
    data = bytearray(honest(kind))
    at = data.index(b"ispe") + 8
    cut = chance.randrange(900)
    sides = (12_000, 17_000 - cut) if n % 4 < 2 else (cut, 2**31 - 1)
    data[at : at + 8] = struct.pack(">II", *sides)
    return Made(kind.lower(), bytes(data), REFUSED)


def odd_boxes(chance: random.Random, n: int) -> Made:
    """Boxes without end, inside each other, or of noise."""
    brand = parts.box(b"ftyp", (b"heic", b"avif", b"mif1")[n % 3], bytes(4), b"mif1")
    deep = b""
    for _ in range(5_000 if n % 4 == 0 else 1):
        deep = parts.box(b"meta", bytes(4), deep)
    bodies = (deep, struct.pack(">I4sQ", 1, b"meta", 2**63 + n), struct.pack(">I4s", 0, b"meta"),
              parts.full_box(b"meta", chance.randbytes(3_000)))  # fmt: skip
    return Made("heic", brand + bodies[n % 4] + chance.randbytes(n), REFUSED)


def thin(_chance: random.Random, n: int) -> Made:
    """One pixel wide and very long, or the other way."""
    long, kind = (30_000, 30_001, 9_999)[n % 3] - 3 * (n // 6), ("PNG", "JPEG")[n % 2]
    image = Image.new("RGB", (1, long) if n % 4 < 2 else (long, 1), "red")
    may = LARGE if long > 30_000 else TAKEN
    return Made(kind.lower(), parts.encoded(image, kind), _only(may))


# --- damage -----------------------------------------------------------------------------------


def cut_short(chance: random.Random, n: int) -> Made:
    """Each kind of photo, ending somewhere."""
    kind = KINDS[n % 5]
    whole = honest(kind, 900, 700)
    at = chance.randrange(1, 40) if n % 7 == 6 else int(len(whole) * chance.uniform(0.05, 0.95))
    return Made(kind.lower(), whole[:at], _only(BROKEN, TYPE) if at < 40 else _only(BROKEN))


def bits_turned(chance: random.Random, n: int) -> Made:
    """Each kind of photo with a few wrong bits."""
    kind = KINDS[n % len(KINDS)]
    data = bytearray(honest(kind))
    for _ in range(1 + n % 12):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return Made(kind.lower(), bytes(data), ANY)


def header_bits_turned(chance: random.Random, n: int) -> Made:
    """Each kind of photo with noise in its first bytes, behind what tells its kind."""
    kind = KINDS[n % len(KINDS)]
    data = bytearray(honest(kind))
    for _ in range(4):
        data[chance.randrange(12, min(300, len(data)))] = chance.randrange(256)
    return Made(kind.lower(), bytes(data), ANY)


def noise_behind_a_mark(chance: random.Random, n: int) -> Made:
    """It begins like a photo, and then there is nothing of one."""
    kind = KINDS[n % len(KINDS)]
    made = honest(kind)[: (3, 8, 12, 32, 40, 13)[n % len(KINDS)]] + chance.randbytes(50_000)
    return Made(kind.lower(), made, REFUSED | ({TAKEN} if kind == "GIF" else set()))


def odd_jpeg(chance: random.Random, n: int) -> Made:
    """Kinds of JPEG nobody takes: of 12 bits, lossless, arithmetic, with odd sampling."""
    jpeg = bytearray(honest("JPEG"))
    at = jpeg.index(b"\xff\xc0")
    if n % 4 == 0:
        jpeg[at + 4] = chance.choice((2, 12, 16))
    elif n % 4 == 1:
        jpeg[at + 1] = (0xC3, 0xC9, 0xCA, 0xCB, 0xC5)[n // 4 % 5]
    elif n % 4 == 2:
        jpeg[at + 11] = chance.choice((0x44, 0x00, 0xFF, 0x41))
    else:
        jpeg[at + 9] = 1 + chance.randrange(200)
    return Made("jpg", bytes(jpeg), _only(TAKEN, BROKEN))


# --- endless ----------------------------------------------------------------------------------


def endless_animation(chance: random.Random, n: int) -> Made:
    """Thousands of frames that begin again for ever; the first is what is shown."""
    first = parts.quarters(120 + n, 90)
    frames = [Image.new("RGB", first.size, tuple(chance.randbytes(3))) for _ in range(150)]
    kind = ("GIF", "WEBP", "PNG", "AVIF")[n % 4]
    frames = frames[:6] if kind == "AVIF" else frames
    made = parts.encoded(first, kind, save_all=True, append_images=frames, duration=20, loop=0)
    if kind == "GIF":
        start = made.index(b"\x21\xf9", 13)
        made = made[:-1] + made[start:-1] * 20 + (b";" if n % 8 else b"")
    return Made(kind.lower(), made, _only(TAKEN), right=True)


def animation_that_lies(chance: random.Random, n: int) -> Made:
    """An APNG of four thousand million frames, or a GIF whose blocks never end."""
    if n % 2:
        gif = honest("GIF")
        return Made("gif", gif[:-2] + (b"\xff" + chance.randbytes(255)) * 20_000,
                    _only(TAKEN, BROKEN))  # fmt: skip
    extra = parts.chunk(b"acTL", struct.pack(">II", 2**32 - 1 - n, 0))
    extra += parts.chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 60, 60, 0, n, 0, 0, 0, 0))
    return Made("png", png(60, 60, parts.packed_zeros(61 * 60), extra=extra),
                _only(TAKEN, BROKEN))  # fmt: skip


# --- garbage beside the pixels ----------------------------------------------------------------


def exif_garbage(chance: random.Random, n: int) -> Made:
    """Tables that name themselves, count to four thousand million, or are noise."""
    loop = struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    huge = struct.pack("<H", 60) + b"".join(
        struct.pack("<HHII", 0x0100 + k, 2 + k % 11, 2**32 - 1 - n, chance.getrandbits(31))
        for k in range(60)
    )
    odd_turn = struct.pack("<HHHII", 1, 0x0112, 3, 1, 9 + n) + bytes(4)
    table = (loop, huge, odd_turn, chance.randbytes(60_000))[n % 4]
    body = b"Exif\0\0II*\0" + struct.pack("<I", 8) + table
    made = with_segments(honest("JPEG"), segment(0xE1, body))
    return Made("jpg", made, _only(TAKEN, BROKEN), right=True)


def xmp_garbage(chance: random.Random, n: int) -> Made:
    """XML ten thousand deep, that expands a billionfold, or a turn nobody knows."""
    words = (
        b"<a>" * 20_000,
        b"<!ENTITY a '" + b"&b;" * 9_000 + b"'>",
        b'tiff:Orientation="' + str(n).encode() + b'"' + b"x" * 60_000,
        chance.randbytes(60_000),
    )[n % 4]
    head = b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin=''?><x:xmpmeta>"
    body = segment(0xE1, (head + words)[:65_000]) * (1 + n)
    return Made("jpg", with_segments(honest("JPEG"), body), _only(TAKEN, BROKEN))


def icc_garbage(chance: random.Random, n: int) -> Made:
    """Profiles of noise, or a good one with wrong bits; the pixels are right all the same."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for _ in range(3 * (n % 3)):
        profile[chance.randrange(128, len(profile))] ^= 1 << chance.randrange(8)
    if n % 3 == 0:
        profile = bytearray(chance.randbytes(60_000))
    return Made("jpg", with_segments(honest("JPEG"), parts.icc(bytes(profile))), _only(TAKEN))


def cmyk(chance: random.Random, n: int) -> Made:
    """Four inks, with a profile that is none or is one for three."""
    jpeg = parts.encoded(parts.quarters(300 + n, 200).convert("CMYK"), "JPEG")
    rgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = (rgb, chance.randbytes(3_000), rgb[: 200 + n], b"")[n % 4]
    return Made("jpg", with_segments(jpeg, parts.icc(profile)), _only(TAKEN))


def many_pictures(chance: random.Random, n: int) -> Made:
    """An MPO as some cameras write, whole or with a wrong table of its pictures."""
    stream = io.BytesIO()
    first = parts.quarters(400 + n, 300)
    first.save(stream, "MPO", save_all=True, append_images=[parts.quarters(300, 200)])
    data = bytearray(stream.getvalue())
    at = data.index(b"MPF\0") + 8
    for _ in range(n % 4 * 3):
        data[at + chance.randrange(70)] = chance.randrange(256)
    may = _only(TAKEN, BROKEN, LARGE) if n % 4 else _only(TAKEN)
    return Made("jpg", bytes(data), may, right=True)


def odd_palette(chance: random.Random, n: int) -> Made:
    """Colours that are not in the palette, transparency of noise, one bit a pixel."""
    palette = parts.chunk(b"PLTE", chance.randbytes(3 * (1 + n % 5)))
    clear = parts.chunk(b"tRNS", chance.randbytes(n % 300))
    noise = zlib.compress(b"".join(b"\0" + chance.randbytes(80) for _ in range(60)))
    made = png(80, 60, noise, colour=3, extra=palette + clear)
    return Made("png", made, _only(TAKEN, BROKEN))


FAMILIES: tuple[tuple[Family, int], ...] = (
    (png_bomb, 8), (png_at_the_limit, 8), (png_long_pixels, 3), (png_long_words, 8),
    (webp_bomb, 6), (webp_at_the_limit, 2), (gif_bomb, 6), (gif_at_the_limit, 2),
    (jpeg_bomb, 8), (jpeg_of_many_scans, 2), (jpeg_progressive_large, 3),
    (heic_of_200_megapixels, 6), (heic_grid, 12), (heic_right_grid, 4), (lying_box, 8),
    (odd_boxes, 8), (thin, 6), (cut_short, 40), (bits_turned, 36), (header_bits_turned, 24),
    (noise_behind_a_mark, 12), (odd_jpeg, 12), (endless_animation, 8), (animation_that_lies, 6),
    (exif_garbage, 8), (xmp_garbage, 6), (icc_garbage, 6), (cmyk, 4), (many_pictures, 6),
    (odd_palette, 6),
)  # fmt: skip
"""Every family, and how many of its files there are among 300."""
