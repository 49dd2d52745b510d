/** The only door of the rules: what holds on a day, whether it holds for a person, and what is missing. Pure. */
export {
  factsFileSchema,
  leavesOf,
  requirementSchema,
  ruleSchema,
  strangeIn,
  type FactsFile,
  type Requirement,
  type Rule,
  type Scalar,
  type Version,
} from './schema.ts';
export { holding, type Day, type Held, type HeldValue, type Published, type Unknown } from './holding.ts';
export {
  after,
  judge,
  limitOf,
  meets,
  missing,
  undecided,
  type Change,
  type Facts,
  type Judgement,
  type Missing,
  type Verdict,
} from './judge.ts';
