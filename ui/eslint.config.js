// What the compiler cannot see: hooks, accessibility, folders' borders, words in markup.
import { fileURLToPath } from 'node:url';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const SPOKEN = '/^(aria-label|aria-description|aria-roledescription|aria-valuetext|alt|title|placeholder|label)$/';

const noWordsInMarkup = [
  { selector: 'JSXText[value=/\\p{L}/u]', message: 'Words belong in messages/.' },
  { selector: `JSXAttribute[name.name=${SPOKEN}] > Literal`, message: 'Words belong in messages/.' },
];

const border = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default defineConfig(
  globalIgnores(['**/dist*', '**/words', '**/gen', '**/node_modules', '**/*.config.{js,ts}']),
  tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.setup.ts'] },
        tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)),
      },
    },
    rules: {
      'max-lines': ['error', 400],
      'no-restricted-syntax': ['error', ...noWordsInMarkup],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  border(
    ['*/src/**'],
    ['@tauri-apps/*'],
    'Only host/ knows how to reach the program.',
  ),
  border(
    ['*/src/features/**'],
    ['@tauri-apps/*', '../../features/*', '../[a-z]*/*', '!../../host/*'],
    'Features never import each other, and reach the program through host/.',
  ),
  border(
    ['*/src/host/**'],
    ['react', 'react-dom', '@assent/shared', '../features/*'],
    'host/ knows nothing of the interface.',
  ),
  border(['shared/src/**'], ['@tauri-apps/*', '@assent/wallet*'], 'shared/ knows no app.'),
  {
    files: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-syntax': 'off',
      // The program refuses with plain objects, and so do the tests.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
);
