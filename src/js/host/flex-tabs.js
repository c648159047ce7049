// @ts-check
/** Tabs that a panel of ours may be in: by default Flex keeps the contents of those on the page that are not selected. */

/** Flex's own, as `@twilio/flex-ui` 2.17.1 names them. */
const TABS = '.Twilio-BaseTabs';
const TAB = '.Twilio-Tab';
const LABELS = '.Twilio-Tabs-Labels';
const HEADER = '.Twilio-TabHeader';
const ACTIVE = '.Twilio-TabHeader-StateIndicator-Active';
/** Anybody's, such as those of Twilio's Paste. */
const CONTENT = '[role="tabpanel"]';
/** What we put into a tab of the project template's container; see `crm-tab.js`. */
const OURS = '[data-crm-tab]';

/**
 * Selects every tab that the element is in, as the agent would: Flex keeps which one is selected in its own
 * state, in one place for its own tabs and in another for a plugin's. The template's container has an Action
 * for it, which selects the tab under every task, or none: its tabs lack the ids that it looks for.
 * @param {Element} element On the page.
 * @returns {boolean} Whether all of them are selected now. True for an element that is in no tab.
 */
export function selectTabOf(element) {
  let inside = outermost(element);
  for (;;) {
    const tab = inside.parentElement && inside.parentElement.closest(`${TAB}, ${CONTENT}`);
    if (!tab) return true;
    const header = tab.matches(TAB) ? headerOf(tab) : labelOf(tab);
    if (header && !isActive(header)) {
      (header.querySelector('[tabindex="-1"], button') || header).click();
      if (!isActive(header)) return false;
    }
    inside = tab;
  }
}

/**
 * The title of our tab in the project template's container, if the element is in one that `selectTabOf` could
 * not find.
 * @param {Element} element
 */
export function crmTabOf(element) {
  const ours = /** @type {HTMLElement | null} */ (outermost(element).closest(OURS));
  return ours && !ours.closest(CONTENT) ? ours.dataset.crmTab : undefined;
}

/** What stands for the element in the document: the host of its shadow root. */
function outermost(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : element;
}

/** The label that selects one of Flex's tabs. A single tab may have none. */
function headerOf(tab) {
  const tabs = tab.closest(TABS);
  const labels = tabs && tabs.querySelector(LABELS);
  const at = Array.from(tab.parentElement.children).indexOf(tab);
  return labels ? labels.querySelectorAll(HEADER)[at] : undefined;
}

/** The nearest label of these contents: a container for each task may use the same ids in all of them. */
function labelOf({ id, parentElement }) {
  const label = `[role="tab"][aria-controls="${CSS.escape(id)}"]`;
  for (let around = parentElement; around; around = around.parentElement) {
    const found = around.querySelector(label);
    if (found) return found;
  }
  return undefined;
}

function isActive(header) {
  return header.getAttribute('aria-selected') === 'true' || Boolean(header.querySelector(ACTIVE));
}
