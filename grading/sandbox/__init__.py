"""The box in which a learner's code runs while it is graded.

Defended: the answers, the tests, the hidden inputs and the marks (none is ever in a process with a learner's code);
other learners' files and the course folder; the machine's files, network, processes and memory; the grader's time.

Not defended: what a learner's code does to its own exercise. It may lie about itself, in its own answers, to its own
cost. At the level ``kernel`` it can ask whether a file of a name exists. Bugs of the kernel are the kernel's.
"""

from grading.sandbox.nursery import SandboxFailed
from grading.sandbox.sandbox import Sandbox, SandboxUnavailable
from grading.sandbox.values import Foreign

__all__ = ["Foreign", "Sandbox", "SandboxFailed", "SandboxUnavailable"]
