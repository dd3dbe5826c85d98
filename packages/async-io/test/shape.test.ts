import { shapeAsTests } from '@cookbook/copy/testing';

shapeAsTests(new URL('../', import.meta.url), {
  unbounded: { lines: 'the broken form and the mended one differ by one call, and there is no more to show' },
});
