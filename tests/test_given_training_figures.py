"""Figures of training: the words say what the numbers say, and what cannot be drawn is refused."""

import numpy as np
import pytest

from course_lib.given import plots
from course_lib.given.figures_training import confusion_matrix, learning_curves, worst_mistakes

LABELS = np.array([0, 1, 2, 8, 8, 8])
ANSWERS = np.array([0, 1, 1, 8, 3, 3])
IMAGES = np.random.default_rng(0).random((6, 1, 8, 8))
LOGITS = np.zeros((6, 10))
LOGITS[np.arange(6), ANSWERS] = [9, 9, 1, 9, 5, 3]
HISTORY = [{"epoch": n, "loss": 1 / n, "train_accuracy": 1 - 0.1 / n, "valid_accuracy": 0.9} for n in (1, 2, 3)]


def test_the_confusion_matrix_says_how_many_are_right_and_the_most_frequent_mistake():
    picture = confusion_matrix(LABELS, ANSWERS)
    assert picture.alt == (
        "Confusion matrix: 3 of 6 images read rightly, on the diagonal; "
        "the most frequent mistake is an 8 read as 3, 2 times."
    )
    assert confusion_matrix(LABELS, LABELS).alt.endswith("; no mistake.")


@pytest.mark.parametrize(
    "labels, predicted", [([0, 1], [0]), ([], []), ([0, 10], [0, 1]), ([0, 1], [0, -1]), ([[0]], [[0]])]
)
def test_labels_that_do_not_fit_are_refused(labels, predicted):
    with pytest.raises(ValueError, match="labels"):
        confusion_matrix(np.array(labels, int), np.array(predicted, int))


def test_the_worst_mistakes_are_the_surest_ones_in_order():
    alt = worst_mistakes(IMAGES, LABELS, LOGITS).alt
    assert alt.startswith(
        "The surest of 3 mistakes on 6 images: an 8 read as 3 (94% sure), an 8 read as 3 (69% sure), a 2"
    )
    assert worst_mistakes(IMAGES, LABELS, LOGITS, count=1).alt.count("read as") == 1
    assert worst_mistakes(IMAGES, ANSWERS, LOGITS).alt == "None of the 6 images is read wrongly."


def test_large_logits_do_not_overflow():
    with np.errstate(over="raise", invalid="raise"):
        assert "(100% sure)" in worst_mistakes(IMAGES, LABELS, LOGITS * 1000).alt


def test_mistakes_need_one_label_and_one_row_an_image():
    with pytest.raises(ValueError, match="6 images, 5 labels and 6 rows"):
        worst_mistakes(IMAGES, LABELS[:5], LOGITS)


def test_learning_curves_of_one_and_of_several():
    assert learning_curves(HISTORY).alt == (
        "The run after 3 epochs: loss 0.333, training accuracy 96.7%, validation accuracy 90.0%, at best 90.0%."
    )
    alt = learning_curves({"plain": HISTORY, "with decay": HISTORY[:2]}).alt
    assert "plain after 3 epochs" in alt and "with decay after 2 epochs" in alt


@pytest.mark.parametrize("runs", [[], {}, {"a": HISTORY, "b": []}, dict.fromkeys("abcde", HISTORY)])
def test_nothing_and_too_much_are_not_drawn(runs):
    with pytest.raises(ValueError, match="draw 1 to 4"):
        learning_curves(runs)


def test_no_figure_is_wider_than_the_page():
    pictures = confusion_matrix(LABELS, ANSWERS), worst_mistakes(IMAGES, LABELS, LOGITS), learning_curves(HISTORY)
    assert all(picture.width <= 100 * plots.PAGE for picture in pictures)
