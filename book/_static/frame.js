// What surrounds a page: menus that close as menus do, an edition that opens at the same section.
(function () {
  "use strict";

  const menus = [...document.querySelectorAll("details.actient-menu")];
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus.filter((one) => one.open)) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Sections and figures have the same names in both editions: the one that is read is handed over.
  function place() {
    const named = document.querySelector("article :target");
    if (named && isRead(named.getBoundingClientRect())) return `#${named.id}`;
    const sections = [...document.querySelectorAll("article section section[id]")];
    const begun = sections.filter((one) => one.getBoundingClientRect().top < innerHeight / 3);
    return begun.length ? `#${begun.at(-1).id}` : "";
  }

  function isRead({ top, bottom }) {
    return top < innerHeight / 2 && bottom > 0;
  }

  for (const link of document.querySelectorAll("a.actient-edition")) {
    const there = link.getAttribute("href");
    for (const event of ["pointerdown", "focus"])
      link.addEventListener(event, () => link.setAttribute("href", there + place()));
  }
})();
