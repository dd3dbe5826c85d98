import { copiedAsTests } from '@cookbook/copy/testing';

copiedAsTests(new URL('../', import.meta.url));
