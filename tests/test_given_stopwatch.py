"""Chapter 06's stopwatch and its jobs, on a clock that the tests turn, and its charts and drawings."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np
import pytest

from course_lib.given import figures_fast_convolution as drawings
from course_lib.given import figures_measured as charts
from course_lib.given import job as jobs
from course_lib.given import plots, stopwatch
from course_lib.given.job import Job, Task
from course_lib.given.stopwatch import Machine, Timing
from solutions import fast_convolution as fast

CONV1 = Job((64, 1, 28, 28), (6, 1, 5, 5), padding=2)
SMALL = Job((2, 3, 9, 8), (4, 3, 3, 2), padding=1)


class Clock:
    """A clock that stands still unless somebody says how long something took."""

    def __init__(self):
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now

    def takes(self, *seconds: float, called: list | None = None, name: str = ""):
        """Something to call that takes so long: the last of the times from then on."""
        left = list(seconds)

        def call(*_, **__):
            self.now += left.pop(0) if len(left) > 1 else left[0]
            if called is not None:
                called.append(name)

        return call


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(stopwatch, "time", clock)
    monkeypatch.setattr(jobs, "time", clock)
    return clock


def test_a_job_counts_its_multiply_adds():
    assert CONV1.output_shape == (64, 6, 28, 28)
    assert CONV1.multiply_adds == 64 * 6 * 28 * 28 * 25


def test_a_job_holds_the_same_numbers_every_time():
    for one, again in zip(SMALL.arrays, Job((2, 3, 9, 8), (4, 3, 3, 2), padding=1).arrays):
        assert one.dtype == np.float32
        np.testing.assert_array_equal(one, again)


def test_a_job_counts_the_copies_that_the_methods_make():
    x, w = SMALL.arrays
    assert SMALL.copies("im2col") == fast.im2col(x, w.shape[2:], padding=1).size
    assert SMALL.copies("rows") == fast.shifted_rows(fast.to_batch_last(x), w.shape[3], padding=1).size
    even = Job((2, 3, 16, 12), (4, 3, 3, 3))
    spectra = (np.fft.rfft2(np.zeros(shape)) for shape in ((2, 3, 16, 12), (4, 3, 16, 12), (2, 4, 16, 12)))
    assert even.copies("FFT") == sum(2 * spectrum.size for spectrum in spectra)


def test_traffic_counts_the_ends_once_and_the_copies_twice():
    x, w = SMALL.arrays
    ends = x.nbytes + w.nbytes + 4 * np.prod(SMALL.output_shape)
    assert SMALL.traffic("seven loops") == ends
    assert SMALL.traffic("rows") == ends + 2 * 4 * SMALL.copies("rows")


def test_both_layouts_are_given_the_same_numbers():
    first, last = SMALL.first(fast.conv2d_im2col), SMALL.last(fast.conv2d_rows)
    assert first.multiply_adds == last.multiply_adds == SMALL.multiply_adds
    np.testing.assert_allclose(fast.to_batch_first(last.call()), first.call(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("rate, images, place", [(1e6, 1, (7, 10)), (2e7, 64, (7, 10)), (1e9, 64, (28, 28))])
def test_a_slow_function_is_given_as_much_of_a_job_as_it_can_do_in_time(clock, rate, images, place):
    """One image's corner is 2,700 multiply-adds, that of all images 172,800, the whole 7,526,400."""
    seen = []

    def conv(x, w, padding):
        seen.append(x.shape)
        piece = Job(x.shape, w.shape, padding)
        clock.now += piece.multiply_adds / rate

    task = CONV1.within(0.1, conv)
    task.call()
    assert seen[-1] == (images, 1, *place)
    assert task.multiply_adds == Job(seen[-1], CONV1.w_shape, 2 if place == (28, 28) else 0).multiply_adds


def test_tasks_take_turns_after_a_warm_up(clock):
    called = []
    tasks = {name: Task(clock.takes(0.1, called=called, name=name)) for name in "ab"}
    stopwatch.race(tasks, seconds=0.5, rounds=9)
    assert "".join(called) == "ab" * 4  # one to warm up, and rounds until half a second is over


def test_there_is_always_one_round_and_never_too_many(clock):
    called = []
    stopwatch.race({"slow": Task(clock.takes(100.0, called=called))}, seconds=1)
    assert len(called) == 2
    called.clear()
    stopwatch.race({"quick": Task(clock.takes(0.0, called=called))}, seconds=1, rounds=5)
    assert len(called) == 6


def test_the_middle_time_counts_and_the_first_does_not(clock):
    task = Task(clock.takes(50.0, 1.0, 2.0, 3.0, 4.0, 90.0), multiply_adds=600)
    timing = stopwatch.race({"it": task}, seconds=1000, rounds=5)["it"]
    assert (timing.seconds, timing.low, timing.high) == (3.0, 2.0, 4.0)
    assert timing.rate == 200


@pytest.mark.parametrize(
    "seconds, text",
    [
        (2.0, "    2 s  (mostly 1.8 to 2.2)"),
        (0.012, "   12 ms  (mostly 10.8 to 13.2)"),
        (4.36e-6, " 4.36 µs  (mostly 3.92 to 4.8)"),
        (0.0, "    0 µs  (mostly 0 to 0)"),
    ],
)
def test_a_timing_says_its_median_and_its_quarters(seconds, text):
    assert str(Timing(seconds, 0.9 * seconds, 1.1 * seconds, 1)) == text


def test_the_best_lap_is_the_shortest(clock):
    assert stopwatch.best(clock.takes(3.0, 1.0, 2.0, 2.0), seconds=4) == pytest.approx(1.0)


def test_the_machine_is_measured_by_its_best_product_and_copy(monkeypatch):
    laps = iter((768**3 / 5e10, 2 * 2**25 / 3e10))
    monkeypatch.setattr(stopwatch, "best", lambda call, seconds: (call(), next(laps))[1])
    told = stopwatch.machine()
    assert (told.rate, told.bytes) == (pytest.approx(5e10), pytest.approx(3e10))
    assert "50 billion multiply-adds" in repr(told) and "30 billion bytes" in repr(told)


def test_without_pytorch_there_is_nothing_to_time(monkeypatch):
    monkeypatch.setattr(stopwatch.importlib.util, "find_spec", lambda name: None)
    assert not stopwatch.has_pytorch() and stopwatch.pytorch(SMALL) == {}


def test_pytorch_is_given_the_same_numbers_on_one_core(monkeypatch):
    torch, cores = ModuleType("torch"), []
    torch.__spec__ = ModuleSpec("torch", None)
    torch.set_num_threads, torch.from_numpy = cores.append, lambda array: array
    torch.conv2d = lambda x, w, padding: fast.conv2d_im2col(x, w, padding=padding)
    monkeypatch.setitem(sys.modules, "torch", torch)
    (name, task), *_ = stopwatch.pytorch(SMALL).items()
    assert name == "PyTorch" and cores == [1] and task.multiply_adds == SMALL.multiply_adds
    np.testing.assert_array_equal(task.call(), SMALL.first(fast.conv2d_im2col).call())


@pytest.mark.parametrize(
    "number, text",
    [
        (0.0371, "0.037"),
        (7.0, "7"),
        (9.96, "10"),
        (340.4, "340"),
        (2_100_000, "2.1 million"),
        (58.2e9, "58 billion"),
        (3e12, "3 trillion"),
    ],
)
def test_large_numbers_are_said_as_people_say_them(number, text):
    assert stopwatch.said(number) == text


TIMES = {"im2col": Timing(2e-3, 1e-3, 3e-3, 4_000_000), "rows": Timing(1e-3, 1e-3, 1e-3, 4_000_000)}
JOBS = [("small", SMALL, TIMES), ("conv1", CONV1, {"PyTorch": TIMES["rows"]})]


@pytest.mark.parametrize(
    "draw, words",
    [
        (lambda: charts.ladder(TIMES, "Bars."), "Bars. Measured here: im2col 2 billion; rows 4 billion."),
        (lambda: charts.roofline(Machine(5e10, 3e10), JOBS, "A roof."), "PyTorch, conv1 4 billion at 5.4 a byte."),
        (lambda: charts.errors({"float32": {"im2col": 3e-7, "exact": 0.0}}, "Dots."), "3e-07; exact in float32 none."),
        (lambda: charts.winners({(3, 1): TIMES}, "A map."), "kernel 3, 1 channels rows, then im2col at 2.0 times"),
    ],
)
def test_a_chart_ends_its_words_with_what_was_measured(draw, words):
    picture = draw()
    assert words in picture.alt and picture.width <= 100 * plots.PAGE


@pytest.fixture
def drawn(monkeypatch):
    """The figure that a drawing finishes, instead of its picture."""
    monkeypatch.setattr(drawings, "show", lambda figure, alt: figure)


def numbers(ax) -> list[int]:
    return [int(text.get_text()) for text in ax.texts if text.get_text().isdigit()]


def test_the_drawn_columns_are_those_of_im2col(drawn):
    image, matrix = drawings.windows_as_columns("columns").axes
    columns = fast.im2col(np.array(numbers(image)).reshape(1, 2, 3, 4), (2, 2))
    assert numbers(matrix) == columns.ravel().tolist()


def test_the_drawn_rows_are_shifted_rows(drawn):
    (ax,) = drawings.shared_rows("rows").axes
    image = np.arange(24).reshape(4, 1, 6, 1)
    assert numbers(ax) == fast.shifted_rows(image, 3).ravel().tolist()


def test_the_drawn_tapes_are_the_two_orders(drawn):
    (ax,) = drawings.tapes("tapes").axes
    cells = [text.get_text() for text in ax.texts if len(text.get_text()) == 2]
    images = np.array([[[[f"{name}{row}" for row in rows] for rows in ("123", "456")]] for name in "ABC"])
    assert cells[18:36] == images.ravel().tolist()
    assert cells[36:] == fast.to_batch_last(images).ravel().tolist()


def test_a_wave_keeps_its_shape_and_a_step_does_not(drawn):
    def best_fit(ax):
        before, after = (line.get_ydata() for line in ax.lines)
        moved = np.stack([np.roll(before, shift)[9:-9] for shift in range(18)])
        return np.linalg.lstsq(moved[[0, 4]].T, after[9:-9], rcond=None)[1].sum()

    wave, step = drawings.waves("waves").axes
    assert best_fit(wave) < 1e-20 < 0.1 < best_fit(step)


@pytest.mark.parametrize("draw", [drawings.windows_as_columns, drawings.tapes, drawings.shared_rows, drawings.tiles])
def test_a_drawing_stays_within_the_page_and_carries_its_words(draw):
    picture = draw("what it shows")
    assert picture.alt == "what it shows" and picture.width <= 100 * plots.PAGE


def test_the_strongest_places_lie_apart():
    found = np.zeros((9, 9))
    found[1, 1], found[2, 2], found[7, 6] = 3.0, 2.5, 2.0
    assert drawings.strongest(found, apart=2, count=2) == [(1, 1), (7, 6)]
    assert found[1, 1] == 3.0


def test_the_stars_of_the_flag_answer_to_a_star():
    from course_lib.given import datasets

    full = datasets.photograph(shrink=1)
    star = full[166:197, 38:69]
    found = fast.conv2d_fft(full[np.newaxis, np.newaxis], (star - star.mean())[np.newaxis, np.newaxis])[0, 0]
    places = drawings.strongest(found, 15, 6)
    stars = {(173, 17), (75, 23), (90, 69), (185, 52), (20, 214), (99, 114)}
    near = {star for star in stars for i, j in places if abs(i + 15 - star[0]) < 9 and abs(j + 15 - star[1]) < 9}
    assert near == stars
    assert drawings.peaks(full, found, 31, 6, "stars").alt == "stars"
