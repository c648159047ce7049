import { Firefox } from './firefox.mjs';
import { playAll } from './play.mjs';

playAll(Firefox);
