/**
 * How all icons are divided into files, so that an icon whose name only the state knows costs a
 * small file, and icons that are shown together cost few. The build and the shell agree here.
 */

/** So many files: each has some fifty icons, about four kilobytes compressed. */
export const SHARDS = 32;

/** The number of the file that has an icon; related names have different ones. */
export function shardOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < name.length; index += 1) sum = (sum * 31 + name.charCodeAt(index)) % SHARDS_PRIME;
  return sum % SHARDS;
}

/** Keeps the sum small; no multiple of 31 or of the number of files. */
const SHARDS_PRIME = 65_521;
