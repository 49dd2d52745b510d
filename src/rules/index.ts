/** The only door of the rules: what holds on a day, whether it holds for a person, and what is missing. Pure. */
export {
  factsFileSchema,
  leavesOf,
  ruleSchema,
  strangeIn,
  type FactsFile,
  type Rule,
  type Scalar,
  type Version,
} from './schema.ts';
export { holding, type Day, type Held, type HeldValue, type Published, type Unknown } from './holding.ts';
export { after, judge, missing, type Change, type Facts, type Judgement, type Missing, type Verdict } from './judge.ts';
