/** Where the minutes can be reached, for the closing notice of an export. */

export interface Place {
  /** The full address of the writing space or of the reading page. */
  address?: string;
  /** The short code, while there is one. */
  code?: string;
}
