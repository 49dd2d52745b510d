import tseslint from 'typescript-eslint';

const pureFolders = ['src/engine/**/*.ts', 'src/understanding/**/*.ts'];
const tests = ['**/*.test.ts', 'test/**/*.ts'];

/** Type-aware rules everywhere; the pure folders may touch no clock, chance, network or process. */
export default tseslint.config(
  { ignores: ['node_modules', 'data', 'coverage', 'src/channels/simulator/page', 'test/whatsapp-web/stub/*.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Our ports are plain objects whose functions use no `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: pureFolders,
    ignores: tests,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'Date',
          'process',
          'fetch',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'crypto',
          'console',
          'performance',
        ],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'chance comes in by argument' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/main.ts', 'src/cli/**/*.ts', ...tests],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'only config.ts says what may be set; it takes the environment as an argument',
        },
        { object: 'Math', property: 'random', message: 'chance comes in by argument, see shared/ids.ts' },
      ],
    },
  },
  { files: ['**/*.js', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: tests,
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off' },
  },
  { files: ['src/cli/**/*.ts', 'test/**/*.ts', 'src/main.ts'], rules: { 'no-console': 'off' } },
);
