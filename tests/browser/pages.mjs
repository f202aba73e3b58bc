/*
 * pages.mjs - the pages and states that every check looks at. A link of the portal that leads to
 * a kind of page not listed here fails html.check.mjs: nothing is left unlooked at.
 */

import { cookieOf, keysOf } from './portal.mjs';

/* Italian paths; the English twin of each is looked at as well where `en` is set. Pages that want a key find one:
 * the browser of the checks holds those of the demo; {keep} in a path stands for the token of that purpose. */
export const PAGES = [
  { name: 'home', path: '/', en: true },
  { name: 'needs', path: '/bisogni', en: true },
  { name: 'needs-ar', path: '/bisogni?in=ar' },
  { name: 'needs-facile', path: '/bisogni?in=facile' },
  { name: 'need-group', path: '/bisogni/fine-mese', en: true },
  { name: 'need', path: '/bisogni/spesa-alimentare?in=ro' },
  { name: 'need-urgent', path: '/bisogni/sfratto', en: true },
  { name: 'results', path: '/trova?cosa=spesa&dove=torino-to', en: true },
  { name: 'results-filtered', path: '/trova?cosa=spesa&dove=torino-to&costo=free&lingua=ar' },
  { name: 'results-corrected', path: '/trova?cosa=bolleta+luce&dove=Torinno' },
  { name: 'results-none', path: '/trova?bisogno=bollette&dove=torino-to&lingua=zh&costo=paid' },
  { name: 'results-which-comune', path: '/trova?cosa=spesa&dove=San+Giorgio' },
  { name: 'results-no-comune', path: '/trova?cosa=spesa&dove=Xyzzywq' },
  { name: 'results-nothing-asked', path: '/trova' },
  { name: 'results-paper', path: '/trova?cosa=spesa&dove=torino-to&vista=stampa' },
  { name: 'results-read-out', path: '/trova?cosa=spesa&dove=torino-to&vista=telefono' },
  { name: 'violence', path: '/violenza', en: true },
  { name: 'violence-need', path: '/violenza/stalking' },
  { name: 'violence-results', path: '/violenza/trova?bisogno=violenza-in-casa&dove=torino-to' },
  { name: 'service', first: { on: '/trova?cosa=spesa&dove=torino-to', like: '/servizi/' }, en: true },
  { name: 'service-not-mine', first: { on: '/trova?cosa=spesa&dove=ivrea-to', like: '/servizi/' }, more: '?dove=cuneo-cn' },
  { name: 'service-violence', first: { on: '/violenza/trova?bisogno=violenza-in-casa&dove=torino-to', like: '/servizi/' } },
  { name: 'service-initiative', first: { on: '/iniziative', like: '/iniziative/' }, as: ['/iniziative/', '/servizi/'] },
  { name: 'clarity', first: { on: '/trova?cosa=spesa&dove=torino-to', like: '/servizi/' }, more: '/chiarezza?stelle=2' },
  { name: 'correct', first: { on: '/trova?cosa=spesa&dove=torino-to', like: '/servizi/' }, more: '/correggi', en: true },
  { name: 'correct-thanks', first: { on: '/trova?cosa=spesa&dove=torino-to', like: '/servizi/' }, more: '/correggi?grazie=1' },
  { name: 'confirm', path: '/conferma/{confirm}', en: true },
  { name: 'confirm-edit', first: { on: '/conferma/{confirm}', like: '/conferma/{confirm}?correggi=' } },
  { name: 'calls', path: '/telefonate', en: true },
  { name: 'calls-edit', first: { on: '/telefonate', like: '/telefonate?correggi=' } },
  { name: 'calls-sheet', first: { on: '/telefonate', like: '/telefonate/foglio/' } },
  { name: 'freshness', path: '/freschezza', en: true },
  { name: 'freshness-bodies', path: '/freschezza?per=ente' },
  { name: 'organisation', first: { on: '/trova?cosa=spesa&dove=torino-to', like: '/servizi/' }, then: '/enti/', en: true },
  { name: 'next', path: '/e-adesso', en: true },
  { name: 'board', path: '/bacheca/torino-to', en: true },
  { name: 'gaps', path: '/manca', en: true },
  { name: 'gaps-comuni-of-need', path: '/manca?per=comune&bisogno=sfratto' },
  { name: 'gaps-which-comune', path: '/manca?dove=Castell' },
  { name: 'gaps-comune', path: '/manca/comune/ivrea-to', en: true },
  { name: 'gaps-district', first: { on: '/manca', like: '/manca/distretto/' } },
  { name: 'initiatives', path: '/iniziative', en: true },
  { name: 'initiative', first: { on: '/iniziative', like: '/iniziative/' }, en: true },
  { name: 'help', path: '/aiuto', en: true },
  { name: 'accessibility', path: '/accessibilita', en: true },
  { name: 'privacy', path: '/privacy', en: true },
  { name: 'legal', path: '/note-legali', en: true },
  { name: 'territory', path: '/territorio', en: true },
  { name: 'search-homonyms', path: '/territorio/cerca?dove=Samone' },
  { name: 'search-typo', path: '/territorio/cerca?dove=Cuorgne+valley' },
  { name: 'search-none', path: '/territorio/cerca?dove=Xyzzywq' },
  { name: 'comune', path: '/territorio/comune/ivrea-to', en: true },
  { name: 'comune-unknown', first: { on: '/territorio/cerca?dove=Rivoli', like: '/territorio/comune/' }, path: '/territorio/comune/rivoli-to' },
  { name: 'district', first: { on: '/territorio', like: '/territorio/distretto/' } },
  { name: 'bodies', path: '/enti', en: true },
  { name: 'body', first: { on: '/enti', like: '/enti/' } },
  { name: 'area', path: '/territorio/area/torino' },
  { name: 'projects', path: '/progetti', en: true },
  { name: 'projects-none', path: '/progetti?testo=zzzzzz' },
  { name: 'project', first: { on: '/progetti', like: '/progetti/' } },
  { name: 'note', path: '/aiuto/scrivi', en: true },
  { name: 'recognition', path: '/riconoscimento', en: true },
  { name: 'recognition-models', path: '/riconoscimento/modelli', en: true },
  { name: 'recognition-model', path: '/riconoscimento/modelli/0' },
  { name: 'tryout', path: '/prova', en: true },
  { name: 'tryout-example', path: '/prova?esempio=1' },
  { name: 'simulations', path: '/simulazioni', en: true },
  { name: 'simulations-measure', path: '/simulazioni?misura=ADI' },
  { name: 'key', path: '/chiave/{keep}', en: true },
  { name: 'key-unknown', path: '/chiave/aaaaaaaaaaaaaaaaaaaaaaaaaaaa', code: 404, en: true },
  { name: 'keys', path: '/chiave', en: true },
  { name: 'keys-leave', path: '/chiave/lascia' },
  { name: 'open-data', path: '/dati', en: true },
  { name: 'sources', path: '/dati/fonti', en: true },
  { name: 'feed-check', path: '/dati/controlla', en: true },
  { name: 'embed', path: '/incorpora', en: true },
  { name: 'embed-code', path: '/incorpora?dove=ivrea-to&bisogno=pasto-caldo' },
  { name: 'embed-which-comune', path: '/incorpora?dove=San+Giorgio' },
  { name: 'embed-no-comune', path: '/incorpora?dove=Xyzzywq' },
  { name: 'entries', path: '/schede', en: true },
  { name: 'entries-due', path: '/schede?filtro=da-verificare' },
  { name: 'entries-gone', path: '/schede?filtro=tolte' },
  { name: 'entries-row', first: { on: '/schede', like: '/schede?modifica=' } },
  { name: 'entries-new', path: '/schede/nuova', en: true },
  { name: 'entries-paste', path: '/schede/incolla', en: true },
  { name: 'entries-entry', first: { on: '/schede', like: '/schede?modifica=' }, as: [/^\/schede\?modifica=([^#&]+).*$/, '/schede/$1'] },
  { name: 'entries-history', first: { on: '/schede', like: '/schede?modifica=' }, as: [/^\/schede\?modifica=([^#&]+).*$/, '/schede/$1/storia'] },
  { name: 'entries-preview', first: { on: '/schede', like: '/schede?modifica=' }, as: [/^\/schede\?modifica=([^#&]+).*$/, '/schede/$1/anteprima'] },
  { name: 'albo', path: '/albo', en: true },
  { name: 'albo-filtered', path: '/albo?aiuto=1' },
  { name: 'albo-propose', path: '/albo/proponi', en: true },
  { name: 'albo-manage', path: '/albo/gestione', en: true },
  { name: 'albo-one', first: { on: '/albo/gestione', like: '/albo/gestione/' } },
  { name: 'albo-own', path: '/albo/nostro' },
  { name: 'points', path: '/punti', en: true },
  { name: 'points-near', path: '/punti?dove=ivrea-to' },
  { name: 'points-which-comune', path: '/punti?dove=San+Giorgio' },
  { name: 'models', path: '/modelli', en: true },
  { name: 'models-new', path: '/modelli/nuovo' },
  { name: 'models-one', first: { on: '/modelli', like: '/modelli/', not: '/modelli/nuovo' }, en: true },
  { name: 'models-edit', first: { on: '/modelli', like: '/modelli/', not: '/modelli/nuovo' }, more: '/modifica' },
  { name: 'models-copy', first: { on: '/modelli', like: '/modelli/', not: '/modelli/nuovo' }, then: '/modelli/copie/' },
  { name: 'twins', path: '/doppioni', en: true },
  { name: 'twins-pair', first: { on: '/doppioni', like: '/doppioni/', not: '/doppioni/uniti' } },
  { name: 'twins-joined', path: '/doppioni/uniti' },
  { name: 'twins-join', first: { on: '/doppioni/uniti', like: '/doppioni/uniti/' } },
  { name: 'courses', path: '/schede/corsi', en: true },
  { name: 'regulations', path: '/regolamenti', en: true },
  { name: 'regulations-support', path: '/regolamenti?tipo=economic-support' },
  { name: 'regulations-one', first: { on: '/regolamenti', like: '/regolamenti/', not: '/regolamenti/mio' }, en: true },
  { name: 'regulations-own', path: '/regolamenti/mio', en: true },
  { name: 'regulations-bands', path: '/regolamenti/mio?tipo=home-care' },
  { name: 'regulations-plan-form', path: '/regolamenti/mio?tipo=care-plan' },
  { name: 'regulations-plan', path: '/regolamenti/ciss-chivasso-piano-di-cura-a-casa' },
  { name: 'entitled', path: '/spetta', en: true },
  { name: 'entitled-desk', path: '/spetta/operatore', en: true },
  { name: 'entitled-scale', path: '/spetta/operatore?scheda=ciss-chivasso-piano-di-cura-a-casa' },
  { name: 'entitled-sums', path: '/calcoli', en: true },
  { name: 'not-found', path: '/questa-pagina-non-esiste', code: 404, en: true },
];

/* Kinds of address that answer with something else than a page. */
export const NOT_PAGES = [/^(\/en)?\/regolamenti\/confronto\.(csv|xlsx)(\?|$)/, /^\/dati\//, /^\/api\//, /^\/assets\//, /\.svg$/, /^\/incorpora\/[^/]+/, /\/orari\.ics$/, /\/cpsv\.(ttl|jsonld)$/, /^\/health$/, /^\/metrics$/];

/* /territorio/comune/ivrea-to and /territorio/comune/cuneo-cn are one kind of page. */
export function kindOf(path) {
  const clean = path.replace(/[?#].*$/, '').replace(/^\/en(?=\/|$)/, '') || '/';

  return clean.replace(/^(\/territorio\/(?:comune|distretto|area)|\/enti|\/progetti|\/servizi|\/iniziative|\/bacheca|\/manca\/(?:comune|distretto))\/[^/]+$/, '$1/:slug')
    .replace(/^\/servizi\/[^/]+\/chiarezza$/, '/servizi/:slug/chiarezza').replace(/^\/servizi\/[^/]+\/correggi$/, '/servizi/:slug/correggi')
    .replace(/^\/bisogni\/[^/]+$/, '/bisogni/:need').replace(/^\/violenza\/(?!trova$)[^/]+$/, '/violenza/:need')
    .replace(/^\/(albo\/gestione|doppioni|doppioni\/uniti)\/(?!uniti$)[^/]+$/, '/$1/:id').replace(/^\/modelli\/copie\/[^/]+$/, '/modelli/copie/:slug')
    .replace(/^\/modelli\/(?!nuovo$|copie\/)[^/]+(\/modifica)?$/, '/modelli/:code$1')
    .replace(/^\/regolamenti\/(?!mio$|confronto\.)[^/]+$/, '/regolamenti/:slug')
    .replace(/^\/chiave\/(?!lascia$)[^/]+$/, '/chiave/:token')
    .replace(/^\/schede\/(?!nuova$|incolla$)[^/]+((?:\/(?:storia|anteprima))?)x?$/, '/schede/:slug$1')
    .replace(/^\/conferma\/[^/]+$/, '/conferma/:token').replace(/^\/telefonate\/foglio\/[^/]+$/, '/telefonate/foglio/:slug')
    .replace(/^\/aiuto\/scrivi\/[^/]+$/, '/aiuto/scrivi/:code');
}

/* Every kind of page of the list, also of those that PAGES_ONLY leaves out. */
export const KINDS = new Set(PAGES.map((p) => kindOf(p.path ?? `${p.then ?? p.as?.[1] ?? p.first.like}x${p.more ?? ''}`)));

export async function linksOf(origin, path) {
  const html = await (await fetch(origin + path, { headers: { Cookie: `wecare_key=${cookieOf(origin)}` } })).text();

  return [...html.matchAll(/<a\b[^>]*\shref="([^"]+)"/g)].map((m) => m[1].replaceAll('&amp;', '&'))
    .map((h) => (h.startsWith(origin) ? h.slice(origin.length) : h)).filter((h) => h.startsWith('/'));
}

/* The list with addresses, Italian and English. PAGES_ONLY="home help" looks at fewer. */
export async function pagesOf(origin) {
  const list = [];
  const only = process.env.PAGES_ONLY?.split(' ');

  for (const p of PAGES) {
    if (only && !only.includes(p.name)) continue;
    const keyed = (address) => address?.replace(/\{(\w+)\}/, (_, purpose) => keysOf(origin)[purpose] ?? 'none'); // '/chiave/{keep}'
    let path = keyed(p.path);

    if (p.first) {
      const like = keyed(p.first.like);

      path = (await linksOf(origin, keyed(p.first.on))).find((h) => h.startsWith(like) && h.length > like.length && h !== p.first.not) ?? path;
      if (path && p.then) path = (await linksOf(origin, path)).find((h) => h.startsWith(p.then));
      if (path && p.as) path = path.replace(...p.as);
      if (path && p.more) path = path.replace(/[?#].*$/, '') + p.more;
      if (!path) throw new Error(`${p.first.on} has no link to ${p.first.like}`);
    }
    list.push({ name: p.name, path, code: p.code ?? 200 });
    if (p.en) list.push({ name: `${p.name}-en`, path: path === '/' ? '/en/' : `/en${path}`, code: p.code ?? 200 });
  }
  return list;
}

export const WIDTHS = { wide: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };
