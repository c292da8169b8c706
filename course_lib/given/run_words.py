"""What a training run says: one line for each way it can end, with what is kept and how to go on."""


def outcome(run, epochs: int, before: int, seconds: float, on_disk: bool) -> str:
    """How a call of ``train`` ended."""
    done = len(run.history)
    if run.stopped:
        where = f"in epoch {done + 1} of {epochs}"
        return f"{run.name} stopped {where}: {run.stopped}; {_so_far(run, on_disk)}; {_next(run, epochs)}."
    if done == before:
        return f"{run.name}: {_so_far(run, on_disk)}; nothing was left to do for {epochs}, run.forget() starts anew."
    which = f"epochs {before + 1} to {done}" if before else f"{done} epochs"
    return f"{run.name}: {which} in {seconds:.1f} s; {_so_far(run, on_disk)}."


def another(run, faults: str) -> str:
    """Another run is kept under this name."""
    return f"another run is kept under the name {run.name!r} ({faults}); {_either(run)}"


def other_code(run) -> str:
    """The kept run was trained by code that computed something else."""
    return (
        f"the run kept under the name {run.name!r} was trained by code that gave other losses: "
        f"you have changed it since; {_either(run)}"
    )


def unreadable(run, error: Exception) -> str:
    """The file of the run is damaged."""
    return f"{error}; {_either(run)}"


def _either(run) -> str:
    return "run.forget() deletes that one and starts anew, another name leaves it alone"


def _so_far(run, on_disk: bool) -> str:
    done = len(run.history)
    if not done:
        return "no epoch was finished"
    best = run.history[run.best_epoch - 1]["valid_accuracy"]
    where = (
        f"kept in {run.path.parent.parent.name}/runs/{run.path.name}"
        if on_disk
        else "not kept, the file cannot be written"
    )
    epochs = "epoch 1 is" if done == 1 else f"epochs 1 to {done} are"
    return f"{epochs} {where}, the best on the validation images is epoch {run.best_epoch} with {best:.1%}"


def _next(run, epochs: int) -> str:
    if run.stopped == "by hand":
        return f"run.train({epochs}) goes on"
    return "mend the cause, then begin with run.forget()" if run.history else "mend the cause and run this cell again"
