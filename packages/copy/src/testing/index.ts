// A chapter's recipes as tests: each is copied and called, and its folder keeps the shape of all recipes.

export { contractAsTests } from './contract.ts';
export type { Contract, Runner } from './contract.ts';
export { copiedAsTests } from './copied.ts';
export { shapeAsTests } from './shaped.ts';
export type { Exceptions } from './shaped.ts';
