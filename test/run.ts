/** `npm test`: every test of every kind, each with its own report; last the names of what failed and "N passed, N failed". */
import { runTests, tell, together } from './vitest-run.ts';

const outcome = together(['quick', 'database', 'whatsapp', 'slow'].map((project) => runTests(project)));
tell(outcome);
console.log(`\n${outcome.passed} passed, ${outcome.failed} failed`);
