/**
 * `npm run check:flows`: lints every flow and every text in every language. `-- --fix-list id` prints all texts of a language
 * as a table to review. Last line: {"messages", "problems"}; exits 1 when something is to be mended, 2 when it could not look.
 */
import { readContent } from '../compose.ts';
import { catalogue, lint } from '../lint/index.ts';
import { messageOf } from '../shared/errors.ts';

try {
  const content = readContent();
  const at = process.argv.indexOf('--fix-list');
  if (at >= 0) {
    const language = process.argv[at + 1] ?? 'id';
    for (const { file, key, text } of catalogue(content).filter((message) => message.language === language))
      console.log(`${file}\t${key}\t${text.replaceAll('\n', ' ⏎ ')}`);
  } else {
    const { messages, problems, lix } = lint(content, 'locales/words.txt');
    for (const { file, at: place, text, rule, better } of problems)
      console.log(
        `${file}  ${place}\n  ${text === '' ? '' : `Teks: ${text.replaceAll('\n', ' / ')}\n  `}Masalah: ${rule}.\n  Lebih baik: ${better}.\n`,
      );
    for (const [language, value] of Object.entries(lix)) console.log(`LIX ${language}: ${value}`);
    console.log(JSON.stringify({ messages, problems: problems.length }));
    process.exitCode = problems.length > 0 ? 1 : 0;
  }
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 2;
}
