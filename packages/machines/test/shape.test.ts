import { shapeAsTests } from '@cookbook/copy/testing';

shapeAsTests(new URL('../', import.meta.url));
