import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import reactHooks from 'eslint-plugin-react-hooks';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Imports that a folder must not reach, said once per layer. */
const forbid = (files, patterns, message) => ({ files, ignores: ['**/*.test.ts', '**/testing/**'], rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] } });

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'playwright-report', 'coverage', 'public', '**/*.golden.txt'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, comments.recommended],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './src/kernels/tsconfig.json', './src/workers/tsconfig.json', './src/app/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Typed-array loops guard reads with `?? 0`; without unchecked-index types the rule would call that needless.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@eslint-community/eslint-comments/require-description': 'error',
      '@eslint-community/eslint-comments/no-unused-disable': 'error',
    },
  },
  {
    // Names, headers and texts come from other people’s files: an expression over them takes a time in proportion to their length.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      // The rules above miss a lazy repetition in a repeated group, the kind that takes exponential time.
      'no-restricted-syntax': ['error', { selector: 'Literal[regex.pattern=/\\([^()]*[*+][^()]*\\)([*+]|\\{\\d*,)/]', message: 'A repetition within a repeated group may take exponential time: read the text by hand, or repeat without nesting.' }],
    },
  },
  { files: ['src/app/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  forbid(['src/kernels/tables/**'], ['**/image/**', '**/pipeline/**', '**/backends/**', '**/codecs/**', '**/analysis/**', '**/workers/**', '**/app/**'], 'Tables are data: they import types of tables only.'),
  forbid(['src/kernels/image/**'], ['**/pipeline/**', '**/backends/**', '**/codecs/**', '**/analysis/**', '**/workers/**', '**/app/**'], 'The image model knows only the tables.'),
  forbid(['src/kernels/pipeline/**'], ['**/backends/**', '**/codecs/**', '**/analysis/**', '**/workers/**', '**/app/**'], 'The pipeline knows tables and the image model.'),
  forbid(['src/kernels/**'], ['**/workers/**', '**/app/**', 'react', 'comlink', 'zustand'], 'Kernels are pure: no DOM, no worker, no React.'),
  forbid(['src/workers/**'], ['**/app/**', 'react', 'zustand'], 'Workers know kernels, not the app.'),
);
