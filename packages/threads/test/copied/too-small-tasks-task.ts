import { eachOf } from '../../src/too-small-tasks/recipe.ts';

export default eachOf((n: number) => n * n);
