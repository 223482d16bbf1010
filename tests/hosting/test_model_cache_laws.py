"""What holds for the models of an instance whatever is asked, and whatever the container does."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.model_cache import (
    Abandon,
    Answered,
    CacheEffect,
    CacheEvent,
    CacheSettings,
    DeleteFromDisk,
    Download,
    Downloaded,
    DownloadFailed,
    Eviction,
    Forward,
    Invoked,
    InvokeRefused,
    Load,
    Loaded,
    LoadFailed,
    LoadRefused,
    LookedUp,
    ModelCache,
    Refuse,
    TargetModel,
    TimePassed,
    Took,
    Unload,
    Unloaded,
    step,
)

MODELS = (
    TargetModel("a", on_disk=1, in_memory=1),
    TargetModel("b", on_disk=2, in_memory=3),
    TargetModel("c", on_disk=3, in_memory=2),
    TargetModel("d", on_disk=4, in_memory=4),
    TargetModel("e", on_disk=2, in_memory=1),
)
SIZES = {model.name: model for model in MODELS}
SETTINGS = st.builds(
    CacheSettings,
    memory=st.sampled_from((None, 4, 6, 8)),
    disk=st.sampled_from((None, 5, 7, 9)),
    enabled=st.booleans(),
    eviction=st.sampled_from(Eviction),
)
CHOICE = st.integers(0, 99)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("invoke"), CHOICE, st.just(0)),
        st.tuples(st.just("answer"), CHOICE, st.sampled_from((Answered, InvokeRefused))),
        st.tuples(st.just("end"), CHOICE, CHOICE),
        st.tuples(st.just("end"), CHOICE, st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from((1, 20, 61, 200)), st.just(0)),
    ),
    max_size=80,
)


@dataclass
class Witness:
    """A driver that keeps its own books and objects to whatever breaks a law."""

    cache: ModelCache
    now: Micros = 0
    asked: dict[str, str] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    running: dict[str, str] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)
    pending: dict[str, str] = field(default_factory=dict)
    in_memory: set[str] = field(default_factory=set)
    on_disk: set[str] = field(default_factory=set)

    def tell(self, event: CacheEvent) -> None:
        """Send an event, check what follows."""
        self._note(event)
        _, effects = step(self.cache, event, self.now)
        for effect in effects:
            self._check(effect)
        self._check_budgets()

    def _note(self, event: CacheEvent) -> None:
        match event:
            case Invoked(invocation, model):
                self.asked[invocation] = model.name
            case Answered(invocation):
                del self.running[invocation]
                self.over.append(invocation)
            case Downloaded(model) | Loaded(model):
                del self.pending[model]
            case DownloadFailed(model, _):
                del self.pending[model]
                self.on_disk.remove(model)
            case LoadFailed(model, _) | LoadRefused(model) | Unloaded(model):
                del self.pending[model]
                self.in_memory.remove(model)

    def _check(self, effect: CacheEffect) -> None:
        match effect:
            case LookedUp(invocation, model, hit):
                assert hit == (model in self.in_memory and model not in self.pending)
                self.looked_up.append(invocation)
            case Download(model):
                assert model not in self.on_disk
                self._begin(model, "download")
                self.on_disk.add(model)
            case Load(model):
                assert model in self.on_disk
                assert model not in self.in_memory
                self._begin(model, "load")
                self.in_memory.add(model)
            case Unload(model):
                assert model in self.in_memory
                assert model not in self._wanted()
                self._begin(model, "unload")
            case DeleteFromDisk(model):
                assert model not in self.pending
                assert model not in self.in_memory
                self.on_disk.remove(model)
            case Abandon(model):
                assert self.pending[model] in {"download", "load"}
            case Forward(invocation, model, _):
                assert model in self.in_memory
                assert model not in self.pending
                assert invocation not in self.over
                self.running[invocation] = model
            case Refuse(invocation, _, _, _):
                self.running.pop(invocation, None)
                self.over.append(invocation)
            case Took():
                pass

    def _wanted(self) -> set[str]:
        """The models somebody waits for or uses."""
        return {model for invocation, model in self.asked.items() if invocation not in self.over}

    def _begin(self, model: str, operation: str) -> None:
        assert model not in self.pending
        self.pending[model] = operation

    def _check_budgets(self) -> None:
        memory, disk = self.cache.settings.memory, self.cache.settings.disk
        used = sum(SIZES[model].in_memory for model in self.in_memory)
        assert used == self.cache.memory_used
        assert memory is None or used <= memory
        stored = sum(SIZES[model].on_disk for model in self.on_disk)
        assert stored == self.cache.disk_used
        assert disk is None or stored <= disk

    def end(self, model: str, outcome: int) -> None:
        """End the operation under way on a model, mostly well."""
        ends: dict[str, tuple[CacheEvent, ...]] = {
            "download": (Downloaded(model), Downloaded(model), DownloadFailed(model, "no such key")),
            "load": (Loaded(model), LoadRefused(model), LoadFailed(model, "bad model")),
            "unload": (Unloaded(model),),
        }
        choices = ends[self.pending[model]]
        self.tell(choices[outcome % len(choices)])

    def act(self, action: tuple[str, int, object]) -> None:
        """Do one thing of the script, if there is anything to do it to."""
        match action:
            case "invoke", choice, _:
                self.tell(Invoked(f"i{len(self.asked)}", MODELS[choice % len(MODELS)]))
            case "answer", choice, answer if self.running:
                invocation = sorted(self.running)[choice % len(self.running)]
                self.tell(Answered(invocation) if answer is Answered else InvokeRefused(invocation))
            case "end", choice, int(outcome) if self.pending:
                self.end(sorted(self.pending)[choice % len(self.pending)], outcome)
            case "wait", seconds, _:
                self.now += seconds * SECOND
                self.tell(TimePassed())

    def finish(self) -> None:
        """Let everything under way end well, and every invocation be answered."""
        for _ in range(1000):
            if self.pending:
                self.end(min(self.pending), 0)
            elif self.running:
                self.tell(Answered(min(self.running)))
            else:
                return
        raise AssertionError("it never comes to rest")


def _after(script: list[tuple[str, int, object]], cache_settings: CacheSettings) -> Witness:
    witness = Witness(ModelCache(cache_settings))
    for action in script:
        witness.act(action)
    return witness


@given(script=ACTIONS, cache_settings=SETTINGS)
def test_budgets_hold_and_what_is_in_use_stays(
    script: list[tuple[str, int, object]], cache_settings: CacheSettings
) -> None:
    """The witness keeps its own books of memory, disk and work in progress, and objects at once."""
    witness = _after(script, cache_settings)

    assert list(witness.asked) == witness.looked_up


@given(script=ACTIONS, cache_settings=SETTINGS)
def test_every_invocation_ends_exactly_once(
    script: list[tuple[str, int, object]], cache_settings: CacheSettings
) -> None:
    """After any history, once everything under way has ended, each invocation is answered or refused."""
    witness = _after(script, cache_settings)
    witness.finish()

    assert sorted(witness.asked) == sorted(witness.over)
    assert witness.cache.next_deadline is None
    assert {} == witness.cache.invocations
    assert witness.on_disk == set(witness.cache.models)


@given(script=ACTIONS, cache_settings=SETTINGS)
def test_the_same_events_do_the_same(
    script: list[tuple[str, int, object]], cache_settings: CacheSettings
) -> None:
    """Nothing but the events and the time counts."""
    assert _after(script, cache_settings) == _after(script, cache_settings)
