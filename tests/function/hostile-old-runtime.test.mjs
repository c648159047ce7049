/** The hostile requests once more, on a runtime without `URL.canParse`: Node.js before 18.17. */

process.env.FUNCTION_WITHOUT = 'URL.canParse';
await import('./hostile.test.mjs');
