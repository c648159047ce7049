import { readFileSync } from 'node:fs';

import { scriptTag } from '../../dist/visitor.mjs';
import { blocks, read } from '../docs/documents.mjs';
import { expect, test } from './fixtures.mjs';

const ID = 'V0123';

/** Glance's script, which has presence only where its tag asks for that. */
const GLANCE = `if (document.currentScript.dataset.presence === 'api') {
  ${readFileSync(new URL('glance.js', import.meta.url), 'utf8')}
}`;

/**
 * A tag manager: it makes the scripts of its HTML anew, with the attributes that it knows. `data-` is not
 * among them.
 */
const TAG_MANAGER = `window.manage = (html) => {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const given of template.content.querySelectorAll('script')) {
    const made = document.createElement('script');
    for (const name of ['id', 'src', 'type', 'charset']) {
      if (given.hasAttribute(name)) made.setAttribute(name, given.getAttribute(name));
    }
    made.text = given.text;
    document.head.append(made);
  }
};`;

/** The lines of the document for tag managers. */
const [{ code: LINES }] = blocks(read('docs/site.md')).filter(
  ({ language, code }) => language === 'html' && code.includes('createElement'),
);

test.beforeEach(async ({ shop, context }) => {
  await context.route('https://www.glancecdn.net/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: GLANCE }),
  );
  await shop.open({ glance: false, html: `<script>${TAG_MANAGER}</script>` });
});

/** Runs the HTML through the tag manager, and connects a visitor. */
function managed(shop, html) {
  return shop.page.evaluate(
    ([given, id]) => {
      window.problems = [];
      window.manage(given);
      window.connection = FlexGlanceVisitor.connectVisitor(id, {
        onerror: ({ code, message }) => window.problems.push({ code, message }),
      });
    },
    [html, ID],
  );
}

test.describe('Through a tag manager', () => {
  test('the tag loses its attributes, and the page is told which', async ({ shop }) => {
    await managed(shop, scriptTag({ groupid: 20541 }));
    await expect.poll(() => shop.reported()).toHaveLength(1);
    const [{ code, message }] = await shop.reported();
    expect(code).toBe('script');
    expect(message).toContain('lacks data-groupid and data-presence');
    expect(await shop.made()).toEqual([]);
  });

  test('the lines of docs/site.md connect the visitor', async ({ shop }) => {
    await managed(shop, LINES);
    await shop.expectPresent(ID);
    expect(await shop.page.evaluate(() => window.visitors[0].parameters.groupid)).toBe('12345');
    expect(await shop.reported()).toEqual([]);
  });

  test('the lines of docs/site.md add the tag of scriptTag', async ({ shop }) => {
    await managed(shop, LINES);
    const tag = await shop.page.evaluate(
      ([expected]) => {
        const template = document.createElement('template');
        template.innerHTML = expected;
        const attributes = (it) =>
          Object.fromEntries([...it.attributes].map(({ name, value }) => [name, value]));
        return [
          attributes(document.querySelector('#glance-cobrowse')),
          attributes(template.content.firstChild),
        ];
      },
      [scriptTag({ groupid: 12345, cookiedomain: 'example.com' })],
    );
    expect(tag[0]).toEqual(tag[1]);
  });
});

test('loadScript adds the tag of scriptTag, once', async ({ shop }) => {
  const given = { groupid: 20541, cookiedomain: 'example.com', additionalgroupids: [1, 2] };
  const [added, tags] = await shop.page.evaluate(
    async ([options]) => {
      const { loadScript } = await import('/visitor.mjs');
      const first = loadScript(options);
      const same = loadScript(options) === first;
      return [same && first.outerHTML, document.querySelectorAll('#glance-cobrowse').length];
    },
    [given],
  );
  expect(tags).toBe(1);
  expect(added.replaceAll('&amp;', '&')).toBe(scriptTag(given).replaceAll('&amp;', '&'));
  await managed(shop, '');
  await shop.expectPresent(ID);
});

test('loadScript refuses what scriptTag refuses, in its own name', async ({ shop }) => {
  const message = await shop.page.evaluate(async () => {
    const { loadScript } = await import('/visitor.mjs');
    try {
      return loadScript({ groupid: 'shop' }).outerHTML;
    } catch (error) {
      return error.message;
    }
  });
  expect(message).toMatch(/^loadScript: option "groupid" must be the number of your Glance group/);
});
