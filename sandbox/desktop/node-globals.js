// The two Node globals that Flex UI's dependencies expect; esbuild injects them where they are used.
export { Buffer } from 'buffer';
export { default as process } from 'process/browser';
