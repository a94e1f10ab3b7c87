/** Which layout of a document this program knows, for those who only have to say so. */

/** Raised whenever an older tab could misread the document; travels in the session and the Hocuspocus token. */
export const LAYOUT = 1;
