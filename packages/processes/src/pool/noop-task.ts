export { default } from '../proof/noop-task.ts';
