// Checks the answers of a round and counts them. Without it, each question keeps its answer to unfold.
// Nothing is kept and nothing is sent: a page that is left forgets.
(function () {
  "use strict";

  const filled = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

  function play(round) {
    const questions = [...round.querySelectorAll(".actient-game-question")].map(question);
    const score = round.querySelector(".actient-game-score");
    const again = round.querySelector(".actient-game-again");

    function tell() {
      const answered = questions.filter((one) => one.result !== null).length;
      const right = questions.filter((one) => one.result).length;
      const left = questions.length - answered;
      const sentence = left ? round.dataset.score : round.dataset.done;
      score.textContent = filled(sentence, { right, answered, left });
      score.hidden = answered === 0;
      again.hidden = answered === 0;
    }

    for (const one of questions) one.ready(tell);
    again.addEventListener("click", () => {
      for (const one of questions) one.reset();
      tell();
      questions[0].focus();
    });
  }

  function question(place) {
    const choices = [...place.querySelectorAll("input")];
    const check = place.querySelector(".actient-game-check");
    const verdict = place.querySelector(".actient-game-verdict");
    const answer = place.querySelector(".actient-game-answer");

    const one = {
      result: null,
      focus: () => choices[0].focus(),
      ready(tell) {
        check.addEventListener("click", () => {
          const chosen = choices.find((choice) => choice.checked);
          if (!chosen) {
            verdict.textContent = verdict.dataset.none;
            return;
          }
          one.result = chosen.hasAttribute("data-right");
          verdict.textContent = one.result ? verdict.dataset.right : verdict.dataset.wrong;
          place.classList.add(one.result ? "actient-game-won" : "actient-game-lost");
          answer.hidden = false;
          answer.open = true;
          for (const choice of choices) choice.disabled = true;
          answer.querySelector("summary").focus({ preventScroll: true });
          check.hidden = true;
          tell();
        });
      },
      reset() {
        one.result = null;
        verdict.textContent = "";
        place.classList.remove("actient-game-won", "actient-game-lost");
        answer.open = false;
        answer.hidden = true; // for afterwards
        check.hidden = false;
        for (const choice of choices) {
          choice.disabled = false;
          choice.checked = false;
        }
      },
    };
    one.reset(); // a browser that comes back to the page remembers what was ticked
    return one;
  }

  for (const round of document.querySelectorAll(".actient-game")) play(round);
})();
