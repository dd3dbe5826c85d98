// Claim      A function that fills in fields of its argument changes the caller's object. A default is made at each
//            call.
// Mechanism  An argument is one more name for the caller's object. A default value is an expression, run when a call
//            needs it.
// Use when   changing the argument is the function's job.
// Do not     change an argument while computing something else.
// Copy       recipe.ts; Node 22 or newer
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
  return `${url}, ${retries} retries`; // nothing copied, nothing changed
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

/** The same sharing as in Python, for code that moves the default out of the parameter list. */
export function defaultMadeOnce(): number[][] {
  const none: number[] = [];
  const collectInto = (item: number, list = none): number[] => collect(item, list);
  return [collectInto(1), collectInto(2), collectInto(3)];
}
