import { WebKit } from './webkit.mjs';
import { playAll } from './play.mjs';

playAll(WebKit);
