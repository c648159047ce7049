// Signs the agent in with a token of the sandbox and starts the genuine Flex UI.
(async () => {
  'use strict';

  const page = JSON.parse(document.getElementById('sandbox').textContent);
  const note = document.getElementById('boot');

  function fail(sentence) {
    const boot = document.getElementById('boot') ?? document.body.appendChild(note);
    boot.textContent = sentence;
    boot.className = 'boot failed';
    boot.setAttribute('role', 'alert');
  }

  if (!window.Twilio?.Flex) {
    fail('The Flex UI is not here: sandbox/dist/flex.js is missing. "npm start" makes it.');
    return;
  }
  if (!page.plugin_built) {
    console.warn(
      `sandbox/dist/plugins/${page.plugin}.js is missing, so Flex starts without the plugin.`,
    );
  }

  try {
    const answer = await fetch('/session', { method: 'POST' });
    if (!answer.ok) throw new Error(`the sandbox refused to sign the agent in (${answer.status})`);
    localStorage.setItem('TWILIO_FLEX_SSO', JSON.stringify(await answer.json()));
    // Flex remembers a language that an agent chose once; here the scenario decides.
    localStorage.removeItem('TWILIO_FLEX_LOCALE_PREFERENCE');

    await window.Twilio.Flex.runDefault(
      {
        logLevel: 'error',
        disableBrowserVoice: true,
        disableTelemetry: true,
        language: 'en-US',
        pluginService: { enabled: true },
        sso: { accountSid: page.account_sid },
        ...page.flex_config,
      },
      '#container',
    );
  } catch (error) {
    fail(`The agent’s desktop did not start: ${error?.message ?? error}. Reload to try again.`);
    throw error;
  }
})();
