// Keccak-256, the hash of Ethereum: SHA-3 as it was before its padding was changed. OpenSSL has it only since 3.2.
//
// A lane of 64 bits is two whole numbers of 32, the lower half first.

const rate = 136; // bytes taken in at once
const rounds = 24;
/** Where each lane goes, from lane 1 on, and by how many bits it turns on its way (rho and pi in one). */
const [places, turns] = /* @__PURE__ */ paths();
const constants = /* @__PURE__ */ roundConstants();

// Reused: nothing else runs while a text is hashed.
const lanes = /* @__PURE__ */ new Int32Array(50);
const row = /* @__PURE__ */ new Int32Array(10);

/**
 * The 32 bytes.
 *
 * @see Keccak reference 3.0; EIP-191 and EIP-712 hash by it
 */
export function keccak256(data: Uint8Array): Uint8Array {
  lanes.fill(0);
  let from = 0;
  for (; from + rate <= data.length; from += rate) {
    absorb(data, from);
    permute();
  }
  const last = new Uint8Array(rate);
  last.set(data.subarray(from));
  last[data.length - from] = 0x01;
  last[rate - 1] = (last[rate - 1] ?? 0) | 0x80;
  absorb(last, 0);
  permute();
  const digest = new Uint8Array(32);
  for (let at = 0; at < 32; at++) digest[at] = laneAt(at >> 2) >>> ((at & 3) << 3);
  return digest;
}

function absorb(data: Uint8Array, from: number): void {
  const at = (place: number) => data[place] ?? 0;
  for (let word = 0; word < rate / 4; word++) {
    const place = from + word * 4;
    const value = at(place) | (at(place + 1) << 8) | (at(place + 2) << 16) | (at(place + 3) << 24);
    lanes[word] = laneAt(word) ^ value;
  }
}

function permute(): void {
  for (let round = 0; round < 2 * rounds; round += 2) {
    // theta: each bit takes in the parity of two columns beside it
    for (let at = 0; at < 10; at++)
      row[at] = laneAt(at) ^ laneAt(at + 10) ^ laneAt(at + 20) ^ laneAt(at + 30) ^ laneAt(at + 40);
    for (let at = 0; at < 10; at += 2) {
      const before = at === 0 ? 8 : at - 2;
      const after = at === 8 ? 0 : at + 2;
      const low = rowAt(after);
      const high = rowAt(after + 1);
      const newLow = rowAt(before) ^ ((low << 1) | (high >>> 31));
      const newHigh = rowAt(before + 1) ^ ((high << 1) | (low >>> 31));
      for (let place = at; place < 50; place += 10) {
        lanes[place] = laneAt(place) ^ newLow;
        lanes[place + 1] = laneAt(place + 1) ^ newHigh;
      }
    }
    // rho and pi: lanes turn and change places, each taking that of the next
    let low = laneAt(2);
    let high = laneAt(3);
    for (let step = 0; step < 24; step++) {
      const turn = turns[step] ?? 0;
      const place = places[step] ?? 0;
      const rest = 32 - (turn & 31);
      const one = (low << turn) | (high >>> rest); // shifts count modulo 32, and no turn is 0 or 32
      const other = (high << turn) | (low >>> rest);
      low = laneAt(place);
      high = laneAt(place + 1);
      lanes[place] = turn < 32 ? one : other;
      lanes[place + 1] = turn < 32 ? other : one;
    }
    // chi: each bit is turned over where the next is 0 and the one after it 1
    for (let plane = 0; plane < 50; plane += 10)
      for (let at = plane; at < plane + 2; at++) {
        const a = laneAt(at);
        const b = laneAt(at + 2);
        const c = laneAt(at + 4);
        const d = laneAt(at + 6);
        const e = laneAt(at + 8);
        lanes[at] = a ^ (~b & c);
        lanes[at + 2] = b ^ (~c & d);
        lanes[at + 4] = c ^ (~d & e);
        lanes[at + 6] = d ^ (~e & a);
        lanes[at + 8] = e ^ (~a & b);
      }
    lanes[0] = laneAt(0) ^ (constants[round] ?? 0);
    lanes[1] = laneAt(1) ^ (constants[round + 1] ?? 0);
  }
}

const laneAt = (at: number): number => lanes[at] ?? 0;
const rowAt = (at: number): number => row[at] ?? 0;

function paths(): readonly [places: Uint8Array, turns: Uint8Array] {
  const places = new Uint8Array(24);
  const turns = new Uint8Array(24);
  for (let step = 0, x = 1, y = 0; step < 24; step++) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    places[step] = 2 * (5 * y + x);
    turns[step] = (((step + 1) * (step + 2)) / 2) % 64;
  }
  return [places, turns];
}

/** Bits 0, 1, 3, 7, 15, 31 and 63 of each, out of a shift register. */
function roundConstants(): Int32Array {
  const found = new Int32Array(2 * rounds);
  let register = 1;
  for (let round = 0; round < rounds; round++)
    for (let power = 0; power < 7; power++) {
      const bit = (1 << power) - 1;
      const at = 2 * round + (bit >> 5);
      if ((register & 1) === 1) found[at] = (found[at] ?? 0) | (1 << (bit & 31));
      register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1;
    }
  return found;
}
