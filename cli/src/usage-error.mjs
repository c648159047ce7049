/** The command line was not understood: exit code 2. The message names the option and what to do. */
export class UsageError extends Error {}
