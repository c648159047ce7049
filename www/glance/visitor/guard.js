/**
 * The last wall before an event leaves the page.
 *
 * rrweb is told what to block, but it decides path by path: it does not look across shadow roots,
 * sends the values of detached fields and of a radio button's siblings unchecked, and goes on with
 * descendants it knew before their container was masked. So every event is checked once more by
 * the nodes it names: whatever is masked now, or is not in the document, does not leave.
 */

import { record } from 'rrweb';

import { isMasked, watchMasking } from './masking.js';

const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;

/** rrweb's sources of incremental events that need more than a look at one node. */
const MUTATION = 0;
const SELECTION = 14;

/** Sources that name nodes beside positions on the screen, but carry nothing of them. */
const POINTER = new Set([1, 2, 4, 6, 12]);

const { mirror } = record;

/** What is kept of a masked element: how it looks as an empty box. */
const KEPT = ['class', 'rr_width', 'rr_height'];

/**
 * @param {object} event An event of rrweb. It is changed.
 * @returns {object | undefined} The event without anything masked; nothing if nothing is left.
 */
export function guard(event) {
  if (event.type === FULL_SNAPSHOT) {
    prune(event.data.node);
  } else if (event.type === INCREMENTAL && !passes(event.data)) {
    return undefined;
  }
  return event;
}

function passes(data) {
  if (POINTER.has(data.source)) {
    return true;
  }
  if (data.source === MUTATION) {
    data.texts = data.texts.filter(({ id }) => isOpen(id));
    data.attributes = data.attributes.filter(({ id }) => isOpen(id));
    data.attributes.forEach(dropSource);
    data.adds = data.adds.filter(({ parentId, node }) => isAddition(parentId, node));
    return [data.texts, data.attributes, data.removes, data.adds].some(({ length }) => length);
  }
  if (data.source === SELECTION) {
    return data.ranges.every(({ start, end }) => isOpen(start) && isOpen(end));
  }
  return data.id === undefined || isOpen(data.id);
}

/** A node that is in the document and not masked. */
function isOpen(id) {
  const node = mirror.getNode(id);
  return Boolean(node?.isConnected) && !isMasked(node);
}

/** Additions below something masked do not pass; a masked element itself passes as an empty box. */
function isAddition(parentId, serialized) {
  if (!isOpen(parentId)) {
    return false;
  }
  prune(serialized);
  return true;
}

/** A frame's source text would bring its masked parts along; its document is recorded by itself. */
function dropSource({ attributes }) {
  delete attributes?.srcdoc;
}

function prune(serialized) {
  const node = mirror.getNode(serialized.id);
  const root = node?.getRootNode();
  if (root && root !== document) {
    watchMasking(root);
  }
  if (node && !isMasked(node)) {
    dropSource(serialized);
    serialized.childNodes?.forEach(prune);
    return;
  }
  if (serialized.attributes) {
    const kept = KEPT.filter((name) => name in serialized.attributes);
    serialized.attributes = Object.fromEntries(
      kept.map((name) => [name, serialized.attributes[name]]),
    );
    serialized.attributes['data-glance-masked'] = '';
    serialized.childNodes = [];
  }
  if ('textContent' in serialized) {
    serialized.textContent = '';
  }
}
