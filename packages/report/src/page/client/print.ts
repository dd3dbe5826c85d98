/// <reference lib="dom" />
// What stands behind a click is printed too, but for the code; afterwards it is folded as it was.

let opened: HTMLDetailsElement[] = [];

addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll<HTMLDetailsElement>('details.fold:not(.code):not([open])')];
  for (const fold of opened) fold.open = true;
});

addEventListener('afterprint', () => {
  for (const fold of opened) fold.open = false;
});

/** A link to a claim leads to a row that a filter may hide no longer, and its heading takes the focus. */
addEventListener('hashchange', () => {
  const target = document.getElementById(location.hash.slice(1));
  target?.setAttribute('tabindex', '-1');
  target?.focus({ preventScroll: true });
});
