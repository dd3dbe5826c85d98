// The closing part of --help.

/** What the options do not say by themselves, and examples. */
export const CLOSING = `
A value is a number (12, +1.5e-3, .5, inf, 12.5 %) or an ISO 8601 date or time (2024-03-01, 2024-03-01T12:30:00+02:00).
Numbers are compared exactly, whatever their length, and printed as they are written. All values of a column are of one
kind: numbers, times with an offset, or times without one. Gaps are passed over and counted; so are lines of CSV with
another number of cells than the first one, which is reported on stderr. A cell that is no value ends the search with its
line, unless --invalid says otherwise.

Examples:
  max load.csv --column cpu                                   a column of CSV, by its header
  max jan.csv.gz feb.csv.zst --column 3 --no-header           several files, compressed, without a header
  max prices.csv --column Preis --decimal , --thousands .     1.234.567,50
  max weather.csv --column temp --gap NA --gap -999           missing values
  max events.jsonl --column response.time                     a field within another
  max log.csv --column date                                   the latest and the earliest date
  seq 1000 | max                                              a value a line

Exit status: 0 found, 1 no value or data that are wrong, 2 wrong usage, 130 interrupted.`;
