// Claim      A function that fills in its argument's missing fields changes the caller's object: 1 field added to it
//            that the caller never wrote. A default value, unlike Python's, is made at each call: 3 calls, 3 lists.
// Mechanism  An argument is one more name for the caller's object. A default value is an expression that is run at each
//            call that needs it; Python runs it once, when the function is defined.
// Use when   changing the argument is the function's job and its name says so: `Object.assign`, `fillRandom`.
// Do not     change an argument as a side effect of computing a result.
// Run        pnpm tsx packages/pitfalls/src/main.ts arguments

export interface Options {
  url: string;
  retries?: number;
}

// #region trap
function withDefaults(options: Options): Options {
  options.retries ??= 3;
  return options;
}
// #endregion

export function trap() {
  // #region trap
  const mine: Options = { url: '/status' };
  const used = withDefaults(mine);
  // #endregion
  return { mine, used };
}

// #region fix
function withDefaultsAdded(options: Readonly<Options>): Options {
  return { retries: 3, ...options };
}
// #endregion

export function fix(mine: Options = { url: '/status' }) {
  const used = withDefaultsAdded(mine);
  return { mine, used };
}

// #region cheaper
function request({ url, retries = 3 }: Readonly<Options>): string {
  return `${url}, ${retries} retries`; // nothing is copied, nothing changed
}
// #endregion

export function cheaperFix(mine: Options = { url: '/status' }) {
  const used = request(mine);
  return { mine, used };
}

/** Python shares the default list among its calls; JavaScript makes one for each. */
// #region default
function collect(item: number, list: number[] = []): number[] {
  list.push(item);
  return list;
}
// #endregion

export function defaultAtEachCall(): number[][] {
  return [collect(1), collect(2), collect(3)];
}

/** The same sharing as in Python, for whoever moves the default out of the parameter list. */
export function defaultMadeOnce(): number[][] {
  const none: number[] = [];
  const collectInto = (item: number, list = none): number[] => collect(item, list);
  return [collectInto(1), collectInto(2), collectInto(3)];
}
