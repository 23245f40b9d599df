/* The finder in the browser: ranks the leaflets of find.json for what somebody typed. The twin of leaflets/finder/, with
   the same numbers; both meet tests/finder/vectors.json. A module without imports: finder(index).search("typed"). */

const FLOOR = 0.6, MOST_NEAR = 3, BEGINNING = 0.8, TYPED = [1, 0.86, 0.72], ONE_WRONG = 4, TWO_WRONG = 7, WHOLE = 0.2;
const MOST_TYPED = 300, MOST_WORDS = 24;
const EXACT = 1, BROADER = 0.9, PARENT = 0.8, SHORTEST_CODE = 3;
const KINDS = ["level", "layout", "locale"];
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u00ad\u200b-\u200f\u2060]/g;
const SAME = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", ى: "ي", ی: "ي", ک: "ك", ة: "ه", "’": "", "'": "", ʼ: "",
};
const UNDIVIDED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/;
const CODE = /^[A-Z]?\d[0-9A-Z]*$/, ICD_10_CM = /^[A-Z]\d[0-9A-Z]{2,5}$/;

/** A text in small letters, without marks. @param {string} text @returns {string} */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(MARKS, "").toLowerCase();
  return [...plain].map(letter => SAME[/** @type {keyof SAME} */ (letter)] ?? letter).join("").normalize("NFC");
}

/** Words of a text, folded; of a script that does not divide words, pairs of letters. @param {string} text */
export function wordsOf(text) {
  const runs = folded(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return runs.flatMap(run => {
    const letters = [...run];
    if (letters.length < 2 || !UNDIVIDED.test(run)) return [run];
    return letters.slice(1).map((letter, at) => letters[at] + letter);
  });
}

/** Letters wrong, missing, too many or changed about; `most` + 1 if more.
    @param {string} one @param {string} other @param {number} most */
export function distance(one, other, most) {
  const a = [...one], b = [...other];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]), row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const last = before;
    before = row;
    row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, last[j - 2] + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return row[b.length];
}

/** How likely a typed word means a known one: 1 the same, 0 another. @param {string} word @param {string} known */
export function likeness(word, known) {
  if (word === known) return 1;
  const typed = [...word].length;
  let found = typed > 1 && known.startsWith(word) ? BEGINNING + (1 - BEGINNING) * (typed / [...known].length) * 0.9 : 0;
  if (/\p{Nd}/u.test(word + known)) return found;
  const most = typed >= TWO_WRONG ? 2 : typed >= ONE_WRONG ? 1 : 0;
  if (most) {
    const wrong = distance(word, known, most);
    if (wrong <= most) found = Math.max(found, TYPED[wrong]);
  }
  return found;
}

/** @typedef {{article: string, leaflet: string, titles: Record<string, string>, phrases: [string, number][],
      codes: [string, string, string][], level: string[], layout: string[], locale: string[]}} Leaflet
    @typedef {{leaflet: Leaflet, score: number, match: string}} Found
    @typedef {Record<string, string[]>} Filters
    @typedef {{form: number, leaflets: Leaflet[], filters: [string, string, string][]}} Index */

/** A finder for an index. @param {Index} index */
export function finder(index) {
  const phrases = index.leaflets.flatMap((leaflet, number) => leaflet.phrases
    .map(([text, weight]) => ({ number, words: [...new Set(wordsOf(text))], weight: weight / 100, text }))
    .filter(phrase => phrase.words.length));
  const postings = group(phrases.flatMap((phrase, at) => phrase.words.map(word => [word, at])));
  const codes = group(index.leaflets.flatMap((leaflet, number) =>
    leaflet.codes.map(([system, code, match]) => [code.replace(".", ""), { system, number, match }])));
  const made = Object.fromEntries(KINDS.map(kind => [kind, new Set(index.leaflets.flatMap(one => valuesOf(one, kind)))]));
  const filterWords = group(index.filters
    .filter(([, kind, value]) => kind === "ignored" || made[kind]?.has(value))
    .map(([phrase, kind, value]) => [wordsOf(phrase).join(" "), { kind, value }]));
  const longest = Math.max(0, ...[...filterWords.keys()].map(phrase => phrase.split(" ").length));
  const likenesses = /** @type {Map<string, [string, number][]>} */ (new Map());

  /** @param {string} word */
  function like(word) {
    let known = likenesses.get(word);
    if (!known) {
      known = [...postings.keys()].map(one => /** @type {[string, number]} */ ([one, likeness(word, one)]))
        .filter(([, value]) => value > 0);
      likenesses.set(word, known);
    }
    return known;
  }

  /** @param {string} compact @returns {[number, number][]} */
  function codeRows(compact) {
    if (compact.length < SHORTEST_CODE || !CODE.test(compact)) return [];
    const own = codes.get(compact);
    if (own) return own.map(row => [row.number, row.match === "exact" ? EXACT : BROADER]);
    for (let parent = compact.slice(0, -1); ICD_10_CM.test(compact) && parent.length >= SHORTEST_CODE; parent = parent.slice(0, -1)) {
      const above = (codes.get(parent) ?? []).filter(row => row.system === "icd-10-cm");
      if (above.length) return above.map(row => [row.number, PARENT]);
    }
    return [];
  }

  /** @param {string[]} words @returns {{rest: string[], filters: Filters}} */
  function withoutFilters(words) {
    const filters = /** @type {Filters} */ ({ level: [], layout: [], locale: [] }), rest = [];
    for (let at = 0; at < words.length;) {
      let size = Math.min(longest, words.length - at);
      while (size > 0 && !filterWords.has(words.slice(at, at + size).join(" "))) size -= 1;
      if (size === 0) {
        rest.push(words[at]);
        at += 1;
        continue;
      }
      for (const { kind, value } of filterWords.get(words.slice(at, at + size).join(" ")) ?? []) {
        if (filters[kind] && !filters[kind].includes(value)) filters[kind].push(value);
      }
      at += size;
    }
    return { rest, filters };
  }

  /** @param {string[]} words @returns {Map<number, [number, string]>} */
  function byWords(words) {
    const best = new Map(), hits = new Map();
    words.forEach((word, at) => {
      for (const [known, value] of like(word)) {
        for (const phrase of postings.get(known) ?? []) {
          const { number, weight } = phrases[phrase];
          const row = best.get(number) ?? best.set(number, words.map(() => 0)).get(number);
          row[at] = Math.max(row[at], value * weight);
          const hit = hits.get(phrase) ?? hits.set(phrase, new Map()).get(phrase);
          hit.set(known, Math.max(hit.get(known) ?? 0, value));
        }
      }
    });
    const whole = new Map();
    for (const phrase of [...hits.keys()].sort((a, b) => a - b)) {
      const { number, words: all, weight, text } = phrases[phrase];
      const share = sum([...hits.get(phrase).values()]) / all.length * weight;
      if (share > (whole.get(number)?.[0] ?? 0)) whole.set(number, [share, text]);
    }
    return new Map([...best].map(([number, row]) =>
      [number, [(1 - WHOLE) * sum(row) / words.length + WHOLE * whole.get(number)[0], whole.get(number)[1]]]));
  }

  /** @param {string} typed @returns {Found[]} */
  function likeTitles(typed) {
    const wanted = letterPairs(typed);
    return index.leaflets.map(leaflet => {
      const own = letterPairs(titleOf(leaflet)), both = [...wanted].filter(pair => own.has(pair)).length;
      return { leaflet, score: wanted.size + own.size ? round(2 * both / (wanted.size + own.size)) : 0, match: "" };
    }).sort(bestFirst);
  }

  /** What was typed: words, codes, and words of level, size and language, which filter.
      @param {string} typed @returns {{found: Found[], near: Found[], filters: Filters}} */
  function search(typed) {
    const byCode = /** @type {Map<number, [number, string]>} */ (new Map()), rest = [];
    typed = [...typed].slice(0, MOST_TYPED).join("");
    for (const part of typed.split(/\s+/).filter(Boolean)) {
      const rows = codeRows(part.replace(/^[,;:()[\]]+|[,;:()[\]]+$/g, "").replace(/[\s.]/g, "").toUpperCase());
      if (!rows.length) rest.push(part);
      for (const [number, score] of rows) {
        if (score > (byCode.get(number)?.[0] ?? 0)) byCode.set(number, [score, part]);
      }
    }
    const { rest: words, filters } = withoutFilters(wordsOf(rest.join(" ")).slice(0, MOST_WORDS));
    let scores = words.length ? byWords(words) : /** @type {Map<number, [number, string]>} */ (new Map());
    if (!words.length && !byCode.size && KINDS.some(kind => filters[kind].length)) {
      scores = new Map(index.leaflets.map((_, number) => [number, [FLOOR, ""]]));
    }
    for (const [number, [score, match]] of byCode) {
      if (score >= (scores.get(number)?.[0] ?? 0)) scores.set(number, [score, match]);
    }
    const rows = [...scores].map(([number, [score, match]]) => ({ leaflet: index.leaflets[number], score: round(score), match }))
      .sort(bestFirst);
    const fit = rows.filter(row => KINDS.every(kind =>
      !filters[kind].length || valuesOf(row.leaflet, kind).some(value => filters[kind].includes(value))));
    const found = fit.filter(row => row.score >= FLOOR);
    return { found, near: found.length ? [] : (rows.length ? rows : likeTitles(typed)).slice(0, MOST_NEAR), filters };
  }

  return { search };
}

/** Title in English, else in the first locale. @param {Leaflet} leaflet */
export function titleOf(leaflet) {
  const tag = Object.keys(leaflet.titles).find(one => one.startsWith("en")) ?? Object.keys(leaflet.titles)[0];
  return leaflet.titles[tag] ?? leaflet.leaflet;
}

/** @param {Leaflet} leaflet @param {string} kind @returns {string[]} */
const valuesOf = (leaflet, kind) => leaflet[/** @type {"level" | "layout" | "locale"} */ (kind)];
/** @param {number[]} values */
const sum = values => values.reduce((all, one) => all + one, 0);
/** @param {number} value */
const round = value => Math.round(value * 10000) / 10000;
/** @param {string} text */
const letterPairs = text => new Set(wordsOf(text).flatMap(word => [...word].slice(1).map((letter, at) => [...word][at] + letter)));
/** @param {Found} one @param {Found} other */
const bestFirst = (one, other) => other.score - one.score
  || compare(one.leaflet.article, other.leaflet.article) || compare(one.leaflet.leaflet, other.leaflet.leaflet);
/** @param {string} one @param {string} other */
const compare = (one, other) => one < other ? -1 : Number(one > other);

/** @template V @param {[string, V][] | any[]} pairs @returns {Map<string, V[]>} */
function group(pairs) {
  const found = new Map();
  for (const [key, value] of pairs) (found.get(key) ?? found.set(key, []).get(key)).push(value);
  return found;
}
