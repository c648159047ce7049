// Props that can be worked with.
import { parseProps, textOf } from './config.js';

/** As `parseProps`, with the Flex token that a key request starts with. */
export function readSetup(props) {
  const { config, errors } = parseProps(props);
  if (errors) return { errors };
  return { config: { ...config, tokenSource: textOf(props.authtoken) ? 'literal' : 'current' } };
}
