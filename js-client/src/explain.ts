/**
 * What an error of React's production build, which has only a number, means for the author of an app.
 * Not here: showing it (tree.tsx).
 */

const NO_TEXT = /^Minified React error #31; visit \S*?\?args\[\]=(\S*)/;

/** The message in words where one is known for it, else as it is. */
export function explained(message: string): string {
  const given = NO_TEXT.exec(message)?.[1];
  if (given === undefined) return message;
  return (
    `${decodeURIComponent(given)} stands where only text can be shown: show one of its fields, ` +
    "or all of it with State.field.to_string()"
  );
}
