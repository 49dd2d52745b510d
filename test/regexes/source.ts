/** Every regular expression that is written in the source, found by the compiler's own parser. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A regular expression, and where it stands first. */
export interface Written {
  /** As it is written: "/…/flags". Its verdict is kept by it. */
  key: string;
  source: string;
  flags: string;
  /** "src/understanding/name.ts:36". */
  place: string;
}

/** What stands in the source as a literal, and the places in which one is put together while the program runs. */
export interface Found {
  literals: readonly Written[];
  made: readonly string[];
}

export function regexesIn(folder: string): Found {
  const literals = new Map<string, Written>();
  const made: string[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue;
    const path = `${folder}/${file}`;
    const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      const place = () => `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const written = { key: node.text, source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
        if (!literals.has(written.key)) literals.set(written.key, { ...written, place: place() });
      } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp') {
        made.push(place());
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { literals: [...literals.values()], made };
}
