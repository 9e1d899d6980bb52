/** Chance that can be had again: a test prints its seed, and takes it from `FERROFLEX_SEED`. */

/** The seed of this run. */
export function newSeed() {
  const given = process.env.FERROFLEX_SEED;
  return given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
}

/** A function that gives numbers from 0 up to, but without, 1 (the generator mulberry32). */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number between two. */
export function between(random, from, to) {
  return from + random() * (to - from);
}
