/** The doctor's own words, by their names in the prop `strings`. Findings are in English. */

const WORDS = {
  doctor_open: ['Check set-up', 'Revisar configuración'],
  doctor_title: ['Cobrowse set-up', 'Configuración de Cobrowse'],
  doctor_running: ['Checking: {done} of {total}', 'Revisando: {done} de {total}'],
  doctor_found: [
    'Errors: {errors}. Warnings: {warnings}.',
    'Errores: {errors}. Advertencias: {warnings}.',
  ],
  doctor_all_well: [
    'Nothing is wrong with what could be checked.',
    'Nada falla en lo que se pudo revisar.',
  ],
  doctor_findings: ['Findings', 'Resultados'],
  doctor_errors: ['Errors', 'Errores'],
  doctor_warnings: ['Warnings', 'Advertencias'],
  doctor_unknowns: ['Not known', 'Sin determinar'],
  doctor_oks: ['In order', 'En orden'],
  doctor_error: ['Error', 'Error'],
  doctor_warning: ['Warning', 'Advertencia'],
  doctor_unknown: ['Not known', 'Sin determinar'],
  doctor_fix: ['What to do', 'Qué hacer'],
  doctor_again: ['Run again', 'Repetir'],
  doctor_popups: ['Test pop-ups', 'Probar ventanas emergentes'],
  doctor_copy: ['Copy report', 'Copiar informe'],
  doctor_copied: ['Report copied.', 'Informe copiado.'],
  doctor_report: ['Report, to copy by hand', 'Informe, para copiar a mano'],
  doctor_close: ['Close', 'Cerrar'],
};

/**
 * @param {string} language The tag that Flex speaks.
 * @param {Record<string, unknown>} [strings] The prop.
 * @returns {(name: keyof typeof WORDS, values?: Record<string, string | number>) => string}
 */
export function wordsIn(language, strings) {
  const column = /^es(?![a-z])/i.test(language) ? 1 : 0;
  return (name, values = {}) => {
    const own = strings && strings[name];
    const text = typeof own === 'string' && own ? own : WORDS[name][column];
    return text.replace(/\{(\w+)\}/g, (whole, value) => (value in values ? values[value] : whole));
  };
}
