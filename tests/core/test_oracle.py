"""Two evaluators written apart give the same finding for random rulebooks and random answers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.conditions import Condition, Form
from bot.core.evaluate import NoRow, evaluate
from bot.core.facts import Fact, FactType, Known, Value
from bot.core.finding import Finding
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table
from tests.core.oracle import Fails, oracle

FACTS = {
    "danger": Fact("danger", FactType.CHOICE, ("yes", "no"), unsure=True),
    "role": Fact("role", FactType.CHOICE, ("public", "professional", "young_person")),
    "age": Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True),
    "year": Fact("year", FactType.WHOLE_NUMBER, minimum=0, maximum=3000, unsure=True),
    "place": Fact("place", FactType.SHORT_TEXT, unsure=True),
}
KINDS = (Kind.HARM, Kind.RISK, Kind.HARM, Kind.RISK, Kind.BACKGROUND)
SIGNS = {
    name: Indicator(name, "first" if name < "sign_c" else "second", kind, f"Sign {name[-1]}", "c")
    for name, kind in zip(("sign_a", "sign_b", "sign_c", "sign_d", "sign_e"), KINDS, strict=True)
}
GROUPS = {"first": ("sign_a", "sign_b"), "second": ("sign_c", "sign_d", "sign_e")}
SCALE = ("low", "middle", "high")
NAMED = ("first", "second", "harm", "risk", "background", "every indicator")


def values_of(subject: str) -> list[str]:
    if subject in SIGNS:
        return ["yes", "no"]
    if subject in {"first_table", "second_table"}:
        return list(SCALE)
    return {"danger": ["yes", "no"], "place": ["wirral", "newham"]}.get(
        subject, ["public", "professional", "young_person"]
    )


@st.composite
def a_condition(draw: st.DrawFn, earlier: tuple[str, ...]) -> Condition:
    form = draw(st.sampled_from(list(Form)))
    or_unsure = draw(st.booleans())
    if form in {Form.ANY_OF, Form.NONE_OF, Form.AT_LEAST}:
        bound = draw(st.integers(1, 4)) if form is Form.AT_LEAST else 0
        return Condition(form, draw(st.sampled_from(NAMED)), bound=bound, or_unsure=or_unsure)
    if form is Form.COMPARE:
        return Condition(
            form,
            draw(st.sampled_from(("age", "year"))),
            operator=draw(st.sampled_from(("<", "<=", ">", ">="))),
            bound=draw(st.integers(-1, 18)),
            or_unsure=or_unsure,
        )
    subject = draw(st.sampled_from(("danger", "role", "place", *SIGNS, *earlier)))
    most = 2 if form is Form.ONE_OF else 1
    values = st.lists(st.sampled_from(values_of(subject)), min_size=1, max_size=most, unique=True)
    return Condition(form, subject, tuple(draw(values)), or_unsure=or_unsure)


@st.composite
def a_table(draw: st.DrawFn, name: str, earlier: tuple[str, ...]) -> Table:
    names = st.lists(st.sampled_from(("one", "two", "three")), max_size=2)
    rows = tuple(
        Row(
            id=f"{name}_{place}",
            when=tuple(draw(st.lists(a_condition(earlier), max_size=3, unique=True))),
            then=draw(st.sampled_from(SCALE)),
            clause=f"clause {place}",
            text=f"row {place}",
            routes=tuple(draw(names)),
            advice=tuple(draw(names)),
            emergency=draw(st.booleans()),
        )
        for place in range(draw(st.integers(1, 6)))
    )
    hit = draw(st.sampled_from((Hit.STRONGEST, Hit.STRONGEST, Hit.STRONGEST, Hit.ONLY_ONE)))
    otherwise = draw(st.sampled_from(("", *SCALE))) if hit is Hit.STRONGEST else ""
    return Table(name, hit, SCALE, rows, otherwise, "the clause", otherwise_text="nothing else")


@st.composite
def a_book(draw: st.DrawFn) -> RuleBook:
    return RuleBook(
        id="area/random",
        area="area",
        tables=(
            draw(a_table("first_table", ())),
            draw(a_table("second_table", ("first_table",))),
        ),
        reads=FACTS,
        indicators=SIGNS,
        groups=GROUPS,
        file="random.yaml",
        edition="an edition",
    )


def silent_or(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value | None]:
    return st.one_of(st.none(), st.just("unsure"), values)


KNOWN = st.builds(
    lambda facts, signs: Known(
        {name: value for name, value in facts.items() if value is not None},
        {name: value for name, value in signs.items() if value is not None},
    ),
    st.fixed_dictionaries(
        {
            "danger": silent_or(st.sampled_from(("yes", "no"))),
            "role": silent_or(st.sampled_from(("public", "professional", "young_person"))),
            "age": silent_or(st.integers(0, 17)),
            "year": silent_or(st.integers(0, 3000)),
            "place": silent_or(st.sampled_from(("wirral", "newham", "elsewhere"))),
        }
    ),
    st.fixed_dictionaries(
        {name: st.sampled_from((None, "yes", "no", "unsure")) for name in SIGNS}
    ),
)


def first(book: RuleBook, known: Known) -> Finding | str:
    try:
        return evaluate(book, known)
    except NoRow as fault:
        return fault.code


def second(book: RuleBook, known: Known) -> Finding | str:
    try:
        return oracle(book, known)
    except Fails as fault:
        return str(fault)


@settings(max_examples=300, deadline=None)
@given(book=a_book(), known=st.lists(KNOWN, min_size=1, max_size=4))
def test_both_evaluators_agree(book: RuleBook, known: list[Known]) -> None:
    for answers in known:
        assert first(book, answers) == second(book, answers)


@settings(max_examples=50, deadline=None)
@given(book=a_book(), known=KNOWN)
def test_equal_answers_give_equal_findings(book: RuleBook, known: Known) -> None:
    assert first(book, known) == first(book, Known(dict(known.facts), dict(known.indicators)))
