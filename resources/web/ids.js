/** Names that this phone gives: random, and in the order of time. No state besides chance. */

/**
 * A UUIDv7.  `crypto.randomUUID` is missing on plain http, which a shop's own Wi-Fi may be.
 * @param {number} [now] milliseconds since 1970
 */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * The next command number.  Taken from the clock in microseconds with chance in the last
 * digits, so that a phone whose storage was wiped never uses a number twice.
 * @param {number} last greatest number used so far, as far as is known
 */
export function nextNumber(last, now = Date.now()) {
  const chance = crypto.getRandomValues(new Uint16Array(1))[0] % 1000;
  return Math.max(last + 1, now * 1000 + chance);
}
