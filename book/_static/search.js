// The search page in the book's words: Sphinx's own ask for categories, which no page here offers,
// and count "page(s)".
(function () {
  "use strict";

  const found = "Search finished, found ${resultCount} page(s) matching the search query.";
  const none =
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.";
  const ours = {
    fr: {
      [found]: "Pages trouvées\u00a0: ${resultCount}.",
      [none]: "Aucune page ne contient tous ces mots. Vérifiez leur orthographe, ou cherchez-en moins à la fois.",
    },
    en: {
      [found]: "Pages found: ${resultCount}.",
      [none]: "No page holds all of these words. Check their spelling, or search for fewer at a time.",
    },
  };
  const locale = document.documentElement.lang;
  Documentation.addTranslations({ locale, plural_expr: "n > 1", messages: ours[locale] });
})();
