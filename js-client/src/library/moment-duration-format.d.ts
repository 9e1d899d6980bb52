/**
 * The types of a package that has none: it gives moment's durations a `format`.
 */
declare module "moment-duration-format" {
  import type moment from "moment";

  export default function setup(of: typeof moment): void;
}
