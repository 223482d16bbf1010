"""The process that stands for a framework image: runs the real script of the real artefact.

Started as `python -m pilotlight.local.containers.framework_runner` with the container's environment. The
image installs the code folder and its requirements.txt with pip; here the folder goes on the module path, and
what it imports must be in this interpreter already.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from pathlib import Path
from types import ModuleType

from pilotlight.catalog.framework_environment import MODEL_FOLDER
from pilotlight.local.containers.container_server import ContainerServer
from pilotlight.local.containers.executions import Executions
from pilotlight.local.containers.script_application import ScriptApplication
from pilotlight.local.containers.script_handlers import ScriptError

PORT_VARIABLE = "SAGEMAKER_BIND_TO_PORT"
MODEL_DIR_VARIABLE = "SM_MODEL_DIR"
PROGRAM_VARIABLE = "SAGEMAKER_PROGRAM"
SUBMIT_DIRECTORY_VARIABLE = "SAGEMAKER_SUBMIT_DIRECTORY"


def import_script() -> ModuleType:
    """Import the script that the environment names; raises ScriptError when it names none that exists."""
    program = os.environ.get(PROGRAM_VARIABLE)
    if program is None:
        msg = f"the environment must set {PROGRAM_VARIABLE} to the script's name, got none"
        raise ScriptError(msg)
    folder = code_folder()
    if not folder.is_dir():
        msg = f"{SUBMIT_DIRECTORY_VARIABLE} must be a folder of the artefact, got {folder}"
        raise ScriptError(msg)
    if (folder / "requirements.txt").exists():
        logging.getLogger(__name__).warning("requirements.txt is not installed here")
    sys.path.insert(0, str(folder))
    return importlib.import_module(program.removesuffix(".py"))


def code_folder() -> Path:
    """Where the script is on this machine: the container's model folder is another one here."""
    submitted = os.environ.get(SUBMIT_DIRECTORY_VARIABLE, "/opt/ml/code")
    if submitted == MODEL_FOLDER or submitted.startswith(f"{MODEL_FOLDER}/"):
        return Path(os.environ[MODEL_DIR_VARIABLE] + submitted.removeprefix(MODEL_FOLDER))
    return Path(submitted)


def main() -> None:
    """Serve until the process is ended."""
    logging.basicConfig(format="%(asctime)s %(levelname)s - %(name)s - %(message)s", level=logging.INFO)
    application = ScriptApplication(import_script, os.environ[MODEL_DIR_VARIABLE])
    with ContainerServer(
        int(os.environ[PORT_VARIABLE]), application, Executions.from_environment()
    ) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
