/** Points a side of a picture. */
export const PICTURE_SIDE = 32;

/** Values of a picture: red, green and blue of each point, row by row. */
export const PICTURE_VALUES = 3 * PICTURE_SIDE * PICTURE_SIDE;

/** Directions that the edges of a picture are told by; the picture whole and its four quarters; steps of each of the two axes of tint. */
export const EDGES = 8;
export const CELLS = 5;
export const TINTS = 8;

/** Values that `pictureFeatures` gives: 104. */
export const PICTURE_FEATURES = EDGES * CELLS + TINTS * TINTS;
