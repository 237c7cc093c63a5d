import { engineLog } from "../grpc/engine-log";
import { serveProvider } from "../grpc/provider-service";
import { engineAddress } from "../grpc/serve";
import { AwsProvider } from "./provider";

void serveProvider(new AwsProvider(engineLog(engineAddress())));
