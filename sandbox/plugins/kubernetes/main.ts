import { engineLog } from "../grpc/engine-log";
import { serveProvider } from "../grpc/provider-service";
import { engineAddress } from "../grpc/serve";
import { KubernetesProvider } from "./provider";

void serveProvider(new KubernetesProvider(engineLog(engineAddress())));
