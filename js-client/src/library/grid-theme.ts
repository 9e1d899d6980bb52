/**
 * The page's colours for Glide Data Grid, which draws on a canvas and so wants them as plain ones.
 */

/** Glide's names, and the theme's tokens. */
const TOKENS: Record<string, string> = {
  accentColor: "--accent-9",
  accentFg: "--accent-contrast",
  accentLight: "--accent-a3",
  bgBubble: "--gray-4",
  bgBubbleSelected: "--gray-1",
  bgCell: "--gray-1",
  bgCellMedium: "--gray-2",
  bgHeader: "--gray-2",
  bgHeaderHasFocus: "--gray-4",
  bgHeaderHovered: "--gray-3",
  bgIconHeader: "--gray-11",
  bgSearchResult: "--amber-4",
  borderColor: "--gray-a5",
  fgIconHeader: "--gray-1",
  horizontalBorderColor: "--gray-a4",
  linkColor: "--accent-11",
  textBubble: "--gray-12",
  textDark: "--gray-12",
  textGroupHeader: "--gray-11",
  textHeader: "--gray-11",
  textHeaderSelected: "--accent-contrast",
  textLight: "--gray-10",
  textMedium: "--gray-11",
};

/** The colours that the page has where `element` stands. A token without a value is left out. */
export function pageTheme(element: Element): Record<string, string> {
  const style = getComputedStyle(element);
  const theme: Record<string, string> = {};
  for (const [name, token] of Object.entries(TOKENS)) {
    const color = style.getPropertyValue(token).trim();
    if (color) theme[name] = plain(color);
  }
  const fonts = style.getPropertyValue("--default-font-family").trim();
  return fonts ? { ...theme, fontFamily: fonts } : theme;
}

let context: CanvasRenderingContext2D | null | undefined;

/** A colour as `rgba()`: Glide mixes colours and reads no other form. */
function plain(color: string): string {
  context ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return color;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${Math.round((alpha / 255) * 1_000) / 1_000})`;
}
