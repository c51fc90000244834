import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import reactHooks from 'eslint-plugin-react-hooks';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Which folders a folder may import, floor by floor: the one statement, which `src/architecture.test.ts` reads too. */
const LAYERS = JSON.parse(readFileSync(join(import.meta.dirname, 'src/layers.json'), 'utf8'));
const FLOORS = Object.keys(LAYERS);

const placeOf = (path) => relative(join(import.meta.dirname, 'src'), path).split(sep);

/** What is wrong with an import from one file to another; undefined where nothing is. */
function upward(from, to) {
  const [[floor, folder], [otherFloor, otherFolder]] = [placeOf(from), placeOf(to)];
  if (!FLOORS.includes(floor) || !FLOORS.includes(otherFloor)) return undefined;
  if (FLOORS.indexOf(otherFloor) > FLOORS.indexOf(floor)) return `${floor} must not know ${otherFloor}`;
  const allowed = LAYERS[floor][folder];
  if (floor !== otherFloor || allowed === undefined || folder === otherFolder || LAYERS[floor][otherFolder] === undefined || allowed.includes(otherFolder)) return undefined;
  return `${floor}/${folder} may import ${allowed.join(', ') || 'no other folder'}, not ${otherFolder}`;
}

const layers = {
  rules: {
    downward: {
      create: (context) => {
        const check = (node) => {
          const { value } = node.source ?? {};
          const fault = typeof value === 'string' && value.startsWith('.') ? upward(context.filename, join(dirname(context.filename), value)) : undefined;
          if (fault !== undefined) context.report({ node, message: `Imports run downward: ${fault} (src/layers.json).` });
        };
        return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
      },
    },
  },
};

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
  { files: ['src/**/*.{ts,tsx}'], ignores: ['**/*.test.ts', '**/testing/**'], plugins: { layers }, rules: { 'layers/downward': 'error' } },
);
