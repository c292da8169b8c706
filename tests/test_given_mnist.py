"""MNIST from mirrors that lie, break off or keep silent, and what is used without a network."""

import gzip
import hashlib
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server
from threading import Thread

import numpy as np
import pytest

from course_lib.given import fetch, mnist
from course_lib.given.idx import read_idx


def idx(array: np.ndarray) -> bytes:
    header = bytes([0, 0, 8, array.ndim]) + b"".join(length.to_bytes(4, "big") for length in array.shape)
    return gzip.compress(header + array.tobytes(), mtime=0)


RNG = np.random.default_rng(0)
ARRAYS = [RNG.integers(0, 256, shape, np.uint8) for shape in [(5, 28, 28), (5,), (3, 28, 28), (3,)]]
RIGHT = dict(zip(mnist.FILES, map(idx, ARRAYS)))


class Mirror(BaseHTTPRequestHandler):
    """Serves ``server.files``; a file in ``server.cut_short`` ends before it should."""

    def do_HEAD(self):
        self.answer(body=False)

    def do_GET(self):
        self.server.asked.append(self.path.strip("/"))
        self.answer(body=True)

    def answer(self, body):
        content = self.server.files.get(self.path.strip("/"))
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", len(content or b""))
        self.end_headers()
        if body and content:
            self.wfile.write(content[: len(content) // 2] if self.server.cut_short else content)

    def log_message(self, *_):
        pass


@pytest.fixture
def mirror():
    """Start a mirror on loopback with some files; gives the server, whose ``url`` goes into the list of mirrors."""
    servers = []

    def start(files, cut_short=False):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
        server.files, server.cut_short, server.asked = files, cut_short, []
        server.url = f"http://127.0.0.1:{server.server_port}/"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The toy files as MNIST, no mirror, an empty folder for them, and little patience."""
    hashes = tuple(hashlib.sha256(content).hexdigest() for content in RIGHT.values())
    monkeypatch.setitem(mnist.HASHES, "mnist", hashes)
    use(monkeypatch)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "data" / "mnist"


def use(monkeypatch, *servers):
    monkeypatch.setitem(mnist.MIRRORS, "mnist", tuple(server.url for server in servers))


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_images_come_as_numbers_from_0_to_1_with_their_labels(mirror, monkeypatch, place):
    use(monkeypatch, mirror(RIGHT))
    train_images, train_labels, test_images, test_labels = mnist.mnist()
    np.testing.assert_allclose(train_images[:, 0], ARRAYS[0] / 255, rtol=1e-6)
    np.testing.assert_array_equal(test_labels, ARRAYS[3])
    assert (train_images.dtype, train_labels.dtype) == (np.float32, np.int64)
    assert train_images.shape == (5, 1, 28, 28) and test_images.shape == (3, 1, 28, 28)
    assert names(place) == sorted(mnist.FILES)


def test_what_is_here_already_needs_no_network(mirror, monkeypatch):
    server = mirror(RIGHT)
    use(monkeypatch, server)
    mnist.mnist()
    use(monkeypatch)
    assert len(mnist.mnist()[0]) == 5
    assert sorted(server.asked) == sorted(mnist.FILES)


def test_a_download_with_another_hash_is_refused_and_fetched_from_the_next_mirror(mirror, monkeypatch, place):
    name = mnist.FILES[2]
    liar, honest = mirror(RIGHT | {name: RIGHT[name][:-1] + b"!"}), mirror(RIGHT)
    use(monkeypatch, liar, honest)
    np.testing.assert_allclose(mnist.mnist()[2][:, 0], ARRAYS[2] / 255, rtol=1e-6)
    assert honest.asked == [name]
    assert names(place) == sorted(mnist.FILES)


def test_a_kept_file_that_was_damaged_is_fetched_again(mirror, monkeypatch, place):
    server = mirror(RIGHT)
    use(monkeypatch, server)
    mnist.mnist()
    (place / mnist.FILES[0]).write_bytes(b"damaged")
    server.asked.clear()
    np.testing.assert_allclose(mnist.mnist()[0][:, 0], ARRAYS[0] / 255, rtol=1e-6)
    assert server.asked == [mnist.FILES[0]]


@pytest.mark.parametrize("cut_short", [False, True], ids=["a wrong file", "a file that ends too soon"])
def test_nothing_half_written_remains(mirror, monkeypatch, place, cut_short):
    server = mirror(RIGHT if cut_short else dict.fromkeys(RIGHT, b"an error page"), cut_short)
    use(monkeypatch, server)
    with pytest.raises(OSError, match=f"{mnist.FILES[0]} cannot be fetched: {server.url}.*Connect to a network"):
        mnist.mnist()
    assert names(place) == []


def test_a_mirror_that_has_not_got_the_files_is_passed_over(mirror, monkeypatch):
    empty, full = mirror({}), mirror(RIGHT)
    use(monkeypatch, empty, full)
    assert len(mnist.mnist()[0]) == 5 and empty.asked == []


def test_a_mirror_that_keeps_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(fetch, "PATIENCE", 0.3)
    with create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        monkeypatch.setitem(mnist.MIRRORS, "mnist", (address, address))
        begun = time.monotonic()
        with pytest.raises(OSError, match="no mirror answers"):
            mnist.mnist()
    assert time.monotonic() - begun < 2


def test_a_name_server_that_keeps_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(fetch, "PATIENCE", 0.2)
    monkeypatch.setattr(fetch.pooch, "HTTPDownloader", lambda timeout: lambda *_, **__: time.sleep(3))
    monkeypatch.setitem(mnist.MIRRORS, "mnist", ("http://nowhere.invalid/",))
    begun = time.monotonic()
    with pytest.raises(OSError, match="no mirror answers"):
        mnist.mnist()
    assert time.monotonic() - begun < 2


def test_without_a_network_one_line_says_what_is_used_instead(capsys):
    (train_images, train_labels), (test_images, test_labels) = mnist.handwriting()
    assert train_images.shape == (1500, 1, 28, 28) and train_images.dtype == np.float32
    assert len(train_labels) == 1500 and test_labels.shape == (297,) and len(test_images) == 297
    assert train_images.min() == 0 and train_images.max() <= 1
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1 and printed.err == ""
    assert "the course's own 1,797 digits" in printed.out and "connect to a network" in printed.out


def test_with_a_network_one_line_says_that_it_is_mnist(mirror, monkeypatch, capsys):
    use(monkeypatch, mirror(RIGHT))
    (train_images, _), (_, test_labels) = mnist.handwriting()
    assert (len(train_images), len(test_labels)) == (5, 3)
    assert capsys.readouterr().out == "MNIST: 5 digits to train with, 3 to test with.\n"


@pytest.mark.parametrize(
    "content, said",
    [
        (b"plain text", "cannot be unpacked"),
        (RIGHT[mnist.FILES[1]][:-9], "cannot be unpacked"),
        (gzip.compress(b""), "begins with nothing"),
        (gzip.compress(b"\0\0\x0d\1\0\0\0\1....."), "no idx file of bytes"),
        (gzip.compress(b"\0\0\x08\3\0\0"), "no idx file of bytes"),
        (gzip.compress(b"\0\0\x08\1\0\0\0\5four"), r"has 4 numbers; its header says \(5,\)"),
    ],
)
def test_a_file_that_is_no_idx_file_is_refused(tmp_path, content, said):
    (tmp_path / "strange.gz").write_bytes(content)
    with pytest.raises(ValueError, match=rf"strange\.gz .*{said}"):
        read_idx(tmp_path / "strange.gz")


def test_images_and_labels_that_do_not_go_together_are_refused(mirror, monkeypatch):
    fewer = RIGHT | {mnist.FILES[1]: idx(ARRAYS[1][:4])}
    hashes = tuple(hashlib.sha256(content).hexdigest() for content in fewer.values())
    monkeypatch.setitem(mnist.HASHES, "mnist", hashes)
    use(monkeypatch, mirror(fewer))
    with pytest.raises(ValueError, match="do not go together"):
        mnist.mnist()


def test_a_folder_that_cannot_be_made_is_named(mirror, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "file"))
    use(monkeypatch, mirror(RIGHT))
    with pytest.raises(OSError, match=r"file.mnist cannot be written"):
        mnist.mnist()


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="kind is 'letters'"):
        mnist.mnist("letters")
