// The landing page: the divider between the two views, the scenario's switches, the script tag.
import { startDivider } from './divider.js';
import { startScriptTag } from './script-tag.js';
import { startSwitches } from './switches.js';

startDivider();
startSwitches();
startScriptTag();

const notice = document.getElementById('notice');
const { plugin, plugin_built: isBuilt } = await (await fetch('/sandbox.json')).json();
if (!isBuilt) {
  notice.textContent =
    `The plugin is not built (sandbox/dist/plugins/${plugin}.js is missing), so Flex starts ` +
    'without it. "npm start" builds it.';
  notice.hidden = false;
}
