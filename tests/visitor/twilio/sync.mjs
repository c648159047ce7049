/**
 * Stands for Twilio Sync (`cds.us1.twilio.com`), as far as the chat clients in these tests use it:
 * documents, maps and lists, their items, and subscriptions that replay what a subscriber missed.
 * Everybody may read and write everything, and nothing expires. Formats are those that the clients
 * read; a live server sends more.
 */

import { sid } from './sids.mjs';

const KINDS = {
  document: { prefix: 'ET', path: 'Documents' },
  map: { prefix: 'MP', path: 'Maps', key: 'key' },
  list: { prefix: 'ES', path: 'Lists', key: 'index' },
};
const SERVICE = `https://cds.us1.twilio.com/v3/Services/${sid('IS')}`;

export class Sync {
  #objects = new Map();
  #events = 0;
  #subscribers = new Set();

  /** Makes an object, found by its SID and by its name. */
  create(kind, name, data) {
    const object = { kind, sid: sid(KINDS[kind].prefix), name, data, items: new Map() };
    Object.assign(object, { revision: 0, last: this.#nextEvent(), history: [] });
    this.#objects.set(object.sid, object);
    if (name) this.#objects.set(name, object);
    return object;
  }

  find(nameOrSid) {
    return this.#objects.get(nameOrSid);
  }

  /** Adds or changes an item of a map or list. */
  set(object, key, data) {
    const verb = object.items.has(key) ? 'updated' : 'added';
    this.#touch(object);
    object.items.set(key, { data, revision: object.revision, last: object.last });
    const { key: keyed } = KINDS[object.kind];
    this.#tell(object, `${object.kind}_item_${verb}`, {
      [`item_${keyed}`]: key,
      item_url: `${url(object)}/Items/${key}`,
      item_revision: String(object.revision),
      item_data: data,
    });
  }

  remove(object, key) {
    object.items.delete(key);
    this.#touch(object);
    this.#tell(object, 'map_item_removed', { item_key: key });
  }

  /** Lays members over a document's data. */
  update(object, members) {
    object.data = { ...object.data, ...members };
    this.#touch(object);
    this.#tell(object, 'document_updated', { document_data: object.data });
  }

  /** Deletes a document. Who subscribes later is told of it like everybody. */
  delete(document) {
    document.isDeleted = true;
    this.#touch(document);
    this.#tell(document, 'document_removed', {});
  }

  /** What `GET` of the object answers. */
  describe(object) {
    return {
      sid: object.sid,
      unique_name: object.name ?? null,
      url: url(object),
      revision: String(object.revision),
      last_event_id: object.last,
      date_created: now(),
      date_updated: now(),
      date_expires: null,
      links: { items: `${url(object)}/Items`, context: `${url(object)}/Context` },
      data: object.data,
    };
  }

  item(object, key) {
    const { data, revision, last } = object.items.get(key);
    return {
      [KINDS[object.kind].key]: key,
      url: `${url(object)}/Items/${key}`,
      data,
      revision: String(revision),
      last_event_id: last,
      date_created: now(),
      date_updated: now(),
      date_expires: null,
    };
  }

  /** One page with the items that the query asks for. */
  items(object, { Key, Order }) {
    const keys = [...object.items.keys()].filter((key) => Key === undefined || key === Key);
    if (Order === 'desc') keys.reverse();
    return {
      meta: { previous_token: null, next_token: null },
      items: keys.map((key) => this.item(object, key)),
    };
  }

  /** `notify` is called with each event of the objects from now on, and with those it missed. */
  subscribe(notify, { correlation_id, requests, action }) {
    for (const { object_sid, object_type, last_event_id } of requests) {
      const object = this.find(object_sid);
      const subscriber = [...this.#subscribers].find(
        (other) => other.notify === notify && other.object === object,
      );
      if (subscriber) this.#subscribers.delete(subscriber);
      if (action === 'establish') {
        this.#subscribers.add({ notify, object });
        for (const message of object.history) {
          if (message.event.id > (last_event_id ?? 0)) notify(message);
        }
      }
      notify({
        event_type: action === 'establish' ? 'subscription_established' : 'subscription_canceled',
        correlation_id,
        event_protocol_version: 3,
        event: {
          object_sid,
          object_type,
          replay_status: 'completed',
          last_event_id: object?.last ?? 0,
        },
      });
    }
  }

  unsubscribeAll(notify) {
    for (const subscriber of this.#subscribers) {
      if (subscriber.notify === notify) this.#subscribers.delete(subscriber);
    }
  }

  /** The context of the chat client's session list, which it waits for. */
  contextUpdated(list) {
    this.#touch(list);
    this.#tell(list, 'list_context_updated', { context_data: list.context });
  }

  #nextEvent() {
    this.#events += 1;
    return this.#events;
  }

  #touch(object) {
    object.revision += 1;
    object.last = this.#nextEvent();
  }

  #tell(object, event_type, event) {
    const message = {
      event_type,
      correlation_id: null,
      event_protocol_version: 3,
      event: {
        id: object.last,
        [`${object.kind}_sid`]: object.sid,
        [`${object.kind}_revision`]: String(object.revision),
        date_created: now(),
        ...event,
      },
    };
    object.history.push(message);
    for (const subscriber of this.#subscribers) {
      if (subscriber.object === object) subscriber.notify(message);
    }
  }
}

/** Answers a request to Sync: `[status, body]`, or undefined if it is none that is known. */
export function answer(sync, { method, path, params, body }) {
  const [, object] =
    /^\/v3(?:\/Services\/\w+)?\/(?:Lists|Maps|Documents)\/([^/]+)/.exec(path) ?? [];
  if (!object) return undefined;
  const found = sync.find(decodeURIComponent(object));
  if (!found || found.isDeleted) return [404, { message: 'Not found', code: 54100 }];
  if (path.endsWith('/Context')) return [200, { data: found.context, last_event_id: found.last }];
  if (!path.endsWith('/Items')) return [200, sync.describe(found)];
  if (method === 'GET') return [200, sync.items(found, params)];
  const index = found.items.size;
  sync.set(found, index, body.data);
  return [201, sync.item(found, index)];
}

function url({ kind, sid: own }) {
  return `${SERVICE}/${KINDS[kind].path}/${own}`;
}

function now() {
  return new Date().toISOString();
}
