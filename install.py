"""Installs the advisor into `.venv` beside this file, from the versions in `requirements/`, checked by their hashes.

`python3 install.py` installs what the advisor needs; `python3 install.py test` or `dev` what its tests or developers
need too, and links the code instead of copying it. It needs nothing but Python, and runs on old versions far enough
to say that they are too old.
"""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LOCKS = {"run": (".",), "test": ("-e", "."), "dev": ("-e", ".")}
"""Each lock in `requirements/`, and how the project is installed on top of it."""

NO_COMPILER = (
    "The rules engine is compiled when it is installed, and this Python finds no C compiler that works. Install one "
    "and run the command again: on Debian, sudo apt install build-essential python3-dev; on Fedora, sudo dnf install "
    "gcc python3-devel; on macOS, xcode-select --install; on Windows, the Build Tools for Visual Studio with "
    '"Desktop development with C++".'
)

COMPILES = """
import setuptools, sys, sysconfig
from distutils.ccompiler import new_compiler
from distutils.sysconfig import customize_compiler
compiler = new_compiler()
customize_compiler(compiler)
compiler.compile([sys.argv[1]], output_dir=sys.argv[2], include_dirs=[sysconfig.get_paths()["include"]])
"""
"""Compiles one file against Python's own headers, as the build of a package does."""


def main(arguments):
    """Install one of LOCKS; 0 when all is well, 1 with a sentence on why not, 2 when used wrongly."""
    name = arguments[0] if arguments else "run"
    if len(arguments) > 1 or name not in LOCKS:
        return said("Usage: python3 install.py [test | dev]", 2)
    if sys.version_info < (3, 11):
        return said("The advisor needs Python 3.11 or later; this is Python {}.{}.".format(*sys.version_info), 1)
    if subprocess.call([sys.executable, "-m", "venv", os.path.join(HERE, ".venv")]) != 0:
        return said("No virtual environment could be made. On Debian: sudo apt install python3-venv", 1)
    if not pip("--require-hashes", "-r", lock("build")):
        return 1
    if not pip("--require-hashes", "-r", lock(name), unless=lambda: None if can_compile() else NO_COMPILER):
        return 1
    if not pip("--no-deps", *LOCKS[name]):
        return 1
    read_once()
    return 0


def pip(*what, unless=lambda: None):
    """Install something with pip, which may choose no version, not even of what builds a package; whether it worked.

    When it did not, what `unless` says is told instead of pip's output, if it says anything.
    """
    # durable-rules names a function that Python 3.13 dropped; earlier versions do not mind that it is renamed here.
    flags = (os.environ.get("CPPFLAGS", "") + " -DPyEval_CallObject=PyObject_CallObject").strip()
    line = [python(), "-m", "pip", "--disable-pip-version-check", "install", "--no-build-isolation", "--use-pep517"]
    print("Installing " + ("the advisor" if what[-1] == "." else what[-1]) + " ...", flush=True)
    done = subprocess.run(
        [*line, *what], cwd=HERE, env={**os.environ, "CPPFLAGS": flags},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        said(unless() or done.stdout.decode(errors="replace") + "\nThe installation failed; the reason is above.", 1)
    return done.returncode == 0


def read_once():
    """Let the advisor read its rules, which it then keeps ready to open; where that fails, its first run reads them."""
    print("Reading the rules ...", flush=True)
    read = "from advisor.advice import default_advisor; default_advisor()"
    subprocess.run([python(), "-I", "-c", read], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def can_compile():
    """Whether a C file that includes Python's headers compiles."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "a.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write("#include <Python.h>\n")
        done = subprocess.run([python(), "-c", COMPILES, source, folder], capture_output=True, check=False)
    return done.returncode == 0


def python():
    """The environment's own Python."""
    return os.path.join(HERE, ".venv", *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def lock(name):
    """The path of a lock, from the folder of this file."""
    return os.path.join("requirements", name + ".lock")


def said(text, code):
    """Say something to the user; the code to leave with."""
    print(text, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
