/** Which language a text is in, as far as its letters tell: Han characters look different in Chinese and Japanese. */

/** A language tag, or nothing. */
export function languageOf(text) {
  if (/[\u3040-\u30ff]/.test(text)) return "ja";
  if (/[\uac00-\ud7af]/.test(text)) return "ko";
  if (/\p{Script=Han}/u.test(text)) return "zh-Hans";
  return "";
}
