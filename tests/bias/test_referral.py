"""Chain referral on graphs with known ties; its estimators against published and exact values."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.bias import respondent_driven as rds
from actient.bias.arguments import ArgumentError
from actient.bias.referral import (
    NO_RECRUITER,
    ContactGraph,
    ReferralParameters,
    build_graph,
    run_chain,
)
from actient.bias.sampling import wilson

SMALL = ReferralParameters(share=0.42, population=2_000, mean_degree=20)
WORLD = ReferralParameters(share=0.42)


def graph_of(parameters, seed=1):
    return build_graph(parameters, np.random.default_rng(seed))


def ties(graph):
    return np.repeat(np.arange(graph.population), graph.degree), graph.contacts


@pytest.fixture(scope="module")
def graph():
    return graph_of(replace(SMALL, degree_ratio=1.5, homophily=0.5))


@pytest.fixture(scope="module")
def launched():
    parameters = replace(SMALL, shared=1.0, seeds=3, max_respondents=150)
    graph = graph_of(parameters)
    return graph, run_chain(graph, parameters, np.random.default_rng(5))


class TestGraph:
    def test_ties_are_mutual_single_and_never_to_oneself(self, graph):
        person, contact = ties(graph)
        pairs = set(zip(person.tolist(), contact.tolist(), strict=True))
        assert len(pairs) == contact.size
        assert pairs == {(b, a) for a, b in pairs}
        assert not np.any(person == contact)

    def test_the_share_is_exact(self, graph):
        assert graph.share == 0.42
        assert graph.says_yes.sum() == SMALL.yes_count == 840

    def test_one_seed_one_graph(self):
        one, same, other = graph_of(SMALL), graph_of(SMALL), graph_of(SMALL, seed=2)
        assert np.array_equal(one.contacts, same.contacts)
        assert not np.array_equal(one.degree, other.degree)

    # 20 000 persons of mean degree 60 and shape 5: the standard error of a mean degree is about
    # 28/sqrt(20 000) = 0.2; erased double ties cost about 1 %. Tolerances are several times that.
    @pytest.mark.parametrize("ratio", [1.0, 1.5])
    def test_degrees_are_those_asked_for(self, ratio):
        parameters = replace(WORLD, degree_ratio=ratio)
        graph = graph_of(parameters)
        no, yes = (graph.degree[graph.says_yes == group].mean() for group in (False, True))
        assert graph.degree.mean() == pytest.approx(60, rel=0.03)
        assert yes / no == pytest.approx(ratio, rel=0.04)

    # Ends kept inside: h; the others meet the own group in proportion to its ends. Over some
    # 500 000 ties inside the group of yes the standard error is about 0.001.
    @pytest.mark.parametrize("homophily", [0.0, 0.5, 0.9])
    def test_homophily_is_the_part_of_ties_kept_inside(self, homophily):
        graph = graph_of(replace(WORLD, homophily=homophily))
        person, contact = ties(graph)
        of_yes = graph.says_yes[person]
        inside = graph.says_yes[contact[of_yes]].mean()
        assert inside == pytest.approx(homophily + (1 - homophily) * 0.42, abs=0.02)

    def test_everybody_has_a_contact_to_be_reached_by(self):
        graph = graph_of(replace(WORLD, dispersion=0.3))
        # A lone end may meet its own person or an odd count: a handful of 20 000.
        assert np.mean(graph.degree == 0) < 0.001

    def test_infinite_dispersion_is_poisson(self):
        degree = graph_of(replace(WORLD, dispersion=np.inf)).degree
        # Variance over mean of 20 000 Poisson counts: 1 with a standard error of 0.01.
        assert degree.var() / degree.mean() == pytest.approx(1, abs=0.06)


class TestParameters:
    def test_odds_ratio_acts_on_odds(self):
        no, yes = replace(WORLD, answered=0.2, answer_odds_ratio=1.5).group_answered
        assert no == 0.2
        assert yes / (1 - yes) == pytest.approx(1.5 * 0.25, abs=1e-12)

    @given(st.floats(0.05, 0.95), st.floats(0.2, 5))
    def test_group_degrees_average_to_the_mean(self, share, ratio):
        no, yes = ReferralParameters(share=share, degree_ratio=ratio).group_degrees
        assert share * yes + (1 - share) * no == pytest.approx(60, abs=1e-9)
        assert yes / no == pytest.approx(ratio, abs=1e-12)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("share", 0.0),
            ("share", 1.0),
            ("share", 1e-9),
            ("share", float("nan")),
            ("population", 1),
            ("population", 10.5),
            ("mean_degree", 0.0),
            ("mean_degree", 2_001.0),
            ("dispersion", 0.0),
            ("degree_ratio", 0.0),
            ("degree_ratio", float("inf")),
            ("homophily", 1.0),
            ("homophily", -0.1),
            ("answered", 1.0),
            ("answer_odds_ratio", 0.0),
            ("shared", 0.0),
            ("seeds", 0),
            ("max_respondents", 0),
            ("max_respondents", 20_001),
            ("homophily", [0.1, 0.2]),
        ],
    )
    def test_impossible_values_are_named(self, name, value):
        with pytest.raises(ArgumentError) as error:
            ReferralParameters(**({"share": 0.42} | {name: value}))
        assert error.value.argument == name

    def test_more_seeds_than_respondents(self):
        with pytest.raises(ArgumentError, match="max_respondents"):
            replace(WORLD, seeds=401)


class TestChain:
    def test_stops_at_the_respondents_allowed_and_asks_nobody_twice(self, launched):
        _, chain = launched
        assert chain.size == 150
        assert np.unique(chain.respondent).size == 150

    def test_everybody_was_recruited_by_an_earlier_respondent_they_know(self, launched):
        graph, chain = launched
        assert list(chain.recruiter[:3]) == [NO_RECRUITER] * 3
        for place in range(3, chain.size):
            recruiter = chain.recruiter[place]
            assert 0 <= recruiter < place
            who = chain.respondent[recruiter]
            known = graph.contacts[graph.starts[who] : graph.starts[who + 1]]
            assert chain.respondent[place] in known

    def test_answers_and_degrees_are_those_of_the_graph(self, launched):
        graph, chain = launched
        assert np.array_equal(chain.says_yes, graph.says_yes[chain.respondent])
        assert np.array_equal(chain.degree, graph.degree[chain.respondent])

    def test_one_seed_one_chain(self):
        graph = graph_of(SMALL)
        runs = [run_chain(graph, SMALL, np.random.default_rng(seed)) for seed in (5, 5, 6)]
        assert np.array_equal(runs[0].respondent, runs[1].respondent)
        assert not np.array_equal(runs[0].respondent[:1], runs[2].respondent[:1])

    def test_a_path_is_walked_to_its_end(self):
        # 0 - 1 - 2 - 3: everybody answers (almost surely) and shares, so all four are reached.
        graph = ContactGraph(
            np.array([True, False, True, False]),
            np.array([0, 1, 3, 5, 6]),
            np.array([1, 0, 2, 1, 3, 2]),
        )
        path = ReferralParameters(
            share=0.5,
            population=4,
            mean_degree=0.4,
            answered=1 - 1e-12,
            shared=1.0,
            max_respondents=4,
        )
        chain = run_chain(graph, path, np.random.default_rng(0))
        assert sorted(chain.respondent) == [0, 1, 2, 3]
        for place, who in enumerate(chain.respondent[1:], start=1):
            assert abs(chain.respondent[chain.recruiter[place]] - who) == 1

    def test_a_graph_of_another_population_is_refused(self):
        with pytest.raises(ArgumentError, match="graph is 2000; expected 20000 persons"):
            run_chain(graph_of(SMALL), WORLD, np.random.default_rng(0))


class TestEstimators:
    def test_naive_is_wilson(self):
        answers = [1] * 210 + [0] * 290
        found = rds.naive(answers)
        assert found.share == 0.42
        assert found.interval == wilson(0.42, 500)

    def test_markov_equilibrium_published(self):
        # Test of the R package RDS: recruitments (blue, red), part of blue at equilibrium.
        blue = 1 - rds.markov_equilibrium([[39, 82], [79, 188]])
        assert blue == pytest.approx(0.303913776110387, abs=1e-14)

    @given(st.lists(st.integers(1, 1000), min_size=4, max_size=4))
    def test_markov_equilibrium_is_stationary(self, counts):
        table = np.array(counts).reshape(2, 2)
        share = rds.markov_equilibrium(table)
        moves = table / table.sum(axis=1, keepdims=True)
        state = np.array([1 - share, share])
        assert state @ moves == pytest.approx(state, abs=1e-12)

    def test_rds_ii_by_hand(self):
        # Σ(y/d)/Σ(1/d) = (1/2 + 1/4)/(1/2 + 1/4 + 1/1 + 1/4)
        found = rds.rds_ii([1, 1, 0, 0], [2, 4, 1, 4])
        assert found.share == pytest.approx(0.375, abs=1e-15)
        assert 0 <= found.interval.low <= 0.375 <= found.interval.high <= 1

    @given(st.lists(st.booleans(), min_size=1, max_size=50), st.integers(1, 500))
    def test_equal_degrees_are_neutral(self, answers, degree):
        found = rds.rds_ii(np.array(answers), np.full(len(answers), degree))
        assert found.share == pytest.approx(np.mean(answers), abs=1e-12)

    def test_rds_ii_interval_with_equal_degrees_is_that_of_a_proportion(self):
        found = rds.rds_ii([1] * 210 + [0] * 290, [60] * 500)
        margin = 1.959963984540054 * np.sqrt(0.42 * 0.58 / 500)
        assert found.interval.high - found.share == pytest.approx(margin, abs=1e-12)

    @given(st.data())
    def test_rds_ii_turns_over_with_the_answers(self, data):
        size = data.draw(st.integers(1, 30))
        answers = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
        degrees = data.draw(st.lists(st.integers(1, 900), min_size=size, max_size=size))
        yes, no = rds.rds_ii(answers, degrees), rds.rds_ii(~answers, degrees)
        assert yes.share + no.share == pytest.approx(1, abs=1e-12)
        assert yes.interval.low + no.interval.high == pytest.approx(1, abs=1e-12)

    def test_rds_i_by_hand(self):
        # No recruited one yes and one no; yes recruited one no: s01 = 1/2, s10 = 1.
        # Harmonic mean degrees: no 3/(1/2 + 1/2 + 1/4) = 2.4, yes 4.
        # 0.5 * 2.4 / (0.5 * 2.4 + 1 * 4)
        found = rds.rds_i([0, 1, 0, 0], [2, 4, 2, 4], [-1, 0, 0, 1])
        assert found == pytest.approx(1.2 / 5.2, abs=1e-15)

    @pytest.mark.parametrize(
        ("call", "argument"),
        [
            (lambda: rds.naive([]), "answers"),
            (lambda: rds.naive([0, 2]), "answers"),
            (lambda: rds.naive([0, float("nan")]), "answers"),
            (lambda: rds.naive([0, 1], confidence=1), "confidence"),
            (lambda: rds.rds_ii([0, 1], [3]), "degrees"),
            (lambda: rds.rds_ii([0, 1], [3, 0]), "degrees"),
            (lambda: rds.rds_ii([0, 1], [3, 4], confidence=0), "confidence"),
            (lambda: rds.rds_i([0, 1], [3, 4], [-1]), "recruiters"),
            (lambda: rds.rds_i([0, 1], [3, 4], [-1, 1]), "recruiters"),
            (lambda: rds.rds_i([0, 1], [3, 4], [-1, 2]), "recruiters"),
            (lambda: rds.rds_i([0, 1], [3, 4], [-1, 0.5]), "recruiters"),
            (lambda: rds.rds_i([0, 1], [3, 4], [-1, 0]), "recruitments"),
            (lambda: rds.markov_equilibrium([[1, 2]]), "recruitments"),
            (lambda: rds.markov_equilibrium([[1, -2], [3, 4]]), "recruitments"),
            (lambda: rds.markov_equilibrium([[5, 0], [0, 5]]), "recruitments"),
        ],
    )
    def test_impossible_arguments_are_named(self, call, argument):
        with pytest.raises(ArgumentError) as error:
            call()
        assert error.value.argument == argument


class TestWhatReferralDoes:
    """The message of the simulation, on launches that reached 50 respondents.

    Of 150 launches some 70 count. With 400 respondents each the naive share then has a Monte-Carlo
    standard error of 0.3 points, under homophily (design effect about 9) of 0.9; a coverage has one
    of at most 6 points. Every tolerance is three times that or more.
    """

    @staticmethod
    def launches(**changes):
        parameters = replace(WORLD, **changes)
        rng = np.random.default_rng(20181)
        graph = build_graph(parameters, rng)
        chains = [run_chain(graph, parameters, rng) for _ in range(150)]
        return [chain for chain in chains if chain.size >= 50]

    @staticmethod
    def summary(chains):
        plain = [rds.naive(chain.says_yes) for chain in chains]
        weighted = [rds.rds_ii(chain.says_yes, chain.degree) for chain in chains]
        shares = np.array([one.share for one in plain])
        held = [one.interval.low <= 0.42 <= one.interval.high for one in plain]
        size = np.mean([1 / chain.size for chain in chains])
        return {
            "naive": shares.mean() - 0.42,
            "coverage": np.mean(held),
            "deff": shares.var() / (0.42 * 0.58 * size),
            "rds_ii": np.mean([one.share for one in weighted]) - 0.42,
        }

    def test_without_bias_the_naive_interval_holds(self):
        found = self.summary(self.launches())
        assert abs(found["naive"]) < 0.015
        assert abs(found["rds_ii"]) < 0.015
        assert found["coverage"] > 0.85
        assert found["deff"] < 2

    def test_about_half_of_the_launches_die_out(self):
        # A share of 150 launches has a standard error of 4 points.
        assert 0.3 < len(self.launches()) / 150 < 0.7

    def test_rds_ii_repairs_unequal_contacts(self):
        found = self.summary(self.launches(degree_ratio=1.5))
        assert found["naive"] == pytest.approx(0.09, abs=0.03)
        assert abs(found["rds_ii"]) < 0.02
        assert found["coverage"] < 0.3

    def test_homophily_ruins_the_interval_not_the_mean(self):
        found = self.summary(self.launches(homophily=0.5))
        assert abs(found["naive"]) < 0.04
        assert found["coverage"] < 0.75
        assert found["deff"] > 4

    def test_rds_ii_repairs_neither_homophily_with_contacts_nor_the_will_to_answer(self):
        both = self.summary(self.launches(homophily=0.5, degree_ratio=1.5))
        assert both["naive"] > both["rds_ii"] > 0.02
        willing = self.summary(self.launches(answer_odds_ratio=1.5))
        assert willing["rds_ii"] > 0.05

    def test_rds_i_repairs_contacts_and_unequal_growth_on_average(self):
        chains = self.launches(homophily=0.5, degree_ratio=1.5)
        shares = [rds.rds_i(chain.says_yes, chain.degree, chain.recruiter) for chain in chains]
        weighted = self.summary(chains)["rds_ii"]
        assert abs(np.mean(shares) - 0.42) < weighted
