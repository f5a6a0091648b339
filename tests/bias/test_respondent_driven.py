"""Recruitment trees and their bootstraps, against published estimates and R's tree bootstrap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.bias import respondent_driven as rds
from actient.bias.arguments import ArgumentError
from actient.bias.chain_bootstrap import ChainShare, chain_bootstrap, tree_bootstrap
from actient.bias.recruitment import Recruitment, RecruitmentError, recruitment
from actient.bias.referral import Chain, ReferralParameters, build_graph, run_chain

NAN = float("nan")
WORLD = ReferralParameters(share=0.42)
SMALL = {"population": 3_000, "mean_degree": 40, "max_respondents": 300}
BOOTSTRAPS = [
    lambda sample, **given: tree_bootstrap(sample, "rds_ii", **given),
    lambda sample, **given: tree_bootstrap(sample, "rds_i", **given),
    chain_bootstrap,
]
NAMES = ["tree, RDS-II", "tree, RDS-I", "chain, RDS-I"]


def chains(count: int, least: int = 50, **changes: object) -> list[Chain]:
    """Launches in a simulated world that reached enough respondents; everything is synthetic."""
    parameters = replace(WORLD, **changes)
    rng = np.random.default_rng(20181)
    graph = build_graph(parameters, rng)
    found: list[Chain] = []
    while len(found) < count:
        chain = run_chain(graph, parameters, rng)
        if chain.size >= least:
            found.append(chain)
    return found


def sample_of(chain: Chain) -> Recruitment:
    return recruitment(chain.recruiter, chain.degree, chain.says_yes)


def moves_as_trees(moves: list[list[int]]) -> tuple[list[int], list[int]]:
    """One seed of each group, which alone recruits: groups and recruiters of that many moves."""
    groups, recruiters = [0, 1], [-1, -1]
    for seed, row in enumerate(moves):
        for group, count in enumerate(row):
            groups += [group] * count
            recruiters += [seed] * count
    return groups, recruiters


@pytest.fixture(scope="module")
def sample() -> Recruitment:
    return sample_of(chains(1, 200, **SMALL, degree_ratio=1.5)[0])


class TestPublished:
    """Data sets "faux" and "fauxmadrona" of the R package RDS, through what they add up to.

    The recruitments by group and the harmonic mean contacts of each group are all that RDS-I reads
    of a sample; RDS-II reads the latter and the sizes of the groups. They were computed from the
    files of the package; the estimates are those of its own tests (faux) and of a published
    tutorial (fauxmadrona, four decimals).
    """

    FAUX = ([[188, 79], [82, 39]], (15.029159851195422, 14.54308853986922))
    MADRONA = ([[299, 57], [64, 70]], (6.06736460604592, 10.742505882067846))

    @staticmethod
    def estimate(data: tuple) -> float:
        groups, recruiters = moves_as_trees(data[0])
        return rds.rds_i(groups, np.array(data[1])[groups], recruiters)

    def test_rds_i_of_faux(self) -> None:
        # The package's weights of the 118 blue and of the 271 red, in its test of the weights.
        blue, red = 118 * 2.63485835223612, 271 * 2.54275540382339
        assert self.estimate(self.FAUX) == pytest.approx(blue / (blue + red), abs=1e-14)

    def test_rds_i_of_fauxmadrona(self) -> None:
        assert round(self.estimate(self.MADRONA), 4) == 0.1592

    @pytest.mark.parametrize(
        ("sizes", "data", "expected", "digits"),
        [((271, 118), FAUX, 0.310334112778454, 14), ((371, 129), MADRONA, 0.1641, 4)],
    )
    def test_rds_ii(self, sizes: tuple, data: tuple, expected: float, digits: int) -> None:
        groups = np.repeat([0, 1], sizes)
        found = rds.rds_ii(groups, np.array(data[1])[groups]).share
        assert found == pytest.approx(expected, abs=0.5 * 10.0**-digits)

    def test_bootstraps_estimate_what_the_estimators_do(self) -> None:
        groups, recruiters = moves_as_trees(self.FAUX[0])
        degrees = np.array(self.FAUX[1])[groups]
        sample = recruitment(recruiters, degrees, groups)
        one, two, three = (run(sample, resamples=50).share for run in BOOTSTRAPS)
        assert one == pytest.approx(rds.rds_ii(groups, degrees).share, abs=1e-14)
        assert two == three == pytest.approx(self.estimate(self.FAUX), abs=1e-14)


class TestTrees:
    def test_waves_and_who_counts(self) -> None:
        sample = recruitment(
            [-1, 0, 1, 1, -1, 2], [3, 0, 2, NAN, 5, 4], [True, False, 1, 0, NAN, 1]
        )
        assert sample.waves.tolist() == [0, 1, 2, 2, 0, 3]
        assert sample.counted.tolist() == [True, False, True, False, False, True]
        assert (sample.size, sample.dropped) == (6, 3)
        # 1 was recruited by one who counts but does not count; 2 the other way round.
        assert sample.recruits.tolist() == [5]

    @given(st.integers(1, 200), st.randoms(use_true_random=False))
    def test_waves_count_links_to_the_seed(self, size: int, random: object) -> None:
        order = list(range(size))
        random.shuffle(order)
        recruiters = np.full(size, -1)
        for rank in range(1, size):
            above = random.randrange(-1, rank)
            recruiters[order[rank]] = order[above] if above >= 0 else -1
        waves = recruitment(recruiters, np.ones(size), np.ones(size)).waves
        recruited = recruiters >= 0
        assert (waves[~recruited] == 0).all()
        assert (waves[recruited] == waves[recruiters[recruited]] + 1).all()

    @pytest.mark.parametrize(
        ("recruiters", "circle"),
        [
            ([1, 0], "0 ← 1 ← 0"),
            ([-1, 3, 1, 2, 1, 0], "1 ← 3 ← 2 ← 1"),
            ([1, 2, 3, 4, 2], "2 ← 3 ← 4 ← 2"),
        ],
    )
    def test_a_circle_is_shown(self, recruiters: list[int], circle: str) -> None:
        with pytest.raises(RecruitmentError, match=f"places {circle} "):
            recruitment(recruiters, [1] * len(recruiters), [1] * len(recruiters))

    def test_a_long_circle_is_cut_short(self) -> None:
        with pytest.raises(RecruitmentError, match=r"0 ← 999 ← 998 .* ← … "):
            recruitment(np.arange(-1, 999) % 1000, np.ones(1000), np.ones(1000))

    @pytest.mark.parametrize(
        ("recruiters", "degrees", "answers", "words"),
        [
            ([], [], [], "0 recruiters"),
            ([-1, 0], [1], [1, 0], "2 recruiters, 1 numbers of contacts and 2 answers"),
            ([-1.0, 0.0], [1, 2], [1, 0], "type float64"),
            ([[-1, 0]], [[1, 2]], [[1, 0]], r"shape \(1, 2\)"),
            ([-1, 2], [1, 2], [1, 0], r"place 1 \(from 0\) is 2; .* 0 to 1"),
            ([-1, 1], [1, 2], [1, 0], r"place 1 \(from 0\) is 1; expected the place of another"),
            ([-1, -2], [1, 2], [1, 0], "is -2"),
            ([-1, 0], [1, -2], [1, 0], r"number of contacts .* place 1 \(from 0\) is -2"),
            ([-1, 0], [np.inf, 2], [1, 0], "place 0 .* is inf; expected a finite number"),
            ([-1, 0], [1, 2], [1, 0.5], "The answer of .* place 1 .* 0.5; expected 0 for no"),
        ],
    )
    def test_what_is_no_tree_is_said(
        self, recruiters: list, degrees: list, answers: list, words: str
    ) -> None:
        with pytest.raises(RecruitmentError, match=words):
            recruitment(recruiters, degrees, answers)


class TestBootstraps:
    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS, ids=NAMES)
    def test_one_seed_one_result(self, bootstrap: object, sample: Recruitment) -> None:
        one, same, other = (bootstrap(sample, resamples=50, seed=s) for s in (1, 1, 2))
        assert one.interval == same.interval
        assert one.interval != other.interval

    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS, ids=NAMES)
    def test_the_interval_holds_the_estimate(self, bootstrap: object) -> None:
        for chain in chains(5, 200, **SMALL):
            found = bootstrap(sample_of(chain), resamples=400)
            assert 0 <= found.interval.low < found.share < found.interval.high <= 1
            assert found.standard_error > 0
            assert found.respondents == chain.size

    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS, ids=NAMES)
    def test_no_and_yes_mirror_one_another(self, bootstrap: object, sample: Recruitment) -> None:
        turned = replace(sample, answers=1 - sample.answers)
        yes, no = (bootstrap(one, resamples=4_000) for one in (sample, turned))
        assert yes.share + no.share == pytest.approx(1)
        # Percentiles of 4,000 draws have a Monte-Carlo error of 1/20 of the standard error or so.
        assert yes.interval.low + no.interval.high == pytest.approx(1, abs=0.25 * no.standard_error)

    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS, ids=NAMES)
    def test_higher_confidence_is_wider(self, bootstrap: object, sample: Recruitment) -> None:
        narrow, wide = (bootstrap(sample, confidence=level) for level in (0.8, 0.99))
        assert wide.interval.low < narrow.interval.low < narrow.interval.high < wide.interval.high
        assert wide.confidence == 0.99

    @given(st.lists(st.booleans(), min_size=4, max_size=40), st.integers(1, 500))
    @settings(deadline=None, max_examples=30)
    def test_equal_contacts_are_neutral(self, answers: list[bool], degree: int) -> None:
        answers = [True, False, *answers]
        recruiters = [-1, -1] + [0, 1] * (len(answers) // 2 - 1) + [0] * (len(answers) % 2)
        sample = recruitment(recruiters, [degree] * len(answers), answers)
        found = tree_bootstrap(sample, resamples=20)
        assert found.share == pytest.approx(np.mean(answers), abs=1e-12)

    def test_equal_contacts_and_no_homophily_are_neutral_for_rds_i(self) -> None:
        # Seeds and the recruits of either group: 30 % of yes each.
        groups = np.repeat([0, 1, 0, 1, 0, 1], [7, 3, 70, 30, 7, 3])
        recruiters = np.repeat([-1, 0, 9], [10, 100, 10])
        assert rds.rds_i(groups, np.full(120, 12), recruiters) == pytest.approx(0.3, abs=1e-15)
        sample = recruitment(recruiters, np.full(120, 12), groups)
        assert chain_bootstrap(sample, resamples=20).share == pytest.approx(0.3, abs=1e-15)

    def test_a_single_wave_is_the_ordinary_bootstrap(self) -> None:
        # One seed that recruited 400: its recruits are drawn with replacement, nothing else.
        answers = np.array([0] * 241 + [1] * 160)
        sample = recruitment(np.array([-1] + [0] * 400), np.full(401, 50), answers)
        found = tree_bootstrap(sample, resamples=8_000)
        expected = np.sqrt(0.4 * 0.6 * 400) / 401
        assert found.standard_error == pytest.approx(expected, rel=0.04)  # MC: 0.8 %

    def test_the_tree_bootstrap_is_the_published_algorithm_written_out(self) -> None:
        # 2 seeds of 3 and 1 recruits, then 2, 0, 1 and 3: small enough to draw every tree.
        recruiters = [-1, -1, 0, 0, 0, 1, 2, 2, 4, 5, 5, 5]
        degrees = [2, 3, 4, 1, 6, 2, 3, 3, 1, 5, 2, 2]
        answers = [1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1]
        found = tree_bootstrap(recruitment(recruiters, degrees, answers), resamples=10_000)
        estimates = literal_tree_bootstrap(recruiters, degrees, answers, 10_000)
        assert found.standard_error == pytest.approx(estimates.std(), rel=0.04)  # MC: 1 %
        for limit, tail in zip(found.interval, (0.025, 0.975), strict=True):
            assert limit == pytest.approx(np.quantile(estimates, tail), abs=0.02)

    def test_the_chain_bootstrap_is_a_markov_chain_of_groups(self) -> None:
        groups, recruiters = moves_as_trees([[300, 100], [150, 150]])
        sample = recruitment(recruiters, np.full(len(groups), 9), groups)
        found = chain_bootstrap(sample, resamples=4_000)
        # Equal contacts: RDS-I is the part of yes at equilibrium. Its variance follows by the
        # delta method from s₀₁ and s₁₀, estimated from the visits to each group.
        to_yes, to_no, size = 0.25, 0.5, len(groups) - 1
        share = to_yes / (to_yes + to_no)
        slopes = np.array([to_no, to_yes]) / (to_yes + to_no) ** 2
        visits = size * np.array([1 - share, share])
        rates = np.array([to_yes, to_no])
        expected = np.sqrt((slopes**2 * rates * (1 - rates) / visits).sum())
        assert found.share == pytest.approx(share)
        assert found.standard_error == pytest.approx(expected, rel=0.06)  # MC: 1.1 %

    def test_who_cannot_be_counted_is_dropped_but_their_recruits_are_not(self) -> None:
        recruiters, answers = [-1, 0, 0, 1, 1, 2, 2], [1, 1, 0, 0, 1, 1, NAN]
        degrees = [NAN, 4, 0, 2, 8, 4, 8]
        found = tree_bootstrap(recruitment(recruiters, degrees, answers), resamples=400)
        assert (found.respondents, found.dropped) == (4, 3)
        assert found.share == pytest.approx(
            (1 / 4 + 1 / 8 + 1 / 4) / (1 / 4 + 1 / 2 + 1 / 8 + 1 / 4)
        )
        # Where only those are drawn who cannot be counted, there is no estimate.
        assert 0 < found.undefined < 200

    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS, ids=NAMES)
    @pytest.mark.parametrize(
        ("recruiters", "answers", "words"),
        [
            ([-1] * 6, [0, 1, 0, 1, 0, 1], "None of the 6 respondents was recruited"),
            ([-1, 0, 0, 1, 1, 2], [1] * 6, "All 6 respondents .* one answer"),
            ([-1, 0, 0, 1, 1, 2], [NAN] * 6, "All 0 respondents"),
        ],
    )
    def test_what_shows_nothing_is_refused(
        self, bootstrap: object, recruiters: list, answers: list, words: str
    ) -> None:
        with pytest.raises(RecruitmentError, match=words):
            bootstrap(recruitment(recruiters, [1] * 6, answers))

    def test_a_line_is_refused(self) -> None:
        with pytest.raises(RecruitmentError, match="4 respondents form one line"):
            tree_bootstrap(recruitment([-1, 0, 1, 2], [1] * 4, [0, 1, 0, 1]))

    def test_too_few_recruitments_are_refused(self) -> None:
        # Two of five seeds recruited; both are drawn in 1 - 2(4/5)⁵ + (3/5)⁵ = 42 % of resamples.
        sample = recruitment([-1, -1, -1, -1, -1, 0, 1], [1] * 7, [0, 1, 0, 0, 0, 1, 0])
        with pytest.raises(RecruitmentError, match="of 2000 resamples hold no recruitment"):
            tree_bootstrap(sample, "rds_i", resamples=2_000)

    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS[1:], ids=NAMES[1:])
    @pytest.mark.parametrize(
        "recruiters", [[-1, -1, 0, 0], [-1, -1, 0, 1]], ids=["one group recruited", "no crossing"]
    )
    def test_rds_i_needs_recruitments_of_both_groups(
        self, bootstrap: object, recruiters: list
    ) -> None:
        with pytest.raises(ArgumentError, match="recruit"):
            bootstrap(recruitment(recruiters, [1] * 4, [0, 1, 0, 1]))

    @pytest.mark.parametrize(
        "changed",
        [{"confidence": 1}, {"resamples": 1}, {"seed": -1}],
        ids=lambda one: next(iter(one)),
    )
    @pytest.mark.parametrize("bootstrap", BOOTSTRAPS, ids=NAMES)
    def test_impossible_settings_are_named(
        self, bootstrap: object, sample: Recruitment, changed: dict
    ) -> None:
        with pytest.raises(ArgumentError) as error:
            bootstrap(sample, **changed)
        assert error.value.argument in changed

    def test_an_unknown_estimator_is_named(self, sample: Recruitment) -> None:
        with pytest.raises(ArgumentError, match="estimator is 'rds_iii'; expected 'rds_i' or"):
            tree_bootstrap(sample, "rds_iii")

    def test_memory_is_drawn_in_batches(
        self, sample: Recruitment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = tree_bootstrap(sample, resamples=2_000)
        monkeypatch.setattr("actient.bias.chain_bootstrap._NODES_AT_A_TIME", 7 * sample.size)
        parts = tree_bootstrap(sample, resamples=2_000)
        assert parts.resamples == whole.resamples
        assert parts.standard_error == pytest.approx(whole.standard_error, rel=0.08)  # MC: 2.2 %


def literal_tree_bootstrap(
    recruiters: list[int], degrees: list[int], answers: list[int], resamples: int
) -> np.ndarray:
    """The published algorithm, one person at a time, on its own random numbers."""
    rng = np.random.default_rng(7)
    below = {place: [] for place in range(-1, len(recruiters))}
    for place, recruiter in enumerate(recruiters):
        below[recruiter].append(place)
    estimates = np.empty(resamples)
    for resample in range(resamples):
        waiting, drawn = [-1], []
        while waiting:
            recruits = below[waiting.pop()]
            chosen = [recruits[i] for i in rng.integers(0, len(recruits), len(recruits))]
            drawn += chosen
            waiting += [place for place in chosen if below[place]]
        weights = [1 / degrees[place] for place in drawn]
        yes = sum(w for w, place in zip(weights, drawn, strict=True) if answers[place])
        estimates[resample] = yes / sum(weights)
    return estimates


@pytest.mark.long
class TestCoverage:
    """How often 95 % intervals hold the share of a simulated population, from one seed each.

    Of 150 launches, a coverage near 0.95 has a standard error of 2 points, near 0.5 of 4. These
    are facts about this simulated world, kept so that a change is noticed; not a promise.
    """

    @staticmethod
    def covered(**changes: object) -> dict[str, tuple[float, float]]:
        found: dict[str, list[ChainShare]] = {name: [] for name in NAMES}
        plain = []
        for chain in chains(150, **changes):
            interval = rds.rds_ii(chain.says_yes, chain.degree).interval
            plain.append(interval.low <= 0.42 <= interval.high)
            for name, bootstrap in zip(NAMES, BOOTSTRAPS, strict=True):
                try:
                    found[name].append(bootstrap(sample_of(chain), resamples=300))
                except (RecruitmentError, ArgumentError):
                    continue  # too thin a chain, and said so: not an interval to judge
        return {"independent": (float(np.mean(plain)), 0.0)} | {
            name: (
                float(np.mean([one.interval.low <= 0.42 <= one.interval.high for one in some])),
                float(np.median([one.interval.width for one in some])),
            )
            for name, some in found.items()
            if len(some) >= 120
        }

    def test_under_homophily_resampling_holds_where_independence_does_not(self) -> None:
        found = self.covered(homophily=0.5)
        assert found["independent"][0] < 0.65
        for name in NAMES:
            assert found[name][0] > 0.85, name
        # The price: the tree bootstrap says little more than that one seed is one seed.
        assert found["tree, RDS-II"][1] > 2 * found["chain, RDS-I"][1]

    def test_without_bias_the_chain_bootstrap_holds_and_the_tree_is_too_wide(self) -> None:
        found = self.covered()
        assert found["chain, RDS-I"][0] >= 0.9
        assert found["tree, RDS-II"][0] > 0.97

    def test_no_interval_repairs_the_will_to_answer(self) -> None:
        assert self.covered(answer_odds_ratio=1.5)["chain, RDS-I"][0] < 0.3
