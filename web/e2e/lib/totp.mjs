// Codes as an app on a phone makes them (RFC 6238).
import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function decoded(secret) {
  let bits = "";
  for (const letter of secret.replaceAll(/\s/gu, "")) {
    bits += LETTERS.indexOf(letter).toString(2).padStart(5, "0");
  }
  const bytes = bits.match(/.{8}/gu).map((byte) => Number.parseInt(byte, 2));
  return Buffer.from(bytes);
}

/** The code of a secret at a time in milliseconds, on the clock of the server. */
export function codeAt(secret, at) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", decoded(secret)).update(step).digest();
  const offset = mac.at(-1) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
