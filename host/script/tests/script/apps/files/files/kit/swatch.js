export const Swatch = () => null;
