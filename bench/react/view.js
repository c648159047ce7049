// From a description to elements.
import * as React from 'react';
import TOKENS from '../../vectors/theme_tokens.json';

const ICONS = {
  cobrowse: 'M2 2.5h12v8H2zM5.5 13.5h5M7.2 4.6l4 2-1.8.6-.7 1.7z',
  key: 'M6 6.5a2.5 2.5 0 1 0 0 3h4v2h2v-2h2v-3zM4 8h.01',
  'open-in-tab': 'M7 3H3v10h10V9M9.5 3H13v3.5M13 3 7.5 8.5',
  'retry-presence': 'M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3',
  close: 'M4 4l8 8M12 4l-8 8',
  here: 'M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 14c0-3 2.5-4 5-4s5 1 5 4z',
  away: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM5 8h6',
  checking: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  unknown: 'M6 6a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1V10M8 12.5h.01',
};

function Icon({ name }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICONS[name] || ICONS.close} />
    </svg>
  );
}

/** Flex's design tokens, as custom properties. A value that could end its declaration is left out. */
export function themeStyle(theme) {
  const tokens = (theme && theme.tokens) || {};
  const style = {};
  for (const { group, token, property } of TOKENS) {
    const value = tokens[group] && tokens[group][token];
    if (typeof value === 'string' && !/[;{}<]/.test(value)) style[property] = value;
  }
  return style;
}

function formatElapsed(since, now) {
  const seconds = Math.max(Math.floor((now - since) / 1000), 0);
  const two = (number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const Button = React.forwardRef(function Button(
  { kind, action, form, icon, label, text, idle, busy, submits, onAct },
  ref,
) {
  return (
    <button
      ref={ref}
      type={submits ? 'submit' : 'button'}
      data-look={kind}
      aria-busy={busy ? 'true' : undefined}
      aria-label={label}
      aria-disabled={idle ? 'true' : undefined}
      popovertarget={form}
      title={kind === 'side' ? text : undefined}
      onClick={action && onAct ? (event) => onAct(action, event) : undefined}
    >
      {icon && <Icon name={icon} />}
      <span className="label">{text}</span>
    </button>
  );
});

export function View({
  description,
  t,
  isDark,
  style,
  slot,
  speaks,
  now,
  id,
  keyError,
  refs,
  onAct,
  onJoin,
}) {
  const {
    main,
    tone,
    status,
    buttons = [],
    takesKey,
    keyReason,
    timer,
    seen,
    message,
  } = description;
  const formId = `glance-form-${id}`;
  const isHeader = slot === 'header';
  return (
    <section
      ref={refs.root}
      className="glance"
      data-slot={isHeader ? 'header' : 'panel'}
      data-scheme={isDark ? 'dark' : 'light'}
      data-tone={tone}
      style={style}
      aria-label={t(isHeader ? 'region' : 'region_panel')}
    >
      <div className="row">
        <Button
          ref={refs.main}
          kind="main"
          icon="cobrowse"
          text={t('cobrowse')}
          label={mainLabel(main, tone, t)}
          action={main.action}
          form={main.asksKey ? formId : undefined}
          idle={main.idle}
          busy={main.busy}
          onAct={onAct}
        />
        <div className="row sides">
          {buttons
            // The header has none for a way that the panel's bar offers as well.
            .filter(([action]) => !isHeader || action !== 'open-in-tab')
            .map(([action, text]) => (
              <Button
                key={action}
                kind="side"
                icon={action}
                text={t(text)}
                action={action}
                onAct={onAct}
              />
            ))}
          {takesKey && <Button kind="side" icon="key" text={t('have_key')} form={formId} />}
        </div>
      </div>
      <div className="row">
        {seen && <Icon name={seen} />}
        <p className="status" role="status" aria-live={speaks ? undefined : 'off'} title={status}>
          {status}
        </p>
        {timer && (
          <span className="timer" role="timer" aria-label={t(timer.name)}>
            {formatElapsed(timer.since, now)}
          </span>
        )}
      </div>
      {message && <Message {...{ message, t, isHeader, speaks, onAct }} bubble={refs.bubble} />}
      <form
        ref={refs.form}
        id={formId}
        popover="auto"
        noValidate
        aria-label={t('have_key')}
        onSubmit={onJoin}
      >
        <label htmlFor={`glance-field-${id}`}>{t('key_label')}</label>
        <div className="ways">
          <input
            id={`glance-field-${id}`}
            name="key"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck="false"
            aria-describedby={`glance-hint-${id}`}
            aria-invalid={keyError ? 'true' : undefined}
          />
          <Button kind="strong" submits text={t('join')} />
        </div>
        <p id={`glance-hint-${id}`} className="hint" role={keyError ? 'alert' : undefined}>
          {keyError || keyReason || t('key_hint')}
        </p>
      </form>
    </section>
  );
}

function Message({ message, t, isHeader, speaks, onAct, bubble }) {
  return (
    <div
      ref={bubble}
      className="message"
      popover={isHeader ? 'manual' : undefined}
      role={speaks ? 'alert' : 'group'}
    >
      {message.lines.map((line, index) => (
        <p key={index}>{line}</p>
      ))}
      <div className="ways">
        {message.link && (
          <a
            href={message.link}
            target="_blank"
            rel="noopener noreferrer"
            onClick={(event) => onAct('open-blocked', event)}
          >
            {t('open_viewer')}
          </a>
        )}
        {message.buttons.map(([action, text]) => (
          <Button key={action} kind="way" text={t(text)} action={action} onAct={onAct} />
        ))}
      </div>
    </div>
  );
}

function mainLabel({ action, asksKey }, tone, t) {
  const says = (text) => `${t('cobrowse')}: ${t(text)}`;
  if (asksKey) return says('have_key');
  if (action === 'bring-to-front') return says('bring_to_front');
  return action && tone === 'error' ? says('try_again') : undefined;
}
