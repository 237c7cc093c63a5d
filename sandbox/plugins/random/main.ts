import { serveProvider } from "../grpc/provider-service";
import { RandomProvider } from "./provider";

void serveProvider(new RandomProvider());
