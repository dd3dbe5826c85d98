// What can be wrong with an input as a whole.

/** What is wrong with the data, in one line. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** The column is not there: the message names those that are. */
export class ColumnError extends Error {
  override readonly name = 'ColumnError';
}
