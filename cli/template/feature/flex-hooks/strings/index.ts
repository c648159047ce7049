import enUS from './en-us.json';
import esES from './es-es.json';
import esMX from './es-mx.json';
import ptBR from './pt-br.json';
import th from './th.json';
import zhHans from './zh-hans.json';

/** `GlanceCobrowse_close_viewer` replaces flex-glance's text `close_viewer`; its index.d.ts lists them. */
export const PREFIX = 'GlanceCobrowse_';

export const stringHook = () => ({
  'en-US': enUS,
  'es-ES': esES,
  'es-MX': esMX,
  'pt-BR': ptBR,
  th,
  'zh-Hans': zhHans,
});
