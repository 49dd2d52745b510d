/** `npm run consents`: every line that is no clear yes, at every consent question of every flow, through the engine. JSON last. */
import { consentCases, consentQuestions, consents } from '../support/consents.ts';

const taken = consentQuestions.flatMap(({ flow, node }) =>
  consentCases.filter(({ text }) => consents(flow, node, text)).map(({ text }) => `${flow}.${node}: ${text}`),
);
for (const line of taken) console.log(line);
console.log(JSON.stringify({ questions: consentQuestions.length, cases: consentCases.length, taken: taken.length }));
process.exitCode = taken.length === 0 ? 0 : 1;
