// What a claim is, what was found, and how that is judged.

export { chapterOf, defineClaim, recipeOf, SOURCES } from './claim.ts';
export type { Chapter, Claim, Context, InNode, Need, Screen, Section, Source } from './claim.ts';
export {
  counted,
  describeBound,
  describeFigure,
  describeValue,
  exactly,
  figureOf,
  fillWords,
  formatNumber,
  inTimes,
  keepsBound,
} from './figure.ts';
export type { Bound, Figure } from './figure.ts';
export { atOnce, combine, counts, drawn, intervals, sentenceOf, shown } from './finding.ts';
export type { Finding, PythonRun } from './finding.ts';
export { binomialUpperBound, median, medianInterval, sampled } from './interval.ts';
export {
  allHold,
  BUSY_SHARE,
  CONTENDED_SHARE,
  describeBreach,
  judgeAtOnce,
  judgeBounds,
  judgeIntervals,
} from './judge.ts';
export type { Judgement, Qualifier, Verdict } from './judge.ts';
export type { Axis, CoreSample, CoresPlot, LinePlot, Plot, PlotSeries } from './plot.ts';
export { darkScreen, DEFAULT_TIME_BUDGET, verify } from './verify.ts';
export type { Outcome, VerifyOptions } from './verify.ts';
