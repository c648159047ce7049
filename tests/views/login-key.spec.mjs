import { expect, LOGIN_KEY, PROPS, test } from './fixtures.mjs';

test.describe('A login key that is held', () => {
  for (const [prop, value] of [
    ['puid', 'another-agent'],
    ['groupid', 72],
    ['authurl', 'http://function.localhost/another'],
  ]) {
    test(`is of no use for another ${prop}, and is there again for the same one`, async ({
      bare,
    }) => {
      const asked = [];
      bare.answers.key = (request) => {
        if (request.method() === 'POST') asked.push(request);
        return { json: { loginKey: LOGIN_KEY } };
      };
      const another = { ...PROPS, [prop]: value };
      for (const [props, times] of [
        [PROPS, 1],
        [PROPS, 1],
        [another, 2],
        [another, 2],
        [PROPS, 2],
      ]) {
        await bare.render(props);
        await open(bare.page);
        expect(asked).toHaveLength(times);
      }
    });
  }

  test('stays when Flex renews a token that was given as text', async ({ bare }) => {
    const tokens = [];
    bare.answers.key = (request) => {
      tokens.push(new URLSearchParams(request.postData()).get('Token'));
      return { json: { loginKey: LOGIN_KEY } };
    };
    await bare.render(PROPS);
    await open(bare.page);
    await bare.render({ ...PROPS, authtoken: 'renewed-token' });
    await open(bare.page);
    expect(tokens).toEqual(['flex-token']);
  });
});

/** Opens the viewer in a tab and closes it. */
async function open(page) {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: /^Cobrowse/ }).click();
  await expect(await opened).toHaveTitle('Viewer');
  await page.getByRole('button', { name: 'Close viewer' }).click();
  await expect(page.getByRole('button', { name: /^Cobrowse/ })).toBeVisible();
}
