import { currentResources, type PlatformName } from "./resources";

// Prints the resources of a management cluster: in a process of its own no other test's answers get into them.
void currentResources(process.argv[2] as PlatformName).then((text) => process.stdout.write(text));
