/**
 * Python's meaning of operators, methods and conversions, for values of the state. Page modules
 * use it as `py`. Free of React and of the page.
 *
 * Not Python's: dates and the like are their text, a missing key or position is null instead of an
 * error (a page must not break while data is still on its way), a division by zero is NaN.
 */
export { floatStr, json, repr, str, text } from "./python/text.ts";
export {
  abs,
  add,
  bool,
  ceil,
  div,
  float,
  floor,
  floordiv,
  int,
  mod,
  mul,
  neg,
  pow,
  round,
  sub,
  trunc,
  truth,
} from "./python/number.ts";
export { floatFormat, format } from "./python/format.ts";
export { eq, ge, gt, le, lt, ne } from "./python/compare.ts";
export {
  attr,
  contains,
  get,
  index,
  items,
  iterate,
  join,
  keys,
  length,
  merge,
  pluck,
  range,
  reverse,
  slice,
  values,
} from "./python/container.ts";
export { filter, flatMap, map, reduce } from "./python/traverse.ts";
export { instant } from "./python/instant.ts";
export {
  capitalize,
  endswith,
  lower,
  lstrip,
  replace,
  rstrip,
  split,
  startswith,
  strip,
  title,
  upper,
} from "./python/string.ts";
