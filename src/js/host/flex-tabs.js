// @ts-check
/** Flex's tabs: by default it keeps the contents of those on the page that are not selected. */

/** As `@twilio/flex-ui` 2.17.1 names them. */
const TABS = '.Twilio-BaseTabs';
const TAB = '.Twilio-Tab';
const LABELS = '.Twilio-Tabs-Labels';
const HEADER = '.Twilio-TabHeader';
const ACTIVE = '.Twilio-TabHeader-StateIndicator-Active';

/**
 * Selects every tab that the element is in, as the agent would: Flex keeps which one is selected in its own
 * state, in one place for its own tabs and in another for a plugin's.
 * @param {Element} element On the page.
 * @returns {boolean} Whether all of them are selected now. True for an element that is in no tab.
 */
export function selectTabOf(element) {
  const root = element.getRootNode();
  let inside = root instanceof ShadowRoot ? root.host : element;
  for (;;) {
    const tab = inside.parentElement && inside.parentElement.closest(TAB);
    if (!tab) return true;
    const header = headerOf(tab);
    if (header && !isActive(header)) {
      (header.querySelector('[tabindex="-1"], button') || header).click();
      if (!isActive(header)) return false;
    }
    inside = tab;
  }
}

/** The label that selects the tab. A single tab may have none. */
function headerOf(tab) {
  const tabs = tab.closest(TABS);
  const labels = tabs && tabs.querySelector(LABELS);
  const at = Array.from(tab.parentElement.children).indexOf(tab);
  return labels ? labels.querySelectorAll(HEADER)[at] : undefined;
}

function isActive(header) {
  return Boolean(header.querySelector(ACTIVE));
}
