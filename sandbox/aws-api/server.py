"""A simulated AWS API for one sandbox: moto's server, with what Cluster API's AWS provider needs beyond it.

It listens on one loopback address, keeps everything in memory and ends with the process that started it.
"""

import argparse
import json
import os
import threading
import time

# Read when moto is loaded: what AWS would refuse is refused, and no image is there but ours.
os.environ.update(
    MOTO_ENABLE_AMI_VALIDATION="true",
    MOTO_ENABLE_KEYPAIR_VALIDATION="true",
    MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION="true",
    MOTO_EC2_LOAD_DEFAULT_AMIS="false",
    MOTO_IAM_LOAD_MANAGED_POLICIES="true",
)

from moto.moto_server.werkzeug_app import (  # noqa: E402
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server  # noqa: E402

import ec2  # noqa: E402
import eks  # noqa: E402
import load_balancing  # noqa: E402
import node_groups  # noqa: E402
import rights  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", required=True)
    parser.add_argument("--parent", type=int, required=True, help="process with which it ends")
    parser.add_argument("--images", required=True, help="JSON file with the machine images that are there")
    arguments = parser.parse_args()
    end_with(arguments.parent)
    with open(arguments.images, encoding="utf-8") as file:
        images = json.load(file)
    ec2.install(images)
    load_balancing.install(arguments.address)
    eks.install(arguments.address)
    node_groups.install()
    rights.install()
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server(arguments.address, 0, application, threaded=True, request_handler=MotoRequestHandler)
    # The one line of standard output; requests are logged elsewhere.
    print(server.port, flush=True)
    server.serve_forever()


def end_with(parent: int) -> None:
    """A parent that is killed cannot end its children, so they look after it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()
