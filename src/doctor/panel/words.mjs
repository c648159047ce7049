/** The doctor's own words, by their names in the prop `strings`. Findings are in English. */
import * as english from '../../../locales/en.json';
import * as spanish from '../../../locales/es.json';

const WORDS = {
  doctor_open: [english.doctor_open, spanish.doctor_open],
  doctor_title: [english.doctor_title, spanish.doctor_title],
  doctor_running: [english.doctor_running, spanish.doctor_running],
  doctor_found: [english.doctor_found, spanish.doctor_found],
  doctor_all_well: [english.doctor_all_well, spanish.doctor_all_well],
  doctor_findings: [english.doctor_findings, spanish.doctor_findings],
  doctor_errors: [english.doctor_errors, spanish.doctor_errors],
  doctor_warnings: [english.doctor_warnings, spanish.doctor_warnings],
  doctor_unknowns: [english.doctor_unknowns, spanish.doctor_unknowns],
  doctor_oks: [english.doctor_oks, spanish.doctor_oks],
  doctor_error: [english.doctor_error, spanish.doctor_error],
  doctor_warning: [english.doctor_warning, spanish.doctor_warning],
  doctor_unknown: [english.doctor_unknown, spanish.doctor_unknown],
  doctor_fix: [english.doctor_fix, spanish.doctor_fix],
  doctor_again: [english.doctor_again, spanish.doctor_again],
  doctor_popups: [english.doctor_popups, spanish.doctor_popups],
  doctor_copy: [english.doctor_copy, spanish.doctor_copy],
  doctor_copied: [english.doctor_copied, spanish.doctor_copied],
  doctor_report: [english.doctor_report, spanish.doctor_report],
  doctor_close: [english.doctor_close, spanish.doctor_close],
};

/**
 * @param {string} language The tag that Flex speaks, such as `es-MX` or `es_MX`.
 * @param {Record<string, unknown>} [strings] The prop.
 * @returns {(name: keyof typeof WORDS, values?: Record<string, string | number>) => string}
 */
export function wordsIn(language, strings) {
  const column = /^es([-_]|$)/i.test(language) ? 1 : 0;
  return (name, values = {}) => {
    const own = strings && strings[name];
    const text = typeof own === 'string' && own ? own : WORDS[name][column];
    return text.replace(/\{(\w+)\}/g, (whole, value) => (value in values ? values[value] : whole));
  };
}
