/**
 * `npm run e2e`: every test that needs a real browser: the simulator and the console, and the client of WhatsApp on its stub
 * page. Last line: one JSON object with `passed` and `failed`.
 */
import { runTests, tell, together } from '../vitest-run.ts';

const outcome = together([runTests('slow', ['test/browser/']), runTests('whatsapp')]);
tell(outcome);
console.log(JSON.stringify({ passed: outcome.passed, failed: outcome.failed }));
