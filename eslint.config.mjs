import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import globals from 'globals';

const browser = ['index.js', 'src/js/**', 'www/**', 'sandbox/desktop/*.js', 'plugin/src/**'];

/**
 * The component's JavaScript from the leaves to the entries. A file imports from the rows before its own
 * alone.
 */
const ORDER = [
  // What the page holds, what keeps an instance alive, and small things: they import nobody.
  [
    'page',
    'supervisor',
    'quietly',
    'schedule',
    'props',
    'unpack',
    'safe-fetch',
    'language',
    'leading-page',
    'news',
    'reports',
    'settings-table',
  ],
  ['boundary', 'load-error', 'crm-tab', 'sole-copy', 'visitor-ids', 'task', 'host/*', 'wasm/*'],
  ['configuration', 'live-props'],
  ['actions', 'notifications', 'session-facts'],
  ['runtime'],
  ['mount'],
  ['react', 'element', 'registration'],
  ['plugin'],
  // The entries, each with what it alone is made of.
  ['element/*', 'external/*', 'testing/*'],
].map((row) => row.map((name) => `./src/js/${name}.js`).map(asPattern));

/** The rule takes patterns or plain paths, and not both. */
function asPattern(file) {
  return file.includes('*') ? file : file.replace(/\w[\w-]*(?=\.js$)/, '@($&)');
}

/** Takes globals away again. */
const none = (names) => Object.fromEntries(Object.keys(names).map((name) => [name, 'off']));

export default [
  { ignores: ['**/node_modules/', '**/dist/', '**/target/', '**/public/', 'cli/deployed/'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.node },
    rules: {
      'no-empty-pattern': 'off',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-unused-vars': ['error', { caughtErrorsIgnorePattern: '^_' }],
    },
  },
  // The entries of the matrix's projects, which import what is installed there.
  {
    files: ['tests/matrix/app/*.js', 'tests/matrix/plugin/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['tests/matrix/jest/**', 'cli/template/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.jest } },
  },
  { files: browser, languageOptions: { globals: globals.browser } },
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver()] },
    rules: { 'import-x/no-cycle': 'error' },
  },
  {
    files: ['src/js/**'],
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...ORDER.map((row, i) => ({
              target: row,
              from: [...ORDER.slice(i + 1).flat(), asPattern('./index.js')],
              message: 'Imports run one way: see ORDER in eslint.config.mjs.',
            })),
            // Those that import nobody of the component.
            { target: ORDER[0], from: ['./src/js/**/*', asPattern('./index.js')] },
          ],
        },
      ],
    },
  },
  // What is shipped has to parse in Flex's plugin build, which transpiles no dependency.
  {
    files: ['index.js', 'src/js/**', 'www/visitor/**'],
    languageOptions: { ecmaVersion: 2018 },
  },
  // The doctor's judgements run in browsers and in Node.js: they may use what both have, and no more.
  {
    files: ['src/doctor/**'],
    languageOptions: { ecmaVersion: 2022, globals: { ...none(globals.node), URL: 'readonly' } },
  },
  // The rest of the doctor runs in browsers alone.
  {
    files: [
      'src/doctor/{index,examine,steps,subject}.mjs',
      'src/doctor/observe/**',
      'src/doctor/panel/**',
    ],
    languageOptions: { ecmaVersion: 2022, globals: globals.browser },
  },
  // The command line runs on Node.js 18 as it is.
  { files: ['cli/src/**'], languageOptions: { ecmaVersion: 2025 } },
  {
    files: ['tests/plugin/**', 'plugin/**'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^(React|TwilioFlexGlance)$' }] },
  },
  {
    // Functions passed to `page.evaluate` run in the page, with what is on it.
    files: [
      'bench/**',
      'tests/engines/**',
      'tests/journeys/**',
      'tests/views/**',
      'tests/visitor/**',
    ],
    languageOptions: {
      globals: {
        ...globals.node,
        ...globals.browser,
        React: 'readonly',
        ReactDOM: 'readonly',
        FlexGlanceVisitor: 'readonly',
        Twilio: 'readonly',
        TwilioFlexGlance: 'readonly',
        moduleId: 'readonly',
        setModuleUrl: 'readonly',
      },
    },
  },
  {
    files: ['functions/**', 'tests/function/published/**', '**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { Twilio: 'readonly' } },
  },
];
