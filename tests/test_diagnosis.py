"""What is said of answers that no catalogue foresaw; and that nothing is said where nothing is certain."""

import numpy as np
import pytest

from autograder_tests import catalogue, recording
from autograder_tests.judging import Answer, judge
from autograder_tests.judging.calls import perform
from autograder_tests.judging.words import array_text
from autograder_tests.mistakes import model_caller


def report_on(function, name="cross_correlate2d", **options):
    return judge(catalogue.find_exercise(name), lambda call: perform(function, call, seconds=1), **options)


def right(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernel.shape)
    return np.einsum("ijuv,uv->ij", windows, kernel)


def every_second_row(image, kernel):
    tall = np.pad(image.astype(float), ((0, image.shape[0]), (0, 0)))
    return right(tall, kernel)[::2][: image.shape[0] - kernel.shape[0] + 1]


def one_row_late(image, kernel):
    return right(np.pad(image.astype(float), ((0, 1), (0, 0)))[1:], kernel)


def odd(kernel):
    return kernel.shape[0] % 2 == kernel.shape[1] % 2 == 1


def only_odd_kernels(image, kernel):
    return right(image, kernel) * odd(kernel)


def all_but_odd_kernels(image, kernel):
    return right(image, kernel) * (not odd(kernel))


@pytest.mark.parametrize(
    "function, says",
    [
        (every_second_row, "moves the window by 2 rows, not by 1"),
        (one_row_late, "Every window begins 1 row(s) too late."),
        (only_odd_kernels, "right when the kernel has odd lengths, wrong otherwise"),
        (all_but_odd_kernels, "wrong when the kernel has odd lengths, right otherwise"),
        (lambda i, k: right(i, k) * 2, "2 times the right result"),
        (lambda i, k: right(i, k) / i.shape[0], "the right one divided by the number of rows of image"),
        (lambda i, k: right(i, k) + 1, "the right one plus 1"),
        (lambda i, k: right(i, k)[::-1], "with the rows in reverse order"),
        (lambda i, k: right(i, k).reshape(-1), "in another shape"),
        (lambda i, k: right(i, k)[1:, 1:], "one place short"),
        (lambda i, k: right(np.pad(i, ((0, 1), (0, 0))), k), "The result's height is one place too many"),
    ],
)
def test_a_true_sentence_is_found_for(function, says):
    report = report_on(function)
    assert report.mistake is None
    assert any(says in finding.sentence for finding in report.findings), report.text()


def test_two_mistakes_at_once_are_both_named():
    def function(image, kernel):
        return right(image, kernel[::-1, ::-1])[:-1, :-1]

    assert report_on(function).mistake == "kernel_turned+last_missed"


def test_a_whole_number_is_not_taken_for_one_with_a_decimal_point():
    def unless_padded(n, k, stride=1, padding=0, dilation=1):
        if dilation * (k - 1) + 1 > n:
            raise ValueError("it does not fit without its padding")
        return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1

    assert report_on(unless_padded, "output_size").mistake is None


def test_noise_is_met_with_silence():
    rng = np.random.default_rng(0)
    report = report_on(lambda i, k: rng.normal(size=(i.shape[0] - k.shape[0] + 1, i.shape[1] - k.shape[1] + 1)))
    assert report.verdict == "wrong_values" and report.findings == ()


def test_a_function_that_writes_into_its_input_loses_that_part_alone():
    def function(image, kernel):
        result = right(image, kernel)
        image[...] = 0
        return result

    report = report_on(function)
    assert (report.points, report.mistake) == (report.max_points - 0.5, "input_changed")


def unwritten(image, kernel):
    raise NotImplementedError


def raising(image, kernel):
    return image[0, 0, 0]


def endless(image, kernel):
    while True:
        pass


@pytest.mark.parametrize(
    "function, verdict",
    [
        (right, "right"),
        (unwritten, "not_written"),
        (raising, "raised"),
        (endless, "too_slow"),
        (lambda i, k: None, "wrong_type_or_shape"),
        (lambda i, k: i, "wrong_type_or_shape"),
        (lambda i, k: right(i, k) + 1e-3, "wrong_values"),
    ],
)
def test_six_verdicts(function, verdict):
    assert report_on(function).verdict == verdict


def test_an_error_is_shown_with_the_learners_own_line():
    report = judge(
        catalogue.find_exercise("cross_correlate2d"), lambda call: perform(raising, call, raising.__code__.co_filename)
    )
    assert "IndexError" in report.text() and "return image[0, 0, 0]" in report.text()


def test_learners_text_cannot_steer_a_terminal():
    def function(image, kernel):
        raise ValueError("\x1b[2Jgone \u202e")

    assert "\x1b" not in report_on(function).text() and "\u202e" not in report_on(function).html()


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_report_byte_for_byte(seed):
    one, other = (report_on(only_odd_kernels, seed=seed) for _ in range(2))
    assert (one.text(), one.html()) == (other.text(), other.html())


def test_another_seed_draws_other_cases():
    assert report_on(right, seed=1).sheet.questions[-1].call.args[0].tolist() != (
        report_on(right, seed=2).sheet.questions[-1].call.args[0].tolist()
    )


def test_inputs_drawn_for_grading_can_be_kept_back():
    def function(image, kernel):
        return np.trunc(right(image, kernel))

    report = report_on(function, seed=3)
    assert "np.array" in report.text() and "np.array" not in report.text(show_drawn=False)


def test_what_is_kept_back_cannot_be_told_by_the_learner_s_own_words():
    def tells(image, kernel):
        if kernel.shape == (3, 2):
            raise ValueError(f"SECRET {image}")
        print("SECRET", image)
        return right(image, kernel)

    report = report_on(tells, seed=3)
    assert "SECRET" in report.text()
    assert "SECRET" not in report.text(show_drawn=False) and "SECRET" not in report.html(show_drawn=False)


def test_worked_cases_are_asked_before_drawn_ones():
    seen = []

    def function(image, kernel):
        seen.append(image)
        return right(image, kernel)

    report = report_on(function, seed=3)
    worked = [question for question in report.sheet.questions if not question.drawn]
    assert all((a == q.call.args[0]).all() for a, q in zip(seen, worked, strict=False))


@pytest.mark.parametrize("name", catalogue.exercise_names())
def test_recorded_checks_say_what_live_ones_say(name, tmp_path):
    exercise = catalogue.find_exercise(name)
    recording.record_exercise(name, tmp_path)
    recorded = recording.RecordedExercise(name, exercise.chapter, tmp_path)
    for switches in [(), *((mistake.name,) for mistake in exercise.spec.mistakes[::5])]:
        caller = model_caller(exercise, *switches)
        assert judge(exercise, caller).html() == judge(recorded, caller).html()
    assert judge(recorded, lambda call: perform(exercise.reference, call)).verdict == "right"
    assert judge(recorded, lambda call: Answer("not_written")).verdict == "not_written"


def test_a_release_has_no_fresh_cases(tmp_path):
    chapter = catalogue.find_chapter("00")
    recording.record(chapter, tmp_path)
    with pytest.raises(catalogue.NoReference, match="seed 0 only"):
        recording.RecordedExercise("normalize_pixels", chapter, tmp_path).sheet(5)


def test_a_large_argument_is_told_by_its_shape():
    report = judge(catalogue.find_exercise("lenet5_forward"), lambda call: Answer("returned", np.ones((1, 10))))
    assert "x = np.zeros((1, 1, 28, 28))" in report.text() and "'fc1.w': np.zeros((120, 400))" in report.text()
    assert max(map(len, report.text().splitlines())) <= 130


def test_a_wrong_entry_in_a_list_of_dicts_is_told_with_the_way_to_it():
    def blind(layers, input_shape):
        return [{"shape": tuple(input_shape), "parameters": 0, "receptive_field": 1} for _ in layers]

    text = report_on(blind, "layer_shapes").text()
    assert "layers = [{'kind': 'conv', 'filters': 4, 'kernel': 3}]" in text
    assert "[0]['parameters']" in text


def test_a_wrong_array_among_several_results_is_told_by_its_own_shape():
    def twice(signal, kernel):
        output, products = catalogue.find_exercise("winograd_1d").reference(signal, kernel)
        return output, 2 * products

    assert "its output [1]: an array of shape (4,); first difference" in report_on(twice, "winograd_1d").text()


def test_a_wrong_dtype_is_not_read_as_wrong_numbers():
    def in_fractions(x):
        return catalogue.find_exercise("max_pool2x2").reference(x).astype(float)

    text = report_on(in_fractions, "max_pool2x2").text()
    assert "dtype float64; the contract says whole numbers" in text
    assert "In every case" not in text


@pytest.mark.parametrize(
    "shape", [(2, 3), (4, 1), (1, 1, 2, 3), (2, 1, 3, 1), (2, 2, 3, 1), (1, 1, 1, 1), (3, 1, 2, 4)]
)
@pytest.mark.parametrize("dtype", [float, np.uint8])
def test_an_array_is_written_as_code_that_gives_it_again(shape, dtype):
    array = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    again = eval(array_text(array), {"np": np})
    assert again.dtype == array.dtype and again.shape == shape and np.array_equal(again, array)


def test_an_image_whose_batch_comes_last_is_written_as_an_image():
    assert len(array_text(np.ones((4, 1, 5, 1))).splitlines()) == 4
